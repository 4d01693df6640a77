import { createHash, type KeyObject, sign } from "node:crypto";
import { fieldsOf, parseDer, readingDer, tag } from "../../signing/format/der.ts";
import { booleanOf, numberOf, octetsOf, oidOf } from "../../signing/format/der-values.ts";
import {
  element,
  explicit,
  generalizedTime,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  unsignedInteger,
} from "../../signing/format/der-writer.ts";
import { oids } from "../../signing/format/oids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { issuerIn, serialElementIn, sha256WithRsa } from "./certificate.ts";

export type TimestampAuthority = { readonly certificate: Bytes; readonly key: KeyObject };
export type AuthorityWorld = { now(): Instant; random(bytes: number): Uint8Array };

/** Under the number that RFC 5612 keeps for documentation: no real policy can be meant. */
export const developmentTimestampPolicy = "1.3.6.1.4.1.32473.1.1";

/** PKIFailureInfo bits that are used here, RFC 3161 §2.4.2. */
const failureBits = { badAlg: 0, badRequest: 2, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 };
type Refusal = keyof typeof failureBits;

/**
 * Answers one TimeStampReq. RFC 3161 §2.4: the nonce comes back, the certificate is there when asked for, the serial
 * number is 64 random bits and so never the same again, also after a restart. genTime has whole seconds, accuracy one.
 *
 * @param request at most some kilobytes, not yet parsed
 * @returns DER of a TimeStampResp; what cannot be granted is `rejection` with its reason
 */
export function answerTimestamp(request: Bytes, authority: TimestampAuthority, world: AuthorityWorld): Bytes {
  const asked = readRequest(request);
  if (!asked.ok) return rejection(asked.failure);
  const token = tokenOf(asked.value, authority, world);
  return sequence(sequence(integer(0)), token);
}

type TimestampRequest = {
  readonly imprint: Bytes;
  readonly nonce: Bytes | null;
  readonly certificateWanted: boolean;
};

const digestBytes: Readonly<Record<string, number>> = { [oids.sha256]: 32, [oids.sha384]: 48, [oids.sha512]: 64 };

function readRequest(request: Bytes): Result<TimestampRequest, Refusal> {
  const read = readingDer(() => {
    const fields = fieldsOf(parseDer(request));
    const version = numberOf(fields.next());
    const imprint = fields.next();
    const imprintFields = fieldsOf(imprint);
    const algorithm = oidOf(fieldsOf(imprintFields.next()).next());
    const digest = octetsOf(imprintFields.next());
    const policy = fields.optional(tag.oid);
    const nonce = fields.optional(tag.integer);
    const certReq = fields.optional(tag.boolean);
    const others = fields.rest().length;
    return {
      refusal: refusalOf({ version, algorithm, digest, others, policy: policy === null ? null : oidOf(policy) }),
      imprint: new Uint8Array(imprint.raw),
      nonce: nonce === null ? null : new Uint8Array(nonce.raw),
      certificateWanted: certReq !== null && booleanOf(certReq),
    };
  });
  if (!read.ok) return fail("badDataFormat");
  return read.value.refusal === null ? ok(read.value) : fail(read.value.refusal);
}

type Asked = { version: number; algorithm: string; digest: Bytes; policy: string | null; others: number };

function refusalOf({ version, algorithm, digest, policy, others }: Asked): Refusal | null {
  const expectedBytes = digestBytes[algorithm];
  if (version !== 1) return "badRequest";
  if (expectedBytes === undefined) return "badAlg";
  if (digest.length !== expectedBytes) return "badDataFormat";
  if (policy !== null && policy !== developmentTimestampPolicy) return "unacceptedPolicy";
  return others > 0 ? "unacceptedExtension" : null; // §2.4.1: an extension that is not understood is refused
}

function rejection(refusal: Refusal): Bytes {
  const bit = failureBits[refusal];
  const octets = new Uint8Array((bit >> 3) + 1);
  octets[bit >> 3] = 0x80 >> (bit & 7);
  const failureInfo = element(tag.bitString, Uint8Array.of(7 - (bit & 7)), octets);
  return sequence(sequence(integer(2), failureInfo));
}

/** ContentInfo of the signed TSTInfo. RFC 3161 §2.4.2, RFC 5652 §5, RFC 5816. */
function tokenOf(asked: TimestampRequest, authority: TimestampAuthority, world: AuthorityWorld): Bytes {
  const now = world.now();
  const info = tstInfo(asked, now, world.random(8));
  const attributes = [
    attribute(oids.contentType, oid(oids.tstInfo)),
    attribute(oids.signingTime, time(now)),
    attribute(oids.messageDigest, octetString(sha256(info))),
    attribute(oids.signingCertificateV2, signingCertificate(authority.certificate)),
  ];
  const signature = sign("sha256", setOf(...attributes), authority.key);
  const signer = sequence(
    integer(1),
    sequence(issuerIn(authority.certificate), serialElementIn(authority.certificate)),
    sha256Algorithm,
    implicit(0, setOf(...attributes)),
    sha256WithRsa,
    octetString(signature),
  );
  const certificates = asked.certificateWanted ? [implicit(0, setOf(authority.certificate))] : [];
  const content = sequence(oid(oids.tstInfo), explicit(0, octetString(info)));
  const signed = sequence(integer(3), setOf(sha256Algorithm), content, ...certificates, setOf(signer));
  return sequence(oid(oids.signedData), explicit(0, signed));
}

function tstInfo({ imprint, nonce }: TimestampRequest, now: Instant, serial: Uint8Array): Bytes {
  return sequence(
    integer(1),
    oid(developmentTimestampPolicy),
    imprint,
    unsignedInteger(serial),
    generalizedTime(now),
    sequence(integer(1)), // accuracy: genTime is cut to the second
    ...(nonce === null ? [] : [nonce]),
  );
}

/** ESSCertIDv2 whose hash is SHA-256 by default, RFC 5035 §3: another certificate cannot be put in its place. */
const signingCertificate = (certificate: Bytes): Bytes =>
  sequence(sequence(sequence(octetString(sha256(certificate)))));

const attribute = (type: string, value: Bytes): Bytes => sequence(oid(type), setOf(value));
const sha256Algorithm = sequence(oid(oids.sha256), nullValue());
const sha256 = (bytes: Bytes): Bytes => new Uint8Array(createHash("sha256").update(bytes).digest());
