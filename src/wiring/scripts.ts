import { readdir, readFile } from "node:fs/promises";
import { type Asset, asset } from "../web/design/sheets.ts";

const folder = new URL("../web/scripts/", import.meta.url);

/** The helpers of the officials' pages, read once at the start; `build.mjs` copies them beside the compiled code. */
export async function loadScripts(): Promise<readonly Asset[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js")).sort();
  return Promise.all(names.map(async (name) => asset(name, await readFile(new URL(name, folder), "utf8"))));
}

/** Where pages find each: `app` is at `/assets/app.js?v=…`. */
export const scriptAddresses = (scripts: readonly Asset[]): Readonly<Record<string, string>> =>
  Object.fromEntries(scripts.map(({ name, address }) => [name.replace(/\.js$/, ""), address]));
