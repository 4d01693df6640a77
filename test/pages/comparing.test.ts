import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalGroundsVi } from "../../src/web/words/rules.vi.ts";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";
import { type Counter, openCounter, readAtCounter } from "./counter.ts";
import { shot } from "./desk.ts";

const scanOf = async (mark: number) => new File([await smallScan(mark)], `${mark}.jpg`, { type: "image/jpeg" });
const other = "0".repeat(64);

describe("comparing with the original", () => {
  let counter: Counter;
  let browser: Browser;
  beforeAll(async () => {
    counter = await openCounter();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await counter.close();
  });
  const idOf = (path: string) => path.split("/")[2] ?? "";
  const confirmAll = async (path: string, pages: number) => {
    for (let page = 1; page <= pages; page += 1) {
      await counter.send("doichieu", `${path}/compare?page=${page}`, `${path}/compare`, {});
    }
  };
  const attest = (path: string) =>
    counter.send("doichieu", `${path}/attest`, `${path}/attest`, { originalPresented: "yes" });

  test("by keyboard alone, two pages are confirmed with one key each, the copy is attested, and the next dossier begins; axe finds nothing", async () => {
    const path = await readAtCounter(counter, [await scanOf(31), await scanOf(32)]);
    const following = await readAtCounter(counter, [await scanOf(30)]);
    const visit = { cookie: counter.cookie("doichieu") };
    await withPage(browser, `${counter.url}${path}/compare`, visit, async (page) => {
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Enter");
      await page.waitForURL(/page=2/);
      await page.keyboard.press("k");
      await page.waitForURL(/attest/);
      await page.evaluate("document.querySelector('main form details').open = true");
      expect(await violations(page)).toEqual([]);
      await shot(page, "attest-fields");
      await page.check('[name=fields][value="holderName"]');
      await page.focus("#originalPresented");
      await page.keyboard.press("Space");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${counter.url}${path}`);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Enter");
      await page.waitForURL(`${counter.url}${following}/compare`);
    });
    expect((await counter.officials.view(idOf(path))).status).toBe("attested");
    const ticked = await counter.sql`select field from attested_field where dossier_id = ${idOf(path)}`;
    expect(ticked.map(({ field }) => field)).toEqual(["holderName"]);
  });

  test("without scripts: the same by plain forms, from the first page nobody confirmed on", async () => {
    const path = await readAtCounter(counter, [await scanOf(33), await scanOf(34)]);
    const first = await counter.send("doichieu", `${path}/compare`, `${path}/compare`, {});
    expect([first.status, first.goesTo]).toEqual([303, `${path}/compare?page=2`]);
    const second = await counter.send("doichieu", first.goesTo, `${path}/compare`, {});
    expect(second.goesTo).toBe(`${path}/attest`);
    expect((await attest(path)).goesTo).toBe(path);
  });

  test("COPY-2: a picture and a confirmation are of the bytes named; other bytes are told, never confirmed", async () => {
    const path = await readAtCounter(counter, [await scanOf(35)]);
    const { text } = await counter.get("doichieu", `${path}/compare`);
    const src = /src="([^"]*image[^"]*)"/.exec(text)?.[1] ?? "";
    expect((await counter.get("doichieu", src)).status).toBe(200);
    expect((await counter.get("doichieu", src.replace(/[0-9a-f]{64}/, other))).status).toBe(409);
    const late = await counter.send("doichieu", `${path}/compare`, `${path}/compare`, { sha256: other });
    expect(late.status).toBe(409);
    expect(late.text).toContain("đã được quét lại");
    const pages = (await counter.officials.view(idOf(path))).pages as readonly { confirmedSha256?: string | null }[];
    expect(pages.map(({ confirmedSha256 }) => confirmedSha256)).toEqual([null]);
  });

  test("ORIG-1: without the original seen nothing is attested, and the fault stands at its box", async () => {
    const path = await readAtCounter(counter, [await scanOf(36)]);
    await confirmAll(path, 1);
    const answer = await counter.send("doichieu", `${path}/attest`, `${path}/attest`, {});
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('id="originalPresented-fault"');
    expect((await counter.officials.view(idOf(path))).status).toBe("read");
  });

  test("COPY-1: a page too few is told on the way and cannot be attested; the number is one step away", async () => {
    const path = await readAtCounter(counter, [await scanOf(37)]);
    const to = `${path}/declared-pages`;
    await counter.send("doichieu", to, to, { declaredPages: "2" });
    expect((await counter.get("doichieu", `${path}/compare`)).text).toContain(`href="${to}"`);
    await confirmAll(path, 1);
    const { text } = await counter.get("doichieu", `${path}/attest`);
    expect(text).toContain("bản chính có 2 trang");
    expect(text).not.toContain("originalPresented");
  });

  test("sent twice, a confirmation, an attestation and a refusal are each made once", async () => {
    const path = await readAtCounter(counter, [await scanOf(38)]);
    const page = await counter.get("doichieu", `${path}/compare`);
    const sha256 = /name="sha256" value="([0-9a-f]{64})"/.exec(page.text)?.[1] ?? "";
    for (const _ of [1, 2]) {
      const done = await counter.send("doichieu", path, `${path}/compare`, { ...(await token()), page: "1", sha256 });
      expect(done.status).toBe(303);
    }
    for (const _ of [1, 2]) {
      const done = await counter.send("doichieu", path, `${path}/attest`, {
        ...(await token()),
        originalPresented: "yes",
      });
      expect([done.status, done.goesTo]).toEqual([303, path]);
    }
    const refusal = { ground: "A22_1", reason: "Tẩy xóa ở dòng họ tên." };
    for (const _ of [1, 2]) {
      const done = await counter.send("doichieu", path, `${path}/refuse`, { ...(await token()), ...refusal });
      expect([done.status, done.goesTo]).toEqual([303, `${path}/refusal`]);
    }
  });
  const token = async () => {
    const { text } = await counter.get("doichieu", "/verify");
    const own = await counter.get("doichieu", "/queue");
    return { csrf: /name="csrf" value="([^"]+)"/.exec(own.text + text)?.[1] ?? "" };
  };

  test("two officials on one dossier: the second is told who was first, and nothing is lost", async () => {
    const path = await readAtCounter(counter, [await scanOf(39)]);
    await confirmAll(path, 1);
    const reason = "Bản chính mờ hết phần con dấu.";
    const csrf = await token();
    await counter.send("lanhdao", `${path}/refuse`, `${path}/refuse`, { ground: "A22_2", reason });
    const late = await counter.send("doichieu", path, `${path}/attest`, { ...csrf, originalPresented: "yes" });
    expect(late.status).toBe(409);
    expect(late.text).toContain("Quàng Văn Mẫu Ba (hư cấu)");
    const again = { ...csrf, ground: "A22_1", reason: "Tẩy xóa ở dòng họ tên." };
    expect((await counter.send("doichieu", path, `${path}/refuse`, again)).status).toBe(409);
    expect((await counter.get("doichieu", `${path}/refusal`)).text).toContain(reason);
    const page = await counter.send("doichieu", path, `${path}/compare`, { ...csrf, page: "1", sha256: other });
    expect(page.status).toBe(409);
  });

  test("REFUSE-1: a ground and a reason, or the form comes back as typed; then what the notice will say, which awaits its signature", async () => {
    const path = await readAtCounter(counter, [await scanOf(40)]);
    const to = `${path}/refuse`;
    const short = await counter.send("doichieu", to, to, { reason: "mờ", page: "9" });
    expect(short.status).toBe(400);
    expect(short.text.match(/class="fault"/g)).toHaveLength(3);
    expect(short.text).toContain(">mờ</textarea>");
    const full = { ground: "A22_2", reason: "Ố mất dòng họ tên người mẹ.", page: "1" };
    const done = await counter.send("doichieu", to, to, full);
    expect(done.goesTo).toBe(`${path}/refusal`);
    const { text } = await counter.get("tiepnhan", done.goesTo);
    for (const part of [
      "đang chờ người thực hiện chứng thực ký số",
      "Khoản 2 Điều 22",
      refusalGroundsVi.A22_2,
      full.reason,
    ]) {
      expect(text.replace(/<!-- -->|\s+/g, " ").replace(/ {2,}/g, " ")).toContain(part);
    }
  });

  test("who may not confirm sees the page all the same, without the means to", async () => {
    const path = await readAtCounter(counter, [await scanOf(41)]);
    const { status, text } = await counter.get("lanhdao", `${path}/compare`);
    expect(status).toBe(200);
    expect(text).not.toContain('name="sha256"');
    expect((await counter.get("lanhdao", `${path}/attest`)).status).toBe(403);
    expect((await counter.get("tiepnhan", `${path}/refuse`)).status).toBe(403);
    expect((await counter.get("doichieu", `${path}/compare?page=7`)).status).toBe(404);
  });

  test("360 px and English: nothing is wider than the screen; the button stays in sight of the picture", async () => {
    const path = await readAtCounter(counter, [await scanOf(42)]);
    const visit = { cookie: counter.cookie("doichieu"), width: 360 };
    for (const at of ["/compare", "/attest", "/refuse", "/refusal"]) {
      await withPage(browser, `${counter.url}${path}${at}?lang=en`, visit, async (page) => {
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
        if (at === "/compare") expect(await page.isVisible("[data-confirm]")).toBe(true);
      });
    }
  });
});
