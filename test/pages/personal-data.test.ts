import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { aPaper, smallScan } from "../support/officials.ts";
import { type Desk, openDesk, shot } from "./desk.ts";

let desk: Desk;
let paper: { dossierId: string; citizenLink: string };
beforeAll(async () => {
  desk = await openDesk();
  paper = await desk.officials.attested(await smallScan(1601));
  const signed = await desk.officials.sign(paper.dossierId);
  const sealed = await desk.officials.seal(paper.dossierId);
  if (!signed.ok || !sealed.ok) throw new Error(`${signed.code} ${sealed.code}`);
  await desk.officials.waitFor(paper.dossierId, "released");
  await desk.officials.download(paper.citizenLink);
  await desk.as("doichieu", `/dossiers/${paper.dossierId}/compare?page=1`, (page) => page.waitForSelector("img"));
}, 240_000);
afterAll(() => desk.close());

const own = () => `${desk.service.url}${new URL(paper.citizenLink).pathname}`;
const ask = (fields: Record<string, string>) =>
  fetch(`${own()}/data`, {
    method: "POST",
    headers: { accept: "text/html" },
    body: new URLSearchParams(fields),
    redirect: "manual",
  });

describe("the holder's own data", () => {
  test("DATA-1: the citizen sees who looked by duty, with purpose and basis, never by name; axe finds nothing", async () => {
    const browser = await openBrowser();
    try {
      await withPage(browser, `${own()}/data`, { width: 390 }, async (page) => {
        const text = await page.innerText("main");
        expect(text).toMatch(/xem hình các trang\. Bên xem: đối chiếu\. Mục đích: chứng thực bản sao/);
        expect(text).toMatch(/tải bản sao\. Bên xem: người giữ liên kết này/);
        expect(text).not.toContain("Mẫu"); // the demo officials' names
        expect(await violations(page)).toEqual([]);
        await shot(page, "own-data");
      });
    } finally {
      await browser.close();
    }
  });

  test("DATA-2: without the digits nothing is asked; with them all data comes as one archive", async () => {
    expect((await ask({ wish: "export", digits: "0000" })).status).toBe(403);
    expect((await ask({ wish: "export" })).status).toBe(400);
    expect((await ask({ digits: aPaper.identityDigits })).status).toBe(400);
    const archive = await ask({ wish: "export", digits: aPaper.identityDigits });
    expect([archive.status, archive.headers.get("content-type")]).toEqual([200, "application/zip"]);
    const bytes = Buffer.from(await archive.arrayBuffer()).toString("latin1");
    expect(bytes).toMatch(/"offSite": null,\s+"lookUps": \[\]/);
    for (const name of ["du-lieu.json", "ban-quet/1", "ban-sao-chung-thuc.pdf"]) expect(bytes).toContain(name);
  });

  test("DATA-2: erasing is asked, answered by an administrator thing by thing, and told to the citizen; the register stays", async () => {
    expect((await ask({ wish: "erase_all", digits: aPaper.identityDigits })).status).toBe(303);
    await desk.as("quantri", "/admin/data-requests", async (page) => {
      await shot(page, "data-requests");
      expect(await violations(page)).toEqual([]);
      await page.click("tbody a >> nth=0");
      await page.click("main .grave"); // nothing chosen: told at its field
      await page.waitForSelector(".fault");
      await page.check('[value="erase"]');
      await shot(page, "data-request");
      expect(await violations(page)).toEqual([]);
      await page.click("main .grave");
      await page.waitForSelector("text=Sổ chứng thực được lưu trữ vĩnh viễn");
      await ask({ wish: "correct", says: "Tên đệm ghi sai (hư cấu).", digits: aPaper.identityDigits });
      await page.goto(`${desk.service.url}/admin/data-requests`);
      await page.click("tbody a >> nth=0");
      await page.click('form[action$="/extension"] button'); // no reason: told at its field
      await page.waitForSelector("#reason-fault");
      await shot(page, "data-request-words");
      expect(await violations(page)).toEqual([]);
      await page.goto(`${desk.service.url}/admin/erasures`);
      await shot(page, "erasures");
      expect(await page.innerText("main")).toContain("Người yêu cầu đề nghị");
      expect(await violations(page)).toEqual([]);
    });
    const told = await (await fetch(`${own()}/data`, { headers: { accept: "text/html" } })).text();
    expect(told).toContain("còn giữ. Sổ chứng thực được lưu trữ vĩnh viễn");
    expect((await desk.officials.download(paper.citizenLink)).status).toBe(410);
    const page = await desk.officials.ask("doichieu", "GET", `/api/dossiers/${paper.dossierId}/pages/1`);
    expect(page.code).toBe("erased");
    const { sql } = desk.database;
    const [line] = await sql`select status, sealed_blob_id from certificate where dossier_id = ${paper.dossierId}`;
    expect([line?.["status"], line?.["sealed_blob_id"] === null]).toEqual(["issued", false]);
    const text = await desk.as("tiepnhan", `/dossiers/${paper.dossierId}`, (shown) => shown.innerText("main"));
    expect(text).toContain("Bản quét của hồ sơ này đã được xóa");
  });
});
