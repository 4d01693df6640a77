import type { Word } from "../../ocr/pages.ts";
import { readPaper } from "../../ocr/paper/paper.ts";
import { secretMarking } from "../../ocr/paper/secret-marking.ts";
import type { Bytes } from "../core/kernel.ts";
import type { PaperSeen } from "../web/officials/world.ts";

/** Kind and fields of one page from the words that were kept of it. */
export function paperSeen(words: Bytes): PaperSeen {
  const read = JSON.parse(new TextDecoder().decode(words)) as readonly Word[];
  const { kind, fields } = readPaper([read]);
  return {
    kind,
    fields: fields.map(({ name, value, confidence, lookAgain }) => ({ name, value, confidence, lookAgain })),
    secretMarking: secretMarking(read),
  };
}
