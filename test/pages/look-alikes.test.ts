import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { keepLookAlike } from "../../db/stores/look-alikes.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { lookAlikesVi } from "../../src/web/words/look-alikes.vi.ts";
import { startTwoAgencies, type TwoAgencies } from "../attacks/two-agencies.ts";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { deskOf } from "./administration-world.ts";
import { shot, tabTo } from "./desk.ts";

const path = "/admin/look-alikes";
let world: TwoAgencies;
beforeAll(async () => {
  world = await startTwoAgencies();
}, 180_000);
afterAll(() => world.stop());

const as = async (userName: string) => deskOf(world.url, await world.session(userName));
const report = (fields: Record<string, string>) =>
  fetch(`${world.url}/look-alike`, { method: "POST", body: new URLSearchParams(fields) });

test("ADR 42: what a visitor reports an administrator reads, newest first, and closes by keyboard with a note; axe finds nothing", async () => {
  const evil = "http://chung-thuc.example/<script>alert(1)</script>";
  const long = `http://chungthuc-1.example/${"x".repeat(400)}`;
  expect((await report({ address: long, seen: "y".repeat(400) })).status).toBe(200);
  expect((await report({ address: evil, seen: "Trang hỏi mật khẩu (hư cấu)" })).status).toBe(200);
  const { cookie } = await world.session("quantri");
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  await withPage(browser, `${world.url}${path}`, { cookie }, async (page) => {
    expect(await violations(page)).toEqual([]);
    const rows = await page.locator("tbody tr").allInnerTexts();
    expect(rows).toEqual([expect.stringContaining(evil), expect.stringContaining("chungthuc-1")]);
    expect(await page.locator('main a[href*="example"]').count()).toBe(0);
    await shot(page, "look-alikes");
    await page.focus("tbody a >> nth=0");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${path}/2`);
    await tabTo(page, "main form .button");
    await page.keyboard.press("Enter"); // nothing written: told at its field
    await page.waitForSelector("#note-fault");
    expect(await violations(page)).toEqual([]);
    await page.fill("#note", "Đã báo nhà đăng ký tên miền ngày 2/12 (hư cấu).");
    await tabTo(page, "main form .button");
    await page.keyboard.press("Enter");
    await page.waitForURL("**?done=report");
    expect(await page.innerText("main")).toContain("Đã báo nhà đăng ký tên miền ngày 2/12 (hư cấu).");
    expect(await page.locator("main form").count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${world.url}${path}/1`);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    await page.goto(`${world.url}${path}?lang=en`);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(await page.locator("tbody .tag").allInnerTexts()).toEqual([
      expect.stringContaining("Closed"),
      expect.stringContaining("Open"),
    ]);
    await shot(page, "look-alikes-phone");
  });
  const acts = await world.sql`select about from admin_event where what = 'look_alike_closed'`;
  expect(acts.map(({ about }) => about)).toEqual(["2: Đã báo nhà đăng ký tên miền ngày 2/12 (hư cấu)."]);
});

test("ADR 42: closed once, and the first note stands; no other duty reaches a report; there is none but those that came", async () => {
  const { sql } = world;
  const administrator = await as("quantri");
  const close = (id: string, note: string) => administrator.send(`${path}/${id}`, [["note", note]]);
  expect((await close("1", "Không phải trang giả (hư cấu).")).status).toBe(303);
  const elsewhere = await as("la-administrator"); // of another agency: the site is everybody's
  expect((await elsewhere.get(`${path}/1`)).status).toBe(200);
  const again = await elsewhere.send(`${path}/1`, [["note", "Ghi đè"]]);
  expect([again.status, again.text]).toEqual([409, expect.stringContaining(lookAlikesVi.closedBefore)]);
  expect((await close("1", "x".repeat(301))).status).toBe(400);
  expect((await sql`select note from look_alike_closing where report_id = 1`)[0]?.["note"]).toBe(
    "Không phải trang giả (hư cấu).",
  );
  for (const id of ["99", "0", "-1", "1e3", "9".repeat(40), "%00"]) {
    expect([id, (await close(id, "Không có")).status, (await administrator.get(`${path}/${id}`)).status]).toEqual([
      id,
      404,
      404,
    ]);
  }
  for (const userName of ["tiepnhan", "doichieu", "lanhdao", "vanthu"]) {
    const other = await as(userName);
    expect([userName, (await other.get(path)).status, (await other.get(`${path}/1`)).status]).toEqual([
      userName,
      403,
      403,
    ]);
    expect((await other.send(`${path}/2`, [["note", "Đóng thay"]])).status).toBe(403);
  }
  await expect(sql`update look_alike_closing set note = 'x'`).rejects.toThrow("refused");
  await expect(sql`delete from look_alike_report`).rejects.toThrow("refused");
});

test("ADR 42: while as many as may be are open no more are taken; closing makes room", async () => {
  const { sql } = world;
  const next = { address: "http://x.example", seen: "", at: "2026-12-01T02:00:00Z" as Instant };
  expect(await keepLookAlike(sql, next, 1)).toBe(true); // both before are closed
  expect(await keepLookAlike(sql, next, 1)).toBe(false);
});
