import type { Word } from "../pages.ts";
import { type Band, bandsOf, type Segment, segmentsOf } from "./segments.ts";
import { type Zone, zonesOf } from "./zones.ts";

/**
 * Words in the order in which a person reads them: from the top, the left column of two before the right, a row of labels
 * and values across. Lines and blocks are numbered anew; no word is added, changed or lost.
 */
export function inReadingOrder(words: readonly Word[]): readonly Word[] {
  const ordered: Word[] = [];
  let line = 0;
  let block = 0;
  for (const zone of zonesOf(bandsOf(segmentsOf(words)))) {
    if (zone.gutter !== null) block += 1;
    for (const column of columnsOf(zone)) {
      for (const row of column) {
        for (const word of row.flatMap((segment) => segment.words)) ordered.push({ ...word, line, block });
        line += 1;
      }
      if (zone.gutter !== null) block += 1;
    }
  }
  return ordered;
}

function columnsOf({ bands, gutter }: Zone): readonly (readonly Band[])[] {
  if (gutter === null) return [bands];
  const side = (isIn: (segment: Segment) => boolean) =>
    bands.map((band) => band.filter(isIn)).filter((band) => band.length > 0);
  return [side((segment) => segment.left < gutter), side((segment) => segment.left >= gutter)];
}
