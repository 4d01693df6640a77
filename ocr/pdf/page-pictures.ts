import { type Matrix, times, upright } from "./matrix.ts";
import { type PdfObject, type PdfObjects, resolve, streamData } from "./objects.ts";
import type { PdfPage } from "./page-tree.ts";
import { contentOf, longestScanContent, shows } from "./scan-page.ts";
import { type Reader, readValue } from "./tokens.ts";
import { isDict, isRef, itemsOf, nameOf, type PdfDict, type PdfValue } from "./values.ts";

/** A picture as it lies on the page, by the finer of its two directions. */
type Placed = { readonly matrix: Matrix; readonly dpi: number };

type Walk = {
  readonly objects: PdfObjects;
  readonly placed: Placed[];
  /** Bytes of the operands of text that shows. */
  textBytes: number;
  /** Lines and curves that are painted; those that only clip are none. */
  lines: number;
  budget: number;
};

const mostText = 300; // an app's name below a scan has 30; a page that was typed has a thousand
const mostLines = 300; // a frame has four; letters drawn as curves have some ten each
const deepest = 4;
const mostPlaced = 2000;
const gridCells = 40; // across and down the page

/**
 * How fine the pictures are of which a page consists: of a scan in strips, of a turned one, of one that only the renderer
 * can show. NĐ 30/2020 Appendix I, SCAN-1: drawn finer than they are they would count as what they are not.
 *
 * @returns dpi of the finest picture; null where pictures do not cover most of the page, where text is drawn as text or as
 * curves, or where something in it was not understood
 */
export function scannedDpi(objects: PdfObjects, page: PdfPage): number | null {
  if (itemsOf(resolve(objects, page.entries.get("Annots"))).length > 0) return null; // what was added shows too
  const walk: Walk = { objects, placed: [], textBytes: 0, lines: 0, budget: longestScanContent };
  const content = contentOf(objects, page);
  const isWhole = content !== null && follow(walk, content, { resources: page.resources, matrix: upright, depth: 0 });
  if (!isWhole || walk.textBytes > mostText || walk.lines > mostLines) return null;
  if (coveredShare(walk.placed, page) < 0.5) return null;
  return Math.max(...walk.placed.map(({ dpi }) => dpi));
}

type Place = { readonly resources: PdfDict | null; readonly matrix: Matrix; readonly depth: number };
type Look = { readonly matrix: Matrix; readonly textMode: number };
type State = { look: Look; readonly saved: Look[]; path: number };

const lines = new Set(["m", "l", "c", "v", "y", "h", "re"]);
const painters = new Set(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s"]);

/** @returns false where something was not understood, and so may show what is not seen here */
function follow(walk: Walk, content: Uint8Array, place: Place): boolean {
  walk.budget -= content.length;
  if (walk.budget < 0 || place.depth > deepest) return false;
  const state: State = { look: { matrix: place.matrix, textMode: 0 }, saved: [], path: 0 };
  for (const { word, operands, bytes } of operatorsOf(content)) {
    if (shows.has(word) && state.look.textMode !== 3) walk.textBytes += bytes;
    drawLine(walk, state, word);
    if (showsElsewhere(walk, word, operands, place) || !change(state, word, operands)) return false;
    if (word === "Do" && !paint(walk, nameOf(operands[0]), { ...place, matrix: state.look.matrix })) return false;
  }
  return true;
}

/** §8.5: a path counts when it is painted. */
function drawLine(walk: Walk, state: State, operator: string): void {
  if (lines.has(operator)) state.path += 1;
  if (painters.has(operator)) walk.lines += state.path;
  if (operator === "n" || painters.has(operator)) state.path = 0;
}

/** A picture's bytes between operators, a pattern in place of a colour (§8.7), a soft mask that is drawn (§11.6.5.3). */
function showsElsewhere({ objects }: Walk, operator: string, operands: readonly PdfValue[], { resources }: Place) {
  if (operator === "scn" || operator === "SCN") return nameOf(operands.at(-1)) !== null;
  if (operator !== "gs") return operator === "BI" || operator === "sh";
  const states = resolve(objects, resources?.entries.get("ExtGState"));
  const state = isDict(states) ? resolve(objects, states.entries.get(nameOf(operands[0]) ?? "")) : null;
  return isDict(state) && isDict(resolve(objects, state.entries.get("SMask")));
}

function change(state: State, operator: string, operands: readonly PdfValue[]): boolean {
  if (operator === "q") state.saved.push(state.look);
  if (operator === "Q") state.look = state.saved.pop() ?? state.look;
  if (operator === "Tr") state.look = { ...state.look, textMode: Number(operands[0]) };
  if (operator !== "cm") return true;
  const matrix = times(operands, state.look.matrix);
  if (matrix !== null) state.look = { ...state.look, matrix };
  return matrix !== null;
}

/** Each with what stands before it. */
function* operatorsOf(content: Uint8Array) {
  const reader: Reader = { bytes: content, at: 0 };
  let [operands, from]: [PdfValue[], number] = [[], 0];
  for (let value = readValue(reader); value !== undefined; value = readValue(reader)) {
    if (typeof value !== "object" || value === null || value.kind !== "keyword") operands.push(value);
    else {
      yield { word: value.word, operands, bytes: reader.at - from };
      [operands, from] = [[], reader.at];
    }
  }
}

function paint(walk: Walk, name: string | null, place: Place): boolean {
  const { objects } = walk;
  const named = resolve(objects, place.resources?.entries.get("XObject"));
  const reference = isDict(named) && name !== null ? named.entries.get(name) : undefined;
  const object = isRef(reference) ? objects.byNumber.get(reference.number) : undefined;
  if (object === undefined || !isDict(object.value)) return false;
  if (nameOf(resolve(objects, object.value.entries.get("Subtype"))) === "Form")
    return enter(walk, object, object.value, place);
  const dpi = Math.max(dpiOf(objects, object.value, place.matrix), veilDpi(objects, object.value, place.matrix));
  walk.placed.push({ matrix: place.matrix, dpi });
  return Number.isFinite(dpi) && walk.placed.length <= mostPlaced;
}

function enter(walk: Walk, form: PdfObject, { entries }: PdfDict, { resources, matrix, depth }: Place): boolean {
  walk.budget -= (form.stream?.end ?? 0) - (form.stream?.start ?? 0); // a form may be drawn a million times
  const content = walk.budget < 0 ? null : streamData(walk.objects, form);
  const own = itemsOf(resolve(walk.objects, entries.get("Matrix")));
  const inside = own.length === 0 ? matrix : times(own, matrix);
  const its = resolve(walk.objects, entries.get("Resources"));
  if (content === null || inside === null) return false;
  return follow(walk, content, { resources: isDict(its) ? its : resources, matrix: inside, depth: depth + 1 });
}

function dpiOf(objects: PdfObjects, { entries }: PdfDict, [a, b, c, d]: Matrix): number {
  const size = (key: string) => Number(resolve(objects, entries.get(key)));
  return Math.max((size("Width") * 72) / Math.hypot(a, b), (size("Height") * 72) / Math.hypot(c, d));
}

/** Letters may stand in a mask that is finer than the colour beneath. */
function veilDpi(objects: PdfObjects, { entries }: PdfDict, matrix: Matrix): number {
  const masks = ["SMask", "Mask"].map((key) => resolve(objects, entries.get(key)));
  return Math.max(0, ...masks.filter(isDict).map((mask) => dpiOf(objects, mask, matrix)));
}

function coveredShare(placed: readonly Placed[], { box }: PdfPage): number {
  const boxes = placed.map(({ matrix }) => extentOf(matrix));
  let covered = 0;
  for (let i = 0; i < gridCells ** 2; i += 1) {
    const x = box.left + (((i % gridCells) + 0.5) / gridCells) * box.width;
    const y = box.bottom + ((Math.floor(i / gridCells) + 0.5) / gridCells) * box.height;
    if (boxes.some(({ left, right, low, high }) => x >= left && x <= right && y >= low && y <= high)) covered += 1;
  }
  return covered / gridCells ** 2;
}

function extentOf([a, b, c, d, e, f]: Matrix) {
  const [xs, ys] = [[e, e + a, e + c, e + a + c], [f, f + b, f + d, f + b + d]]; // biome-ignore format: one line
  return { left: Math.min(...xs), right: Math.max(...xs), low: Math.min(...ys), high: Math.max(...ys) };
}
