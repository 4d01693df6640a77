import { afterAll, beforeAll, expect, test } from "vitest";
import { deskOf } from "../pages/administration-world.ts";
import { administratorOf } from "../recipients/recipient-world.ts";
import { aPaper } from "../support/officials.ts";
import {
  bank,
  type Copy,
  citizenAt,
  type GrantsHouse,
  makeLink,
  school,
  startGrantsHouse,
  visitor,
} from "./grants-world.ts";

let house: GrantsHouse;
let copy: Copy;
beforeAll(async () => {
  house = await startGrantsHouse();
  copy = await house.released();
}, 120_000);
afterAll(() => house?.stop());

test("the citizen's link alone tells nothing of grants: the digits come first, wrong ones are counted", async () => {
  const phone = visitor(house.url);
  const before = await phone.get(`${copy.citizen}/links`);
  expect(before.status).toBe(200);
  expect(before.text).not.toContain(school);
  expect((await phone.post(`${copy.citizen}/links/prove`, { digits: "0000" })).status).toBe(403);
  expect((await phone.post(`${copy.citizen}/links/prove`, { digits: "12" })).status).toBe(400);
  const refused = await phone.post(`${copy.citizen}/links`, { id: "x", recipient: house.schoolId });
  expect([refused.status, refused.to]).toEqual([303, `${copy.citizen}/links`]);
  const proven = await phone.post(`${copy.citizen}/links/prove`, { digits: aPaper.identityDigits });
  expect(proven.answer.headers.get("set-cookie")).toMatch(
    /^__Host-citizen=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  expect((await phone.get(`${copy.citizen}/links`)).text).toContain(school);
});

test("a link is shown once, as text and code; only a keyed hash of it is kept; the same form makes it once", async () => {
  const phone = await citizenAt(house, copy);
  const made = await makeLink(phone, copy, { recipient: house.schoolId, uses: "3", days: "30" });
  expect(made.status).toBe(200);
  expect(made.link).toMatch(/^\/g\/[\w-]{22}$/);
  expect(made.text).toContain('<svg class="qr"');
  expect(made.text).toContain("data-share");
  const secret = made.link.slice(3);
  const [row] = await house.sql<{ text: string }[]>`
    select copy_grant::text as text from copy_grant where id = ${made.id}`;
  expect(row?.text).not.toContain(secret);
  expect(row?.text).not.toContain(Buffer.from(secret, "base64url").toString("hex"));
  expect((await phone.get(`${copy.citizen}/links`)).text).not.toContain(secret);
  const again = await phone.post(`${copy.citizen}/links`, {
    ...{ id: made.id, recipient: house.schoolId, procedure: "nhập học", given: "all", days: "7", uses: "1" },
  });
  expect(again.status).toBe(409);
  expect(again.text).not.toMatch(/\/g\/[\w-]{22}/);
  expect(await house.events(made.id)).toEqual(["made"]);
});

test.each([
  [{ recipient: "" }, "recipient"],
  [{ recipient: "other", otherName: "" }, "recipient"],
  [{ recipient: "00000000-0000-4000-8000-000000000000" }, "recipient"],
  [{ procedure: "x" }, "procedure"],
  [{ days: "31" }, "days"],
  [{ days: "0" }, "days"],
  [{ uses: "11" }, "uses"],
  [{ uses: "1.5" }, "uses"],
  [{ given: "some", pages: "2" }, "pages"],
  [{ given: "some", pages: "" }, "pages"],
] as const)("what cannot be granted is told at its field, and nothing is kept: %j", async (fields, field) => {
  const phone = await citizenAt(house, copy);
  const count = async () => (await house.sql`select 1 from copy_grant`).length;
  const before = await count();
  const answer = await makeLink(phone, copy, { recipient: house.schoolId, ...fields });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(`id="${field}-fault"`);
  expect(await count()).toBe(before);
});

test("another agency's list does not stand before this agency's citizens, nor does who is no longer active", async () => {
  const stranger = "Nơi Khác Giả Danh (hư cấu)";
  await house.sql`insert into recipient (id, agency_id, name, email, registered_by, registered_at)
    select gen_random_uuid(), 'noi-khac', ${stranger}, 'a@b.example', id, now() from person where user_name = 'la-administrator'`;
  await house.sql`update recipient set active = false where id = ${house.bankId}`;
  const phone = await citizenAt(house, copy);
  const page = (await phone.get(`${copy.citizen}/links`)).text;
  expect(page).toContain(school);
  expect(page).not.toContain(stranger);
  expect(page).not.toContain(bank);
  await house.sql`update recipient set active = true where id = ${house.bankId}`;
});

test("object-level: one citizen's visit neither sees nor revokes nor confirms another's grant", async () => {
  const other = await house.released();
  const theirs = await makeLink(await citizenAt(house, other), other, { recipient: house.bankId });
  const phone = await citizenAt(house, copy);
  expect((await phone.get(`${other.citizen}/links`)).text).not.toContain(bank);
  expect((await phone.post(`${other.citizen}/links/${theirs.id}/revoke`)).to).toBe(`${other.citizen}/links`);
  expect((await phone.post(`${copy.citizen}/links/${theirs.id}/revoke`)).status).toBe(404);
  const number = { [`number-${theirs.id}`]: "1234" };
  expect((await phone.post(`${copy.citizen}/links/${theirs.id}/confirm`, number)).status).toBe(404);
  expect((await phone.post(`${copy.citizen}/links/khong-phai/revoke`)).status).toBe(404);
  expect(await house.events(theirs.id)).toEqual(["made"]);
});

test("revoked at once, told in the list; the visit ends when the citizen leaves", async () => {
  const phone = await citizenAt(house, copy);
  const { id, link } = await makeLink(phone, copy, { recipient: house.schoolId });
  expect((await visitor(house.url).get(link)).text).toContain(school);
  expect((await phone.post(`${copy.citizen}/links/${id}/revoke`)).status).toBe(303);
  expect((await phone.get(`${copy.citizen}/links?done=revoked`)).text).toContain("Đã thu hồi");
  const shown = (await visitor(house.url).get(link)).text;
  expect(shown).toContain("đã thu hồi");
  expect(shown).not.toContain(school);
  expect(await house.events(id)).toEqual(["made", "revoked"]);
  await phone.post(`${copy.citizen}/links/leave`);
  expect((await phone.get(`${copy.citizen}/links`)).text).not.toContain(school);
});

test("the database refuses what the page never asks: a grant is only ever revoked, its trail only grows", async () => {
  const [{ id } = { id: "" }] = await house.sql<{ id: string }[]>`select id from copy_grant limit 1`;
  const acts = [
    () => house.sql`update copy_grant set uses = 10 where id = ${id}`,
    () => house.sql`delete from copy_grant where id = ${id}`,
    () => house.sql`update grant_event set what = 'opened' where grant_id = ${id}`,
    () => house.sql`truncate grant_opening cascade`,
  ];
  for (const act of acts) await expect(act()).rejects.toThrow(/refused/);
});

const says = "Ngày sinh ghi sai: 01/02/1990, đúng là 02/01/1990 (hư cấu).";

test("DATA-3: a correction is asked and answered in words; a restriction shuts the content to officials until its holder lifts it", async () => {
  const own = visitor(house.url);
  const data = `${copy.citizen}/data`;
  const digits = aPaper.identityDigits;
  expect((await own.post(data, { wish: "correct", digits })).text).toContain("từ 10 đến 1000 chữ cái");
  expect((await own.post(data, { wish: "restrict", digits: "", says })).text).toContain(says); // what was typed is there still
  await own.post(data, { wish: "correct", digits, says });
  await own.post(data, { wish: "restrict", digits, says });
  const [correction, restriction] = await house.sql<{ id: string }[]>`
    select id from data_request where dossier_id = ${copy.dossierId} order by kind`;
  const desk = await administratorOf(house);
  const at = `/admin/data-requests/${correction?.id}`;
  expect((await desk.get(at)).text).toContain("Ngày sinh ghi sai");
  const stranger = deskOf(house.url, await house.session("la-administrator"));
  const reason: [string, string] = ["reason", "Phải hỏi lại nơi đã cấp bản chính (hư cấu)."];
  expect((await stranger.send(`${at}/extension`, [reason])).status).toBe(404);
  expect((await desk.send(`${at}/extension`, [["reason", "bận"]])).status).toBe(400);
  expect((await desk.send(`${at}/extension`, [reason])).status).toBe(303);
  expect((await desk.send(`${at}/extension`, [reason])).status).toBe(404); // once
  expect((await own.get(data)).text).toContain("Đã gia hạn một lần");
  const answer = (outcome: string): [string, string][] => [
    ["decision", outcome],
    ["says", "Bản chính ghi đúng như bản sao (hư cấu)."],
  ];
  expect((await desk.send(at, [["decision", "declined"]])).status).toBe(400);
  expect((await desk.send(at, answer("declined"))).status).toBe(303);
  expect((await own.get(data)).text).toMatch(/Không làm theo yêu cầu.*Bản chính ghi đúng như bản sao/s);
  const byLinkAlone = (await visitor(house.url).get(data)).text;
  expect(byLinkAlone).toContain("Không làm theo yêu cầu");
  expect(byLinkAlone).not.toMatch(/Ngày sinh ghi sai|Bản chính ghi đúng|nơi đã cấp/);
  const { cookie } = await house.session("lanhdao");
  const looked = async (part: string) =>
    (await fetch(`${house.url}/api/dossiers/${copy.dossierId}/${part}`, { headers: { cookie } })).status;
  expect([await looked("pages/1"), await looked("copy")]).toEqual([200, 200]);
  await desk.send(`/admin/data-requests/${restriction?.id}`, answer("done"));
  expect([await looked("pages/1"), await looked("copy"), await looked("pages/1/words")]).toEqual([403, 403, 403]);
  expect((await house.officials.download(`${house.url}${copy.citizen}`)).status).toBe(200); // its holder's own
  expect((await own.post(data, { wish: "lift", digits })).status).toBe(303);
  expect(await looked("pages/1")).toBe(200);
  await expect(house.sql`update data_restriction set lifted_at = null`).rejects.toThrow(/only ever lifted/);
  await expect(house.sql`delete from data_extension`).rejects.toThrow(/evidence/);
});
