import { readdir, readFile } from "node:fs/promises";
import { browserPath, browserScripts } from "../publish/public-files.ts";
import { type Asset, asset } from "../web/design/sheets.ts";
import type { House } from "./house.ts";

const folder = new URL("../web/scripts/", import.meta.url);

/** The helpers of the officials' pages, read once at the start; `build.mjs` copies them beside the compiled code. */
export async function loadScripts(): Promise<readonly Asset[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js")).sort();
  return Promise.all(names.map(async (name) => asset(name, await readFile(new URL(name, folder), "utf8"))));
}

/** Where pages find each: `app` is at `/assets/app.js?v=…`. */
export const scriptAddresses = (scripts: readonly Asset[]): Readonly<Record<string, string>> =>
  Object.fromEntries(scripts.map(({ name, address }) => [name.replace(/\.js$/, ""), address]));

const bundled = new URL("../browser/bundled/", import.meta.url);

/** Programmes for a visitor's browser go with the published files, so that every door has them. */
export async function publishBrowserScripts({ publicFiles }: Pick<House, "publicFiles">): Promise<void> {
  for (const name of browserScripts) {
    const bytes = await readFile(new URL(`${name}.js`, bundled)).catch(() => null); // sources that nobody built have none
    if (bytes !== null) await publicFiles.write(browserPath(name), new Uint8Array(bytes));
  }
}
