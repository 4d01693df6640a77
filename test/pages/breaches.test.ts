import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { breachesOf } from "../../db/stores/breaches.ts";
import type { BreachId } from "../../src/core/breach.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import { loadFonts } from "../../src/fonts.ts";
import { breachPages } from "../../src/web/pages/breaches/routes.tsx";
import type { BreachesWorld } from "../../src/web/pages/breaches/world.ts";
import { breachesVi } from "../../src/web/words/breaches.vi.ts";
import { breachesWorld } from "../../src/wiring/breaches.ts";
import type { House } from "../../src/wiring/house.ts";
import { has, run } from "../support/tools.ts";
import { type AdminApp, at, openAdminApp } from "./admin-app.ts";

const id = "11111111-1111-4111-8111-111111111111";
const stepId = "22222222-2222-4222-8222-222222222222";
const folder = mkdtempSync(join(tmpdir(), "chungthuc-breach-"));
let app: AdminApp;
let world: BreachesWorld;
beforeAll(async () => {
  const fonts = await loadFonts();
  app = await openAdminApp(({ sql }) => {
    const keyList = () => ({ agencies: [{ agencyId: "hoaban", agencyName: "Ủy ban nhân dân xã Hoa Ban (hư cấu)" }] });
    world = breachesWorld({ sql, fonts, now: () => at, development: true, keyList } as unknown as House);
    return breachPages(world);
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await app.drop();
});

const told = {
  ...{ id, day: "2026-11-21", time: "08:00", happened: "Gửi nhầm tệp quét (hư cấu)" },
  ...{ concerns: "Một ảnh thẻ căn cước, một người (hư cấu)", done: "Đã yêu cầu xóa (hư cấu)" },
};

test("DATA-4: what is faulty stands at its field with what was typed; nothing is kept", async () => {
  const bad = await app.send("/admin/breaches", { ...told, day: "2026-11-24", happened: "Gửi nhầm (hư cấu) <b>" });
  expect([
    bad.status,
    bad.text.includes("Hãy ghi ngày và giờ đã qua."),
    bad.text.includes("Gửi nhầm (hư cấu) &lt;b&gt;"),
  ]).toEqual([400, true, true]);
  expect(bad.text.split(breachesVi.textHint)).toHaveLength(2); // said once for all three
  const empty = await app.send("/admin/breaches", { ...told, done: "" });
  expect([empty.status, empty.text.includes('href="#done"')]).toEqual([400, true]);
  expect(await breachesOf(app.sql, "hoaban" as AgencyId)).toEqual([]);
});

test("DATA-4: noted once however often it is sent, told as due soon, then as told; of another agency nothing is seen or added", async () => {
  const sent = [await app.send("/admin/breaches", told), await app.send("/admin/breaches", told)];
  expect(sent.map(({ status, goesTo }) => [status, goesTo.split("?")[0]])).toEqual([
    [303, `/admin/breaches/${id}`],
    [303, `/admin/breaches/${id}`],
  ]);
  expect((await app.get("/admin/breaches")).text).toContain("Sắp hết hạn");
  expect((await app.get(`/admin/breaches/${id}/letter.pdf`)).status).toBe(200);
  const step = {
    id: stepId,
    what: "told_authority",
    day: "2026-11-23",
    time: "09:00",
    says: "Đã thông báo cơ quan chuyên trách lúc 09:00 ngày 23/11/2026. Thông báo số 01 (hư cấu)",
  };
  const foreign = [
    await app.get(`/admin/breaches/${id}`, "muongpon"),
    await app.get(`/admin/breaches/${id}/letter.pdf`, "muongpon"),
    await app.send(`/admin/breaches/${id}`, step, "muongpon"),
  ];
  expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404]);
  const early = await app.send(`/admin/breaches/${id}`, { ...step, day: "2026-11-20" });
  expect([early.status, early.text.includes("không trước lúc phát hiện")]).toEqual([400, true]);
  for (let i = 0; i < 2; i++) expect((await app.send(`/admin/breaches/${id}`, step)).status).toBe(303);
  const again = await app.send(`/admin/breaches/${id}`, { ...step, says: "Một việc khác (hư cấu)" }); // a form brought back by the browser
  expect([again.status, again.text.includes("đã gửi một lần"), again.text.includes(`value="${stepId}"`)]).toEqual([
    400,
    true,
    false,
  ]);
  expect((await app.get(`/admin/breaches/${id}`)).text).toContain("Đã thông báo đúng hạn");
  expect((await breachesOf(app.sql, "hoaban" as AgencyId)).map(({ steps }) => steps.length)).toEqual([1]);
});

test.skipIf(!has("pdftotext"))(
  "DATA-4: the letter to the authority tells when it is due, what happened, and of each step what it was",
  async () => {
    const actor = { agencyId: "hoaban" as AgencyId, personId: app.people[0]?.personId ?? ("" as never) };
    const breach = await world.breach(id as BreachId, actor);
    if (breach === null) throw new Error("nothing was noted");
    const path = join(folder, "letter.pdf");
    writeFileSync(path, await world.letter(breach, actor));
    const text = run("pdftotext", ["-enc", "UTF-8", path, "-"]).output.replace(/\s+/g, " ").normalize("NFC");
    for (const part of [
      "Kính gửi: Cơ quan chuyên trách bảo vệ dữ liệu cá nhân",
      "08:00 ngày 24/11/2026",
      told.happened,
      told.concerns,
      told.done,
      "Đã thông báo cơ quan chuyên trách lúc 09:00 ngày 23/11/2026. Thông báo số 01 (hư cấu)",
      "Dự thảo do phần mềm lập",
    ])
      expect(text).toContain(part);
  },
);

test("DATA-4: the database changes and forgets no note, and takes no step of another agency's person or before the finding", async () => {
  for (const change of [
    "update data_breach set done = 'xxxxxxxxxx'",
    "delete from data_breach_step",
    "truncate data_breach cascade",
    `insert into data_breach_step select gen_random_uuid(), breach_id, what, step_at - interval '9 days', says, person_id, noted_at from data_breach_step`,
    `insert into data_breach_step select gen_random_uuid(), breach_id, what, step_at, says,
      (select id from person where agency_id = 'muongpon'), noted_at from data_breach_step`,
  ])
    await expect(app.sql.unsafe(change), change).rejects.toThrow();
});
