import { afterAll, beforeAll, expect, test } from "vitest";
import { type Instant, localDateOf } from "../../src/core/kernel.ts";
import { type Counter, openAtCounter, openCounter } from "./counter.ts";

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
}, 180_000);
afterAll(() => counter?.close());

const thisYear = () => localDateOf(`${new Date().toISOString().slice(0, 19)}Z` as Instant).slice(0, 4);

test("STAT-1: page, tables, report and API of a year tell the same of the own agency; who only receives sees none of it", async () => {
  const dossier = await openAtCounter(counter, { onPaperOnly: "yes", paperCopies: "3", declaredPages: "4" });
  const trace = await counter.get("tiepnhan", `${dossier}/steps`);
  expect([trace.status, trace.text.includes("đang chờ")]).toEqual([200, true]);
  expect((await counter.get("tiepnhan", dossier)).text).toContain(`href="${dossier}/steps"`);
  const path = `/statistics/${thisYear()}`;
  await counter.send("quantri", "/admin/step-times", "/admin/step-times", { compare: "45", from: "2099-01-01" });
  const times = await counter.get("quantri", "/admin/step-times");
  expect([times.status, times.text.includes("01/01/2099"), times.text.includes("Mặc định: 15 phút")]).toEqual([
    ...[200, true, true],
  ]);
  const past = await counter.send("quantri", "/admin/step-times", "/admin/step-times", {
    compare: "45",
    from: "2020-01-01",
  });
  expect([past.status, past.text.includes("chọn hôm nay hoặc một ngày sau đó")]).toEqual([400, true]);
  const page = await counter.get("lanhdao", path);
  const json = JSON.parse((await counter.get("lanhdao", `/api${path}`)).text);
  const received = json.figures.find((one: { id: string }) => one.id === "received").value;
  expect([page.status, received >= 1, json.from, json.trend.length]).toEqual([200, true, `${thisYear()}-01-01`, 12]);
  expect(page.text).toMatch(new RegExp(`Giấy tờ đã nhận</th><td[^>]*>${received}</td>`));
  expect(page.text).toContain("ELECTRONIC_CERTIFIED_COPY");
  expect(json.longestSteps.week).toMatch(/^20\d\d-W\d\d$/);
  expect(Array.isArray(json.longestSteps.steps)).toBe(true);
  const csv = await counter.get("quantri", `${path}/figures.csv`);
  const steps = await counter.get("quantri", `${path}/longest-steps.csv`);
  expect([steps.status, steps.text.includes("Phút làm việc"), page.text.includes("Các bước lâu nhất")]).toEqual([
    ...[200, true, true],
  ]);
  expect(csv.text).toContain(`received,Giấy tờ đã nhận,${received},số lượng,`);
  const files = await Promise.all(["pdf", "xlsx"].map((file) => counter.get("lanhdao", `${path}/figures.${file}`)));
  expect(files.map(({ status, text }) => [status, text.slice(0, 2)])).toEqual([
    [200, "%P"],
    [200, "PK"],
  ]);
  const shut = await Promise.all(
    [path, `${path}/figures.csv`, `/api${path}`].map((one) => counter.get("tiepnhan", one)),
  );
  expect(shut.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect((await counter.get("lanhdao", "/statistics/2026-13")).status).toBe(404);
});

test("AUTH-5: who watches for the province lands on its pages and opens nothing else; nobody of a commune sees them", async () => {
  expect((await counter.get("tinh", "/")).goesTo).toBe("/province");
  const path = `/province/${thisYear()}`;
  const page = await counter.get("tinh", path);
  expect(page.text).toContain(`href="${path}/agencies/hoaban"`);
  const [agency, api, csv] = await Promise.all(
    [`${path}/agencies/hoaban`, `/api${path}`, `${path}/ranking.csv`].map((one) => counter.get("tinh", one)),
  );
  expect([page.status, agency?.status, JSON.parse(api?.text ?? "{}").agencies.length]).toEqual([200, 200, 1]);
  expect(csv?.text).toContain("Ủy ban nhân dân phường Hoa Ban (hư cấu),0,0,,0,,");
  expect(`${page.text}${agency?.text}`).not.toContain("Bằng tốt nghiệp");
  const shut = [
    ...["/queue", "/register", "/statistics", "/deadlines", "/petitions", "/admin"].map((one) =>
      counter.get("tinh", one),
    ),
    ...[path, `/api${path}`, `${path}/agencies/hoaban`].map((one) => counter.get("lanhdao", one)),
  ];
  expect(new Set((await Promise.all(shut)).map(({ status }) => status))).toEqual(new Set([403]));
  const lost = ["khong-co", "banmai"].map((id) => counter.get("tinh", `${path}/agencies/${id}`));
  expect((await Promise.all(lost)).map(({ status }) => status)).toEqual([404, 404]);
});
