import { type Bytes, fail, type Instant, type Result } from "../../src/core/kernel.ts";
import { hashIdentifier, hashOf } from "./algorithm.ts";
import type { Certificate } from "./certificate.ts";
import { parseSignedData, type SignedData } from "./cms.ts";
import { bail, type DerFailure, type Element, fieldsOf, membersOf, parseDer, readingDer, tag } from "./der.ts";
import {
  bitStringOf,
  hasBit,
  instantOf,
  integerBytesOf,
  isText,
  numberOf,
  octetsOf,
  oidOf,
  textOf,
} from "./der-values.ts";
import { boolean, integer, octetString, oid, sequence, unsignedInteger } from "./der-writer.ts";
import { oids } from "./oids.ts";
import type { HashName } from "./primitives.ts";

/**
 * TimeStampReq asking for the authority's certificate, RFC 3161 §2.4.1.
 *
 * @param imprint digest, with `hash`, of what is to be dated: for a signature, its signature value
 * @param nonce random, 8 to 32 bytes; read as an unsigned number
 * @param policy under which the token is wanted, dotted; null leaves it to the authority
 */
export function buildTimestampRequest(request: {
  readonly hash: HashName;
  readonly imprint: Uint8Array;
  readonly nonce: Uint8Array;
  readonly policy?: string | null;
}): Bytes {
  const messageImprint = sequence(hashIdentifier(request.hash), octetString(request.imprint));
  const policy = request.policy == null ? [] : [oid(request.policy)];
  return sequence(integer(1), messageImprint, ...policy, unsignedInteger(request.nonce), boolean(true));
}

/** TimeStampResp, RFC 3161 §2.4.2. `status` 0 granted, 1 granted with modifications; others carry no token. */
export type TimestampResponse = {
  readonly status: number;
  readonly statusText: string;
  /** Numbers of the set bits of PKIFailureInfo. */
  readonly failures: readonly number[];
  /** DER of the token's ContentInfo. */
  readonly token: Bytes | null;
};

export function parseTimestampResponse(der: Bytes): Result<TimestampResponse, DerFailure> {
  return readingDer(() => {
    const fields = fieldsOf(parseDer(der));
    const status = fieldsOf(fields.next());
    const number = numberOf(status.next());
    const texts = status.optional(tag.sequence);
    const info = status.optional(tag.bitString);
    const failureBits = info && bitStringOf(info);
    return {
      status: number,
      statusText: texts === null ? "" : membersOf(texts).filter(isText).map(textOf).join(" "),
      failures:
        failureBits === null ? [] : Array.from({ length: 32 }, (_, i) => i).filter((i) => hasBit(failureBits, i)),
      token: fields.optional(tag.sequence)?.raw ?? null,
    };
  });
}

/** A timestamp token: SignedData over a TSTInfo, RFC 3161 §2.4.2. */
export type TimestampToken = {
  readonly signedData: SignedData;
  /** The signed bytes: DER of TSTInfo. */
  readonly content: Bytes;
  readonly policy: string;
  /** Null for a digest that this project does not know. */
  readonly hash: HashName | null;
  readonly imprint: Bytes;
  readonly serial: Bytes;
  /** Fractions of a second are cut. */
  readonly genTime: Instant;
  /** Rounded up to whole seconds; null where the authority does not say. */
  readonly accuracySeconds: number | null;
  /** Content octets of the INTEGER. */
  readonly nonce: Bytes | null;
};

/** @param token DER or BER of the ContentInfo; zeros after it (a PDF's /Contents) are ignored */
export function parseTimestampToken(token: Bytes): Result<TimestampToken, DerFailure> {
  const signedData = parseSignedData(token);
  if (!signedData.ok) return signedData;
  const { contentType, content } = signedData.value;
  if (contentType !== oids.tstInfo || content === null) return fail({ code: "der_malformed", reason: "unexpected" });
  return readingDer(() => ({ signedData: signedData.value, content, ...readInfo(parseDer(content)) }));
}

/** RFC 3161 §2.3: the purpose must be there, critical, and alone. */
export function mayTimestamp({ extensions }: Certificate): boolean {
  const usage = extensions.extendedKeyUsage;
  return usage?.critical === true && usage.purposes.length === 1 && usage.purposes[0] === oids.timeStamping;
}

function readInfo(element: Element) {
  const fields = fieldsOf(element);
  fields.next(); // version 1
  const policy = oidOf(fields.next());
  const imprint = fieldsOf(fields.next());
  const hash = hashOf(imprint.next());
  const hashed = octetsOf(imprint.next());
  const serial = integerBytesOf(fields.next());
  const genTime = instantOf(fields.next());
  const accuracy = fields.optional(tag.sequence);
  fields.optional(tag.boolean); // ordering
  const nonce = fields.optional(tag.integer);
  return {
    policy,
    hash,
    imprint: hashed,
    serial,
    genTime,
    accuracySeconds: accuracy && readAccuracy(accuracy),
    nonce: nonce && integerBytesOf(nonce),
  };
}

function readAccuracy(element: Element): number {
  const fields = fieldsOf(element);
  const whole = fields.optional(tag.integer);
  const fraction = fields.rest().length > 0 ? 1 : 0;
  const seconds = (whole === null ? 0 : numberOf(whole)) + fraction;
  return seconds >= 0 ? seconds : bail("bad_value");
}
