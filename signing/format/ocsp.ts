import { type Bytes, equalBytes, type Instant, type Result } from "../../src/core/kernel.ts";
import { hashOf, signatureAlgorithmOf } from "./algorithm.ts";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { collectExtensions, type Extension } from "./certificate-extensions.ts";
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
  /** Certificates that ran out before are not remembered, §4.4.4; null where that is not told. */
  readonly archiveCutoff: Instant | null;
  /** False where an extension is critical that nothing here reads. */
  readonly isUnderstood: boolean;
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
  readonly isUnderstood: boolean;
  readonly signatureAlgorithm: SignatureAlgorithm | null;
  readonly signature: Bytes;
  readonly certificates: readonly Certificate[];
};

/** @property status OCSPResponseStatus: 0 successful; others carry no `basic` (1 malformed, 2 internal, 3 try later, 6 unauthorised) */
export type OcspReply = { readonly status: number; readonly basic: OcspResponse | null };

/** The reply of a responder over HTTP: OCSPResponse. */
export function parseOcspReply(der: Bytes): Result<OcspReply, DerFailure> {
  return readingDer(() => readReply(parseDer(der)));
}

function readReply(element: Element): OcspReply {
  const fields = fieldsOf(element);
  const status = numberOf(fields.next());
  const body = fields.optionalContext(0);
  if (body === null) return { status, basic: null };
  const bytes = fieldsOf(explicitOf(body));
  if (oidOf(bytes.next()) !== oids.ocspBasic) bail("unexpected");
  return { status, basic: readBasic(parseDer(octetsOf(bytes.next()))) };
}

/** An answer as files keep it: with its envelope (ISO 32000-2 §12.8.4.3) or without (EN 319 122-1 §A.1.1). */
export function parseStoredOcsp(der: Bytes): Result<OcspReply, DerFailure> {
  return readingDer(() => {
    const element = parseDer(der);
    return element.children[0]?.is(tag.enumerated) === true
      ? readReply(element)
      : { status: 0, basic: readBasic(element) };
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
  const extensions = extensionsIn(data.optionalContext(1));
  const nonce = extensions.get(oids.ocspNonce);
  return {
    raw: basic.raw,
    tbs: tbs.raw,
    responder,
    producedAt,
    answers,
    nonce: nonce === undefined ? null : octetsOf(parseDer(nonce.value)),
    isUnderstood: isUnderstood(extensions),
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
  const extensions = extensionsIn(fields.optionalContext(1));
  const cutoff = extensions.get(oids.ocspArchiveCutoff);
  return {
    certId: named,
    status,
    thisUpdate,
    nextUpdate: nextUpdate && instantOf(explicitOf(nextUpdate)),
    archiveCutoff: cutoff === undefined ? null : instantOf(parseDer(cutoff.value)),
    isUnderstood: isUnderstood(extensions),
  };
}

const extensionsIn = (field: Element | null) => collectExtensions(field && explicitOf(field));

const understood: ReadonlySet<string> = new Set([oids.ocspNonce, oids.ocspArchiveCutoff]);

/** RFC 6960 §4.4: extensions should not be critical; one that is and cannot be read spoils what it stands in. */
const isUnderstood = (extensions: ReadonlyMap<string, Extension>): boolean =>
  [...extensions].every(([id, { critical }]) => !critical || understood.has(id));

function readStatus(choice: Element): CertificateStatus {
  if (choice.isContext(0)) return { status: "good" };
  if (choice.isContext(2)) return { status: "unknown" };
  if (!choice.isContext(1)) return bail("unexpected");
  const fields = new Fields(choice);
  const revokedAt = instantOf(fields.next());
  const reason = fields.optionalContext(0);
  return { status: "revoked", revokedAt, reason: reason && smallNumber(explicitOf(reason).content) };
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
    [certificate.issuer, issuer.subject].some((name) =>
      equalBytes(issuerNameHash, primitives.digest(hash, name.raw)),
    ) &&
    equalBytes(issuerKeyHash, primitives.digest(hash, issuer.publicKeyBits))
  );
}
