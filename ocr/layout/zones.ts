import { type Band, median, type Segment, textOf } from "./segments.ts";

/** Consecutive bands; in two columns where `gutter` is given. */
export type Zone = { readonly bands: readonly Band[]; readonly gutter: number | null };

type Gutter = { readonly from: number; readonly to: number };

const narrowest = 1; // line heights between two columns
const farthest = { left: 2.5, right: 12 }; // line heights between lines of a column: a signature stands between office and name
const aligned = 1.5;
const fewFormRows = 3;

/** Finds where two columns stand side by side: the head of an official paper, places of signature, a page in two halves. */
export function zonesOf(bands: readonly Band[]): readonly Zone[] {
  const height = median(bands.flat().flatMap(({ words }) => words.map((word) => word.height)));
  const zones: Zone[] = [];
  for (let at = 0; at < bands.length; ) {
    const columns = columnsFrom(bands, at, height);
    if (columns === null) {
      zones.push({ bands: bands.slice(at, at + 1), gutter: null });
      at += 1;
    } else {
      const above = rightOnlyAbove(zones, columns, height);
      zones.push({ ...columns, bands: [...above, ...columns.bands] });
      at += columns.bands.length;
    }
  }
  return zones;
}

type Columns = { readonly bands: readonly Band[]; readonly gutter: number };

function columnsFrom(bands: readonly Band[], at: number, height: number): Columns | null {
  const [first] = bands.slice(at);
  if (first?.length !== 2 || isNumberAndDate(first) || isLabelRow(bands[at - 1] ?? [])) return null;
  let gutter: Gutter | null = gutterOf(first);
  const taken: Band[] = [first];
  for (const band of bands.slice(at + 1)) {
    const narrowed: Gutter | null = isNumberAndDate(band) ? null : narrowedBy(band, gutter, height);
    if (narrowed === null || !continues(taken, band, narrowed, height)) break;
    gutter = narrowed;
    taken.push(band);
  }
  const formRows = taken.filter(isFormRow).length;
  if (taken.length < 2 || (formRows > 0 && formRows <= fewFormRows)) return null;
  return { bands: taken, gutter: (gutter.from + gutter.to) / 2 };
}

function gutterOf(band: Band): Gutter {
  return { from: band[0]?.right ?? 0, to: band[1]?.left ?? 0 };
}

/** The gutter that is left beside this band too; null where something stands in it. */
function narrowedBy(band: Band, { from, to }: Gutter, height: number): Gutter | null {
  const middle = (from + to) / 2;
  let narrowed = { from, to };
  for (const { left, right } of band) {
    if ((left + right) / 2 < middle) narrowed = { ...narrowed, from: Math.max(narrowed.from, right) };
    else narrowed = { ...narrowed, to: Math.min(narrowed.to, left) };
  }
  return narrowed.to - narrowed.from >= narrowest * height ? narrowed : null;
}

// A line on the right alone may follow a signature. One on the left alone must continue the left column, or it is the text below.
function continues(taken: readonly Band[], band: Band, gutter: Gutter, height: number): boolean {
  const [lefts, rights] = [sideOf(taken, gutter, "left"), sideOf(taken, gutter, "right")];
  const [left, right] = [sideOf([band], gutter, "left"), sideOf([band], gutter, "right")];
  if (left.length > 1 || right.length > 1) return false;
  const isNear = (column: readonly Segment[], one: Segment, most: number) =>
    one.top - Math.max(...column.map(({ bottom }) => bottom)) < most * height;
  if (right[0] !== undefined && !isNear(rights, right[0], farthest.right)) return false;
  if (left[0] === undefined) return true;
  const most = right.length > 0 ? farthest.right : farthest.left;
  return isNear(lefts, left[0], most) && (right.length > 0 || isAligned(lefts, left[0], height));
}

const sideOf = (bands: readonly Band[], { from, to }: Gutter, side: "left" | "right"): readonly Segment[] =>
  bands.flat().filter(({ left, right }) => (left + right) / 2 < (from + to) / 2 === (side === "left"));

const isAligned = (column: readonly Segment[], { left, right }: Segment, height: number): boolean =>
  column.some(
    (other) =>
      Math.abs(other.left - left) < aligned * height ||
      Math.abs(other.left + other.right - left - right) / 2 < aligned * height,
  );

/** Takes back the lines just above that stand over the right column alone: place and date over the signer's office. */
function rightOnlyAbove(zones: Zone[], { bands, gutter }: Columns, height: number): readonly Band[] {
  const above: Band[] = [];
  const rights = bands.flat().filter(({ left }) => left > gutter);
  let top = Math.min(...rights.map((segment) => segment.top));
  for (let last = zones.at(-1); last !== undefined && last.gutter === null; last = zones.at(-1)) {
    const [band] = last.bands;
    const [only] = band ?? [];
    if (band?.length !== 1 || only === undefined || only.left <= gutter || top - only.bottom > 2 * height) break;
    if (!isAligned(rights, only, 2 * height)) break;
    above.unshift(band);
    top = only.top;
    zones.pop();
  }
  return above;
}

// NĐ 30/2020, Appendix I: number and date of an official paper are a row of their own below its head.
function isNumberAndDate(band: Band): boolean {
  const [left, right] = band.map(textOf);
  return (
    band.length === 2 &&
    /^S[ốôỐÔoO]\s?[:.]?\s?[\d:./…]/u.test(left ?? "") &&
    /ng[àa]y.*(th[áa]ng|\d)/iu.test(right ?? "")
  );
}

/** `Label:   Label:` with nothing behind: the values stand in the row below, which is read across as well. */
const isLabelRow = (band: Band): boolean => band.length === 2 && band.every((segment) => textOf(segment).endsWith(":"));

/** `Label: value   Label: value` is read across. */
const isFormRow = (band: Band): boolean =>
  band.length === 2 && band.every((segment) => /\p{L}\s?:/u.test(textOf(segment)));
