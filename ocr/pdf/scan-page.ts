import { isSrgbProfile } from "../headers/icc.ts";
import { type FaxStream, faxStreamOf } from "./fax-tiff.ts";
import { type Jbig2Stream, jbig2StreamOf } from "./jbig2-stream.ts";
import { type Matrix, times, upright } from "./matrix.ts";
import { type PdfObjects, resolve, streamData } from "./objects.ts";
import type { PdfPage } from "./page-tree.ts";
import { filtersOf } from "./streams.ts";
import { type Reader, readValue } from "./tokens.ts";
import { isDict, isRef, itemsOf, nameOf, type PdfDict, type PdfValue } from "./values.ts";

/** The one picture of a page. `other`: only the renderer can show it as it is meant. */
export type PagePicture = { readonly dpi: { readonly x: number; readonly y: number }; readonly storedBytes: number } & (
  | { readonly kind: "jpeg"; readonly jpeg: Uint8Array }
  | { readonly kind: "fax"; readonly fax: FaxStream }
  | { readonly kind: "jbig2"; readonly jbig2: Jbig2Stream }
  | { readonly kind: "other"; readonly lossless: boolean }
);

/**
 * The picture of a page that is one picture and nothing else that shows: a JPEG's bytes can be certified as they are, a
 * fax's dots as they are. Invisible text (an old reading) may lie beneath; clipping, masks, rotation and other colour
 * spaces send the page to the renderer.
 */
export function findPagePicture(objects: PdfObjects, page: PdfPage): PagePicture | null {
  if (page.rotate !== 0 || itemsOf(resolve(objects, page.entries.get("Annots"))).length > 0) return null;
  const drawn = onlyPicture(contentOf(objects, page));
  if (drawn === null || !covers(drawn.matrix, page)) return null;
  const pictures = resolve(objects, page.resources?.entries.get("XObject"));
  const reference = isDict(pictures) ? pictures.entries.get(drawn.name) : undefined;
  const object = isRef(reference) ? objects.byNumber.get(reference.number) : undefined;
  if (object?.stream == null || !isDict(object.value)) return null;
  const size = (key: string) => Number(resolve(objects, (object.value as PdfDict).entries.get(key)));
  const dpi = { x: (size("Width") * 72) / page.box.width, y: (size("Height") * 72) / page.box.height };
  const data = objects.bytes.subarray(object.stream.start, object.stream.end);
  return { dpi, storedBytes: data.length, ...pictureOf(objects, object.value, data) };
}

type Coded =
  | { readonly kind: "jpeg"; readonly jpeg: Uint8Array }
  | { readonly kind: "fax"; readonly fax: FaxStream }
  | { readonly kind: "jbig2"; readonly jbig2: Jbig2Stream }
  | { readonly kind: "other"; readonly lossless: boolean };

const losslessFilters = new Set(["FlateDecode", "LZWDecode", "LZW", "RunLengthDecode", "RL"]);

function pictureOf(objects: PdfObjects, dictionary: PdfDict, data: Uint8Array): Coded {
  const [filter, ...more] = filtersOf(resolve(objects, dictionary.entries.get("Filter")));
  const other = { kind: "other", lossless: more.length === 0 && losslessFilters.has(filter ?? "") } as const;
  if (more.length > 0 || veiled.some((key) => dictionary.entries.has(key))) return other;
  return asItIs(objects, dictionary, { filter: filter ?? "", data }) ?? other;
}

function asItIs(objects: PdfObjects, dictionary: PdfDict, { filter, data }: { filter: string; data: Uint8Array }) {
  if (filter === "DCTDecode") return isPlainJpeg(objects, dictionary) ? ({ kind: "jpeg", jpeg: data } as const) : null;
  if (filter === "JBIG2Decode") {
    const jbig2 = jbig2StreamOf(objects, dictionary, data);
    return jbig2 && ({ kind: "jbig2", jbig2 } as const);
  }
  const fax = filter === "CCITTFaxDecode" || filter === "CCF" ? faxStreamOf(objects, dictionary, data) : null;
  return fax && ({ kind: "fax", fax } as const);
}

/** Null where a part of it cannot be unpacked. */
export function contentOf(objects: PdfObjects, page: PdfPage): Uint8Array | null {
  const contents = page.entries.get("Contents");
  const list = itemsOf(resolve(objects, contents));
  const parts = (list.length > 0 ? list : [contents ?? null]).map((part) => {
    const object = isRef(part) ? objects.byNumber.get(part.number) : undefined;
    return object === undefined ? null : streamData(objects, object);
  });
  const whole = parts.filter((part) => part !== null);
  return whole.length === parts.length ? Buffer.concat(whole.flatMap((part) => [part, Buffer.from("\n")])) : null;
}

type Drawn = { readonly name: string; readonly matrix: Matrix };

const harmless = new Set(["q", "Q", "BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tz", "Tc", "Tw", "TL", "Ts", "Tr"]);
const marks = new Set(["BMC", "BDC", "EMC", "MP", "DP"]);
/** Operators that show text, ISO 32000-1 §9.4.3. */
export const shows = new Set(["Tj", "TJ", "'", '"']);
export const longestScanContent = 4_000_000;

type Drawing = { matrix: Matrix; saved: Matrix[]; textMode: number; drawn: Drawn | null };

// Every operator is either known to leave no mark, or ends the reading.
function onlyPicture(content: Uint8Array | null): Drawn | null {
  if (content === null || content.length > longestScanContent) return null;
  const reader: Reader = { bytes: content, at: 0 };
  const state: Drawing = { matrix: upright, saved: [], textMode: 0, drawn: null };
  let operands: PdfValue[] = [];
  for (let value = readValue(reader); value !== undefined; value = readValue(reader)) {
    if (typeof value !== "object" || value === null || value.kind !== "keyword") operands.push(value);
    else {
      if (!follow(state, value.word, operands)) return null;
      operands = [];
    }
  }
  return state.drawn;
}

function follow(state: Drawing, operator: string, operands: readonly PdfValue[]): boolean {
  if (operator === "cm") return multiply(state, operands);
  if (operator === "Do") return draw(state, operands);
  if (shows.has(operator)) return state.textMode === 3;
  if (operator === "q") state.saved.push(state.matrix);
  if (operator === "Q") state.matrix = state.saved.pop() ?? state.matrix;
  if (operator === "Tr") state.textMode = Number(operands[0]);
  return harmless.has(operator) || marks.has(operator);
}

function draw(state: Drawing, operands: readonly PdfValue[]): boolean {
  const name = nameOf(operands[0]);
  if (name === null || state.drawn !== null) return false;
  state.drawn = { name, matrix: state.matrix };
  return true;
}

function multiply(state: Drawing, operands: readonly PdfValue[]): boolean {
  const matrix = times(operands, state.matrix);
  if (matrix !== null) state.matrix = matrix;
  return matrix !== null;
}

// Within one part in a hundred of the shown area, upright and not mirrored.
function covers([a, b, c, d, e, f]: Matrix, { box }: PdfPage): boolean {
  const near = (value: number, wanted: number, span: number) => Math.abs(value - wanted) <= span / 100;
  const straight = near(b, 0, box.height) && near(c, 0, box.width);
  const placed = near(e, box.left, box.width) && near(f, box.bottom, box.height);
  return straight && placed && near(a, box.width, box.width) && near(d, box.height, box.height);
}

const veiled = ["SMask", "Mask", "Intent", "Alternates"];
const changing = ["ImageMask", "Decode"];

function isPlainJpeg(objects: PdfObjects, { entries }: PdfDict): boolean {
  if (changing.some((key) => entries.has(key))) return false;
  const space = resolve(objects, entries.get("ColorSpace"));
  const name = nameOf(space);
  if (name !== null) return name === "DeviceRGB" || name === "DeviceGray";
  const [family, profile] = itemsOf(space);
  if (nameOf(family) !== "ICCBased" || !isRef(profile)) return false;
  const object = objects.byNumber.get(profile.number);
  const data = object === undefined ? null : streamData(objects, object);
  return data !== null && isSrgbProfile(data);
}
