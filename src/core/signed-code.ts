import { type Bytes, concatBytes, fail, type Hash, hexOf, type LocalDate, ok, type Result } from "./kernel.ts";
import type { KeyList, ServiceKey } from "./key-list.ts";
import { base64UrlOf, bytesOfBase64Url } from "./log/base64.ts";
import { type CborMap, type CborValue, decodeCbor, encodeCbor } from "./log/cbor.ts";
import * as shape from "./log/shape.ts";

/**
 * What the printed code says by itself. A genuine code can be photocopied onto a forgery, so its answer is never more
 * than `CODE_GENUINE_COMPARE`: facts to hold against the paper.
 */
export type CodeFacts = {
  readonly agencyId: string;
  readonly bookText: string;
  readonly number: number;
  readonly date: LocalDate;
  readonly pageCount: number;
  /** short: the whole code must fit a QR of 42 mm */
  readonly kind: string;
  readonly holderInitials: string;
  /** the paper's own number; runs of masking dots are written as one */
  readonly numberMasked: string;
  /** first 16 bytes of SHA-256 over the pages' fingerprints, see `fingerprintOf` */
  readonly pagesDigest: Bytes;
  readonly statusIndex: number;
};

export type SignedCodeFailure =
  | { readonly code: "signed_code_too_long"; readonly neededBytes: number; readonly maximumBytes: number }
  | { readonly code: "signed_code_malformed" }
  | { readonly code: "signed_code_key_unknown"; readonly keyId: string }
  | { readonly code: "signed_code_signature_wrong" };

export type CodeAnswer = { readonly code: "CODE_GENUINE_COMPARE"; readonly facts: CodeFacts };

/** ECDSA P-256 with SHA-256; @returns 64 bytes, r then s, as COSE wants (RFC 9053 §2.1) */
export type SignEs256 = (message: Bytes) => Promise<Bytes>;

/** @param publicKey 65 bytes, uncompressed point; @param signature 64 bytes, r then s */
export type VerifyEs256 = (publicKey: Bytes, message: Bytes, signature: Bytes) => Promise<boolean>;

export const maximumSignedCodeBytes = 200;
const coseSign1 = 18; // RFC 9052 §4.2
const cwt = { issuer: 1, facts: -70_001 }; // RFC 8392 §4; claim keys below -65536 are for private use
const headers = { algorithm: 1, keyId: 4 }; // RFC 9052 §3.1
const es256 = -7;

/** First 16 bytes of SHA-256 over the pages' SHA-256 digests in order. */
export const fingerprintOf = (pageDigests: readonly Uint8Array[], sha256: Hash): Bytes =>
  sha256(concatBytes(...pageDigests)).slice(0, 16);

/**
 * COSE_Sign1 over a CWT, at most 200 bytes.
 *
 * @param key the service's code key; its id of 4 bytes stands in the protected header
 * @returns `signed_code_too_long` with both sizes: the caller shortens the kind
 */
export async function makeSignedCode(
  facts: CodeFacts,
  key: { readonly id: string; readonly sign: SignEs256 },
): Promise<Result<Bytes, SignedCodeFailure>> {
  const protectedHeader = encodeCbor(
    new Map<number, number | Bytes>([
      [headers.algorithm, es256],
      [headers.keyId, keyIdBytes(key.id)],
    ]),
  );
  const payload = encodeCbor(claimsOf(facts));
  const signature = await key.sign(toBeSigned(protectedHeader, payload));
  const code = encodeCbor({ tag: coseSign1, content: [protectedHeader, new Map(), payload, signature] });
  if (code.length <= maximumSignedCodeBytes) return ok(code);
  return fail({ code: "signed_code_too_long", neededBytes: code.length, maximumBytes: maximumSignedCodeBytes });
}

/** The fragment never leaves the reader's device; the page takes it off the address bar. */
export const signedCodeUrl = (link: string, code: Bytes): string => `${link}#${base64UrlOf(code)}`;

/** @param fragment without its `#` */
export function signedCodeOfFragment(fragment: string): Result<Bytes, SignedCodeFailure> {
  const code = fragment.length <= 300 ? bytesOfBase64Url(fragment) : null;
  return code === null ? fail({ code: "signed_code_malformed" }) : ok(code);
}

/** The facts, and not more than that, when one of the key list's code keys signed them on a day it was good for. */
export async function verifySignedCode(
  code: Bytes,
  keyList: KeyList,
  verify: VerifyEs256,
): Promise<Result<CodeAnswer, SignedCodeFailure>> {
  const parts = code.length <= maximumSignedCodeBytes ? readCose(code) : null;
  if (parts === null) return fail({ code: "signed_code_malformed" });
  const key = keyList.keys.find(
    (candidate) => isCodeKey(candidate, parts.keyId) && coversDay(candidate, parts.facts.date),
  );
  if (!key) return fail({ code: "signed_code_key_unknown", keyId: parts.keyId });
  const message = toBeSigned(parts.protectedHeader, parts.payload);
  if (!(await verify(key.publicKey, message, parts.signature))) return fail({ code: "signed_code_signature_wrong" });
  return ok({ code: "CODE_GENUINE_COMPARE", facts: parts.facts });
}

const isCodeKey = (key: ServiceKey, id: string) => key.use === "code" && key.algorithm === "ES256" && key.id === id;

function coversDay(key: ServiceKey, day: LocalDate): boolean {
  return key.from.slice(0, 10) <= day && (key.to === null || day <= key.to.slice(0, 10));
}

function keyIdBytes(id: string): Bytes {
  return Uint8Array.from(id.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Sig_structure, RFC 9052 §4.4. */
const toBeSigned = (protectedHeader: Bytes, payload: Bytes): Bytes =>
  encodeCbor(["Signature1", protectedHeader, new Uint8Array(), payload]);

function claimsOf(facts: CodeFacts): CborMap {
  const { bookText, number, pageCount, kind, holderInitials, pagesDigest, statusIndex } = facts;
  const date = Number(facts.date.replaceAll("-", "")); // 20261231: four bytes, and no calendar to get wrong
  const masked = facts.numberMasked.replace(/•+/gu, "•");
  const list = [1, bookText, number, date, pageCount, kind, holderInitials, masked, pagesDigest, statusIndex];
  return new Map<number, string | typeof list>([
    [cwt.issuer, facts.agencyId],
    [cwt.facts, list],
  ]);
}

type CoseParts = { protectedHeader: Bytes; payload: Bytes; signature: Bytes; keyId: string; facts: CodeFacts };

function readCose(code: Bytes): CoseParts | null {
  const read = shape.readShape(() => {
    const outer = decoded(code);
    const content = isTagged(outer) && outer.tag === coseSign1 ? outer.content : null;
    const [header, open, body, signed, ...more] = shape.list(content, "cose", 4);
    if (!(open instanceof Map) || open.size > 0 || more.length > 0) shape.wrongShape("cose");
    const protectedHeader = shape.bytes(header, "header", { least: 1, most: 20 });
    const payload = shape.bytes(body, "payload", { least: 1, most: maximumSignedCodeBytes });
    const signature = shape.bytes(signed, "signature", { least: 64, most: 64 });
    return { protectedHeader, payload, signature, keyId: readKeyId(protectedHeader), facts: readClaims(payload) };
  });
  return read.ok ? read.value : null;
}

function decoded(bytes: Bytes): CborValue {
  const value = decodeCbor(bytes);
  return value.ok ? value.value : shape.wrongShape("cbor");
}

const isTagged = (value: CborValue): value is { tag: number; content: CborValue } =>
  typeof value === "object" && value !== null && "tag" in value;

function readKeyId(protectedHeader: Bytes): string {
  const header = decoded(protectedHeader);
  const known = header instanceof Map && header.size === 2 && header.get(headers.algorithm) === es256;
  return known
    ? hexOf(shape.bytes(header.get(headers.keyId), "kid", { least: 4, most: 4 }))
    : shape.wrongShape("header");
}

function readClaims(payload: Bytes): CodeFacts {
  const claims = decoded(payload);
  if (!(claims instanceof Map) || claims.size !== 2) return shape.wrongShape("claims");
  const facts = shape.list(claims.get(cwt.facts), "facts", 10);
  const [version, bookText, number, date, pageCount, kind, holderInitials, numberMasked, pagesDigest, statusIndex] =
    facts;
  if (version !== 1) shape.wrongShape("version");
  return {
    agencyId: shape.text(claims.get(cwt.issuer), "agencyId", 64),
    bookText: shape.text(bookText, "bookText", 64),
    number: shape.count(number, "number"),
    date: shape.localDate(String(shape.count(date, "date")).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3"), "date"),
    pageCount: shape.count(pageCount, "pageCount"),
    kind: shape.text(kind, "kind", 64),
    holderInitials: shape.text(holderInitials, "holderInitials", 40),
    numberMasked: shape.text(numberMasked, "numberMasked", 64),
    pagesDigest: shape.bytes(pagesDigest, "pagesDigest", { least: 16, most: 16 }),
    statusIndex: shape.count(statusIndex, "statusIndex"),
  };
}
