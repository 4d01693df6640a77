import { createHash, type KeyObject, sign, X509Certificate } from "node:crypto";
import { parseDer, tag } from "../../signing/format/der.ts";
import {
  bitString,
  boolean,
  element,
  explicit,
  ia5String,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  printableString,
  sequence,
  setOf,
  time,
  unsignedInteger,
  utf8String,
} from "../../signing/format/der-writer.ts";
import { oids } from "../../signing/format/oids.ts";
import type { Bytes, Instant } from "../core/kernel.ts";

/** Parts of a distinguished name that this PKI uses; order in the certificate is country, organisation, unit, title, name. */
export type Subject = {
  readonly organisation: string;
  /** What the person is there, LAW 2.1; left out for an agency or an authority. */
  readonly title?: string;
  readonly commonName: string;
};

/** Who signs a certificate. */
export type Issuer = { readonly name: Bytes; readonly privateKey: KeyObject; readonly publicKey: KeyObject };

export type CertificateContent = {
  /** Positive, at most 20 octets, RFC 5280 §4.1.2.2. */
  readonly serial: Uint8Array;
  readonly subject: Bytes;
  readonly publicKey: KeyObject;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** Beside the two key identifiers, which every certificate carries. */
  readonly extensions: readonly Bytes[];
};

/** DER of an X.509 v3 certificate over an RSA key, signed with SHA-256. RFC 5280 §4.1. */
export function certificateOf(content: CertificateContent, issuer: Issuer): Bytes {
  const extensions = [
    extension(oids.subjectKeyIdentifier, false, octetString(keyIdentifier(content.publicKey))),
    extension(oids.authorityKeyIdentifier, false, sequence(implicit(0, octetString(keyIdentifier(issuer.publicKey))))),
    ...content.extensions,
  ];
  const toBeSigned = sequence(
    explicit(0, integer(2)),
    unsignedInteger(content.serial),
    sha256WithRsa,
    issuer.name,
    sequence(time(content.notBefore), time(content.notAfter)),
    content.subject,
    spkiOf(content.publicKey),
    explicit(3, sequence(...extensions)),
  );
  return signedOf(toBeSigned, issuer.privateKey);
}

/** SEQUENCE of something, how it was signed, and the signature: the outer form of X.509 and of OCSP. */
export function signedOf(toBeSigned: Bytes, key: KeyObject, ...after: readonly Bytes[]): Bytes {
  return sequence(toBeSigned, sha256WithRsa, bitString(sign("sha256", toBeSigned, key)), ...after);
}

/** AlgorithmIdentifier, RFC 4055 §5: parameters are NULL, not absent. */
export const sha256WithRsa = sequence(oid(oids.sha256WithRsa), nullValue());

/** SHA-1 over the key's BIT STRING, RFC 5280 §4.2.1.2 method 1; it names a key and protects nothing. */
export function keyIdentifier(publicKey: KeyObject): Bytes {
  return new Uint8Array(createHash("sha1").update(keyBits(publicKey)).digest());
}

/** What the BIT STRING of a SubjectPublicKeyInfo holds for an RSA key: RSAPublicKey, RFC 8017 A.1.1. */
export const keyBits = (publicKey: KeyObject): Bytes =>
  new Uint8Array(publicKey.export({ type: "pkcs1", format: "der" }));

const spkiOf = (publicKey: KeyObject): Bytes => new Uint8Array(publicKey.export({ type: "spki", format: "der" }));

/** DER of a Name; the unit DEVELOPMENT stands in every one, so that none can be taken for a real authority's. */
export function nameOf(subject: Subject): Bytes {
  return sequence(
    attribute("2.5.4.6", printableString("VN")),
    attribute("2.5.4.10", utf8String(subject.organisation)),
    attribute("2.5.4.11", utf8String("DEVELOPMENT")),
    ...(subject.title === undefined ? [] : [attribute("2.5.4.12", utf8String(subject.title))]),
    attribute("2.5.4.3", utf8String(subject.commonName)),
  );
}

const attribute = (type: string, value: Bytes): Bytes => setOf(sequence(oid(type), value));

/** Serial number, issuer and subject as they stand in a v3 certificate that this PKI made, whole elements. */
export const serialElementIn = (certificate: Bytes): Bytes => fieldIn(certificate, 1);
export const issuerIn = (certificate: Bytes): Bytes => fieldIn(certificate, 3);
export const subjectIn = (certificate: Bytes): Bytes => fieldIn(certificate, 5);

/** Serial number, as INTEGER content octets. */
export const serialIn = (certificate: Bytes): Bytes => parseDer(serialElementIn(certificate)).content;

/** The key of an RSA certificate. */
export const subjectKeyIn = (certificate: Bytes): KeyObject => new X509Certificate(certificate).publicKey;

function fieldIn(certificate: Bytes, index: number): Bytes {
  const field = parseDer(certificate).children[0]?.children[index];
  if (field === undefined) throw new Error("a certificate without its fields");
  return new Uint8Array(field.raw);
}

export function extension(id: string, critical: boolean, value: Bytes): Bytes {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

/** KeyUsage bit numbers, RFC 5280 §4.2.1.3. */
const keyUsageBits = { digitalSignature: 0, nonRepudiation: 1, keyCertSign: 5, cRLSign: 6 } as const;

export function keyUsage(...uses: readonly (keyof typeof keyUsageBits)[]): Bytes {
  const octet = uses.reduce((bits, use) => bits | (0x80 >> keyUsageBits[use]), 0);
  const unused = 31 - Math.clz32(octet & -octet); // DER: trailing zero bits of a named bit list are left out
  return extension(oids.keyUsage, true, element(tag.bitString, Uint8Array.of(unused, octet)));
}

export function basicConstraints(authority: boolean, pathLength?: number): Bytes {
  const members = authority ? [boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])] : [];
  return extension(oids.basicConstraints, true, sequence(...members));
}

/** One purpose, critical: RFC 3161 §2.3 wants a timestamp key to have no other. */
export const extendedKeyUsage = (critical: boolean, purpose: string): Bytes =>
  extension(oids.extendedKeyUsage, critical, sequence(oid(purpose)));

/** Where the certificate's status is asked for, RFC 5280 §4.2.2.1. */
export const ocspAccess = (url: string): Bytes =>
  extension(oids.authorityInfoAccess, false, sequence(sequence(oid(oids.ocsp), implicit(6, ia5String(url)))));

/** RFC 6960 §4.2.2.2.1: the responder itself is not asked about. */
export const ocspNoCheck = (): Bytes => extension(oids.ocspNoCheck, false, nullValue());

/** PEM, RFC 7468. */
export function certificatePem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
