import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Instant, secondsOf } from "../../src/core/kernel.ts";
import { annulmentVi } from "../../src/web/words/annulment.vi.ts";
import { failuresVi } from "../../src/web/words/failures.vi.ts";
import { registerPrintsVi } from "../../src/web/words/register-prints.vi.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { moodyServer, textIn } from "../citizens/smtp-mood.ts";
import { type Desk, openDesk, shot } from "../pages/desk.ts";
import { violations } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";

const machineNow = () => Math.floor(Date.now() / 1000);
const nextNewYear = () => {
  const year = new Date((machineNow() + 7 * 3600) * 1000).getUTCFullYear();
  const last = secondsOf(`${year}-12-31T16:50:00Z` as Instant); // 23:50 in Vietnam
  return last > machineNow() ? year + 1 : year + 2;
};
const newYear = nextNewYear();
const oldYear = newYear - 1;
const december = `${oldYear}-12`;
const eve = secondsOf(`${oldYear}-12-31T16:50:00Z` as Instant);
const nightMinutes = 25; // then it is a quarter past midnight, and nobody has to sign in again

let desk: Desk;
let post: Awaited<ReturnType<typeof moodyServer>>;
beforeAll(async () => {
  post = await moodyServer();
  desk = await openDesk({ smtpUrl: post.url, aheadSeconds: eve - machineNow() });
});
afterAll(async () => {
  await desk.close();
  await post.close();
});

const attested = async (mark: number) =>
  (await desk.officials.attested(await smallScan(mark), `Giấy ${mark} (hư cấu)`)).dossierId;
async function enter(page: Page, field: string): Promise<void> {
  const arrived = page.waitForEvent("framenavigated");
  await page.press(field, "Enter");
  await arrived;
  await page.waitForLoadState("load");
}
const textAt = (userName: string, path: string) => desk.as(userName, path, (page) => page.innerText("main"));
const act = (userName: string, path: string) =>
  desk.as(userName, path, async (page) => {
    await page.fill("#pin", desk.pinOf(userName));
    await enter(page, "#pin");
    return page.innerText("main");
  });
const bookOf = (year: number) => `01/${year}-SCTĐT/BS`;

/** What the night finds: released; signed and not sealed; attested and not signed. */
const papers = { released: "", halfway: "", waiting: "", link: "" };

describe("issue 8: month end, year end and an annulment, in a browser and by the clock", { timeout: 180_000 }, () => {
  test("REG-3: on 31/12 the next book is opened; the month is looked at and cannot be signed before it is over", async () => {
    papers.released = await attested(801);
    await desk.as("tiepnhan", `/dossiers/${papers.released}/dispatch`, async (page) => {
      await page.fill("[name=email]", "nguoi-dan@vi-du.example");
      await enter(page, "[name=email]");
    });
    expect((await desk.officials.sign(papers.released)).code).toBe("");
    expect((await desk.officials.seal(papers.released)).code).toBe("");
    papers.link = new URL((await desk.officials.waitFor(papers.released, "released")).verificationLink ?? "").pathname;
    papers.halfway = await attested(802);
    expect((await desk.officials.sign(papers.halfway)).code).toBe("");
    papers.waiting = await attested(803);
    await desk.as("quantri", "/admin/books", async (page) => {
      await page.click(`main form:has([name=year][value="${newYear}"]):has([value="SCTĐT/BS"]) button`);
      await page.waitForURL(/admin\/books\?/); // where it says that it is done
      expect(await page.innerText("main")).toContain(bookOf(newYear));
      await shot(page, "books-on-31-12");
    });
    expect(await textAt("lanhdao", `/register/prints/${december}`)).toContain(registerPrintsVi.cannot);
  });

  test("DESIGN decision 8: at a quarter past midnight nothing is back-dated: the old number is given up, the new book begins at 01", async () => {
    await desk.service.goAhead(eve + nightMinutes * 60 - machineNow());
    expect(await act("vanthu", `/dossiers/${papers.halfway}/seal`)).toContain(
      failuresVi.printed_date_passed.split(".")[0],
    );
    expect(await act("lanhdao", `/dossiers/${papers.halfway}/sign`)).toContain(bookOf(newYear));
    await act("lanhdao", `/dossiers/${papers.waiting}/sign`);
    const lines = await desk.database.sql`
      select extract(year from printed_on)::int as year, number::int, status from certificate order by year, number`;
    expect(lines).toEqual([
      { year: oldYear, number: 1, status: "issued" },
      { year: oldYear, number: 2, status: "voided" },
      { year: newYear, number: 1, status: "in_progress" },
      { year: newYear, number: 2, status: "in_progress" },
    ]);
    for (const id of [papers.halfway, papers.waiting]) {
      expect(await act("vanthu", `/dossiers/${id}/seal`)).toContain(bookOf(newYear));
      await desk.officials.waitFor(id, "released");
    }
  });

  test("REG-3: December is printed, looked at and signed, the year closed with its total; no line of the old year comes after it", async () => {
    expect(await textAt("lanhdao", `/register/prints/${oldYear}`)).toContain(`Bản in tháng ${december}`);
    for (const period of [december, String(oldYear)]) {
      await desk.as("lanhdao", `/register/prints/${period}`, async (page) => {
        const draft = await page.request.get(`${desk.service.url}/register/prints/${period}/draft.pdf`);
        expect((await draft.body()).subarray(0, 5).toString()).toBe("%PDF-");
        await page.fill("#pin", desk.pinOf("lanhdao"));
        await page.press("#pin", "Enter");
        await page.waitForSelector(`a[href="/register/prints/${period}/signed.pdf"]`);
        expect(await page.locator("#pin").count()).toBe(0);
      });
    }
    await desk.as("quantri", "/admin/books", async (page) => {
      await page.click(`main a:has-text("${bookOf(oldYear)}")`);
      await page.check("[name=confirm]");
      await page.click("main .button.grave");
      await page.waitForURL(/admin\/books\?/); // where it says that it is done
      await shot(page, "books-closed");
    });
    const [closed] = await desk.database
      .sql`select closing_total from book where year = ${oldYear} and suffix = 'SCTĐT/BS'`;
    expect(closed).toEqual({ closing_total: 2 });
    const late = desk.database
      .sql`update certificate set printed_on = ${`${december}-31`} where printed_on >= ${`${newYear}-01-01`}`;
    await expect(late).rejects.toThrow();
  });

  test("ANNUL-1: the decision is drafted, noted and told at once by link and public list; the successor is linked, the letter's state stands there", async () => {
    await expect.poll(() => post.letters.length, { timeout: 20_000 }).toBeGreaterThan(0);
    post.letters.splice(0);
    const answer = await desk.as("lanhdao", `/dossiers/${papers.released}/annul`, async (page) => {
      await page.check("[name=outcome][value=superseded]");
      await page.fill("[name=decisionNumber]", "01/QĐ-UBND");
      await page.fill("[name=decisionDate]", `${newYear}-01-01`);
      await page.fill("[name=decidedBy]", "Chủ tịch Ủy ban nhân dân phường (hư cấu)");
      await page.fill("[name=reason]", "Bản chính thiếu một trang khi chứng thực.");
      await page.fill("[name=successorNumber]", "2");
      await page.fill("[name=successorYear]", String(newYear));
      expect(await violations(page)).toEqual([]);
      const form = { csrf: await page.inputValue("main [name=csrf]"), decisionNumber: "01/QĐ-UBND" };
      const draft = await page.request.post(`${page.url()}/draft.pdf`, { form });
      expect((await draft.body()).subarray(0, 5).toString()).toBe("%PDF-");
      await page.click("main .button.grave");
      await page.waitForSelector(".verdict");
      await shot(page, "annulled-at-new-year");
      return page.innerText("main");
    });
    expect(answer).toContain(`02, quyển ${bookOf(newYear)}`);
    const seen = await fetch(`${desk.service.url}${papers.link}`, { headers: { accept: "text/html" } });
    expect(await seen.text()).toContain(verificationVi.recordSuperseded);
    expect(await (await fetch(`${desk.service.url}/annulled`)).text()).toContain("01/QĐ-UBND");
    await expect.poll(() => post.letters.map(textIn).join("\n"), { timeout: 20_000 }).toContain("01/QĐ-UBND");
    await expect
      .poll(() => textAt("lanhdao", `/dossiers/${papers.released}/annul`), { timeout: 20_000 })
      .toContain(annulmentVi.told_sent);
  });
});
