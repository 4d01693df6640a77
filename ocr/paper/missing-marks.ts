import type { Boxes } from "../decode/glyphs.ts";
import { areasOf } from "../decode/glyphs.ts";
import { median } from "../layout/segments.ts";
import type { Word } from "../pages.ts";
import { readPaper } from "./paper.ts";

/** What stands on a signed page and was not seen on this one. A hint: the official looks. */
export type MissingMark = "SEAL_NOT_SEEN" | "SIGNATURE_NOT_SEEN";

export const isMissingMark = (value: unknown): value is MissingMark =>
  value === "SEAL_NOT_SEEN" || value === "SIGNATURE_NOT_SEEN";

/** In heights of a word: where the pen signs, above the printed name and beside it. */
const room = { above: 8, beside: 4 };
const stroke = { tall: 1.5, wide: 2.5, leastTall: 0.5 };

/**
 * On a page with the printed name of one who signs: no red round shape, no stroke of a pen above the name. Nothing is told of a page without
 * such a name, or of a kind that is neither signed nor sealed; of a page in grey nothing of its seal.
 *
 * @param seals round red shapes of a seal's size; null where the page has no colours
 * @param glyphs in pixels of the picture on which the words lie
 */
export function missingMarks(words: readonly Word[], glyphs: Boxes, seals: number | null): readonly MissingMark[] {
  const { fields } = readPaper([{ words, code: null }]);
  const name = fields.find((field) => field.name === "nguoi_ky");
  if (name === undefined) return [];
  const height = median(words.map((word) => word.height));
  const print = words.filter((word) => word.height < stroke.tall * height); // a signature may have been read as a word
  const { x, y, width } = name.box;
  const isBeside = (left: number, wide: number) =>
    left + wide > x - room.beside * height && left < x + width + room.beside * height;
  const isSigned = areasOf(glyphs).some((one) => {
    const isStroke = one.height >= stroke.tall * height || one.width >= stroke.wide * height;
    const isHere = one.y + one.height > y - room.above * height && one.y < y;
    const isRule = one.height < stroke.leastTall * height;
    return isStroke && !isRule && isHere && isBeside(one.x, one.width) && !isPrint(one, print);
  });
  return [...(seals === 0 ? (["SEAL_NOT_SEEN"] as const) : []), ...(isSigned ? [] : (["SIGNATURE_NOT_SEEN"] as const))];
}

/** Letters of bold print that touch are a word, and no taller than it. */
const isPrint = (one: { x: number; y: number; width: number; height: number }, words: readonly Word[]): boolean =>
  words.some(
    (word) =>
      one.height <= 1.3 * word.height &&
      one.y >= word.y - 0.3 * word.height &&
      one.y + one.height <= word.y + 1.3 * word.height &&
      one.x < word.x + word.width &&
      one.x + one.width > word.x,
  );
