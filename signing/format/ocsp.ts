import { type Bytes, equalBytes, type Instant, type Result } from "../../src/core/kernel.ts";
import { hashOf, signatureAlgorithmOf } from "./algorithm.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";
import {
  bail,
  type DerFailure,
  type Element,
  explicitOf,
  Fields,
  fieldsOf,
  membersOf,
  parseDer,
  readingDer,
  tag,
} from "./der.ts";
import { instantOf, integerBytesOf, numberOf, octetsOf, oidOf, smallNumber, wholeBitsOf } from "./der-values.ts";
import { element, explicit, nullValue, octetString, oid, sequence } from "./der-writer.ts";
import { oids } from "./oids.ts";
import type { HashName, Primitives, SignatureAlgorithm } from "./primitives.ts";

/**
 * OCSPRequest for one certificate with a nonce, RFC 6960 §4.1. The certificate is named with SHA-1: it is an
 * identifier there, and the only one that every responder knows (RFC 5019 §2.1.1).
 *
 * @param nonce random, 1 to 32 bytes (RFC 9654 §2.1)
 */
export function buildOcspRequest(
  request: { readonly certificate: Certificate; readonly issuer: Certificate; readonly nonce: Uint8Array },
  primitives: Pick<Primitives, "digest">,
): Bytes {
  const { certificate, issuer, nonce } = request;
  const certId = sequence(
    sequence(oid(oids.sha1), nullValue()),
    octetString(primitives.digest("sha1", issuer.subject.raw)),
    octetString(primitives.digest("sha1", issuer.publicKeyBits)),
    element(tag.integer, certificate.serial),
  );
  const extension = sequence(oid(oids.ocspNonce), octetString(octetString(nonce)));
  return sequence(sequence(sequence(sequence(certId)), explicit(2, sequence(extension))));
}

export type CertificateStatus =
  | { readonly status: "good" }
  /** @property reason CRLReason, RFC 5280 §5.3.1; null where it is not told */
  | { readonly status: "revoked"; readonly revokedAt: Instant; readonly reason: number | null }
  | { readonly status: "unknown" };

/** One SingleResponse, RFC 6960 §4.2.1. */
export type OcspAnswer = {
  readonly certId: {
    readonly hash: HashName | null;
    readonly issuerNameHash: Bytes;
    readonly issuerKeyHash: Bytes;
    readonly serial: Bytes;
  };
  readonly status: CertificateStatus;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
};

/** BasicOCSPResponse as read, RFC 6960 §4.2.1. */
export type OcspResponse = {
  readonly raw: Bytes;
  /** What the responder signed. */
  readonly tbs: Bytes;
  readonly responder:
    | { readonly by: "name"; readonly name: Bytes }
    /** SHA-1 of the responder's key bits. */
    | { readonly by: "key"; readonly keyHash: Bytes };
  readonly producedAt: Instant;
  readonly answers: readonly OcspAnswer[];
  readonly nonce: Bytes | null;
  readonly signatureAlgorithm: SignatureAlgorithm | null;
  readonly signature: Bytes;
  readonly certificates: readonly Certificate[];
};

/** @property status OCSPResponseStatus: 0 successful; others carry no `basic` (1 malformed, 2 internal, 3 try later, 6 unauthorised) */
export type OcspReply = { readonly status: number; readonly basic: OcspResponse | null };

/** The reply of a responder over HTTP: OCSPResponse. */
export function parseOcspReply(der: Bytes): Result<OcspReply, DerFailure> {
  return readingDer(() => {
    const fields = fieldsOf(parseDer(der));
    const status = numberOf(fields.next());
    const body = fields.optionalContext(0);
    if (body === null) return { status, basic: null };
    const bytes = fieldsOf(explicitOf(body));
    if (oidOf(bytes.next()) !== oids.ocspBasic) bail("unexpected");
    return { status, basic: readBasic(parseDer(octetsOf(bytes.next()))) };
  });
}

function readBasic(basic: Element): OcspResponse {
  const outer = fieldsOf(basic);
  const tbs = outer.next();
  const algorithm = signatureAlgorithmOf(outer.next());
  const signature = wholeBitsOf(outer.next());
  const certificates = outer.optionalContext(0);

  const data = fieldsOf(tbs);
  data.optionalContext(0);
  const responder = readResponder(data.next());
  const producedAt = instantOf(data.next());
  const answers = membersOf(data.next()).map(readAnswer);
  const extensions = data.optionalContext(1);
  return {
    raw: basic.raw,
    tbs: tbs.raw,
    responder,
    producedAt,
    answers,
    nonce: extensions && nonceOf(explicitOf(extensions)),
    signatureAlgorithm: algorithm,
    signature,
    certificates: certificates === null ? [] : membersOf(explicitOf(certificates)).flatMap(readableCertificate),
  };
}

function readableCertificate(member: Element): Certificate[] {
  const read = parseCertificate(member.raw);
  return read.ok ? [read.value] : [];
}

function readResponder(element: Element): OcspResponse["responder"] {
  if (element.isContext(1)) return { by: "name", name: explicitOf(element).raw };
  return element.isContext(2) ? { by: "key", keyHash: octetsOf(explicitOf(element)) } : bail("unexpected");
}

function readAnswer(single: Element): OcspAnswer {
  const fields = fieldsOf(single);
  const certId = fieldsOf(fields.next());
  const named = {
    hash: hashOf(certId.next()),
    issuerNameHash: octetsOf(certId.next()),
    issuerKeyHash: octetsOf(certId.next()),
    serial: integerBytesOf(certId.next()),
  };
  const status = readStatus(fields.next());
  const thisUpdate = instantOf(fields.next());
  const nextUpdate = fields.optionalContext(0);
  return { certId: named, status, thisUpdate, nextUpdate: nextUpdate && instantOf(explicitOf(nextUpdate)) };
}

function readStatus(choice: Element): CertificateStatus {
  if (choice.isContext(0)) return { status: "good" };
  if (choice.isContext(2)) return { status: "unknown" };
  if (!choice.isContext(1)) return bail("unexpected");
  const fields = new Fields(choice);
  const revokedAt = instantOf(fields.next());
  const reason = fields.optionalContext(0);
  return { status: "revoked", revokedAt, reason: reason && smallNumber(explicitOf(reason).content) };
}

function nonceOf(extensions: Element): Bytes | null {
  for (const extension of membersOf(extensions)) {
    const fields = fieldsOf(extension);
    if (oidOf(fields.next()) !== oids.ocspNonce) continue;
    return octetsOf(parseDer(octetsOf(fields.rest().at(-1) ?? bail("unexpected"))));
  }
  return null;
}

/** Whether an answer is about this certificate of this issuer. */
export function answersFor(
  answer: OcspAnswer,
  certificate: Certificate,
  issuer: Certificate,
  primitives: Pick<Primitives, "digest">,
): boolean {
  const { hash, serial, issuerNameHash, issuerKeyHash } = answer.certId;
  return (
    hash !== null &&
    equalBytes(serial, certificate.serial) &&
    equalBytes(issuerNameHash, primitives.digest(hash, issuer.subject.raw)) &&
    equalBytes(issuerKeyHash, primitives.digest(hash, issuer.publicKeyBits))
  );
}
