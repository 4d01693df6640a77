import type { Word } from "../../ocr/pages.ts";
import { readPaper } from "../../ocr/paper/paper.ts";
import type { Bytes } from "../core/kernel.ts";
import type { PaperSeen } from "../web/officials/world.ts";

/** Kind and fields of one page from the words that were kept of it. */
export function paperSeen(words: Bytes): PaperSeen {
  const { kind, fields } = readPaper([JSON.parse(new TextDecoder().decode(words)) as readonly Word[]]);
  return { kind, fields: fields.map(({ name, value, lookAgain }) => ({ name, value, lookAgain })) };
}
