import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";

/** How bytes can fail to be BER or the structure that was asked for. X.690; `unexpected` is the reader's own schema. */
export type DerReason =
  | ("truncated" | "length_too_long" | "nested_too_deep" | "tag_too_long" | "trailing_bytes")
  | ("unexpected" | "bad_value" | "too_many_elements");

export type DerFailure = { readonly code: "der_malformed"; readonly reason: DerReason };

/**
 * The one bail-out of every reader in `signing/format`. It never leaves the floor: public functions run their
 * readers inside {@link readingDer}, which turns it into a value.
 */
export class DerFault extends Error {
  readonly reason: DerReason;
  constructor(reason: DerReason) {
    super(reason);
    this.reason = reason;
  }
}

/** Runs a reader over hostile bytes: its bail-out becomes a failure, anything else stays an exception (a bug). */
export function readingDer<T>(read: () => T): Result<T, DerFailure> {
  try {
    return ok(read());
  } catch (thrown) {
    if (thrown instanceof DerFault) return fail({ code: "der_malformed", reason: thrown.reason });
    throw thrown;
  }
}

export function bail(reason: DerReason): never {
  throw new DerFault(reason);
}

/** X.690 §8.1.2.2, the two highest bits of the identifier octet. */
export const tagClass = { universal: 0, application: 1, context: 2, private: 3 } as const;

/** Universal tag numbers, X.680 §8.4. */
export const tag = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 16,
  set: 17,
  numericString: 18,
  printableString: 19,
  teletexString: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  visibleString: 26,
  bmpString: 30,
} as const;

/** Deep enough for every CMS seen in the field (a token inside a signature is about 20), shallow enough for any stack. */
const deepest = 48;

/** One TLV. Views are made on demand: most elements are only walked past. */
export class Element {
  readonly class: number;
  readonly constructed: boolean;
  readonly tag: number;
  readonly depth: number;
  readonly #source: Bytes;
  readonly #start: number;
  readonly #contentStart: number;
  readonly #contentEnd: number;
  readonly #end: number;

  constructor(source: Bytes, header: Header, start: number, contentEnd: number, end: number, depth: number) {
    this.class = header.class;
    this.constructed = header.constructed;
    this.tag = header.tag;
    this.depth = depth;
    this.#source = source;
    this.#start = start;
    this.#contentStart = header.contentStart;
    this.#contentEnd = contentEnd;
    this.#end = end;
  }

  /** Content octets, without the end-of-contents octets of an indefinite length. A view. */
  get content(): Bytes {
    return this.#source.subarray(this.#contentStart, this.#contentEnd);
  }

  /** The whole element as it was received, header included. A view. */
  get raw(): Bytes {
    return this.#source.subarray(this.#start, this.#end);
  }

  /** Elements inside; bails out on a primitive. */
  get children(): Element[] {
    if (!this.constructed) bail("unexpected");
    const children: Element[] = [];
    let at = this.#contentStart;
    while (at < this.#contentEnd) {
      if (children.length >= 100_000) bail("too_many_elements"); // two octets of input cost a hundred here
      const child = elementAt(this.#source, at, this.#contentEnd, this.depth + 1);
      children.push(child);
      at = child.#end;
    }
    return children;
  }

  /** Offset just after this element in the bytes it was read from. */
  get end(): number {
    return this.#end;
  }

  is(tagNumber: number, ofClass: number = tagClass.universal): boolean {
    return this.tag === tagNumber && this.class === ofClass;
  }

  isContext(tagNumber: number): boolean {
    return this.is(tagNumber, tagClass.context);
  }
}

/** The element that fills `bytes` exactly. Bails out: call inside {@link readingDer}. */
export function parseDer(bytes: Bytes): Element {
  const element = elementAt(bytes, 0, bytes.length, 0);
  if (element.end !== bytes.length) bail("trailing_bytes");
  return element;
}

/**
 * The first element of `bytes`; what follows is ignored, as the zeros that pad a PDF's /Contents must be
 * (ISO 32000-2 §12.8.3.3). Bails out.
 */
export function parseLeadingDer(bytes: Bytes): Element {
  return elementAt(bytes, 0, bytes.length, 0);
}

type Header = { class: number; constructed: boolean; tag: number; contentStart: number; length: number };
const indefinite = -1;

function elementAt(source: Bytes, start: number, limit: number, depth: number): Element {
  if (depth > deepest) bail("nested_too_deep");
  const header = headerAt(source, start, limit);
  if (header.length !== indefinite) {
    const end = header.contentStart + header.length;
    return new Element(source, header, start, end, end, depth);
  }
  const contentEnd = endOfContents(source, header.contentStart, limit, depth + 1);
  return new Element(source, header, start, contentEnd, contentEnd + 2, depth);
}

function headerAt(source: Bytes, start: number, limit: number): Header {
  const first = byteAt(source, start, limit);
  const constructed = (first & 0x20) !== 0;
  const isLongTag = (first & 0x1f) === 0x1f;
  const lengthAt = isLongTag ? longTagEnd(source, start + 1, limit) : start + 1;
  const tagNumber = isLongTag ? longTag(source, start + 1, lengthAt) : first & 0x1f;
  const octet = byteAt(source, lengthAt, limit);
  if (octet === 0x80 && !constructed) bail("bad_value"); // X.690 §8.1.3.2
  const extra = octet > 0x80 ? octet & 0x7f : 0;
  const contentStart = lengthAt + 1 + extra;
  const length = extra > 0 ? longLength(source, lengthAt + 1, extra, limit) : octet === 0x80 ? indefinite : octet;
  if (length > limit - contentStart) bail("truncated");
  return { class: first >> 6, constructed, tag: tagNumber, contentStart, length };
}

function longTagEnd(source: Bytes, start: number, limit: number): number {
  let at = start;
  while (byteAt(source, at, limit) & 0x80) at++;
  return at - start < 4 ? at + 1 : bail("tag_too_long");
}

function longTag(source: Bytes, start: number, end: number): number {
  return source.subarray(start, end).reduce((number, octet) => number * 128 + (octet & 0x7f), 0);
}

function longLength(source: Bytes, at: number, octets: number, limit: number): number {
  if (octets > 6) bail("length_too_long");
  let length = 0;
  for (let i = 0; i < octets; i++) length = length * 256 + byteAt(source, at + i, limit);
  return length;
}

function byteAt(source: Bytes, at: number, limit: number): number {
  const octet = at < limit ? source[at] : undefined;
  return octet ?? bail("truncated");
}

/** Start of the two zero octets that close an indefinite length, X.690 §8.1.5. */
function endOfContents(source: Bytes, start: number, limit: number, depth: number): number {
  let at = start;
  for (;;) {
    if (byteAt(source, at, limit) === 0 && byteAt(source, at + 1, limit) === 0) return at;
    at = elementAt(source, at, limit, depth).end;
  }
}

/** Walks the fields of a SEQUENCE in order, optional ones by their tag. */
export class Fields {
  readonly #elements: readonly Element[];
  #at = 0;

  constructor(element: Element) {
    this.#elements = element.children;
  }

  /** The next field; bails out where there is none. */
  next(): Element {
    return this.#elements[this.#at++] ?? bail("unexpected");
  }

  /** The next field where it has this tag, else null and nothing is consumed. */
  optional(tagNumber: number, ofClass: number = tagClass.universal): Element | null {
    const element = this.#elements[this.#at];
    if (element === undefined || !element.is(tagNumber, ofClass)) return null;
    this.#at++;
    return element;
  }

  optionalContext(tagNumber: number): Element | null {
    return this.optional(tagNumber, tagClass.context);
  }

  /** What has not been read yet. */
  rest(): readonly Element[] {
    return this.#elements.slice(this.#at);
  }
}

/** Fields of a SEQUENCE; bails out on anything else. */
export const fieldsOf = (element: Element): Fields => new Fields(expect(element, tag.sequence));

/** Elements of a SEQUENCE OF or SET OF. */
export function membersOf(element: Element): Element[] {
  if (!element.is(tag.sequence) && !element.is(tag.set)) bail("unexpected");
  return element.children;
}

/** The one element inside an explicit tag. */
export function explicitOf(element: Element): Element {
  const [only, ...others] = element.children;
  return only !== undefined && others.length === 0 ? only : bail("unexpected");
}

export function expect(element: Element, tagNumber: number, ofClass: number = tagClass.universal): Element {
  return element.is(tagNumber, ofClass) ? element : bail("unexpected");
}
