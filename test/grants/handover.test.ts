import { afterAll, beforeAll, expect, test } from "vitest";
import { keepLink } from "../../db/stores/dossiers.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { handoverEn } from "../../src/web/words/handover.en.ts";
import { handoverVi } from "../../src/web/words/handover.vi.ts";
import { administratorOf } from "../recipients/recipient-world.ts";
import { aPaper } from "../support/officials.ts";
import {
  bank,
  type Copy,
  codeFor,
  fieldOf,
  type GrantsHouse,
  handOverAt,
  school,
  startGrantsHouse,
  type Visitor,
  visitor,
} from "./grants-world.ts";

let house: GrantsHouse;
let first: Copy;
let second: Copy;
beforeAll(async () => {
  house = await startGrantsHouse();
  first = await house.released();
  second = await house.released();
}, 120_000);
afterAll(() => house?.stop());

const digits = aPaper.identityDigits;
const linksOf = (...copies: Copy[]) => copies.map(({ citizen }) => `${house.url}${citizen}`).join("\r\n");
const handedOver = (to: string, copies: readonly Copy[]) => handOverAt(house, to, copies);

/** At the office's own inbox, with the code from its mailbox. */
async function inboxOf(recipient: string): Promise<Visitor> {
  const desk = visitor(house.url);
  const door = await desk.post(`/inbox/${recipient}/code`);
  const challenge = fieldOf(door.text, "challenge");
  const code = await codeFor(house, challenge);
  expect((await desk.post(`/inbox/${recipient}/proof`, { challenge, code })).to).toBe(`/inbox/${recipient}`);
  return desk;
}

const openFormIn = (text: string) => /action="([^"]*\/open\/[0-9a-f-]{36})"/.exec(text)?.[1] ?? "";

test("poster, own links, four digits, choice: the office finds it in its inbox, opens it, both have receipts", async () => {
  const { choose, done, id } = await handedOver(house.schoolId, [first, second]);
  expect(choose.text.match(/type="checkbox"/g)).toHaveLength(2);
  expect(choose.text).not.toContain(first.citizen.slice(3)); // a borrowed phone must not keep the links
  expect(done.status).toBe(200);
  expect(done.text).toContain(`Bạn đã nộp 1 bản sao cho ${school}`);
  expect(done.text).toContain("Điều 6 Nghị định 23/2015");
  const desk = await inboxOf(house.schoolId);
  expect((await desk.get(`/inbox/${house.schoolId}`)).text).toContain(aPaper.applicantName);
  const page = await desk.get(`/inbox/${house.schoolId}/${id}`);
  const opened = await desk.post(openFormIn(page.text));
  expect(opened.to).toMatch(/^\/openings\//);
  expect((await desk.get(`${opened.to}/copy.pdf`)).bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect((await desk.get(`${opened.to}/receipt.json`)).status).toBe(200);
  const own = visitor(house.url);
  await own.post(`${first.citizen}/links/prove`, { digits });
  const seen = (await own.get(`${first.citizen}/links`)).text;
  expect(seen).toMatch(/mở lúc .*Trường THPT Ví Dụ.*xin giấy phép xây dựng/);
  await own.post(`${second.citizen}/links/prove`, { digits });
  expect((await own.get(`${second.citizen}/links`)).text).not.toContain("xin giấy phép xây dựng"); // it was not chosen
});

test("the own page knows the counter whose poster the phone scanned: digits alone lead to the choice, and no other page is told", async () => {
  const phone = visitor(house.url);
  const own = async () => (await phone.get(first.citizen)).text;
  expect(await own()).not.toContain("/copies"); // no poster was scanned
  await phone.get(`/h/${house.schoolId}`);
  expect(await own()).toContain(`action="/h/${house.schoolId}/copies"`);
  const fields = { links: fieldOf(await own(), "links"), counterDigits: digits };
  expect((await phone.post(`/h/${house.schoolId}/copies`, fields)).text).toContain('type="checkbox"');
  expect((await phone.post(`/h/${house.schoolId}/copies`, { ...fields, counterDigits: "0000" })).status).toBe(403);
  await phone.get(`/h/${crypto.randomUUID()}`); // no office: what was scanned before stands
  expect(await own()).toContain(`Nộp cho ${school}`);
  expect((await visitor(house.url).get(first.citizen)).text).not.toContain("Nộp cho");
});

async function renew(id: DossierId) {
  const agencyId = "hoaban" as AgencyId;
  const [person] = await house.sql<{ id: PersonId }[]>`select id from person where user_name = 'tiepnhan'`;
  if (person === undefined) throw new Error("nobody at the counter");
  const link = { secretHash: new Uint8Array(32).fill(7), secretExpiresAt: "2036-01-01T00:00:00Z" as Instant };
  await keepLink(house.sql, { id, agencyId } as Parameters<typeof keepLink>[1], link, {
    personId: person.id,
    agencyId,
  });
}

test("DESIGN decision 14: who proved the digits and then hears that the link was ended, or another given out, hands nothing over", async () => {
  for (const over of ["ended", "renewed"] as const) {
    const copy = await house.released();
    const phone = visitor(house.url);
    const choose = await phone.post(`/h/${house.schoolId}/copies`, { links: linksOf(copy), digits });
    const [id, shown] = [fieldOf(choose.text, "id"), fieldOf(choose.text, "shown")];
    if (over === "ended") expect((await visitor(house.url).post(`${copy.citizen}/end`, { digits })).status).toBe(200);
    else await renew(copy.dossierId as DossierId);
    const fields = { id, shown, copies: shown, procedure: "xin giấy phép (hư cấu)" };
    const done = await phone.post(`/h/${house.schoolId}/handover`, fields);
    expect([over, done.status, done.to]).toEqual([over, 303, `/h/${house.schoolId}`]);
    expect((await house.sql`select 1 from handover where id = ${id}`).length).toBe(0);
  }
});

test("the letter that tells of it names no citizen", async () => {
  await handedOver(house.bankId, [second]);
  await expect
    .poll(
      async () =>
        (
          await house.sql`
    select 1 from outbox_mail where kind = 'handed_over' and recipient_id = ${house.bankId} and state = 'sent'`
        ).length,
    )
    .toBe(1);
  const letters = house.letters().filter((text) => text.includes("hoso@ngan-hang"));
  const text = letters
    .map((letter) => Buffer.from(letter.split(/\r?\n\r?\n/)[1] ?? "", "base64").toString("utf8") + letter)
    .join("");
  expect(text).toContain(`/inbox/${house.bankId}`);
  expect(text).not.toContain("Lò Thị Thử");
});

test("object-level: an office neither sees nor opens what was handed over to another", async () => {
  const { id } = await handedOver(house.schoolId, [first]);
  const stranger = await inboxOf(house.bankId);
  expect((await stranger.get(`/inbox/${house.schoolId}`)).text).not.toContain(aPaper.applicantName);
  expect((await stranger.get(`/inbox/${house.schoolId}/${id}`)).to).toBe(`/inbox/${house.schoolId}`);
  expect((await stranger.get(`/inbox/${house.bankId}/${id}`)).status).toBe(404);
  const desk = await inboxOf(house.schoolId);
  const form = openFormIn((await desk.get(`/inbox/${house.schoolId}/${id}`)).text);
  expect((await stranger.post(form)).to).toBe(`/inbox/${house.schoolId}`);
  expect((await stranger.post(form.replaceAll(house.schoolId, house.bankId))).status).toBe(404);
  expect((await visitor(house.url).post(form)).to).toBe(`/inbox/${house.schoolId}`);
  const opening = (await desk.post(form)).to ?? "";
  expect((await stranger.get(opening)).status).toBe(404);
  await desk.post(`/inbox/${house.schoolId}/leave`);
  expect((await desk.get(opening)).status).toBe(404);
});

test.each([
  ["a link that is none", () => ({ links: "không phải liên kết", digits }), 400],
  ["an unknown link", () => ({ links: `/c/${Buffer.alloc(16).toString("base64url")}`, digits }), 404],
  ["wrong digits", () => ({ links: linksOf(first), digits: "0000" }), 403],
  ["no digits", () => ({ links: linksOf(first), digits: "" }), 400],
] as const)("%s: nothing is shown of any copy", async (_, fields, status) => {
  const answer = await visitor(house.url).post(`/h/${house.schoolId}/copies`, fields());
  expect(answer.status).toBe(status);
  expect(answer.text).not.toContain('type="checkbox"');
});

test("a copy that this visit did not prove is not handed over, nor twice by the same form, nor by who has no visit", async () => {
  const { phone, id, shown, done } = await handedOver(house.schoolId, [first]);
  expect(done.status).toBe(200);
  const act = { id, shown, copies: first.dossierId, procedure: "nhập học" };
  expect((await phone.post(`/h/${house.schoolId}/handover`, act)).status).toBe(409);
  const other = { ...act, id: crypto.randomUUID(), copies: second.dossierId };
  expect((await phone.post(`/h/${house.schoolId}/handover`, other)).status).toBe(401);
  expect((await phone.post(`/h/${house.schoolId}/handover`, { ...act, procedure: "" })).status).toBe(400);
  const thief = visitor(house.url);
  expect((await thief.post(`/h/${house.schoolId}/handover`, act)).to).toBe(`/h/${house.schoolId}`);
});

test("an office that no longer receives has neither poster nor inbox; another agency's administrator prints none", async () => {
  const cookie = async (name: string) => ({ headers: { cookie: (await house.session(name)).cookie } });
  const poster = `${house.url}/admin/recipients/${house.bankId}/poster`;
  const shown = await fetch(poster, await cookie("quantri"));
  expect(await shown.text()).toContain(bank);
  expect((await fetch(poster, await cookie("la-administrator"))).status).toBe(404);
  await house.sql`update recipient set active = false where id = ${house.bankId}`;
  for (const path of [`/h/${house.bankId}`, `/inbox/${house.bankId}`, "/h/x", "/inbox/x"])
    expect((await visitor(house.url).get(path)).status).toBe(404);
  await house.sql`update recipient set active = true where id = ${house.bankId}`;
});

test("another agency's office stands before nobody else's citizens", async () => {
  const [row] = await house.sql<{ id: string }[]>`
    insert into recipient (id, agency_id, name, email, registered_by, registered_at)
    select gen_random_uuid(), 'noi-khac', 'Nơi Khác (hư cấu)', 'a@b.example', id, now() from person
    where user_name = 'la-administrator' returning id`;
  const answer = await visitor(house.url).post(`/h/${row?.id}/copies`, { links: linksOf(first), digits });
  expect(answer.status).toBe(404);
  const cookie = `__Host-counter=${row?.id}`; // as if its poster had been scanned
  const own = await fetch(`${house.url}${first.citizen}`, { headers: { accept: "text/html", cookie } });
  expect(await own.text()).not.toContain("Nơi Khác");
});

test("a link that its holder ended says so at an office's poster too, in both languages, with the digits right or wrong", async () => {
  const ended = await house.released();
  await visitor(house.url).post(`${ended.citizen}/end`, { digits });
  for (const typed of [digits, "0000"]) {
    const fields = { links: linksOf(first, ended), digits: typed };
    if (typed !== digits) fields.links = linksOf(ended);
    const answer = await visitor(house.url).post(`/h/${house.schoolId}/copies`, fields);
    expect(answer.status).toBe(410);
    expect(answer.text).toContain('href="#links"');
    expect(answer.text).toContain(handoverVi.endedFault);
    expect(answer.text).not.toContain(aPaper.title);
    const english = await visitor(house.url).post(`/h/${house.schoolId}/copies?lang=en`, fields);
    expect(english.text).toContain(handoverEn.endedFault);
  }
  const nobodys = { links: `${house.url}/c/${Buffer.alloc(16, 7).toString("base64url")}`, digits };
  const unknown = await visitor(house.url).post(`/h/${house.schoolId}/copies`, nobodys);
  expect([unknown.status, unknown.text.includes(handoverVi.endedFault)]).toEqual([404, false]);
});

test("DATA-1, DATA-2: the holder sees who opened the copy; once it is erased on request nothing is offered, handed over or named any more", async () => {
  const { id } = await handedOver(house.schoolId, [second]);
  const secret = await house.grantOf(second, {
    procedure: "vay vốn ưu đãi",
    grantee: { id: null, name: "Nơi Vay (hư cấu)" },
  });
  const desk = await inboxOf(house.schoolId);
  const page = await desk.get(`/inbox/${house.schoolId}/${id}`);
  await desk.post(openFormIn(page.text));
  const own = visitor(house.url);
  const data = `${second.citizen}/data`;
  const line = new RegExp(
    `mở bản sao. Bên xem: ${school.replace(/[()]/g, ".")}, chứng minh bằng mã .* Mục đích: xin giấy phép xây dựng`,
  );
  const byLinkAlone = (await own.get(data)).text; // tells nobody where its holder went
  expect(byLinkAlone).toContain("một nơi nhận mà bạn đã cho phép mở bản sao");
  expect(byLinkAlone).not.toMatch(/xin giấy phép|chứng minh bằng/);
  expect((await own.post(data, { wish: "look", digits: "0000" })).status).toBe(403);
  await own.post(data, { wish: "look", digits });
  expect((await own.get(data)).text).toMatch(line);
  await own.post(data, { wish: "erase_all", digits });
  const [request] = await house.sql<{ id: string }[]>`
    select id from data_request where dossier_id = ${second.dossierId}`;
  await (await administratorOf(house)).send(`/admin/data-requests/${request?.id}`, [["decision", "erase"]]);
  const after = (await own.get(second.citizen)).text;
  expect(after).toContain("Bản sao lưu ở đây đã được xóa.");
  expect(after).not.toMatch(/Tải bản sao|\/links"/);
  expect(after).toContain("/v/"); // the copy that its holder has is still checked
  expect((await handedOver(house.schoolId, [second])).choose.status).toBe(410);
  await own.post(`${second.citizen}/links/prove`, { digits });
  const wish = { id: crypto.randomUUID(), procedure: "nhập học", given: "all", days: "7", uses: "1" };
  expect((await own.post(`${second.citizen}/links`, { ...wish, recipient: house.schoolId })).status).toBe(410);
  expect((await visitor(house.url).get(secret)).text).not.toContain("vay vốn");
  expect((await desk.get(`/inbox/${house.schoolId}/${id}`)).status).toBe(404);
  const kept = await house.sql`select g.procedure, g.recipient_name, g.recipient_id, o.opened_by, h.procedure as act
    from copy_grant g left join grant_opening o on o.grant_id = g.id left join handover h on h.id = g.handover_id
    where g.certificate_id = ${second.certificateId}`;
  expect(kept.length).toBeGreaterThan(1);
  for (const { procedure, recipient_id, recipient_name, act: told } of kept) {
    expect([procedure, told ?? "–––"]).toEqual(["–––", "–––"]);
    if (recipient_id === null) expect(recipient_name).toBe("–––");
  }
  await expect(house.sql`update copy_grant set procedure = 'khác'`).rejects.toThrow(/refused/);
  await expect(house.sql`delete from grant_opening`).rejects.toThrow(/evidence/);
});
