import type { Word, Words } from "../../ocr/pages.ts";
import { isMissingMark } from "../../ocr/paper/missing-marks.ts";
import { type Bytes, utf8 } from "../core/kernel.ts";

type Kept = Pick<Words, "words" | "code" | "missing" | "odd">;

/** What was read of a page, as its blob holds it. */
export const packWords = ({ words, code, missing, odd }: Kept): Bytes =>
  utf8(JSON.stringify({ words, code, missing, odd }));

/** A list alone: words that were kept before codes were read, or of a page that could not be read. Marks and odd figures were looked for later still. */
export function unpackWords(bytes: Bytes): Kept {
  const kept = JSON.parse(new TextDecoder().decode(bytes)) as
    | (Pick<Kept, "words" | "code"> & Partial<Kept>)
    | readonly Word[];
  if (!("words" in kept)) return { words: kept, code: null, missing: [], odd: [] };
  const { words, code, missing = [], odd = [] } = kept;
  return { words, code, missing: missing.filter(isMissingMark), odd };
}
