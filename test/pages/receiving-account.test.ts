import jsqr from "jsqr";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { crc16 } from "../../src/core/vietqr.ts";
import { violations } from "../support/browser.ts";
import { aPaper } from "../support/officials.ts";
import { type Desk, openDesk, shot } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, 180_000);
afterAll(() => desk.close());

test("LAW 4: once the account is entered, a phone reads sum, account and purpose from the slip; axe finds nothing", async () => {
  const opened = await desk.officials.ask("tiepnhan", "POST", "/api/dossiers", { ...aPaper, declaredPages: 3 });
  const slip = `/dossiers/${String(opened.json["dossierId"])}/slip`;
  await desk.as("tiepnhan", slip, async (page) => {
    expect(await page.locator("svg.qr").count()).toBe(0);
  });
  await desk.as("quantri", "/admin/receiving-account", async (page) => {
    expect(await violations(page)).toEqual([]);
    await page.fill("#bankBin", "97043");
    await page.fill("#number", "0123 456");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#bankBin-fault");
    expect(await page.inputValue("#number")).toBe("0123 456");
    await page.fill("#bankBin", "970436");
    await page.fill("#number", "0123456789");
    await page.fill("#holder", "UBND PHUONG HOA BAN (HU CAU)");
    await page.keyboard.press("Enter");
    await page.waitForURL("**?done=saved");
    expect(await violations(page)).toEqual([]);
    await shot(page, "receiving-account");
  });
  await desk.as("tiepnhan", slip, async (page) => {
    expect(await violations(page)).toEqual([]);
    await shot(page, "slip-vietqr");
    const picture = await page.locator("svg.qr").screenshot();
    const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const read = jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data ?? "";
    expect(read).toContain("970436");
    expect(read).toContain("54045000"); // three pages: 5,000 đồng
    expect(crc16(read.slice(0, -4))).toBe(read.slice(-4));
  });
  const acts = await desk.database.sql`select about from admin_event where what = 'receiving_account_entered'`;
  expect(acts.map(({ about }) => String(about))).toEqual(["970436 0123456789, UBND PHUONG HOA BAN (HU CAU)"]);
  await expect(desk.database.sql`update receiving_account set account_number = '1'`).rejects.toThrow("refused");
});

test("FEE-3: one press of Enter takes the whole fee; axe finds nothing on the pages of fees", async () => {
  const opened = await desk.officials.ask("tiepnhan", "POST", "/api/dossiers", { ...aPaper, declaredPages: 3 });
  const path = `/dossiers/${String(opened.json["dossierId"])}/fee`;
  await desk.as("tiepnhan", path, async (page) => {
    expect(await violations(page)).toEqual([]);
    await page.focus("#amount");
    await page.keyboard.press("Enter");
    await page.waitForSelector("a[href$='receipt.pdf']");
    expect(await page.textContent("main")).toContain("Đã nộp đủ phí");
    expect(await violations(page)).toEqual([]);
    await shot(page, "fee-paid");
    for (const other of ["/fees/statements", "/fees"]) {
      await page.goto(`${desk.service.url}${other}`);
      expect(await violations(page)).toEqual([]);
    }
  });
});
