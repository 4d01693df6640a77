import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const quiet = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-extensions",
];

/** The headless shell from npm: it opens a page in a third of the time of a whole Chromium, which stands in where it cannot run. */
export async function openBrowser(): Promise<Browser> {
  const bundled = (await import("@sparticuz/chromium")).default;
  const args = [...flags, ...quiet];
  const shell = { executablePath: await bundled.executablePath(), args: [...args, "--no-zygote"] };
  if (installed === undefined) return chromium.launch(shell);
  return chromium.launch(shell).catch(() => chromium.launch({ executablePath: installed, args }));
}

export type Visit = {
  /** CSS pixels; 1280 where not said. */
  readonly width?: number;
  readonly javaScript?: boolean;
  /** `__Host-session=…`, as a Cookie header has it. */
  readonly cookie?: string;
};

/** One visit in a profile of its own: no cookie or cache of another is there. */
export async function withPage<T>(
  browser: Browser,
  url: string,
  visit: Visit,
  look: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await pageIn(browser, url, visit);
  try {
    await page.goto(url);
    return await look(page);
  } finally {
    await page.context().close();
  }
}

/** An empty page in a profile of its own, for who looks at many pages of the site at `url` one after the other. */
export async function pageIn(
  browser: Browser,
  url: string,
  { width = 1280, javaScript = true, cookie }: Visit,
): Promise<Page> {
  const viewport = { width, height: width < 600 ? 780 : 900 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: javaScript, locale: "vi-VN" });
  if (cookie !== undefined) await context.addCookies([cookieFor(cookie, url)]);
  return context.newPage();
}

function cookieFor(cookie: string, url: string) {
  const at = cookie.indexOf("=");
  const place = { domain: new URL(url).hostname, path: "/", secure: true, httpOnly: true, sameSite: "Strict" as const };
  return { name: cookie.slice(0, at), value: cookie.slice(at + 1), ...place };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe-core finds against WCAG 2.2 up to AAA contrast, as `rule: element`. Needs scripts on in the page. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(
    `axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag", values: ${JSON.stringify(standards)} } })
      .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html.slice(0, 200) + " " + failureSummary)))`,
  );
  return found as readonly string[];
}
