import { type Bytes, equalBytes, type Result } from "../../src/core/kernel.ts";
import { hashOf, signatureAlgorithmOf } from "./algorithm.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { readSignedAttributes, readUnsignedAttributes, type SignedAttributes } from "./cms-attributes.ts";
import { type CarriedRevocation, readRevocationChoices } from "./cms-revocation.ts";
import {
  bail,
  type DerFailure,
  type Element,
  expect,
  explicitOf,
  fieldsOf,
  parseLeadingDer,
  readingDer,
  tag,
} from "./der.ts";
import { integerBytesOf, octetsOf, octetsOfTagged, oidOf } from "./der-values.ts";
import { oids } from "./oids.ts";
import type { HashName, SignatureAlgorithm } from "./primitives.ts";

/** SignedData as read, RFC 5652 §5.1. Reading judges nothing. */
export type SignedData = {
  readonly contentType: string;
  /** Null where the signature is detached, as in a PDF. */
  readonly content: Bytes | null;
  /** Embedded certificates that could be read; hints for path building, trusted for nothing. */
  readonly certificates: readonly Certificate[];
  readonly revocation: CarriedRevocation;
  readonly signers: readonly Signer[];
};

/** One SignerInfo, RFC 5652 §5.3. */
export type Signer = {
  readonly id: SignerId;
  /** Null for a digest that this project does not know. */
  readonly digestAlgorithm: HashName | null;
  readonly signatureAlgorithm: SignatureAlgorithm | null;
  /** Null where the content itself was signed. */
  readonly signedAttributes: SignedAttributes | null;
  readonly signature: Bytes;
  /** Each a whole ContentInfo: id-aa-signatureTimeStampToken, RFC 3161 Appendix A. */
  readonly timestampTokens: readonly Bytes[];
  readonly unsignedAttributeTypes: readonly string[];
  /** id-aa-ets-revocationValues: nobody signed that it belongs here. */
  readonly unsignedRevocation: CarriedRevocation;
};

export type SignerId =
  | { readonly by: "issuer_and_serial"; readonly issuer: Bytes; readonly serial: Bytes }
  | { readonly by: "subject_key_id"; readonly keyId: Bytes };

/** Field files embed at most a chain for each of two signers; a bomb of certificates is cut here. */
const mostCertificates = 64;
const mostSigners = 8;

/**
 * @param cms BER or DER of a ContentInfo with SignedData; zeros after it are the padding of a PDF's /Contents and
 *   ignored (ISO 32000-2 §12.8.3.3), anything else after it is refused
 */
export function parseSignedData(cms: Bytes): Result<SignedData, DerFailure> {
  return readingDer(() => {
    const element = parseLeadingDer(cms);
    if (cms.subarray(element.end).some((octet) => octet !== 0)) bail("trailing_bytes");
    return readSignedData(element);
  });
}

/** Bails out: for readers that find a ContentInfo inside other structures. */
export function readSignedData(contentInfo: Element): SignedData {
  const outer = fieldsOf(contentInfo);
  if (oidOf(outer.next()) !== oids.signedData) bail("unexpected");
  const fields = fieldsOf(explicitOf(outer.next()));
  fields.next(); // version: follows from what is inside
  expect(fields.next(), tag.set); // digestAlgorithms: a hint for one-pass readers
  const encapsulated = fieldsOf(fields.next());
  const contentType = oidOf(encapsulated.next());
  const content = encapsulated.optionalContext(0);
  const certificates = fields.optionalContext(0);
  const revocation = fields.optionalContext(1);
  const signers = expect(fields.next(), tag.set).children;
  if (signers.length > mostSigners) bail("bad_value");
  return {
    contentType,
    content: content && octetsOf(explicitOf(content)),
    certificates: certificates === null ? [] : readCertificates(certificates),
    revocation: readRevocationChoices(revocation),
    signers: signers.map(readSigner),
  };
}

// Other CertificateChoices are tagged, RFC 5652 §10.2.2: nothing here reads them.
const sequencesIn = (set: Element): Bytes[] =>
  set.children.filter((member) => member.is(tag.sequence)).map((member) => member.raw);

/** An unreadable embedded certificate proves nothing and spoils nothing. */
function readCertificates(set: Element): Certificate[] {
  const encoded = sequencesIn(set);
  if (encoded.length > mostCertificates) bail("bad_value");
  return encoded.map(parseCertificate).flatMap((read) => (read.ok ? [read.value] : []));
}

function readSigner(element: Element): Signer {
  const fields = fieldsOf(element);
  fields.next(); // version: told by the identifier's tag
  const id = readSignerId(fields.next());
  const digestAlgorithm = hashOf(fields.next());
  const signed = fields.optionalContext(0);
  const signatureAlgorithm = signatureAlgorithmOf(fields.next(), digestAlgorithm);
  const signature = octetsOf(fields.next());
  const unsigned = readUnsignedAttributes(fields.optionalContext(1));
  return {
    id,
    digestAlgorithm,
    signatureAlgorithm,
    signedAttributes: signed && readSignedAttributes(signed),
    signature,
    timestampTokens: unsigned.timestampTokens,
    unsignedAttributeTypes: unsigned.types,
    unsignedRevocation: unsigned.revocation,
  };
}

function readSignerId(element: Element): SignerId {
  if (element.isContext(0)) return { by: "subject_key_id", keyId: octetsOfTagged(element) };
  const fields = fieldsOf(element);
  return {
    by: "issuer_and_serial",
    issuer: expect(fields.next(), tag.sequence).raw,
    serial: integerBytesOf(fields.next()),
  };
}

/** The certificate that a SignerInfo names, among candidates. */
export function signerCertificate(signer: Signer, candidates: readonly Certificate[]): Certificate | null {
  return candidates.find((certificate) => isNamedBy(signer.id, certificate)) ?? null;
}

function isNamedBy(id: SignerId, certificate: Certificate): boolean {
  if (id.by === "issuer_and_serial") {
    return equalBytes(id.serial, certificate.serial) && equalBytes(id.issuer, certificate.issuer.raw);
  }
  const keyId = certificate.extensions.subjectKeyId;
  return keyId !== null && equalBytes(id.keyId, keyId);
}
