import type { Bytes } from "../../core/kernel.ts";
import { utf8 } from "../../core/kernel.ts";

/** A table as CSV (RFC 4180) with a byte order mark, so that spreadsheet programs take it for UTF-8. */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): Bytes =>
  utf8(`\uFEFF${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`);

function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = withoutFormula(value);
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * What a stranger typed must not become a formula in a spreadsheet: it gets an apostrophe before it (OWASP, CSV injection). Also in
 * the middle: where the list separator of a computer is not the comma, quotes count only at the beginning of a line's own cells, and a
 * text falls into pieces at semicolons, tabs and line ends, some of them in quotes of their own. Full-width signs are signs to some programs.
 */
export const withoutFormula = (text: string): string =>
  text.replace(/^[\t\r\n]/, "'$&").replace(/(^|[;|\t\r\n])((?:[^\S\t\r\n]|")*[=+\-@＝＋－＠])/gu, "$1'$2");
