import { createHash, type KeyObject } from "node:crypto";
import { type Element, explicitOf, fieldsOf, membersOf, parseDer, readingDer } from "../../signing/format/der.ts";
import { integerBytesOf, octetsOf, oidOf } from "../../signing/format/der-values.ts";
import {
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  nullValue,
  octetString,
  oid,
  sequence,
} from "../../signing/format/der-writer.ts";
import { oids } from "../../signing/format/oids.ts";
import { type Bytes, equalBytes, hexOf, type Instant, instantOfSeconds, secondsOf } from "../core/kernel.ts";
import { keyBits, keyIdentifier, signedOf, subjectIn } from "./certificate.ts";
import { type IssuedCertificateEntry, revocationReasons } from "./issued-index.ts";

/** Answers for the certificates of one CA. */
export type OcspResponder = {
  /** The CA's name in the index. */
  readonly issuer: string;
  readonly issuerCertificate: Bytes;
  readonly issuerPublicKey: KeyObject;
  readonly certificate: Bytes;
  readonly key: KeyObject;
  readonly publicKey: KeyObject;
};

/** OCSPResponseStatus, RFC 6960 §4.2.1. */
const status = { successful: 0, malformedRequest: 1, internalError: 2, unauthorized: 6 } as const;

/** A response is worth an hour; every question is answered afresh. */
const freshSeconds = 3600;
const mostRequests = 16;

/**
 * Answers one OCSPRequest. RFC 6960 §4: good, revoked, or unknown for a serial number that was never issued; the nonce
 * comes back (RFC 9654). A certificate of a CA that is not ours is answered `unauthorized`, as RFC 5019 §2.2.3 has it.
 *
 * @param entries everything issued, read at this question: a revocation counts from the next one
 * @returns DER of an OCSPResponse
 */
export function answerOcsp(
  request: Bytes,
  responders: readonly OcspResponder[],
  entries: readonly IssuedCertificateEntry[],
  now: Instant,
): Bytes {
  const asked = readRequest(request);
  if (asked === null) return refusal(status.malformedRequest);
  const responder = responders.find((one) => asked.certificates.every((certificate) => isIssuerOf(one, certificate)));
  if (responder === undefined) return refusal(status.unauthorized);
  const issued = entries.filter((entry) => entry.issuer === responder.issuer);
  const answers = asked.certificates.map((certificate) => singleResponse(certificate, issued, now));
  const toBeSigned = sequence(
    explicit(2, octetString(keyIdentifier(responder.publicKey))),
    generalizedTime(now),
    sequence(...answers),
    ...(asked.nonce === null ? [] : [explicit(1, sequence(asked.nonce))]),
  );
  const basic = signedOf(toBeSigned, responder.key, explicit(0, sequence(responder.certificate)));
  return sequence(enumerated(status.successful), explicit(0, sequence(oid(oids.ocspBasic), octetString(basic))));
}

/** What is told when the index cannot be read: nobody may take silence for "good". */
export const ocspInternalError = (): Bytes => refusal(status.internalError);

const refusal = (code: number): Bytes => sequence(enumerated(code));

type AskedCertificate = {
  readonly id: Bytes;
  readonly hash: string;
  readonly nameHash: Bytes;
  readonly keyHash: Bytes;
  readonly serial: string;
};
type OcspQuestion = { readonly certificates: readonly AskedCertificate[]; readonly nonce: Bytes | null };

/** Null for anything but a well-formed question about one to sixteen certificates. A client's signature is not looked at. */
function readRequest(request: Bytes): OcspQuestion | null {
  const read = readingDer((): OcspQuestion => {
    const fields = fieldsOf(fieldsOf(parseDer(request)).next());
    fields.optionalContext(0);
    fields.optionalContext(1);
    const certificates = membersOf(fields.next()).map((member) => askedCertificate(fieldsOf(member).next()));
    const extensions = fields.optionalContext(2);
    return { certificates, nonce: extensions === null ? null : nonceIn(membersOf(explicitOf(extensions))) };
  });
  if (!read.ok) return null;
  const { length } = read.value.certificates;
  return length >= 1 && length <= mostRequests ? read.value : null;
}

function askedCertificate(id: Element): AskedCertificate {
  const fields = fieldsOf(id);
  const hash = oidOf(fieldsOf(fields.next()).next());
  const nameHash = octetsOf(fields.next());
  const keyHash = octetsOf(fields.next());
  return { id: new Uint8Array(id.raw), hash, nameHash, keyHash, serial: hexOf(integerBytesOf(fields.next())) };
}

function nonceIn(extensions: readonly Element[]): Bytes | null {
  const nonce = extensions.find((one) => oidOf(fieldsOf(one).next()) === oids.ocspNonce);
  return nonce === undefined ? null : new Uint8Array(nonce.raw);
}

const hashNames: Readonly<Record<string, string>> = {
  [oids.sha1]: "sha1", // what RFC 5019 clients send; it only names the issuer
  [oids.sha256]: "sha256",
  [oids.sha384]: "sha384",
  [oids.sha512]: "sha512",
};

function isIssuerOf(responder: OcspResponder, { hash, nameHash, keyHash }: AskedCertificate): boolean {
  const name = hashNames[hash];
  if (name === undefined) return false;
  const digest = (bytes: Bytes) => createHash(name).update(bytes).digest();
  return (
    equalBytes(digest(subjectIn(responder.issuerCertificate)), nameHash) &&
    equalBytes(digest(keyBits(responder.issuerPublicKey)), keyHash)
  );
}

function singleResponse(asked: AskedCertificate, issued: readonly IssuedCertificateEntry[], now: Instant): Bytes {
  const nextUpdate = instantOfSeconds(secondsOf(now) + freshSeconds);
  const entry = issued.find((one) => one.serial === asked.serial);
  return sequence(asked.id, certificateStatus(entry), generalizedTime(now), explicit(0, generalizedTime(nextUpdate)));
}

function certificateStatus(entry: IssuedCertificateEntry | undefined): Bytes {
  if (entry === undefined) return implicit(2, nullValue());
  if (entry.revoked === null) return implicit(0, nullValue());
  const { at, reason } = entry.revoked;
  return implicit(1, sequence(generalizedTime(at), explicit(0, enumerated(revocationReasons[reason]))));
}
