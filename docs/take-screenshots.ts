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

/** A palette picture of what the page shows, whole; the pages are flat colours, so 64 are enough. */
async function takeSight(browser: Browser, place: { url: string; data: string; sights: Sights }, sight: Sight) {
  const cookie = sight.as === undefined ? {} : { cookie: await cookieOf(place.url, place.data, sight.as) };
  for (const language of ["vi", "en"] as const) {
    for (const [screen, width] of Object.entries(widths)) {
      const address = `${place.url}${inLanguage(sight.path(place.sights), language)}`;
      const shot = await withPage(browser, address, { width, ...cookie }, async (page) => {
        await sight.first?.(page);
        await page.waitForLoadState("networkidle");
        return page.screenshot({ fullPage: true });
      });
      const { height = 0 } = await sharp(shot).metadata();
      await sharp(shot)
        .extract({ left: 0, top: 0, width, height: Math.min(height, tallestPx) })
        .png({ palette: true, colours: 64, effort: 10 })
        .toFile(join(target, `${sight.name}-${language}-${screen}.png`));
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
