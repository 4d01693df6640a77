import { afterAll, beforeAll, expect, test } from "vitest";
import { receptionPages } from "../../src/web/pages/receptions/routes.tsx";
import type { House } from "../../src/wiring/house.ts";
import { receptionsWorld } from "../../src/wiring/receptions.ts";
import { aSubmission } from "../support/presented.ts";
import { type AdminApp, at, openAdminApp } from "./admin-app.ts";

const path = "/admin/receptions";
let app: AdminApp;
beforeAll(async () => {
  const fonts = { regular: { font: { hasGlyphForCodePoint: (sign: number) => sign < 0x2000 } } } as House["fonts"];
  app = await openAdminApp(({ sql }) => receptionPages(receptionsWorld({ sql, now: () => at, fonts })));
  for (const { personId } of app.people) await app.sql`insert into person_role values (${personId}, 'receiver')`;
});
afterAll(() => app.drop());

const own = () => app.people[0];
const idOf = async (name: string) =>
  (await app.sql`select id from reception where name = ${name}`)[0]?.["id"] as string;
const opened = { name: "Một cửa số 1 (hư cấu)", place: "Nhà văn hóa bản Mẫu (hư cấu)" };

/** Where a submission that is opened now was received. */
async function receivedAt(): Promise<string | null> {
  const { personId = "" } = own() ?? {};
  const id = await aSubmission(app.sql, { agency: "hoaban", person: personId, at });
  return (await app.sql`select reception_id from submission where id = ${id}`)[0]?.["reception_id"] ?? null;
}

test("a dossier notes the desk where who opened it works then, and keeps it; a desk that ended is nobody's", async () => {
  expect(await receivedAt()).toBe(null);
  expect((await app.send(path, opened)).status).toBe(303);
  const reception = await idOf(opened.name);
  const person = own()?.personId ?? "";
  expect((await app.send(`${path}/posts`, { person, reception })).status).toBe(303);
  expect(await receivedAt()).toBe(reception);
  await app.sql`update submission set reception_id = null`;
  expect((await app.sql`select 1 from submission where reception_id = ${reception}`).length).toBe(1);
  expect((await app.get(path)).text).toContain(`value="${reception}" selected=""`);
  const asked = await app.send(`${path}/${reception}/end`, {});
  expect([asked.status, asked.text.includes('name="confirm" value="yes"'), await receivedAt()]).toEqual([200, true, reception]); // biome-ignore format: one line
  expect((await app.send(`${path}/${reception}/end`, { confirm: "yes" })).status).toBe(303);
  expect((await app.send(`${path}/${reception}/end`, { confirm: "yes" })).status).toBe(404);
  expect(await receivedAt()).toBe(null);
  expect((await app.send(`${path}/posts`, { person, reception })).status).toBe(404);
  await expect(app.sql`update reception set ended_at = null`).rejects.toThrow(/only ever ends/);
});

test("no two desks that go on have one name, pressed at once or written in SQL; the name of an ended one is free", async () => {
  const twin = { ...opened, name: "Quầy đôi (hư cấu)" };
  const pressed = await Promise.all([app.send(path, twin), app.send(path, { ...twin, name: "QUẦY ĐÔI (hư cấu)" })]);
  expect(pressed.map(({ status }) => status).toSorted()).toEqual([303, 400]);
  const refused = await app.send(path, { ...twin, place: "Nơi khác (hư cấu)" });
  for (const told of ['id="name-fault"', twin.name, "Nơi khác (hư cấu)"]) expect(refused.text).toContain(told);
  const [{ id = "", name = "" } = {}] =
    await app.sql`select id, name from reception where ended_at is null and plain_text(name) = plain_text(${twin.name})`;
  const again = app.sql`insert into reception (id, agency_id, name, place, opened_at)
    values (gen_random_uuid(), 'hoaban', ${name}, 'Chợ', now())`;
  await expect(again).rejects.toThrow("a desk of that name goes on");
  expect((await app.send(`${path}/${id}/end`, { confirm: "yes" })).status).toBe(303);
  expect((await app.send(path, twin)).status).toBe(303);
});

test("what cannot be printed or is too short is told at its field with what was typed; another agency's desk and people are out of reach", async () => {
  const faulty = await app.send(path, { name: "A", place: "Chợ (hư cấu) 🏪" });
  expect([faulty.status, faulty.text.includes('id="name-fault"'), faulty.text.includes("Chợ (hư cấu)")]).toEqual([400, true, true]); // biome-ignore format: one line
  expect((await app.send(path, { name: "Một cửa", place: "Chợ 🏪" })).text).toContain('id="place-fault"');
  await app.send(path, { ...opened, name: "Quầy chợ Mẫu (hư cấu)" });
  const reception = await idOf("Quầy chợ Mẫu (hư cấu)");
  const person = own()?.personId ?? "";
  const theirs = await Promise.all([
    app.send(`${path}/${reception}/end`, {}, "muongpon"),
    app.send(`${path}/posts`, { person, reception: "" }, "muongpon"),
    app.send(`${path}/posts`, { person: app.people[1]?.personId ?? "", reception }, "muongpon"),
  ]);
  expect(theirs.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect((await app.get(path, "muongpon")).text).not.toContain("Quầy chợ Mẫu");
  const foreign = app.sql`insert into reception_post (person_id, reception_id, kept_by, kept_at)
    values (${app.people[1]?.personId ?? ""}, ${reception}, ${person}, ${at})`;
  await expect(foreign).rejects.toThrow(/own agency/);
});
