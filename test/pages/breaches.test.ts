import { afterAll, beforeAll, expect, test } from "vitest";
import { breachesOf, keepBreach, keepBreachStep } from "../../db/stores/breaches.ts";
import type { BreachId } from "../../src/core/breach.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import { breachPages } from "../../src/web/pages/breaches/routes.tsx";
import { type AdminApp, at, openAdminApp } from "./admin-app.ts";

const id = "11111111-1111-4111-8111-111111111111";
const stepId = "22222222-2222-4222-8222-222222222222";
let app: AdminApp;
beforeAll(async () => {
  app = await openAdminApp(({ sql }) =>
    breachPages({
      now: () => at,
      newBreachId: () => id as BreachId,
      breaches: ({ agencyId }) => breachesOf(sql, agencyId),
      breach: async (wanted, { agencyId }) =>
        (await breachesOf(sql, agencyId)).find((one) => one.id === wanted) ?? null,
      isPrintable: () => true,
      keepBreach: (...kept) => keepBreach(sql, ...kept),
      keepStep: (...kept) => keepBreachStep(sql, ...kept),
      letter: async () => new Uint8Array([0x25, 0x50, 0x44, 0x46]),
    }),
  );
});
afterAll(() => app.drop());

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
    says: "Thông báo số 01 (hư cấu)",
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
  expect((await app.get(`/admin/breaches/${id}`)).text).toContain("Đã thông báo đúng hạn");
  expect((await breachesOf(app.sql, "hoaban" as AgencyId)).map(({ steps }) => steps.length)).toEqual([1]);
});

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
