import { limits } from "../limits.ts";
import { type ReasonCode, Refusal } from "../reason-codes.ts";
import { type PdfObject, type PdfObjects, resolve } from "./objects.ts";
import { filtersOf, unpack } from "./streams.ts";
import { isDict, itemsOf, kindOf, nameOf, type PdfDict, type PdfValue } from "./values.ts";

// The order in which reasons win where several fit: the one that explains most comes first.
const precedence: readonly ReasonCode[] = [
  "XFA_FORM",
  "ACTIVE_CONTENT",
  "EMBEDDED_FILE",
  "EXTERNAL_REFERENCE",
  "OPTIONAL_CONTENT",
  "FORM_FIELDS",
];

/** A key that is refused wherever a dictionary has it, ISO 32000-1 §12.6.4, §7.11.4, §8.10.4, §12.7.8. */
const refusedKeys: Readonly<Record<string, ReasonCode>> = {
  XFA: "XFA_FORM",
  JS: "ACTIVE_CONTENT",
  JavaScript: "ACTIVE_CONTENT",
  AA: "ACTIVE_CONTENT",
  EmbeddedFiles: "EMBEDDED_FILE",
  EF: "EMBEDDED_FILE",
  Collection: "EMBEDDED_FILE",
  OPI: "EXTERNAL_REFERENCE",
};

const refusedActions = new Set(
  (
    "JavaScript Launch SubmitForm ImportData ResetForm GoToR GoToE Rendition Movie Sound SetOCGState Hide Named " +
    "RichMediaExecute GoTo3DView Trans Thread"
  ).split(" "),
);

const refusedAnnotations: Readonly<Record<string, ReasonCode>> = {
  FileAttachment: "EMBEDDED_FILE",
  RichMedia: "EMBEDDED_FILE",
  Movie: "ACTIVE_CONTENT",
  Sound: "ACTIVE_CONTENT",
  Screen: "ACTIVE_CONTENT",
  "3D": "ACTIVE_CONTENT",
};

/**
 * What a PDF holds that a scan of a paper has no use for. A link that only opens when clicked is let pass: the certified page
 * is a picture. Looks at every dictionary of the file, older revisions and object streams included.
 *
 * @returns the reason that explains most, or null
 */
export function inspectPdf(objects: PdfObjects): ReasonCode | null {
  const met = new Set<ReasonCode>();
  for (const trailer of objects.trailers) meetAll(objects, trailer, met);
  let budget = limits.streamsBytes;
  for (const object of objects.all) {
    meetAll(objects, object.value, met);
    budget -= unpackedSize(objects, object, met);
    if (budget < 0) throw new Refusal("DECOMPRESSION_LIMIT");
  }
  return precedence.find((reason) => met.has(reason)) ?? null;
}

/** Walks values without recursion: depth is bounded by the reader, breadth by the file. */
function meetAll(objects: PdfObjects, top: PdfValue, met: Set<ReasonCode>): void {
  const waiting: PdfValue[] = [top];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isDict(value)) {
      meetDict(objects, value, met);
      meetRoles(objects, value, met);
    }
    const inner = isDict(value) ? [...value.entries.values()] : itemsOf(value);
    for (const each of inner) if (typeof each === "object") waiting.push(each);
  }
}

function meetDict(objects: PdfObjects, { entries }: PdfDict, met: Set<ReasonCode>): void {
  for (const key of entries.keys()) meetIn(refusedKeys, key, met);
  const action = nameOf(resolve(objects, entries.get("S")));
  if (action !== null && refusedActions.has(action)) met.add("ACTIVE_CONTENT");
  const subtype = nameOf(resolve(objects, entries.get("Subtype")));
  if (subtype !== null && entries.has("Rect")) meetIn(refusedAnnotations, subtype, met);
  if (subtype === "Form" && entries.has("Ref")) met.add("EXTERNAL_REFERENCE");
}

function meetIn(table: Readonly<Record<string, ReasonCode>>, key: string, met: Set<ReasonCode>): void {
  const reason = Object.hasOwn(table, key) ? table[key] : undefined;
  if (reason !== undefined) met.add(reason);
}

// Keys that mean something in the catalog, its form and a page only.
function meetRoles(objects: PdfObjects, { entries }: PdfDict, met: Set<ReasonCode>): void {
  const open = resolve(objects, entries.get("OpenAction"));
  if (isDict(open) && nameOf(resolve(objects, open.entries.get("S"))) !== "GoTo") met.add("ACTIVE_CONTENT");
  const layers = resolve(objects, entries.get("OCProperties"));
  if (isDict(layers) && itemsOf(resolve(objects, layers.entries.get("OCGs"))).length > 0) met.add("OPTIONAL_CONTENT");
  const form = resolve(objects, entries.get("AcroForm"));
  if (isDict(form) && form.entries.get("NeedAppearances") === true) met.add("FORM_FIELDS");
}

const largestPicture = limits.imagePixels * 4;

// A picture's last filter is undone by the renderer, row by row, to the size that its header declares.
function unpackedSize(objects: PdfObjects, { value, stream }: PdfObject, met: Set<ReasonCode>): number {
  if (stream === null || !isDict(value)) return 0;
  if (value.entries.has("F") || value.entries.has("FFilter")) met.add("EXTERNAL_REFERENCE");
  const filters = filtersOf(resolve(objects, value.entries.get("Filter")));
  const isPicture = nameOf(resolve(objects, value.entries.get("Subtype"))) === "Image";
  if (isPicture) checkPicture(objects, value.entries);
  const own = packedPart(isPicture ? filters.slice(0, -1) : filters);
  const packed = objects.bytes.subarray(stream.start, stream.end);
  return own.includes("FlateDecode") ? (unpack(packed, own)?.length ?? 0) : 0;
}

const packedPart = (filters: readonly string[]) => {
  const end = filters.findIndex((name) => !/^(FlateDecode|ASCIIHexDecode|AHx|ASCII85Decode|A85)$/.test(name));
  return end === -1 ? filters : filters.slice(0, end);
};

function checkPicture(objects: PdfObjects, entries: PdfDict["entries"]): void {
  const width = resolve(objects, entries.get("Width"));
  const height = resolve(objects, entries.get("Height"));
  if (kindOf(width) !== "number" || kindOf(height) !== "number") throw new Refusal("CORRUPT_PDF");
  if (Number(width) * Number(height) * 4 > largestPicture) throw new Refusal("IMAGE_TOO_LARGE");
}
