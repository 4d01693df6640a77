import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { photoOf } from "../support/pages/degrade.ts";
import { lookOf, papers } from "../support/pages/papers.ts";
import { families, openTypesetter } from "../support/pages/typeset.ts";
import { chanceOf } from "../support/seeded.ts";
import { type Counter, openCounter, readAtCounter } from "./counter.ts";

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

async function photograph(): Promise<File> {
  const setter = await openTypesetter();
  try {
    const [sheet] = papers["marriage"]?.(lookOf(51, families().slice(0, 1))).sheets ?? [];
    if (sheet === undefined) throw new Error("nothing to print");
    const how = { slant: 1, glareMm: 16 };
    const { image: jpeg } = await photoOf(await setter.print(sheet, 150), chanceOf(52), how);
    return new File([jpeg], "anh.jpg", { type: "image/jpeg" });
  } finally {
    await setter.close();
  }
}

const shownIn = (text: string) => /name="sha256" value="([0-9a-f]{64})"/.exec(text)?.[1];

test("COPY-2: a photograph is straightened only where an official says so; another choice asks for another confirmation", async () => {
  const path = await readAtCounter(counter, [await photograph()]);
  const compare = `${path}/compare?page=1`;
  const taken = await counter.get("doichieu", compare);
  expect(taken.text).toContain('<svg class="place"'); // the glare, where it lies
  expect(taken.text).toContain('value="straightened"');

  await withPage(browser, `${counter.url}${compare}`, { cookie: counter.cookie("doichieu") }, async (page) => {
    expect(await violations(page)).toEqual([]);
    writeFileSync(join(tmpdir(), "chungthuc-compare-photo.png"), await page.screenshot({ fullPage: true }));
  });

  await counter.send("doichieu", compare, `${path}/compare`, {});
  const id = path.split("/")[2] ?? "";
  expect((await counter.officials.view(id)).pages[0]).toMatchObject({ confirmedSha256: shownIn(taken.text) });

  const chosen = await counter.send("doichieu", compare, `${path}/pages/1/form`, {});
  expect([chosen.status, chosen.goesTo]).toEqual([303, compare]);
  const straight = await counter.get("doichieu", compare);
  expect(shownIn(straight.text)).toBeDefined();
  expect(shownIn(straight.text)).not.toBe(shownIn(taken.text));
  expect(straight.text).toContain('value="as_taken"');
  expect((await counter.officials.view(id)).pages[0]).toMatchObject({
    confirmedSha256: null,
    streamSha256: shownIn(straight.text),
  });
  const picture = await counter.get("doichieu", `${path}/pages/1/image?sha256=${shownIn(taken.text)}`);
  expect(picture.status).toBe(200); // what was taken can still be looked at

  await counter.send("doichieu", compare, `${path}/compare`, {});
  await counter.send("doichieu", `${path}/attest`, `${path}/attest`, { originalPresented: "yes" });
  expect((await counter.officials.view(id)).status).toBe("attested");
  const late = await counter.send("doichieu", compare, `${path}/pages/1/form`, { form: "as_taken" });
  expect(late.status).toBeGreaterThanOrEqual(400);
});
