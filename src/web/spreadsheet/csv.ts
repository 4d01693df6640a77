import type { Bytes } from "../../core/kernel.ts";
import { utf8 } from "../../core/kernel.ts";

/**
 * A table as CSV (RFC 4180) with a byte order mark, so that spreadsheet programs take it for UTF-8. What a stranger typed
 * must not become a formula there: such a text gets an apostrophe before it (OWASP, CSV injection).
 */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): Bytes =>
  utf8(`\uFEFF${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`);

function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
