import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, withPage } from "../support/browser.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { secretsOf } from "../support/officials.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { type Deed, follow, stepsOf } from "./first-day.ts";

const folder = mkdtempSync(join(tmpdir(), "chungthuc-first-day-"));
let database: FreshDatabase;
let service: ServiceProcess;
let browser: Browser;

beforeAll(async () => {
  database = await freshDatabase();
  service = await startServiceProcess(folder, database.url, { reads: "words" });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("docs/first-day: what it says can be done, word for word, by keyboard alone", () => {
  test("both languages ask the same, step by step", () => {
    const shapeOf = (document: string) =>
      stepsOf(document).map(({ deeds }) => deeds.filter(isSameInBoth).map(({ what }) => what));
    expect(shapeOf("docs/first-day.en.md")).toEqual(shapeOf("docs/first-day.md"));
    expect(shapeOf("docs/first-day.md").flat().length).toBeGreaterThan(60);
  });

  test.each(["docs/first-day.md", "docs/first-day.en.md"])("%s", async (document) => {
    const secrets = secretsOf(folder);
    const reader = {
      url: service.url,
      secretsOf: (userName: string) => ({
        password: secrets[userName]?.password ?? "",
        pin: secrets[userName]?.pin ?? "",
      }),
      copyPath: join(folder, "ban-sao-chung-thuc.pdf"),
    };
    await withPage(browser, "about:blank", {}, (page) => follow(page, stepsOf(document), reader));
  });
});

/** The pages speak Vietnamese first: only the reader of English changes the language. */
const isSameInBoth = (deed: Deed): boolean => !(deed.what === "press" && deed.name === "English");
