import type { Bytes } from "../../src/core/kernel.ts";
import { parseDer, readingDer, tag } from "../format/der.ts";
import type { PdfFile } from "../format/pdf/file.ts";
import { spend } from "../format/pdf/limits.ts";
import { integerOf, nameOf, type PdfDictionary, type PdfObject } from "../format/pdf/object.ts";

/** One walk over the evidence that a revision shows. */
export type EvidenceWalk = {
  readonly file: PdfFile;
  readonly revision: number;
  /** What stood in this revision already was signed, and is asked for no shape. */
  readonly sealed: number;
  /** Numbers of the newer objects to which evidence led so far. */
  readonly reached: Set<number>;
  /** Streams that were found right, so that each is unpacked once for all revisions. */
  readonly judged: Set<PdfObject>;
};

/** Whether a value may stand there. */
type Shape = (value: PdfObject, walk: EvidenceWalk) => boolean;

export function stood({ file, sealed }: Pick<EvidenceWalk, "file" | "sealed">, number: number): boolean {
  const place = file.entry(number, sealed);
  return place !== null && place.kind !== "free";
}

/** The value itself, or behind one reference. */
const at =
  (shape: Shape): Shape =>
  (value, walk) => {
    if (!spend(walk.file.budget, "steps", 1)) return false; // every update makes the same store be walked again
    if (value.kind !== "reference") return shape(value, walk);
    if (stood(walk, value.number) || walk.reached.has(value.number)) return true;
    walk.reached.add(value.number);
    return shape(walk.file.resolve(value, walk.revision), walk);
  };

const hasOnly = (entries: PdfDictionary["entries"], shapes: Readonly<Record<string, Shape>>, walk: EvidenceWalk) =>
  [...entries].every(([key, value]) => Object.hasOwn(shapes, key) && shapes[key]?.(value, walk) === true);

const dictionary =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, walk) =>
    value.kind === "dictionary" && hasOnly(value.entries, shapes, walk);

const list =
  (shape: Shape): Shape =>
  (value, walk) =>
    value.kind === "array" && value.items.every((item) => shape(item, walk));

/** Its dictionary, and what it unpacks to. */
const stream =
  (shapes: Readonly<Record<string, Shape>>, holds: (data: Bytes) => boolean): Shape =>
  (value, walk) => {
    if (value.kind !== "stream" || !hasOnly(value.dictionary.entries, { ...packing, ...shapes }, walk)) return false;
    if (walk.judged.has(value)) return true;
    const data = walk.file.decode(value, walk.revision);
    const isRight = data.ok && holds(data.value);
    if (isRight) walk.judged.add(value);
    return isRight;
  };

/** Nothing leads out of it. */
export const isPlain = (value: PdfObject): boolean => {
  if (value.kind === "dictionary" || value.kind === "array") return value.isClosed;
  return value.kind !== "stream" && value.kind !== "reference";
};
const isAnything: Shape = () => true;
const isInteger: Shape = (value) => integerOf(value) !== null;
const isANumber: Shape = (value) => value.kind === "number";
export const isAName = (value: PdfObject): boolean => value.kind === "name";
const longestText = 127; // a field's name, an address: what a window shows in a line
const isText: Shape = (value) => value.kind === "string" && value.bytes.length <= longestText;

/** ISO 32000-2 §7.9.4, not what it says. */
export const isDate = (value: PdfObject): boolean =>
  value.kind === "string" && /^D:\d{4,14}[-+Z\d']{0,8}$/.test(String.fromCharCode(...value.bytes.subarray(0, 30)));
const isName = (wanted: string): Shape => at((value) => nameOf(value) === wanted);

const numbers = list(isANumber);
const isFilter: Shape = (value, walk) => isAName(value) || list(isAName)(value, walk);

const packing: Readonly<Record<string, Shape>> = {
  ...{ Length: at(isInteger), Filter: isFilter, DecodeParms: dictionary({ Predictor: isInteger, Columns: isInteger }) },
};

/** Certificates, lists and answers are each one SEQUENCE; what it says is asked by whoever relies on it. */
const der = at(
  stream({}, (data) => {
    const read = readingDer(() => parseDer(data));
    return read.ok && read.value.is(tag.sequence);
  }),
);

const signatureEvidence = at(
  dictionary({
    ...{ Type: isName("VRI"), Cert: at(list(der)), CRL: at(list(der)), OCSP: at(list(der)) },
    ...{ TU: at(isDate), TS: der },
  }),
);

const sha1 = /^[0-9A-Fa-f]{40}$/;

/** Each signature's by the SHA-1 of its /Contents. ISO 32000-2 §12.8.4.4. */
const byDigest: Shape = (value, walk) =>
  value.kind === "dictionary" &&
  [...value.entries].every(
    ([key, item]) =>
      (key === "Type" || sha1.test(key)) && (key === "Type" ? isName("VRI") : signatureEvidence)(item, walk),
  );

/** The document security store, ISO 32000-2 §12.8.4.3, EN 319 142-1 §5.4.2. */
export const isStore: Shape = at(
  dictionary({
    Type: isName("DSS"),
    Certs: at(list(der)),
    OCSPs: at(list(der)),
    CRLs: at(list(der)),
    VRI: at(byDigest),
  }),
);

const mostOfNothing = 100; // some writers put an empty form where nothing is shown, with a comment in it

const shownNothing = at(
  stream(
    {
      ...{ Type: isAName, Subtype: isAName, FormType: isInteger, BBox: numbers, Matrix: numbers },
      ...{ Resources: dictionary({ ProcSet: list(isAName) }) },
    },
    ({ length }) => length <= mostOfNothing,
  ),
);

/** ISO 32000-2 §12.8.5, EN 319 142-1 §5.4.3: none of the entries with which a signature speaks of its signer. */
export const isDocumentTimestamp: Shape = at(
  dictionary({
    ...{ Type: isName("DocTimeStamp"), Filter: isAName, SubFilter: isName("ETSI.RFC3161"), Contents: isPlain },
    ...{ ByteRange: numbers, V: isInteger, M: isDate, Prop_Build: isPlain },
  }),
);

/** A field that shows nothing and holds a document timestamp; kids of it are fields of their own. */
export const isTimestampField: Shape = dictionary({
  ...{ Type: isName("Annot"), Subtype: isName("Widget"), FT: isName("Sig"), T: isText, F: isInteger, Ff: isInteger },
  ...{ Rect: numbers, P: isAnything, Parent: isAnything, Kids: isAnything, M: isDate, Border: numbers },
  ...{ V: isDocumentTimestamp, AP: at(dictionary({ N: shownNothing })), MK: dictionary({}) },
});

const extension = at(
  dictionary({
    Type: isName("DeveloperExtensions"),
    ...{ BaseVersion: isAName, ExtensionLevel: isInteger, URL: isText, ExtensionRevision: isText },
  }),
);

/** Of one developer each, ISO 32000-2 §7.12. */
export const isExtensions: Shape = at(
  (value, walk) =>
    value.kind === "dictionary" &&
    [...value.entries].every(([key, item]) =>
      key === "Type" ? isName("Extensions")(item, walk) : extension(item, walk) || at(list(extension))(item, walk),
    ),
);
