import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import jsqr from "jsqr";
import type { Browser, ConsoleMessage, Page, Response as PageResponse } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openScript } from "../../src/web/design/inline.ts";
import { openBrowser, pageIn, violations, withPage } from "../support/browser.ts";
import { freshDatabase } from "../support/database.ts";
import { secretsOf } from "../support/officials.ts";
import { inLanguage, officialSights, publicSights, type Sights } from "../support/pages-to-see.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { cookieOf, prepareSights } from "../support/sights.ts";

const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-pages-"));
let database: Awaited<ReturnType<typeof freshDatabase>>;
let service: ServiceProcess;
let browser: Browser;
let sights: Sights;
const phones = new Map<string | undefined, Promise<Page>>();

beforeAll(async () => {
  database = await freshDatabase();
  service = await startServiceProcess(dataFolder, database.url, { reads: "words" });
  browser = await openBrowser();
  sights = await prepareSights(service.url, dataFolder);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
  await database.drop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const each = [...publicSights, ...officialSights].flatMap((sight) =>
  (["vi", "en"] as const).map((language) => ({ ...sight, language })),
);

test.each(
  each,
)("$name in $language: axe-core finds nothing, nothing is cut at 360 px, nothing is blocked", async (sight) => {
  const page = await phoneOf(sight.as);
  const complaints: string[] = [];
  const listen = (message: ConsoleMessage) =>
    void (/Content.Security.Policy/i.test(message.text()) && complaints.push(message.text()));
  page.on("console", listen);
  await page.goto(`${service.url}${inLanguage(sight.path(sights), sight.language)}`);
  await sight.first?.(page, sights);
  await page.waitForLoadState("load");
  expect(await page.getAttribute("html", "lang")).toBe(sight.language);
  expect(await page.locator("h1").count()).toBe(1);
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  page.off("console", listen);
  expect(complaints).toEqual([]);
});

/** Each who looks has one phone, signed in once: a profile and a sign-in for each sight cost as much as the sights. */
function phoneOf(userName: string | undefined): Promise<Page> {
  const open = async () => {
    const cookie = userName === undefined ? {} : { cookie: await cookieOf(service.url, dataFolder, userName) };
    return pageIn(browser, service.url, { width: 360, ...cookie });
  };
  const phone = phones.get(userName) ?? open();
  phones.set(userName, phone);
  return phone;
}

test.each(
  each.filter(({ light }) => light),
)("$name in $language: complete without JavaScript in one answer, at most 30 kB with all it loads", async (sight) => {
  const bodies: Promise<number>[] = [];
  const paths: string[] = [];
  await withPage(browser, "about:blank", { width: 360, javaScript: false }, async (page) => {
    const count = (answer: PageResponse) => {
      paths.push(new URL(answer.url()).pathname);
      if (answer.status() !== 303) bodies.push(answer.body().then((body) => body.length));
    };
    page.on("response", count);
    await page.goto(`${service.url}${inLanguage(sight.path(sights), sight.language)}`);
    await page.waitForLoadState("load");
    page.off("response", count);
    const bytes = (await Promise.all(bodies)).reduce((sum, length) => sum + length, 0);
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThanOrEqual(30_000);
    expect(paths.slice(1)).toEqual([]); // one round trip: what it says and how it looks
    expect(await groundOf(page)).toBe(paperGround);
    expect(await page.locator("script[src], [onclick], [style]").count()).toBe(0);
    // the one line of script waits for a printed code's fragment, and loads nothing where there is none
    for (const script of await page.locator("script").allTextContents()) expect(script).toBe(openScript);
    await sight.first?.(page, sights);
    expect(await page.locator("h1").isVisible()).toBe(true);
  });
});

const paperGround = "rgb(246, 244, 238)";
const groundOf = (page: Page) => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");

test("a file dropped onto the field of /verify is checked, also without JavaScript", async () => {
  const path = join(dataFolder, "dropped.pdf");
  writeFileSync(path, sights.copy);
  await withPage(browser, `${service.url}/verify`, { javaScript: false }, async (page) => {
    const place = await page.locator("#file").boundingBox();
    const devtools = await page.context().newCDPSession(page);
    const at = { x: (place?.x ?? 0) + 20, y: (place?.y ?? 0) + 10 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      const data = { items: [], files: [path], dragOperationsMask: 1 };
      await devtools.send("Input.dispatchDragEvent", { type, ...at, data });
    }
    await page.click("main form button");
    expect(await page.locator(".verdict.good h1").textContent()).toContain("đúng là bản sao chứng thực");
  });
});

/** What Tab reaches, in order, as the text or name a voice would say. */
async function tabOrder(page: Page, steps: number): Promise<string[]> {
  const said: string[] = [];
  for (let i = 0; i < steps; i++) {
    await page.keyboard.press("Tab");
    said.push(
      await page.evaluate(
        "(({ name, innerText }) => name || innerText.trim())(document.activeElement ?? document.body)",
      ),
    );
  }
  return said;
}

describe("by keyboard alone", () => {
  test("signing in: skip link first, then top, fields and button in the order of the page; the password works", async () => {
    await withPage(browser, `${service.url}/sign-in`, { javaScript: false }, async (page) => {
      expect(await tabOrder(page, 6)).toEqual([
        "Đến nội dung chính",
        "Chứng thực bản sao điện tử",
        "English",
        "userName",
        "password",
        "Đăng nhập",
      ]);
    });
    await withPage(browser, `${service.url}/sign-in`, {}, async (page) => {
      expect(await page.evaluate("document.activeElement.id")).toBe("userName");
      await page.keyboard.type("tiepnhan");
      await page.keyboard.press("Tab");
      await page.keyboard.type(secretsOf(dataFolder)["tiepnhan"]?.password ?? "");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${service.url}/queue`);
      const cookies = await page.context().cookies();
      expect(cookies.find(({ name }) => name === "__Host-session")).toMatchObject({ httpOnly: true, secure: true });
    });
  });

  test("the skip link leads past the top, and every stop has a ring that is seen", async () => {
    await withPage(browser, `${service.url}/verify`, {}, async (page) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.id")).toBe("file");
      expect(await page.evaluate("getComputedStyle(document.activeElement).outlineWidth")).toBe("3px");
    });
  });

  test("STYLE C14: a refused form begins at its faults, each leading to its field", async () => {
    await withPage(browser, `${service.url}/sign-in`, {}, async (page) => {
      await page.click("main button");
      await page.waitForSelector("#faults");
      expect(await page.evaluate("document.activeElement.id")).toBe("faults");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.id")).toBe("userName");
    });
  });
});

describe("DESIGN decision 14: the citizen's page, without JavaScript", () => {
  const visit = <T>(path: string, look: (page: Page) => Promise<T>) =>
    withPage(browser, `${service.url}${path}`, { width: 360, javaScript: false }, look);

  test("the copy is downloaded with the right digits", async () => {
    await visit(sights.releasedLink, async (page) => {
      await page.fill("[name=digits]", "4321");
      const [download] = await Promise.all([page.waitForEvent("download"), page.click("main form button")]);
      expect(download.suggestedFilename()).toBe("ban-sao-chung-thuc.pdf");
      const pdf = await readFile(await download.path());
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    });
  });

  test("the code on the screen leads to the copy's own verification page", async () => {
    await visit(`${sights.releasedLink}/qr`, async (page) => {
      const shot = sharp(await page.locator(".qr").screenshot()).ensureAlpha();
      const { data, info } = await shot.raw().toBuffer({ resolveWithObject: true });
      const read = jsqr.default(new Uint8ClampedArray(data), info.width, info.height);
      expect(new URL(read?.data ?? "").pathname).toBe(sights.verificationPath);
    });
  });

  test("before release nothing is offered: no digits are asked, no code is shown", async () => {
    await visit(sights.waitingLink, async (page) => {
      expect(await page.locator("main form, .qr").count()).toBe(0);
      expect(await page.locator(".steps [aria-current=step]").count()).toBe(1);
    });
    await visit(`${sights.waitingLink}/qr`, async (page) => {
      expect(new URL(page.url()).pathname).toBe(sights.waitingLink);
    });
  });

  test("every answer under the link is kept nowhere, told to nobody and in no index", async () => {
    for (const path of [sights.releasedLink, `${sights.releasedLink}/qr`, "/c/khong-co"]) {
      const answer = await fetch(`${service.url}${path}`, { headers: { accept: "text/html" } });
      const header = (name: string) => answer.headers.get(name);
      expect([header("cache-control"), header("referrer-policy"), header("x-robots-tag")]).toEqual([
        "no-store",
        "no-referrer",
        "noindex",
      ]);
    }
  });

  test("a program is still answered in JSON, with the state and the kind of paper alone", async () => {
    const answer = await fetch(`${service.url}${sights.releasedLink}`);
    expect(Object.keys((await answer.json()) as object)).toEqual(["status", "kind"]);
  });

  test("wrong digits are told at the field, and after five the page says how long to wait", async () => {
    await visit(sights.releasedLink, async (page) => {
      const attempt = async () => {
        await page.fill("[name=digits]", "0000");
        await page.click("main form button");
        return page.locator("#digits-fault").innerText();
      };
      for (let i = 0; i < 5; i++) expect(await attempt()).toContain("chưa khớp");
      expect(await page.evaluate("document.activeElement.id")).toBe("faults");
      expect(await attempt()).toMatch(/Hãy đợi \d+ phút rồi thử lại\./);
      expect(await page.inputValue("[name=digits]")).toBe("");
    });
  });
});

test("on paper: a record's page prints without forms and ways through the site", async () => {
  await withPage(browser, `${service.url}${sights.verificationPath}`, {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const left of ["main form", ".who", "details"])
      expect(await page.locator(left).first().isVisible()).toBe(false);
    expect(await page.locator(".card:visible:has(form)").count()).toBe(0); // no heading over nothing
    expect(await page.locator("h1").isVisible()).toBe(true);
  });
});
