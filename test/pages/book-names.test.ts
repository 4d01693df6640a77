import { afterAll, beforeAll, expect, test } from "vitest";
import { administrationPages } from "../../src/web/pages/administration/routes.ts";
import { administrationWorld } from "../../src/wiring/administration.ts";
import type { House } from "../../src/wiring/house.ts";
import { type AdminApp, at, openAdminApp } from "./admin-app.ts";

const path = "/admin/book-names";
let app: AdminApp;
let now: typeof at = at;
beforeAll(async () => {
  app = await openAdminApp(({ sql, db }) => {
    const house = { sql, db, now: () => now, trial: null } as unknown as House;
    return administrationPages(administrationWorld(house, {}));
  });
});
afterAll(() => app.drop());

const name = (electronic: string, paper: string, more: Record<string, string> = {}) =>
  app.send(path, { year: "2026", electronic, paper, ...more });
const open = (suffix: string) => app.send("/admin/books", { suffix, year: "2026" });

test("REG-5: an administrator names the books, one series for both only where it is said so; what is wrong is told at its field with what was typed", async () => {
  const refused = [
    [await name("a", "SCT/BS"), "electronic-fault"],
    [await name("SCT BS", "SCT/BS"), "electronic-fault"],
    [await name("SCT/BS", "SỔ/BS"), "paper-fault"],
    [await name("SCT/BS", "SCT/BS"), "shared-fault"],
    [await name("SCT/BS", "GIAY/BS", { shared: "yes" }), "paper-fault"],
  ] as const;
  expect(refused.map(([{ status, text }, at]) => [status, text.includes(`id="${at}"`)])).toEqual(refused.map(() => [400, true])); // biome-ignore format: one line
  expect(refused[4][0].text).toContain('value="GIAY/BS"');
  expect((await name("sct/bs", "SCT/BS", { shared: "yes" })).goesTo).toBe(`${path}?done=saved`);
  expect((await app.get(path)).text).toContain("Một sổ chung, một dãy số từ 01");
  const books = (await app.get("/admin/books")).text;
  expect(books.match(/Mở sổ [^<]+ năm 2026/g)).toEqual(["Mở sổ SCT/BS năm 2026"]);
});

test("REG-5: only a book that the year names is opened; with it the names stay, of another agency nothing changed", async () => {
  expect((await open("SCTĐT/BS")).status).toBe(404);
  expect((await open("SCT/BS")).status).toBe(303);
  const late = await name("SCTĐT/BS", "GIAY/BS");
  expect([late.status, late.text.includes("ký hiệu giữ nguyên")]).toEqual([409, true]);
  expect((await app.send(path, { year: "2031", electronic: "AA", paper: "BB" })).status).toBe(404);
  expect((await app.get("/admin/books", "muongpon")).text.match(/Mở sổ [^<]+ năm 2026/g)).toEqual([
    "Mở sổ SCTĐT/BS năm 2026",
    "Mở sổ SCT/BS năm 2026",
  ]);
});

test("WCAG 2.2 §4.1.2: where two years may be named, each field has a label of its own, and the summary links to the form that was sent", async () => {
  now = "2026-12-05T02:00:00Z" as typeof at;
  const both = (await app.get(path, "muongpon")).text;
  const ids = [...both.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(ids).toEqual(expect.arrayContaining(["electronic", "electronic-2027", "paper-2027", "shared-2027"]));
  const faulty = await app.send(path, { year: "2027", electronic: "a", paper: "SCT/BS" }, "muongpon");
  expect(faulty.text).toMatch(/id="electronic-2026"[\s\S]*id="electronic"[^>]*value="a"/);
  expect(faulty.text).toContain('href="#electronic"');
});
