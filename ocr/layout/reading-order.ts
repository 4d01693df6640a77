import type { Word } from "../pages.ts";
import { type Band, bandsOf, type Segment, segmentsOf } from "./segments.ts";
import { type Zone, zonesOf } from "./zones.ts";

/**
 * Words in the order in which a person reads them: from the top, the left column of two before the right, a row of labels
 * and values across. Lines and blocks are numbered anew; no word is added, changed or lost.
 */
export function inReadingOrder(words: readonly Word[]): readonly Word[] {
  let block = 0;
  const rows = zonesOf(bandsOf(segmentsOf(words))).flatMap((zone) => {
    if (zone.gutter === null) return zone.bands.map((row) => ({ row, block }));
    const columns = columnsOf(zone).flatMap((column, i) => column.map((row) => ({ row, block: block + 1 + i })));
    block += 3;
    return columns;
  });
  return rows.flatMap((at, line) =>
    at.row.flatMap((segment) => segment.words.map((word) => ({ ...word, line, block: at.block }))),
  );
}

function columnsOf({ bands, gutter }: Zone): readonly (readonly Band[])[] {
  if (gutter === null) return [bands];
  const side = (isIn: (segment: Segment) => boolean) =>
    bands.map((band) => band.filter(isIn)).filter((band) => band.length > 0);
  return [side((segment) => segment.left < gutter), side((segment) => segment.left >= gutter)];
}
