import { equalBytes } from "../../src/core/kernel.ts";
import type { SeedConstraint } from "../failure.ts";
import { hashForMessages } from "../format/algorithm.ts";
import type { Certificate } from "../format/certificate.ts";
import { type KeyUsage, keyUsages } from "../format/certificate-extensions.ts";
import { dictionaryOf, entryOf, integerOf, itemsOf, nameOf, type PdfObject } from "../format/pdf/object.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import type { OpenDocument, Placed } from "./document.ts";
import { readTextString } from "./pdf-writing.ts";

/** What is going to be signed with, held against what the author of a field asks for. */
export type SeededRequest = {
  readonly certificate: Certificate;
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SignatureAlgorithm;
  readonly reason: string | undefined;
  readonly isTimestamped: boolean;
};

export const filterName = "Adobe.PPKLite";
export const subFilterName = "ETSI.CAdES.detached";

type Resolve = OpenDocument["resolve"];

/**
 * The first seed value of an empty field that this signature would not meet, ISO 32000-2 §12.7.5.5 tables 237 and 238; null
 * where it meets them all. What an author only wishes (its bit of /Ff is not set) binds nobody; /MDP always binds.
 */
export function unmetSeedValue(field: Placed, request: SeededRequest, resolve: Resolve): SeedConstraint | null {
  const entry = resolve(entryOf(field.dictionary, "SV"));
  if (entry.kind === "null") return null;
  const seed = dictionaryOf(entry);
  // A reader that counts another twin, or a bit that is no number, would hold the signature to something else.
  if (seed === null || seed.doubled.length > 0) return "SV";
  const value = (key: string) => resolve(entryOf(seed, key));
  const flags = flagsIn(value("Ff"));
  if (flags === null) return "Ff";
  const isUnmet = (key: SeedConstraint) => value(key).kind !== "null" && !meets(key, value(key), request, resolve);
  const bound = binding.filter((_, bit) => (flags & (1 << bit)) !== 0);
  return [...bound, ...alwaysBinding].find(isUnmet) ?? null;
}

/** In the order of the bits of /Ff, table 237. */
const binding: readonly SeedConstraint[] = [
  ...(["Filter", "SubFilter", "V", "Reasons", "LegalAttestation"] as const),
  ...(["AddRevInfo", "DigestMethod", "LockDocument", "AppearanceFilter"] as const),
];

/** These say themselves how far they bind. */
const alwaysBinding: readonly SeedConstraint[] = ["MDP", "TimeStamp", "Cert"];

function flagsIn(object: PdfObject): number | null {
  return object.kind === "null" ? 0 : integerOf(object);
}

const newestVersion = 3; // of PDF 2.0

function meets(key: SeedConstraint, value: PdfObject, request: SeededRequest, resolve: Resolve): boolean {
  const texts = itemsOf(value).map((item) => textIn(resolve(item)));
  switch (key) {
    case "Filter":
      return nameOf(value) === filterName;
    case "SubFilter":
      return itemsOf(value).some((item) => nameOf(resolve(item)) === subFilterName);
    case "V":
      return value.kind === "number" && value.value <= newestVersion;
    case "DigestMethod":
      return texts.includes(hashForMessages(request.algorithm).toUpperCase());
    case "Reasons":
      return meetsReasons(texts, request.reason);
    case "AddRevInfo":
      return value.kind === "boolean" && !value.value; // ours comes later, into the store of the document
    case "LockDocument":
      return nameOf(value) === "false" || nameOf(value) === "auto";
    case "MDP":
      return integerOf(resolve(entryOf(value, "P"))) === 0; // an approval signature, as all of ours are
    case "TimeStamp":
      return request.isTimestamped || flagsIn(resolve(entryOf(value, "Ff"))) === 0;
    case "Cert":
      return meetsCertificate(value, request, resolve);
    default:
      return false;
  }
}

/** No reason, or a single period, asks that none be given. */
function meetsReasons(texts: readonly (string | null)[], reason: string | undefined): boolean {
  const wantsNone = texts.length === 0 || (texts.length === 1 && texts[0] === ".");
  return wantsNone ? (reason ?? "") === "" : texts.includes(reason ?? null);
}

const textIn = (object: PdfObject): string | null => (object.kind === "string" ? readTextString(object.bytes) : null);

/** Bits of /Ff in table 238; a bit beyond them, as that of an address to enrol at, is not understood. */
const certificateBits = ["Subject", "Issuer", "OID", "SubjectDN", null, "KeyUsage"] as const;

function meetsCertificate(value: PdfObject, request: SeededRequest, resolve: Resolve): boolean {
  const flags = flagsIn(resolve(entryOf(value, "Ff")));
  if (flags === null || flags < 0 || flags >= 1 << certificateBits.length) return false;
  return certificateBits.every((key, bit) => {
    const isBound = key !== null && (flags & (1 << bit)) !== 0;
    return !isBound || meetsInCertificate(key, itemsOf(resolve(entryOf(value, key))).map(resolve), request);
  });
}

function meetsInCertificate(
  key: NonNullable<(typeof certificateBits)[number]>,
  items: readonly PdfObject[],
  { certificate, chain }: SeededRequest,
): boolean {
  const isListed = (der: Uint8Array) => items.some((item) => item.kind === "string" && equalBytes(item.bytes, der));
  switch (key) {
    case "Subject":
      return isListed(certificate.raw);
    case "Issuer":
      return chain.some(isListed) || isListed(certificate.raw);
    case "OID":
      return items.some((item) => certificate.extensions.policies.includes(textIn(item) ?? ""));
    case "KeyUsage":
      return items.some((item) => fitsUsage(textIn(item), certificate.extensions.keyUsage ?? []));
    case "SubjectDN":
      return false; // names by attribute are not compared here: a person must choose another field or another way
  }
}

/** A character for each bit of the extension: 0 must not be set, 1 must be, X and what is left out may be either. */
function fitsUsage(pattern: string | null, usages: readonly KeyUsage[]): boolean {
  if (pattern === null) return false;
  return keyUsages.every((usage, bit) => {
    const wanted = pattern[bit] ?? "X";
    return wanted === "X" || usages.includes(usage) === (wanted === "1");
  });
}
