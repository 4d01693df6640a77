import { writeFileSync } from "node:fs";
import { join } from "node:path";
import jsqr from "jsqr";
import { PDFDocument } from "pdf-lib";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Copy, codeFor, type GrantsHouse, school, startGrantsHouse } from "../grants/grants-world.ts";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { aPaper } from "../support/officials.ts";
import { shot } from "./desk.ts";

let house: GrantsHouse;
let copy: Copy;
let browser: Browser;
beforeAll(async () => {
  house = await startGrantsHouse();
  browser = await openBrowser();
  copy = await house.released();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const phone = { width: 390 };

/** Sound, and nothing cut on a phone. */
async function isSound(page: Page, name: string): Promise<void> {
  expect(await violations(page)).toEqual([]);
  await shot(page, name);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
}

const withCitizen = <T>(look: (page: Page) => Promise<T>) =>
  withPage(browser, `${house.url}${copy.citizen}`, phone, async (page) => {
    await page.click(`a[href="${copy.citizen}/links"]`);
    await page.fill("#digits", aPaper.identityDigits);
    await page.click("main form button");
    await page.waitForSelector("#recipient");
    return look(page);
  });

async function linkFor(page: Page, fields: Record<string, string>): Promise<string> {
  const { recipient = "", ...rest } = fields;
  await page.selectOption("#recipient", { label: recipient });
  for (const [name, value] of Object.entries(rest)) await page.fill(`#${name}`, value);
  await page.click('main form[action$="/links"] button');
  await page.waitForSelector("svg.qr");
  return new URL((await page.textContent("p.address"))?.trim() ?? "").pathname;
}

test("a citizen by phone makes a link, the recipient proves itself by mail and opens it, the citizen sees it and revokes", async () => {
  await withCitizen(async (page) => {
    await isSound(page, "links-none");
    await page.click('main form[action$="/links"] button');
    await page.waitForSelector("#recipient-fault");
    await isSound(page, "links-faulty");
    const link = await linkFor(page, { recipient: school, procedure: "nhập học lớp 10", uses: "2" });
    await isSound(page, "link-made");
    await withPage(browser, `${house.url}${link}`, {}, async (desk) => {
      await isSound(desk, "link-closed-door");
      await desk.click(`form[action="${link}/code"] button`);
      await desk.waitForSelector("#code");
      await desk.fill("#code", "00");
      await desk.click(`form[action="${link}/proof"] button`);
      await desk.waitForSelector("#code-fault");
      await isSound(desk, "link-wrong-code");
      const challenge = (await desk.getAttribute("[name=challenge]", "value")) ?? "";
      await desk.fill("#code", await codeFor(house, challenge));
      await desk.click(`form[action="${link}/proof"] button`);
      await desk.waitForSelector(`form[action="${link}/open"]`);
      await isSound(desk, "link-may-open");
      await desk.click(`form[action="${link}/open"] button`);
      await desk.waitForSelector('a[href$="/copy.pdf"]');
      await isSound(desk, "opening");
    });
    await page.click('a[href$="/links"]');
    await page.waitForSelector("#recipient");
    expect(await page.textContent("main")).toContain("bằng mã gửi tới thư của cơ quan");
    await isSound(page, "links-opened");
    await page.click('form[action$="/revoke"] button');
    await page.waitForURL(/done=revoked/);
    await isSound(page, "links-revoked");
    await withPage(browser, `${house.url}${link}`, phone, (desk) => isSound(desk, "link-revoked"));
  });
});

test("an office that is not registered opens at the counter: the citizen types the number that its screen shows", async () => {
  await withCitizen(async (page) => {
    const other = "Cơ quan khác (chỉ mở được tại quầy, khi bạn có mặt)";
    await page.check("#given-some");
    const link = await linkFor(page, {
      ...{ recipient: other, otherName: "Phòng công chứng Thử (hư cấu)", procedure: "mua bán nhà", pages: "1" },
    });
    await withPage(browser, `${house.url}${link}`, {}, async (desk) => {
      await desk.click(`form[action="${link}/counter"] button`);
      await desk.waitForSelector("p.large");
      await isSound(desk, "link-number");
      const number = (await desk.textContent("p.large")) ?? "";
      await page.goto(`${house.url}${copy.citizen}/links`);
      const field = page.locator('input[name^="number-"]');
      await isSound(page, "links-asked");
      await field.fill(number);
      await page.click('form[action$="/confirm"] button');
      await page.waitForURL(/done=confirmed/);
      await desk.click(`a.button[href="${link}"]`);
      await desk.click(`form[action="${link}/open"] button`);
      await desk.waitForLoadState("load");
      expect(await desk.evaluate("document.querySelector('.pictures img').naturalWidth")).toBeGreaterThan(0);
      await isSound(desk, "opening-pages");
    });
  });
});

/** Where the printed code leads, read as a phone's camera would. */
async function scanned(page: Page): Promise<string> {
  const { data, info } = await sharp(await page.locator(".poster .qr").screenshot())
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const read = jsqr.default(new Uint8ClampedArray(data), info.width, info.height);
  return new URL(read?.data ?? "").pathname;
}

async function posterOf(recipient: string): Promise<string> {
  const { cookie } = await house.session("quantri");
  return withPage(browser, `${house.url}/admin/recipients/${recipient}/poster`, { cookie }, async (page) => {
    expect(await violations(page)).toEqual([]);
    const path = await scanned(page);
    await shot(page, "poster");
    await page.emulateMedia({ media: "print" });
    const paper = await page.pdf({ format: "A4", preferCSSPageSize: true });
    const shots = process.env["CHUNGTHUC_SHOTS"];
    if (shots) writeFileSync(join(shots, "poster.pdf"), paper);
    expect((await PDFDocument.load(paper)).getPageCount()).toBe(1);
    expect(await page.locator(".top, .screen").first().isVisible()).toBe(false);
    expect(await page.locator(".poster h2").isVisible()).toBe(true);
    return path;
  });
}

test("a poster is one A4 page; who scans it hands a copy over by phone, the office finds, opens and files it at its desk", async () => {
  const counter = await posterOf(house.schoolId);
  expect(counter).toBe(`/h/${house.schoolId}`);
  await withPage(browser, `${house.url}${counter}`, phone, async (page) => {
    await isSound(page, "handover-links");
    await page.goto(`${house.url}${copy.citizen}`); // the slip's code: the own page knows which counter this is
    await isSound(page, "citizen-at-counter");
    await page.fill("#counterDigits", aPaper.identityDigits);
    await page.click(`form[action="${counter}/copies"] button`);
    await page.waitForSelector("#procedure");
    await page.click(`form[action="${counter}/handover"] button`);
    await page.waitForSelector("#procedure-fault");
    await isSound(page, "handover-choose-faulty");
    await page.fill("#procedure", "nhập học lớp 10");
    await page.click(`form[action="${counter}/handover"] button`);
    await page.waitForSelector(".verdict.good");
    await isSound(page, "handover-done");
    await atItsDesk();
    await page.goto(`${house.url}${copy.citizen}/links`);
    await page.fill("#digits", aPaper.identityDigits);
    await page.click("main form button");
    await page.waitForSelector("#recipient");
    expect(await page.textContent("main")).toContain("bằng mã gửi tới thư của cơ quan");
  });
});

async function atItsDesk(): Promise<void> {
  const inbox = `/inbox/${house.schoolId}`;
  await withPage(browser, `${house.url}${inbox}`, {}, async (desk) => {
    await isSound(desk, "inbox-door");
    await desk.click(`form[action="${inbox}/code"] button`);
    await desk.waitForSelector("#code");
    await isSound(desk, "inbox-code");
    await desk.fill("#code", await codeFor(house, (await desk.getAttribute("[name=challenge]", "value")) ?? ""));
    await desk.click(`form[action="${inbox}/proof"] button`);
    await desk.waitForSelector("tbody a");
    await isSound(desk, "inbox");
    await desk.click("tbody a >> nth=0");
    await desk.waitForSelector(".cards");
    await isSound(desk, "inbox-handover");
    await desk.click('form[action*="/open/"] button');
    await desk.waitForSelector('a[href$="/copy.pdf"]');
    await desk.goBack();
    await desk.goto(`${house.url}${inbox}`);
    await desk.click("tbody a >> nth=0");
    const [file] = await Promise.all([
      desk.waitForEvent("download"),
      desk.click('form[action$="/report.pdf"] .button'),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.pdf$/);
    await isSound(desk, "inbox-opened");
  });
}
