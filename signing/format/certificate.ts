import { type Bytes, equalBytes, type Instant, type Result } from "../../src/core/kernel.ts";
import { issuersAlgorithmOf } from "./algorithm.ts";
import { type CertificateExtensions, readExtensions } from "./certificate-extensions.ts";
import {
  bail,
  type DerFailure,
  type Element,
  explicitOf,
  type Fields,
  fieldsOf,
  parseDer,
  readingDer,
  tag,
} from "./der.ts";
import { instantOf, integerBytesOf, numberOf, oidOf, wholeBitsOf } from "./der-values.ts";
import { type Name, readName, sameName } from "./name.ts";
import { oids } from "./oids.ts";
import type { IssuersAlgorithm, Primitives } from "./primitives.ts";

/** An X.509 certificate as read, RFC 5280 §4.1. Reading judges nothing. */
export type Certificate = {
  readonly raw: Bytes;
  /** 1, 2 or 3. */
  readonly version: number;
  /** What the issuer signed, RFC 5280 §4.1.1.1. */
  readonly tbs: Bytes;
  /** Content octets of the serial number, as received. */
  readonly serial: Bytes;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: Bytes;
  /** The key's bits alone: the BIT STRING's octets, which key identifiers and OCSP's key hash are made of. */
  readonly publicKeyBits: Bytes;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Null for an algorithm that this project does not know. */
  readonly signatureAlgorithm: IssuersAlgorithm | null;
  readonly signature: Bytes;
  readonly extensions: CertificateExtensions;
};

export type KeyAlgorithm =
  | { readonly kind: "rsa"; readonly bits: number; readonly pssOnly: boolean }
  | { readonly kind: "ec"; readonly curve: "p256" | "p384" | "p521" | "other" }
  | { readonly kind: "ed25519" }
  /** @property isComplete false where the parameters are the issuer's */
  | { readonly kind: "dsa"; readonly isComplete: boolean }
  | { readonly kind: "other"; readonly oid: string };

/** @param der one certificate and nothing after it */
export function parseCertificate(der: Bytes): Result<Certificate, DerFailure> {
  return readingDer(() => readCertificate(parseDer(der)));
}

/** What naming a signer and verifying by its key takes: read without the rest, for the path of every signature. */
export type CertificateIdentity = {
  readonly raw: Bytes;
  /** DER of the issuer's name. */
  readonly issuer: Bytes;
  readonly serial: Bytes;
  /** DER of SubjectPublicKeyInfo. */
  readonly publicKey: Bytes;
};

export function parseIdentity(der: Bytes): Result<CertificateIdentity, DerFailure> {
  return readingDer(() => {
    const tbs = fieldsOf(fieldsOf(parseDer(der)).next());
    tbs.optionalContext(0); // version
    const serial = integerBytesOf(tbs.next());
    tbs.next(); // signature algorithm
    const issuer = tbs.next().raw;
    tbs.next(); // validity
    tbs.next(); // subject
    return { raw: der, issuer, serial, publicKey: tbs.next().raw };
  });
}

/**
 * Bails out: for readers that find certificates inside other structures. The same few authorities stand in every
 * signature, so what was read is remembered by its bytes.
 */
export function readCertificate(element: Element): Certificate {
  const { raw } = element;
  const place = `${raw.length} ${raw.subarray(-12).join(" ")}`; // of the signature, which no two share by chance
  const known = remembered.get(place);
  if (known !== undefined && equalBytes(known.raw, raw)) return known;
  const read = certificateOf(parseDer(raw.slice())); // a copy: a view would keep the whole file in memory
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(place, read);
  return read;
}

const remembered = new Map<string, Certificate>();
const mostRemembered = 256;

function certificateOf(element: Element): Certificate {
  const outer = fieldsOf(element);
  const tbsElement = outer.next();
  const algorithm = outer.next();
  const signature = wholeBitsOf(outer.next());

  const tbs = fieldsOf(tbsElement);
  const version = tbs.optionalContext(0);
  const serial = integerBytesOf(tbs.next());
  const innerAlgorithm = tbs.next();
  // RFC 5280 §4.1.1.2: the two must agree, or a weaker algorithm could be claimed outside the signed part.
  if (!equalBytes(innerAlgorithm.raw, algorithm.raw)) bail("bad_value");
  const issuer = readName(tbs.next());
  const validity = fieldsOf(tbs.next());
  const notBefore = instantOf(validity.next());
  const notAfter = instantOf(validity.next());
  const subject = readName(tbs.next());
  const key = tbs.next();
  tbs.optionalContext(1);
  tbs.optionalContext(2);
  const extensions = tbs.optionalContext(3);

  return {
    raw: element.raw,
    version: version === null ? 1 : 1 + numberOf(explicitOf(version)),
    tbs: tbsElement.raw,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey: key.raw,
    ...readKey(key),
    signatureAlgorithm: issuersAlgorithmOf(algorithm),
    signature,
    extensions: readExtensions(extensions && explicitOf(extensions)),
  };
}

function readKey(element: Element): { publicKeyBits: Bytes; keyAlgorithm: KeyAlgorithm } {
  const fields = fieldsOf(element);
  const algorithm = fieldsOf(fields.next());
  const publicKeyBits = wholeBitsOf(fields.next());
  return { publicKeyBits, keyAlgorithm: keyAlgorithmOf(oidOf(algorithm.next()), algorithm, publicKeyBits) };
}

const curves: Readonly<Record<string, "p256" | "p384" | "p521">> = {
  [oids.p256]: "p256",
  [oids.p384]: "p384",
  [oids.p521]: "p521",
};

function keyAlgorithmOf(oid: string, parameters: Fields, bits: Bytes): KeyAlgorithm {
  if (oid === oids.rsaEncryption || oid === oids.rsaPss) {
    return { kind: "rsa", bits: modulusBits(bits), pssOnly: oid === oids.rsaPss };
  }
  if (oid === oids.ecPublicKey) {
    const curve = parameters.optional(tag.oid);
    return { kind: "ec", curve: (curve && curves[oidOf(curve)]) ?? "other" };
  }
  if (oid === oids.dsa) return { kind: "dsa", isComplete: parameters.optional(tag.sequence) !== null };
  return oid === oids.ed25519 ? { kind: "ed25519" } : { kind: "other", oid };
}

/** RSAPublicKey, RFC 8017 §A.1.1. */
function modulusBits(key: Bytes): number {
  const modulus = integerBytesOf(fieldsOf(parseDer(key)).next());
  const first = modulus.findIndex((octet) => octet !== 0);
  return first < 0 ? 0 : (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24;
}

export const isSelfIssued = ({ subject, issuer }: Certificate): boolean => sameName(subject, issuer);

/** Whether `issuer`'s key made the signature on `certificate`, RFC 5280 §6.1.3 (a)(1). Dates and purposes are not judged. */
export async function isSignedBy(
  certificate: Certificate,
  issuer: Certificate,
  primitives: Pick<Primitives, "verify">,
): Promise<boolean> {
  const { signatureAlgorithm, tbs, signature } = certificate;
  // Key identifiers are hints that CAs get wrong (RFC 4158 §3.5.12): they order a search and decide nothing.
  if (signatureAlgorithm === null || !sameName(certificate.issuer, issuer.subject)) return false;
  return await primitives.verify(issuer.publicKey, signatureAlgorithm, tbs, signature);
}

export const isValidAt = (certificate: Certificate, instant: Instant): boolean =>
  certificate.notBefore <= instant && instant <= certificate.notAfter;
