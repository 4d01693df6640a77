import type { Word, Words } from "../../ocr/pages.ts";
import { type Bytes, utf8 } from "../core/kernel.ts";

type Kept = Pick<Words, "words" | "code">;

/** What was read of a page, as its blob holds it. */
export const packWords = ({ words, code }: Kept): Bytes => utf8(JSON.stringify({ words, code }));

/** A list alone: words that were kept before codes were read, or of a page that could not be read. */
export function unpackWords(bytes: Bytes): Kept {
  const kept = JSON.parse(new TextDecoder().decode(bytes)) as Kept | readonly Word[];
  return "words" in kept ? kept : { words: kept, code: null };
}
