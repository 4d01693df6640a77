import { fail, ok, type Result } from "./kernel.ts";

/**
 * The cells of a CSV file (RFC 4180), with any of the separators that spreadsheets write; a quote inside quotes is doubled.
 * What stands behind a closing quote is kept as it is: banks write such things, and it is shown to a person.
 *
 * @param mostRows more rows than that are refused before they are all read
 */
export function readCsv(
  text: string,
  separator: string,
  mostRows: number,
): Result<readonly (readonly string[])[], { code: "too_many_rows" }> {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const cell = readCell(text, at, separator);
    row.push(cell.value);
    at = cell.end + 1;
    if (text[cell.end] === separator) continue;
    if (text[cell.end] === "\r" && text[at] === "\n") at += 1;
    rows.push(row);
    row = [];
    if (rows.length > mostRows) return fail({ code: "too_many_rows" });
  }
  if (row.length > 0) rows.push([...row, ""]); // the file ends with a separator
  return ok(rows);
}

/** @returns the cell and where it ends: at a separator, a line's end, or behind the text */
function readCell(text: string, start: number, separator: string): { readonly value: string; readonly end: number } {
  if (text[start] !== '"')
    return { value: text.slice(start, endOf(text, start, separator)), end: endOf(text, start, separator) };
  let value = "";
  let at = start + 1;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== '"') break;
    value += '"';
    at += 1;
  }
  const end = endOf(text, at, separator);
  return { value: value + text.slice(at, end), end };
}

function endOf(text: string, start: number, separator: string): number {
  let at = start;
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}
