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
  const page = await counter.get("lanhdao", path);
  const json = JSON.parse((await counter.get("lanhdao", `/api${path}`)).text);
  const received = json.figures.find((one: { id: string }) => one.id === "received").value;
  expect([page.status, received >= 1, json.from, json.trend.length]).toEqual([200, true, `${thisYear()}-01-01`, 12]);
  expect(page.text).toMatch(new RegExp(`Giấy tờ đã nhận</th><td[^>]*>${received}</td>`));
  expect(page.text).toContain("ELECTRONIC_CERTIFIED_COPY");
  const csv = await counter.get("quantri", `${path}/figures.csv`);
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
