import { limits } from "../limits.ts";
import { Refusal } from "../reason-codes.ts";
import { type PdfObjects, resolve } from "./objects.ts";
import { latin1, type Reader, readValue } from "./tokens.ts";
import { isDict, isRef, itemsOf, nameOf, type PdfDict, type PdfValue } from "./values.ts";

export type PdfPage = {
  readonly entries: PdfDict["entries"];
  /** Shown area in points, before /Rotate: CropBox within MediaBox. */
  readonly box: Box;
  readonly rotate: 0 | 90 | 180 | 270;
  readonly resources: PdfDict | null;
};
export type Box = { readonly left: number; readonly bottom: number; readonly width: number; readonly height: number };

type Inherited = { box: PdfValue; crop: PdfValue; rotate: PdfValue; resources: PdfValue };

type Waiting = { readonly node: PdfValue; readonly inherited: Inherited };

/** Real leaves of the tree in order, counted by walking: /Count is a claim. ISO 32000-1 §7.7.3. */
export function readPages(objects: PdfObjects): readonly PdfPage[] {
  const root = resolve(objects, rootOf(objects));
  const top = isDict(root) ? root.entries.get("Pages") : undefined;
  const pages: PdfPage[] = [];
  const seen = new Set<number>();
  const nothing = { box: null, crop: null, rotate: null, resources: null };
  const waiting: Waiting[] = [{ node: top ?? null, inherited: nothing }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    meetOnce(seen, next.node);
    const node = resolve(objects, next.node);
    if (!isDict(node)) continue;
    const inherited = inherit(objects, node, next.inherited);
    if (node.entries.has("Kids")) waiting.push(...kidsOf(objects, node, inherited));
    else if (next.node !== top || nameOf(node.entries.get("Type")) === "Page") {
      pages.push(pageOf(objects, node, inherited));
    }
    if (pages.length > limits.pages) throw new Refusal("TOO_MANY_PAGES");
  }
  return pages;
}

// The tree loops, or shows one page twice.
function meetOnce(seen: Set<number>, node: PdfValue): void {
  if (!isRef(node)) return;
  if (seen.has(node.number)) throw new Refusal("CORRUPT_PDF");
  seen.add(node.number);
}

// Last first: they are taken from the end.
function kidsOf(objects: PdfObjects, node: PdfDict, inherited: Inherited): readonly Waiting[] {
  const kids = itemsOf(resolve(objects, node.entries.get("Kids")));
  return [...kids].reverse().map((kid) => ({ node: kid, inherited }));
}

function inherit(objects: PdfObjects, { entries }: PdfDict, from: Inherited): Inherited {
  const own = (key: string, above: PdfValue) => (entries.has(key) ? resolve(objects, entries.get(key)) : above);
  return {
    box: own("MediaBox", from.box),
    crop: own("CropBox", from.crop),
    rotate: own("Rotate", from.rotate),
    resources: own("Resources", from.resources),
  };
}

function pageOf(objects: PdfObjects, { entries }: PdfDict, inherited: Inherited): PdfPage {
  const media = boxOf(objects, inherited.box) ?? { left: 0, bottom: 0, width: 612, height: 792 };
  const crop = boxOf(objects, inherited.crop);
  const turn = typeof inherited.rotate === "number" ? ((inherited.rotate % 360) + 360) % 360 : 0;
  return {
    entries,
    box: crop === null ? media : crop,
    rotate: turn === 90 || turn === 180 || turn === 270 ? turn : 0,
    resources: isDict(inherited.resources) ? inherited.resources : null,
  };
}

function boxOf(objects: PdfObjects, value: PdfValue): Box | null {
  const [a, b, c, d] = itemsOf(value).map((item) => resolve(objects, item));
  if (typeof a !== "number" || typeof b !== "number" || typeof c !== "number" || typeof d !== "number") return null;
  return { left: Math.min(a, c), bottom: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b) };
}

// The file must end as a PDF ends: a cut one may have lost its newest revision, and what follows the end belongs to
// something else. A wrong offset alone is repaired as every reader repairs it, by the last trailer.
function rootOf(objects: PdfObjects): PdfValue {
  const { bytes, trailers } = objects;
  const tail = latin1(bytes.subarray(Math.max(0, bytes.length - 2048)));
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(tail.replace(/(?<!\0)\0+$/, ""));
  if (start === null) throw new Refusal(tail.includes("%%EOF") ? "POLYGLOT" : "CORRUPT_PDF");
  const shift = Math.max(0, latin1(bytes.subarray(0, 1024)).indexOf("%PDF-"));
  const dict = trailerAt(bytes, Number(start[1])) ?? trailerAt(bytes, Number(start[1]) + shift) ?? trailers.at(-1);
  const root = dict?.entries.get("Root");
  if (root === undefined) throw new Refusal("CORRUPT_PDF");
  return root;
}

function trailerAt(bytes: Uint8Array, at: number): PdfDict | null {
  const reader: Reader = { bytes, at };
  const first = readValue(reader);
  if (typeof first === "number") return xrefStreamAt(reader);
  if (typeof first !== "object" || first === null || first.kind !== "keyword" || first.word !== "xref") return null;
  const trailer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf("trailer", reader.at);
  const dict = trailer === -1 ? undefined : readValue({ bytes, at: trailer + 7 });
  return isDict(dict) ? dict : null;
}

function xrefStreamAt(reader: Reader): PdfDict | null {
  readValue(reader); // generation
  readValue(reader); // obj
  const dict = readValue(reader);
  return isDict(dict) && nameOf(dict.entries.get("Type")) === "XRef" ? dict : null;
}
