import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CalendarDay } from "../../src/core/calendar.ts";
import { feeDong } from "../../src/core/fees.ts";
import { calendarOf } from "../../src/core/holidays.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import { postingOf } from "../../src/core/posting.ts";
import { usualProcedureCodes } from "../../src/core/procedure.ts";
import { refusalGrounds } from "../../src/core/refusal-grounds.ts";
import { dongText } from "../../src/web/pages/receiving/money.ts";
import { refusalGroundsEn } from "../../src/web/words/rules.en.ts";
import { refusalGroundsVi } from "../../src/web/words/rules.vi.ts";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { has, run } from "../support/tools.ts";
import { type Counter, openCounter } from "./counter.ts";
import { shot } from "./desk.ts";

const today = "2026-11-24" as LocalDate;
const known = {
  agencyName: "UBND (hư cấu)",
  procedureCodes: usualProcedureCodes,
  places: [],
  petitionWorkingDays: 10,
  today,
};

test("POST-1: the fees that are posted are the fees that are charged, up to the first that costs the most", () => {
  const { fees } = postingOf({ ...known, calendar: calendarOf([]) });
  expect(fees.examples.map(({ pages }) => pages)).toEqual([1, 2, 3, 4, 5, 10, 20, 50, 198]);
  for (const { pages, dong } of fees.examples) expect(dong).toBe(feeDong(pages));
  expect(fees).toMatchObject({ eachOfFirstTwo: 2000, eachFurther: 1000, most: feeDong(1000) });
  expect(fees.examples.at(-2)?.dong).toBeLessThan(fees.most);
});

test("POST-1: hours, Saturdays and the hour of the same day are those by which deadlines are counted", () => {
  const hours = [{ from: "07:30", to: "11:30" }];
  const year = { year: 2026, hours, saturdayHours: [{ from: "08:00", to: "10:00" }], cultureDay: false };
  const calendar = calendarOf([{ ...year, days: [] as CalendarDay[], announcement: "" }]);
  const posted = { hours, saturdayHours: year.saturdayHours, cutOff: "15:00", extensionWorkingDays: 2, year: 2026 };
  expect(postingOf({ ...known, calendar })).toMatchObject(posted);
});

let counter: Counter;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  counter = await openCounter();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await counter.close();
});

const visit = (path: string, language: "vi" | "en", look: Parameters<typeof withPage>[3]) =>
  withPage(browser, `${counter.url}${path}?lang=${language}`, {}, look);

test("POST-1: from the first page anybody comes to it, without an account; both languages say each ground and fee", async () => {
  const [agency] = await counter.sql<{ id: string; name: string }[]>`select id, name from agency order by name limit 1`;
  await visit("/", "vi", async (page) => {
    expect(await page.locator("a[href='/posted']").count()).toBe(1);
  });
  for (const language of ["vi", "en"] as const) {
    const grounds = { vi: refusalGroundsVi, en: refusalGroundsEn }[language];
    await visit(`/posted/${agency?.id}`, language, async (page) => {
      expect(await violations(page)).toEqual([]);
      const text = (await page.innerText("main")).replaceAll(/\s+/g, " ");
      for (const ground of refusalGrounds) expect(text).toContain(grounds[ground]);
      for (const pages of [1, 2, 3, 10, 198]) expect(text).toContain(dongText(feeDong(pages)));
      for (const said of [agency?.name ?? "", "15:00", "/verify", "07:30", "2.000815", "2.000843"])
        expect(text).toContain(said);
      await shot(page, `posted-${language}`);
    });
  }
  expect((await fetch(`${counter.url}/posted/nobody`)).status).toBe(404);
});

test("POST-1, NĐ 30/2020: the paper to hang up says the same, on two sheets at most", async () => {
  const [agency] = await counter.sql<{ id: string }[]>`select id from agency order by name limit 1`;
  const fetched = async () => {
    const answer = await fetch(`${counter.url}/posted/${agency?.id}/paper`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    return Buffer.from(await answer.arrayBuffer());
  };
  const pdf = await fetched();
  const pages = (await PDFDocument.load(pdf, { updateMetadata: false })).getPages();
  expect(pages.length).toBeLessThanOrEqual(2);
  expect(pages.map((page) => page.getSize().width).every((width) => Math.abs(width - 595.28) < 1)).toBe(true);
  if (!has("pdftotext")) return;
  const path = join(process.env["CHUNGTHUC_SHOTS"] ?? counter.dataFolder, "niem-yet.pdf");
  writeFileSync(path, pdf);
  const text = run("pdftotext", ["-layout", path, "-"]).output.replaceAll(/\s+/g, " ");
  for (const said of ["BẢN NIÊM YẾT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "15:00", dongText(feeDong(198)), "07:30"])
    expect(text).toContain(said);
});
