import { byLine } from "../layout/segments.ts";
import type { Word } from "../pages.ts";
import { fold } from "./fold.ts";

/** What a page says of its place: `2`, or `2/5`. */
export type PrintedNumber = { readonly number: number; readonly total: number | null };

const margin = 0.11; // of the page's height: NĐ 30/2020 has the number in the head margin, forms have it at the foot

/** The page's own number from a line that holds nothing else, in the margin at the head or the foot; null where there is none. */
export function printedNumber(words: readonly Word[], pageHeight: number): PrintedNumber | null {
  for (const line of byLine(words).values()) {
    const inMargin = line.every(({ y, height }) => y + height < margin * pageHeight || y > (1 - margin) * pageHeight);
    const found = inMargin ? numberIn(line.map(({ text }) => text).join(" ")) : null;
    if (found !== null) return found;
  }
  return null;
}

const longest = 60; // words around the number included

function numberIn(text: string): PrintedNumber | null {
  if (text.length > longest) return null;
  const [, before = "", first, last] =
    /^\W*([\p{L}.]*)\s*(\d{1,3})(?:\s*(?:\/|trên|of)\s*(\d{1,3}))?\W*$/u.exec(text) ?? [];
  if (first === undefined || !["", "trang", "tr", "page", "p"].includes(fold(before))) return null;
  const [number, total] = [Number(first), last === undefined ? null : Number(last)];
  return number >= 1 && (total === null || total >= number) ? { number, total } : null;
}
