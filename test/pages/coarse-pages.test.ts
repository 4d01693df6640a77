import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";
import { type Counter, openCounter, readAtCounter } from "./counter.ts";
import { shot } from "./desk.ts";

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

/** The same sheet, said to be of 150 dpi. */
const coarse = async (mark: number) => {
  const bytes = await sharp(await smallScan(mark))
    .withMetadata({ density: 150 })
    .jpeg({ quality: 80 })
    .toBuffer();
  return new File([new Uint8Array(bytes)], `${mark}.jpg`, { type: "image/jpeg" });
};
const reason = "Bản chính ép nhựa cũ, chỉ còn máy quét này (hư cấu)";

test("SCAN-1: who attests is asked why, at the page's finding and before the box; what was typed stays; who signs is told, in the list too", async () => {
  const path = await readAtCounter(counter, [await coarse(61)]);
  expect((await counter.get("doichieu", `${path}/compare`)).text).toContain("sẽ phải ghi lý do");
  await counter.send("doichieu", `${path}/compare?page=1`, `${path}/compare`, {});
  const to = `${path}/attest`;
  const none = await counter.send("doichieu", to, to, { originalPresented: "yes", fields: "holderName" });
  expect(none.status).toBe(422);
  expect(none.text).toContain('href="#coarseReason"');
  expect(none.text).toContain('id="coarseReason-fault"');
  expect(none.text).toMatch(/id="originalPresented"[^>]*checked/);
  expect(none.text).toMatch(/value="holderName"[^>]*checked/);
  const short = await counter.send("doichieu", to, to, { originalPresented: "yes", coarseReason: "mờ <b>" });
  expect([short.status, short.text.includes('value="mờ &lt;b>"') || short.text.includes("mờ &lt;b&gt;")]).toEqual([
    422,
    true,
  ]);
  const unseen = await counter.send("doichieu", to, to, { coarseReason: reason });
  expect(unseen.text).toContain('id="originalPresented-fault"');
  expect(unseen.text).toContain(reason);
  await withPage(browser, `${counter.url}${to}`, { cookie: counter.cookie("doichieu") }, async (page) => {
    expect(await violations(page)).toEqual([]);
    await shot(page, "attest-coarse");
    await page.focus("#originalPresented");
    await page.keyboard.press("Space");
    await page.fill("#coarseReason", reason);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${counter.url}${path}`);
    expect(await page.innerText("main")).toContain(reason);
    await shot(page, "dossier-coarse");
  });
  expect((await counter.get("doichieu", path)).text).toContain("Ghi lý do dùng trang quét dưới 200 dpi");
  expect((await counter.get("lanhdao", `${path}/sign`)).text).toContain(reason);
  expect((await counter.get("lanhdao", "/sign")).text).toContain("trang quét dưới 200 dpi: 1, có lý do");
});

test("SCAN-1: by the interface for programs the same is asked, with the pages in the answer", async () => {
  const path = await readAtCounter(counter, [await coarse(62)]);
  await counter.send("doichieu", `${path}/compare?page=1`, `${path}/compare`, {});
  const statement = { originalPresented: true };
  const attest = (more: object) =>
    counter.officials.ask("doichieu", "POST", `/api${path}/attestation`, { ...statement, ...more });
  expect(await attest({})).toMatchObject({ ok: false, code: "pages_coarse" });
  expect(await attest({ coarseReason: reason })).toMatchObject({ ok: true });
});
