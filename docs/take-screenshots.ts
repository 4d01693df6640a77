// Takes every page in both languages, on a phone and on a desk, into docs/screenshots/. Run from the root of the project:
//   npx tsx docs/take-screenshots.ts [name…]
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { createLog } from "../src/roof/log.ts";
import { startService } from "../src/service.ts";
import { openBrowser, withPage } from "../test/support/browser.ts";
import { inLanguage, officialSights, publicSights, type Sight, type Sights } from "../test/support/pages-to-see.ts";
import { cookieOf, prepareSights } from "../test/support/sights.ts";

const wanted = process.argv.slice(2);
const target = fileURLToPath(new URL("./screenshots/", import.meta.url));
const widths = { phone: 360, desk: 1280 } as const;
const tallestPx = 4000;
const colours = 8;

/** The pages are flat colours: a palette of so few keeps every letter sharp and the folder small. */
async function pictureOf(shot: Buffer) {
  const flat = await sharp(shot).png({ palette: true, colours, dither: 0 }).toBuffer();
  return sharp(flat).webp({ lossless: true, effort: 5 });
}

/** What the page shows, whole. */
async function takeSight(browser: Browser, place: { url: string; data: string; sights: Sights }, sight: Sight) {
  const cookie = sight.as === undefined ? {} : { cookie: await cookieOf(place.url, place.data, sight.as) };
  for (const language of ["vi", "en"] as const) {
    for (const [screen, width] of Object.entries(widths)) {
      const address = `${place.url}${inLanguage(sight.path(place.sights), language)}`;
      const shot = await withPage(browser, address, { width, ...cookie }, async (page) => {
        await sight.first?.(page, place.sights);
        await page.waitForLoadState("networkidle");
        // a window as high as the page: what sticks to the window's foot stands at the page's
        const height = await page.evaluate<number>("document.documentElement.scrollHeight");
        await page.setViewportSize({ width, height: Math.min(height, tallestPx) });
        await page.evaluate("scrollTo(0, 0)");
        return page.screenshot();
      });
      await pictureOf(shot).then((picture) => picture.toFile(join(target, `${sight.name}-${language}-${screen}.webp`)));
    }
  }
}

const data = mkdtempSync(join(tmpdir(), "chungthuc-screenshots-"));
const log = createLog({
  now: () => new Date().toISOString(),
  write: (line) => process.stderr.write(line),
  lowest: "warn",
  showMessages: true,
});
const config = { mode: "development", dataFolder: data, databaseUrl: null, host: "127.0.0.1" } as const;
const port = 8086;
const service = await startService(
  { ...config, port, publicPort: port, trustedProxies: 0 },
  log,
  async () => undefined,
);
if (!service.ok) throw new Error(service.failure.code);
const url = `http://127.0.0.1:${service.value.port}`;
const browser = await openBrowser();
try {
  mkdirSync(target, { recursive: true });
  const sights = await prepareSights(url, data);
  for (const sight of [...publicSights, ...officialSights]) {
    if (wanted.length === 0 || wanted.includes(sight.name)) await takeSight(browser, { url, data, sights }, sight);
  }
} finally {
  await browser.close();
  await service.value.stop();
  rmSync(data, { recursive: true, force: true });
}
