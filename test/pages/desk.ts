import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser, type Visit, withPage } from "../support/browser.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Officials, officialsAt, secretsOf } from "../support/officials.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { cookieOf } from "../support/sights.ts";

/** A real service, its demo officials over HTTP, and a browser for each of them. */
export type Desk = {
  readonly database: FreshDatabase;
  readonly service: ServiceProcess;
  readonly officials: Officials;
  readonly pinOf: (userName: string) => string;
  /** A page of a signed-in official. */
  readonly as: <T>(userName: string, path: string, look: (page: Page) => Promise<T>, visit?: Visit) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** @param setting of its service */
export async function openDesk(setting: Parameters<typeof startServiceProcess>[2] = {}): Promise<Desk> {
  const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-desk-"));
  const database = await freshDatabase();
  const service = await startServiceProcess(dataFolder, database.url, setting);
  const browser: Browser = await openBrowser();
  const cookies = new Map<string, Promise<string>>();
  const cookieFor = (userName: string) => {
    const cookie = cookies.get(userName) ?? cookieOf(service.url, dataFolder, userName);
    cookies.set(userName, cookie);
    return cookie;
  };
  return {
    database: { ...database, ...database.owner }, // rows are put there as the owner; the service serves by its own role
    service,
    officials: officialsAt(service.url, dataFolder),
    pinOf: (userName) => secretsOf(dataFolder)[userName]?.pin ?? "",
    as: async (userName, path, look, visit = {}) =>
      withPage(browser, `${service.url}${path}`, { ...visit, cookie: await cookieFor(userName) }, look),
    close: async () => {
      await browser.close();
      await service.stop();
      await database.drop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Presses Tab until the element has the focus, as who works without a mouse does. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`no way by keyboard to ${selector}`);
}

/** For whoever wants to look: pictures of every state, where CHUNGTHUC_SHOTS names a folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env["CHUNGTHUC_SHOTS"];
  if (folder === undefined || folder === "") return;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
}
