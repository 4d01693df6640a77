import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { annulmentVi } from "../../src/web/words/annulment.vi.ts";
import { citizensVi } from "../../src/web/words/citizens.vi.ts";
import { inboxVi } from "../../src/web/words/inbox.vi.ts";
import { moodyServer, textIn } from "../citizens/smtp-mood.ts";
import { handOverAt, school } from "../grants/grants-world.ts";
import { type Desk, openDesk, shot } from "../pages/desk.ts";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";
import { decisionOfToday } from "./annulled-order.ts";

const citizen = "nguoi-dan@vi-du.example";
const office = "vanthu@truong-vi-du.example";
const recipient = "5b0c3c7e-6a53-4e6e-9a0e-3f1f7d1c2a11";

let desk: Desk;
let post: Awaited<ReturnType<typeof moodyServer>>;
let browser: Browser;
const copy = { id: "", number: 0, link: "", check: "", book: "", pdf: Buffer.alloc(0) };
const newer = { ...copy };

async function released(mark: number): Promise<typeof copy> {
  const { dossierId: id, citizenLink } = await desk.officials.attested(await smallScan(mark), `Giấy ${mark} (hư cấu)`);
  if (mark === 901) await giveAddress(id);
  const acts = [await desk.officials.sign(id), await desk.officials.seal(id)];
  expect(acts.map(({ code }) => code)).toEqual(["", ""]);
  const { certificate, verificationLink } = await desk.officials.waitFor(id, "released");
  const pdf = Buffer.from(await (await desk.officials.download(citizenLink)).arrayBuffer());
  const check = new URL(verificationLink ?? "").pathname;
  return { id, number: certificate?.number ?? 0, book: certificate?.bookText ?? "", link: citizenLink, check, pdf };
}

const giveAddress = (id: string) =>
  desk.as("tiepnhan", `/dossiers/${id}/dispatch`, async (page) => {
    await page.fill("[name=email]", citizen);
    const answered = page.waitForEvent("framenavigated");
    await page.press("[name=email]", "Enter");
    await answered;
    await page.waitForLoadState("load");
  });

beforeAll(async () => {
  post = await moodyServer();
  desk = await openDesk({ smtpUrl: post.url });
  browser = await openBrowser();
  Object.assign(copy, await released(901));
  Object.assign(newer, await released(902));
  await desk.database.sql`insert into recipient (id, agency_id, name, email, registered_by, registered_at)
    select ${recipient}, 'hoaban', ${school}, ${office}, p.id, now() from person p where p.user_name = 'quantri'`;
  const path = new URL(copy.link).pathname;
  const handed = { dossierId: copy.id, citizen: path, certificateId: "" as never };
  expect((await handOverAt({ url: desk.service.url }, recipient, [handed])).done.status).toBe(200);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await desk.close();
  await post.close();
});

/** The newest letter to that address that holds the words; it may still be on its way. */
async function letterTo(address: string, words: string): Promise<string> {
  const found = () => post.letters.findLast((one) => one.includes(`To: ${address}`) && textIn(one).includes(words));
  await expect.poll(() => found() !== undefined, { timeout: 30_000 }).toBe(true);
  return textIn(found() ?? "");
}
/** Where the letter's links lead, at the service as the test reaches it. */
const linksIn = (letter: string): string[] =>
  [...letter.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => `${desk.service.url}${new URL(link).pathname}`);

/** Without scripts, on a phone: as whoever opens a letter on the way. */
const opened = <T>(link: string, look: (page: Page) => Promise<T>) =>
  withPage(browser, link, { width: 390, javaScript: false }, look);

const wayTo = (letter: string, path: RegExp): string =>
  linksIn(letter).find((link) => path.test(new URL(link).pathname)) ?? "";

const said = (page: Page) => page.innerText("main");
const newerText = () => `số ${String(newer.number).padStart(2, "0")}, quyển ${newer.book}`;

describe("issue 8, TT 01/2020 Art. 7: an annulment with its letters, from the decision to the page that the letter leads to", () => {
  test("ANNUL-1: the official sees before who will be told, and after how far the letters came", async () => {
    const decided = decisionOfToday();
    const before = await desk.as("lanhdao", `/dossiers/${copy.id}/annul`, async (page) => {
      const text = await said(page);
      await page.check("[name=outcome][value=superseded]");
      for (const field of ["decisionNumber", "decisionDate", "decidedBy", "reason"] as const)
        await page.fill(`[name=${field}]`, decided[field]);
      await page.fill("[name=reason]", "ngắn");
      await page.click("main .button.grave");
      await page.waitForSelector("[role=alert]");
      const faulty = await said(page); // all that is wrong at once, and nothing typed is lost
      for (const fault of [annulmentVi.faultReason, annulmentVi.faultNoSuccessor]) expect(faulty).toContain(fault);
      expect(await page.inputValue("[name=decidedBy]")).toBe(decided.decidedBy);
      await page.fill("[name=reason]", decided.reason);
      await page.fill("[name=successorNumber]", String(newer.number));
      await page.fill("[name=successorYear]", decided.decisionDate.slice(0, 4));
      await page.click("main .button.grave");
      await page.waitForSelector(".verdict");
      return text;
    });
    expect(before).toContain(school);
    const sent = () => desk.as("lanhdao", `/dossiers/${copy.id}/annul`, said);
    const both = new RegExp(`${annulmentVi.told_sent}[\\s\\S]*${annulmentVi.told_sent}`);
    await expect.poll(sent, { timeout: 30_000 }).toMatch(both);
    expect(await sent()).toContain(newerText());
  });

  test("ANNUL-1: the citizen's letter names decision and successor; its link opens a page that says so, on a phone without scripts", async () => {
    const letter = await letterTo(citizen, "01/QĐ-UBND");
    expect(letter).toContain(`thay thế là bản ${newerText()}`);
    await opened(wayTo(letter, /^\/c\//), async (page) => {
      const text = await said(page);
      for (const told of [
        citizensVi.replaced,
        citizensVi.saySuperseded,
        "01/QĐ-UBND",
        decisionOfToday().reason,
        newerText(),
      ])
        expect(text).toContain(told);
      expect(text).not.toContain(citizensVi.handOnTitle); // an old copy is not handed on
      await shot(page, "annulled-letter-citizen");
    });
  });

  test("ANNUL-1: the receiver's letter leads to the public list and to the check, both tell the decision; the inbox opens it no more", async () => {
    const letter = await letterTo(office, "01/QĐ-UBND");
    expect(letter).toContain(`thay thế là bản ${newerText()}`);
    const list = await opened(wayTo(letter, /^\/annulled$/), said);
    const anchor = /\/annulled#([a-z0-9-]+)/.exec(letter)?.[1] ?? "";
    const decided = await opened(`${desk.service.url}/annulled#${anchor}`, (page) => page.innerText(`#${anchor}`));
    expect(decided).toContain("01/QĐ-UBND");
    for (const told of ["01/QĐ-UBND", decisionOfToday().reason]) expect(list).toContain(told);
    expect(list).toContain(newerText());
    const told = async () => (await fetch(`${desk.service.url}${copy.check}`)).text();
    await expect.poll(told, { timeout: 30_000 }).toContain("01/QĐ-UBND"); // the decision's record follows it
    await opened(wayTo(letter, /^\/verify$/), async (page) => {
      await page.setInputFiles("#file", { name: "ban-sao.pdf", mimeType: "application/pdf", buffer: copy.pdf });
      await page.click("main form button");
      await page.waitForSelector(".verdict");
      expect(await said(page)).toContain(`đã được thay bằng bản ${newerText()}`);
      await shot(page, "annulled-letter-checked");
    });
    await opened(`${desk.service.url}/inbox/${recipient}`, async (page) => {
      await page.click("main form button");
      await page.waitForSelector("#code");
      const mailed = await letterTo(office, "Mã xác nhận:");
      await page.fill("#code", /Mã xác nhận: (\d{6})/.exec(mailed)?.[1] ?? "");
      await page.click("form[action$='/proof'] button");
      await page.click("main table a");
      expect(await said(page)).toContain(inboxVi.stateAnnulled);
      expect(await page.locator("form[action*='/open/']").count()).toBe(0);
    });
  });

  test("ANNUL-1: link and record of the old copy tell a stranger decision and successor, never its link; that stays good", async () => {
    await withPage(browser, `${desk.service.url}${copy.check}`, { width: 390 }, async (page) => {
      const seen = async () => {
        await page.reload();
        return said(page);
      };
      await expect.poll(seen, { timeout: 30_000 }).toContain("01/QĐ-UBND");
      expect(await said(page)).toContain(`Bản sao này đã được thay bằng bản ${newerText()}, chứng thực ngày `);
      expect(await page.content()).not.toContain(newer.check.slice("/v/".length));
      expect(await violations(page)).toEqual([]);
      await shot(page, "replaced-record");
    });
    await opened(`${desk.service.url}${newer.check}`, (page) => page.waitForSelector(".verdict.good"));
  });
});
