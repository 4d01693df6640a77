import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { failuresVi } from "../../src/web/words/failures.vi.ts";
import { deskOf } from "../pages/administration-world.ts";
import { aPaper } from "../support/officials.ts";
import {
  bank,
  type Copy,
  citizenAt,
  codeFor,
  type GrantsHouse,
  makeLink,
  school,
  startGrantsHouse,
  type Visitor,
  visitor,
} from "./grants-world.ts";

let house: GrantsHouse;
let copy: Copy;
beforeAll(async () => {
  house = await startGrantsHouse();
  copy = await house.released();
}, 120_000);
afterAll(() => house?.stop());

const challengeIn = (text: string): string => /name="challenge" value="([0-9a-f-]{36})"/.exec(text)?.[1] ?? "";

/** At the school's or the bank's desk, with the code from its own mailbox. */
async function provenAt(link: string): Promise<Visitor> {
  const desk = visitor(house.url);
  const challenge = challengeIn((await desk.post(`${link}/code`)).text);
  const proven = await desk.post(`${link}/proof`, { challenge, code: await codeFor(house, challenge) });
  expect([proven.status, proven.to]).toEqual([303, link]);
  return desk;
}

async function opened(desk: Visitor, link: string): Promise<string> {
  const answer = await desk.post(`${link}/open`);
  expect(answer.status).toBe(303);
  expect(answer.to).toMatch(/^\/openings\/[0-9a-f-]{36}$/);
  return answer.to ?? "";
}

test("by the code in its registered mailbox a recipient opens the sealed copy; both sides have the receipt", async () => {
  const phone = await citizenAt(house, copy);
  const { id, link } = await makeLink(phone, copy, { recipient: house.schoolId });
  const desk = await provenAt(link);
  const opening = await opened(desk, link);
  const page = await desk.get(opening);
  expect(page.text).toContain(school);
  expect(page.text).toContain("nhập học lớp 10");
  const pdf = await desk.get(`${opening}/copy.pdf`);
  const [kept] = await house.sql<{ sha256: string; length: number }[]>`
    select identity_sha256 as sha256, identity_length as length from certificate where id = ${copy.certificateId}`;
  const digest = createHash("sha256")
    .update(pdf.bytes.subarray(0, Number(kept?.length)))
    .digest("hex");
  expect(digest).toBe(kept?.sha256);
  const receipt = JSON.parse((await desk.get(`${opening}/receipt.json`)).text) as { payload: string };
  const facts = JSON.parse(Buffer.from(receipt.payload, "base64url").toString("utf8"));
  expect(facts).toMatchObject({ proof: "code", openedBy: school, procedure: "nhập học lớp 10", ordinal: 1, uses: 1 });
  expect(facts.copy.sha256).toBe(kept?.sha256);
  expect(facts.basis.vi).toContain("Điều 6");
  const paper = await desk.get(`${opening}/receipt.pdf`);
  expect([paper.status, paper.bytes.subarray(0, 5).toString()]).toEqual([200, "%PDF-"]);
  const seen = (await phone.get(`${copy.citizen}/links`)).text;
  expect(seen).toMatch(/mở lúc .*Trường THPT Ví Dụ.*bằng mã gửi tới thư của cơ quan.*nhập học lớp 10/);
  expect(await house.events(id)).toEqual(["made", "code_asked", "opened"]);
});

test("a preview bot or a mail scanner changes nothing and is shown no personal data", async () => {
  const { id, link } = await makeLink(await citizenAt(house, copy), copy, { recipient: house.schoolId });
  const bot = visitor(house.url);
  for (let i = 0; i < 5; i++) await bot.get(link);
  const shown = await bot.get(link);
  expect(shown.text).not.toContain("Lò Thị Thử");
  expect(shown.text).not.toContain("128/GCN-TTN");
  expect([shown.answer.headers.get("x-robots-tag"), shown.answer.headers.get("referrer-policy")]).toEqual([
    "noindex",
    "no-referrer",
  ]);
  expect(await house.events(id)).toEqual(["made"]);
});

test("a forwarded link opens nothing: not without proof, not with a number that the citizen did not type", async () => {
  const phone = await citizenAt(house, copy);
  const { id, link } = await makeLink(phone, copy, { recipient: house.schoolId });
  const thief = visitor(house.url);
  expect((await thief.post(`${link}/open`)).to).toBe(link);
  await thief.post(`${link}/counter`);
  expect((await thief.post(`${link}/open`)).to).toBe(link);
  const office = visitor(house.url);
  await office.post(`${link}/counter`);
  const number = /<p class="large number">(\d{4})<\/p>/.exec((await office.get(link)).text)?.[1] ?? "";
  expect((await phone.get(`${copy.citizen}/links`)).text).toContain(`id="number-${id}"`);
  const typed = await phone.post(`${copy.citizen}/links/${id}/confirm`, { [`number-${id}`]: number });
  expect([typed.status, typed.to]).toEqual([303, `${copy.citizen}/links?done=confirmed`]);
  expect((await thief.post(`${link}/open`)).to).toBe(link);
  const opening = await opened(office, link);
  expect((await office.get(`${opening}/copy.pdf`)).bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(await opened(office, link)).toBe(opening); // pressed twice it is one use
  for (const path of ["", "/copy.pdf", "/receipt.pdf", "/receipt.json", "/pages/1"])
    expect((await thief.get(`${opening}${path}`)).status).toBe(404);
  expect(await house.events(id)).toContain("confirmed_by_citizen");
});

test("a recipient that opens a link made for another is told so plainly, and it is written down", async () => {
  const phone = await citizenAt(house, copy);
  const own = await makeLink(phone, copy, { recipient: house.bankId });
  const schools = await makeLink(phone, copy, { recipient: house.schoolId });
  const desk = await provenAt(own.link);
  expect((await desk.get(schools.link)).text).toContain(`không gửi cho ${bank}`);
  const refused = await desk.post(`${schools.link}/open`);
  expect(refused.status).toBe(403);
  expect(await house.events(schools.id)).toEqual(["made", "refused_other_recipient"]);
});

test.each([
  ["expired", { madeSecondsAgo: 7200 }, "hết hạn"],
  ["unknown", null, "không mở được gì"],
] as const)("%s: one plain sentence, and nothing of the copy", async (_, changes, says) => {
  const link =
    changes === null
      ? `/g/${Buffer.alloc(16, 7).toString("base64url")}`
      : await house.grantOf(copy, { ...changes, grantee: { id: house.schoolId, name: school } });
  const desk = visitor(house.url);
  for (const answer of [await desk.get(link), await desk.post(`${link}/code`), await desk.post(`${link}/counter`)]) {
    expect(answer.text).toContain(says);
    expect(answer.text).not.toContain(school);
    expect(answer.text).not.toContain("Giấy chứng nhận");
  }
});

test("of many at once no more open than the grant allows; then it is exhausted", async () => {
  const link = await house.grantOf(copy, { grantee: { id: house.schoolId, name: school }, uses: 2 });
  const desk = await provenAt(link);
  const answers = await Promise.all(Array.from({ length: 6 }, () => desk.post(`${link}/open`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 410, 410, 410, 410]);
  expect((await desk.get(link)).text).toContain("dùng hết số lần mở");
});

test("only chosen pages: their pictures with the facts, never a PDF; no page that was not chosen", async () => {
  const { link } = await makeLink(await citizenAt(house, copy), copy, {
    ...{ recipient: house.schoolId, given: "some", pages: "1" },
  });
  const desk = await provenAt(link);
  const opening = await opened(desk, link);
  expect((await desk.get(opening)).text).toContain("không phải bản sao có chứng thực");
  expect((await desk.get(`${opening}/pages/1`)).answer.headers.get("content-type")).toMatch(/^image\/(jpeg|png)$/);
  expect((await desk.get(`${opening}/copy.pdf`)).status).toBe(404);
  expect((await desk.get(`${opening}/pages/2`)).status).toBe(404);
});

test("a code: five tries, one use, kept nowhere; who has only the link cannot spend its tries", async () => {
  const { link } = await makeLink(await citizenAt(house, copy), copy, { recipient: house.schoolId });
  const desk = visitor(house.url);
  const challenge = challengeIn((await desk.post(`${link}/code`)).text);
  const code = await codeFor(house, challenge);
  const [row] = await house.sql<{ text: string }[]>`
    select recipient_code::text as text from recipient_code where id = ${challenge}`;
  expect(row?.text).not.toContain(code);
  expect(house.logged()).not.toContain(code);
  const stranger = { challenge: "00000000-0000-4000-8000-000000000000", code };
  expect((await desk.post(`${link}/proof`, stranger)).status).toBe(410);
  const wrong = code === "000000" ? "000001" : "000000";
  for (let i = 0; i < 4; i++) expect((await desk.post(`${link}/proof`, { challenge, code: wrong })).status).toBe(403);
  expect((await desk.post(`${link}/proof`, { challenge, code })).status).toBe(303);
  expect((await desk.post(`${link}/proof`, { challenge, code })).status).toBe(410);
  const other = visitor(house.url);
  const next = challengeIn((await other.post(`${link}/code`)).text);
  const right = await codeFor(house, next);
  for (let i = 0; i < 5; i++) await other.post(`${link}/proof`, { challenge: next, code: wrong });
  expect((await other.post(`${link}/proof`, { challenge: next, code: right })).status).toBe(410);
});

test("revoked after it was opened: nothing more is fetched, and the receipt stays", async () => {
  const phone = await citizenAt(house, copy);
  const { id, link } = await makeLink(phone, copy, { recipient: house.schoolId });
  const desk = await provenAt(link);
  const opening = await opened(desk, link);
  await phone.post(`${copy.citizen}/links/${id}/revoke`);
  expect((await desk.get(`${opening}/copy.pdf`)).status).toBe(410);
  expect((await desk.get(opening)).text).toContain("đã thu hồi");
  expect((await desk.get(`${opening}/receipt.json`)).status).toBe(200);
});

test("receipts of one opening are bounded: the eleventh in an hour is refused in words, another opening's are not, and who may not have them counts for nothing", async () => {
  const phone = await citizenAt(house, copy);
  const full = await makeLink(phone, copy, { recipient: house.schoolId });
  const other = await makeLink(phone, copy, { recipient: house.schoolId });
  const desk = await provenAt(full.link);
  const [opening, another] = [await opened(desk, full.link), await opened(desk, other.link)];
  for (let i = 0; i < 12; i++) expect((await visitor(house.url).get(`${opening}/receipt.json`)).status).toBe(404);
  for (let i = 0; i < 10; i++) expect((await desk.get(`${opening}/receipt.json`)).status).toBe(200);
  const refused = await desk.get(`${opening}/receipt.pdf`);
  expect([refused.status, Number(refused.answer.headers.get("retry-after"))]).toEqual([429, 900]);
  expect(refused.text).toContain(failuresVi.throttled.split(".")[0] ?? "?");
  expect((await desk.get(opening)).status).toBe(200);
  expect((await desk.get(`${another}/receipt.json`)).status).toBe(200);
});

test("annulled: the link says so, shows nothing of the copy and opens nothing, also to who opened it before", async () => {
  const annulled = await house.released();
  const link = await house.grantOf(annulled, { grantee: { id: house.schoolId, name: school }, uses: 2 });
  const desk = await provenAt(link);
  const opening = await opened(desk, link);
  await house.annul(annulled);
  const shown = await desk.get(link);
  expect(shown.text).toContain("không còn giá trị pháp lý");
  expect(shown.text).not.toContain(school);
  expect((await desk.post(`${link}/open`)).status).toBe(409);
  expect((await desk.get(`${opening}/copy.pdf`)).status).toBe(409);
});

test("ANNUL-1: before the decision its draft is a paper and those who have the copy are named; after it each is told, with the state of the letter", async () => {
  const told = await house.released();
  const link = await house.grantOf(told, { grantee: { id: house.schoolId, name: school }, uses: 1 });
  await opened(await provenAt(link), link);
  const officer = deskOf(house.url, await house.session("lanhdao"));
  const path = `/dossiers/${told.dossierId}/annul`;
  expect((await officer.get(path)).text).toContain(school);
  const typed = [["outcome", "annulled"], ["reason", "Bản chính thiếu một trang (hư cấu)"]] as const; // biome-ignore format: one line
  const draft = await officer.send(`${path}/draft.pdf`, typed);
  expect([draft.status, draft.text.slice(0, 5)]).toEqual([200, "%PDF-"]);
  expect((await officer.get(path)).text).not.toContain("đã gửi"); // a draft decides nothing
  await house.annul(told);
  const isTold = async () => (await officer.get(path)).text.includes("đã gửi");
  await expect.poll(isTold, { timeout: 20_000, interval: 200 }).toBe(true);
  const letters = await house.sql`select m.state, r.name from outbox_mail m join recipient r on r.id = m.recipient_id
    join certificate c on c.id = m.subject where m.kind = 'annulled' and c.dossier_id = ${told.dossierId}`;
  expect(letters).toEqual([{ state: "sent", name: school }]);
  const csv = await (await fetch(`${house.url}/annulled.csv`)).text();
  expect(csv).toContain("Hủy bỏ giá trị pháp lý");
  for (const secret of [aPaper.holderName, aPaper.title]) expect(csv).not.toContain(secret);
});

test("whoever tries links that nobody made is refused after sixty, for right ones too, and nobody else", async () => {
  const { link } = await makeLink(await citizenAt(house, copy), copy, { recipient: house.schoolId });
  const guesser = visitor(house.url);
  for (let i = 0; i < 60; i++) await guesser.get(`/g/${Buffer.alloc(16, i).toString("base64url")}`);
  const refused = await guesser.get(link);
  expect([refused.status, refused.answer.headers.has("retry-after")]).toEqual([429, true]);
});
