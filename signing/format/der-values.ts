import {
  type Bytes,
  concatBytes,
  type Instant,
  instantOfSeconds,
  parseInstant,
  secondsOf,
} from "../../src/core/kernel.ts";
import { bail, type Element, expect, tag } from "./der.ts";

// Values of primitive elements, X.690 §8. Every function bails out on bytes that are not such a value.

export const booleanOf = (element: Element): boolean => booleanOfTagged(expect(element, tag.boolean));

/** The same for an implicitly tagged BOOLEAN. */
export const booleanOfTagged = ({ content }: Element): boolean =>
  content.length === 1 ? content[0] !== 0 : bail("bad_value");

/**
 * Two's complement octets of an INTEGER, as received. X.690 §8.3.2: at least one and no more than needed, in BER too; a
 * longer one is refused by OpenSSL and read by others, so one number would have two names.
 */
export const integerBytesOf = (element: Element): Bytes => shortest(expect(element, tag.integer).content);

function shortest(content: Bytes): Bytes {
  const [first, second] = content;
  if (first === undefined) return bail("bad_value");
  const isPadded = second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  return isPadded ? bail("bad_value") : content;
}

/** INTEGER or ENUMERATED that fits a double exactly. */
export function numberOf(element: Element): number {
  if (!element.is(tag.integer) && !element.is(tag.enumerated)) bail("unexpected");
  return smallNumber(element.content);
}

/** The number in content octets alone, for an implicitly tagged INTEGER. */
export function smallNumber(content: Bytes): number {
  const first = shortest(content)[0] ?? 0;
  if (content.length > 6) bail("length_too_long");
  return content.subarray(1).reduce((value, octet) => value * 256 + octet, first > 127 ? first - 256 : first);
}

/** Dotted text: `2.16.840.1.101.3.4.2.1`. */
export const oidOf = (element: Element): string => oidText(expect(element, tag.oid).content);

/** Object identifier of content octets alone, X.690 §8.19; arcs up to 2^53. */
export function oidText(content: Bytes): string {
  const last = content.at(-1) ?? bail("bad_value");
  if (last > 127 || content.length > 64) bail("bad_value");
  let text = "";
  for (let at = 0; at < content.length; ) {
    const end = endOfArc(content, at);
    const arc = arcIn(content, at, end);
    text += at === 0 ? firstArcs(arc) : `.${arc}`;
    at = end;
  }
  return text;
}

/** Octets but the last have their highest bit set; the last of all has it not, as {@link oidText} has seen. */
function endOfArc(content: Bytes, start: number): number {
  let end = start;
  while ((content[end] ?? 0) > 127) end++;
  return end + 1;
}

function arcIn(content: Bytes, start: number, end: number): number {
  if (content[start] === 0x80) bail("bad_value"); // §8.19.2: the fewest octets
  let arc = 0;
  for (let at = start; at < end; at++) arc = arc * 128 + ((content[at] ?? 0) & 0x7f);
  return arc <= Number.MAX_SAFE_INTEGER ? arc : bail("bad_value");
}

/** X.690 §8.19.4: the first two arcs share one number. */
function firstArcs(joined: number): string {
  const top = Math.min(2, Math.floor(joined / 40));
  return `${top}.${joined - 40 * top}`;
}

/** Octets of an OCTET STRING; the segments of a constructed one are joined (BER, X.690 §8.7.3). */
export function octetsOf(element: Element): Bytes {
  return octetsOfTagged(expect(element, tag.octetString));
}

/** The same for an implicitly tagged OCTET STRING, whose own tag says nothing. */
export function octetsOfTagged(element: Element): Bytes {
  return element.constructed ? concatBytes(...element.children.map(octetsOf)) : element.content;
}

export type BitString = { readonly unusedBits: number; readonly bytes: Bytes };

export const bitStringOf = (element: Element): BitString => bitsOfTagged(expect(element, tag.bitString));

/** The same for an implicitly tagged BIT STRING. */
export function bitsOfTagged(element: Element): BitString {
  if (element.constructed) bail("unexpected");
  const unusedBits = element.content[0] ?? bail("bad_value");
  if (unusedBits > 7 || (unusedBits > 0 && element.content.length === 1)) bail("bad_value");
  return { unusedBits, bytes: element.content.subarray(1) };
}

/** Bytes of a BIT STRING that must hold whole octets: keys and signatures. */
export function wholeBitsOf(element: Element): Bytes {
  const { unusedBits, bytes } = bitStringOf(element);
  return unusedBits === 0 ? bytes : bail("bad_value");
}

/** Named bits of a BIT STRING, number 0 first. */
export function hasBit(bits: BitString, number: number): boolean {
  return ((bits.bytes[number >> 3] ?? 0) & (0x80 >> (number & 7))) !== 0;
}

/** Any of the character strings of X.680 §41 as text; broken UTF-8 reads as U+FFFD. */
export function textOf(element: Element): string {
  if (element.class !== 0 || element.constructed) bail("unexpected");
  const read = textReaders[element.tag] ?? bail("unexpected");
  return read(element.content);
}

export const isText = (element: Element): boolean =>
  element.class === 0 && !element.constructed && element.tag in textReaders;

const utf8Decoder = new TextDecoder();
const bmpDecoder = new TextDecoder("utf-16be");
const utf8Text = (bytes: Bytes) => utf8Decoder.decode(bytes);
const latin1Text = (bytes: Bytes) => bytes.reduce((text, octet) => text + String.fromCharCode(octet), "");
const bmpText = (bytes: Bytes) => bmpDecoder.decode(bytes);

const textReaders: Readonly<Record<number, (bytes: Bytes) => string>> = {
  [tag.utf8String]: utf8Text,
  [tag.numericString]: latin1Text,
  [tag.printableString]: latin1Text,
  [tag.teletexString]: latin1Text,
  [tag.ia5String]: latin1Text,
  [tag.visibleString]: latin1Text,
  [tag.bmpString]: bmpText,
};

/** UTCTime or GeneralizedTime, RFC 5280 §4.1.2.5; fractions of a second are cut, an offset is applied. */
export function instantOf(element: Element): Instant {
  if (element.is(tag.utcTime)) return instantOfText(fullYear(latin1Text(element.content)));
  if (element.is(tag.generalizedTime)) return instantOfText(latin1Text(element.content));
  return bail("unexpected");
}

const isTime = (element: Element) => element.is(tag.utcTime) || element.is(tag.generalizedTime);

export { isTime };

// RFC 5280 §4.1.2.5.1: 50 to 99 are of the twentieth century.
const fullYear = (text: string) => (text < "50" ? `20${text}` : `19${text}`);

function instantOfText(text: string): Instant {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d{1,9})?(?:Z|([+-])(\d\d)(\d\d))$/.exec(text);
  if (parts === null) return bail("bad_value");
  const [, year, month, day, hour, minute, second = "00", sign, offsetHours = "0", offsetMinutes = "0"] = parts;
  const local = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!local.ok) return bail("bad_value");
  if (sign === undefined) return local.value;
  const offset = Number(offsetHours) * 3600 + Number(offsetMinutes) * 60;
  const utc = parseInstant(instantOfSeconds(secondsOf(local.value) - (sign === "-" ? -offset : offset)));
  return utc.ok ? utc.value : bail("bad_value"); // an offset can leave the years 0000 to 9999
}
