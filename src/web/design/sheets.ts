import { adminCss } from "./css/admin.ts";
import { baseCss } from "./css/base.ts";
import { contentCss } from "./css/content.ts";
import { deskCss } from "./css/desk.ts";
import { dossierCss } from "./css/dossier.ts";
import { formCss } from "./css/form.ts";
import { frameCss } from "./css/frame.ts";
import { printCss } from "./css/print.ts";
import { workCss } from "./css/work.ts";

/** A file that pages load: its name under /assets/, its bytes' mark in its address, so that it may be kept for ever. */
export type Asset = { readonly name: string; readonly content: string; readonly address: string };

/** `/assets/app.css?v=1k3f9ab2x0`: another content, another address. */
export const asset = (name: string, content: string): Asset => ({
  name,
  content,
  address: `/assets/${name}?v=${contentMark(content)}`,
});

/** Every page's. */
export const appSheet = asset("app.css", [baseCss, frameCss, contentCss, formCss, printCss].join("").trim());

/** Officials' pages only: what citizens need not load. */
export const workSheet = asset("work.css", [workCss, deskCss, dossierCss, adminCss].join("").trim());

/** FNV-1a, 53 bits: tells contents apart for a cache, on every runtime and at once; it guards nothing. */
function contentMark(content: string): string {
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < content.length; i++) {
    low = Math.imul(low ^ content.charCodeAt(i), 0x01000193);
    high = Math.imul(high ^ content.charCodeAt(i), 0x85ebca6b);
  }
  return ((high >>> 11) * 2 ** 32 + (low >>> 0)).toString(36);
}
