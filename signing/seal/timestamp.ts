import { type Bytes, equalBytes, fail, type Instant, ok, type Result, secondsOf } from "../../src/core/kernel.ts";
import type { SigningFailure, TimestampAttempt, TimestampRefusal } from "../failure.ts";
import { type Certificate, isValidAt } from "../format/certificate.ts";
import { signerCertificate } from "../format/cms.ts";
import { checkSigner } from "../format/cms-verify.ts";
import type { HashName, Primitives } from "../format/primitives.ts";
import {
  buildTimestampRequest,
  mayTimestamp,
  parseTimestampResponse,
  parseTimestampToken,
  type TimestampToken,
} from "../format/tsp.ts";
import type { HttpFailure, HttpPost } from "./http-post.ts";

/** @property policy the only one under which its tokens are taken, dotted; absent for any */
export type TimestampAuthority = { readonly url: string; readonly policy?: string };

/** Whether a certificate is of an authority that the operator trusts for time; `embedded` may help to build the path. */
export type TrustsAuthority = (
  certificate: Certificate,
  embedded: readonly Certificate[],
  genTime: Instant,
) => Promise<boolean>;

export type TimestampWorld = {
  /** Asked in order until one answers well. */
  readonly authorities: readonly TimestampAuthority[];
  readonly post: HttpPost;
  /** Random, 8 to 32 bytes, fresh for each call. */
  readonly nonce: Bytes;
  readonly trusts: TrustsAuthority;
  /** The service's own clock, read when an answer arrives: between the asking and it may lie other authorities' silence. */
  readonly now: () => Instant;
  readonly primitives: Pick<Primitives, "digest" | "verify">;
};

/** What is to be dated: for a signature, the digest of its value; for a document timestamp, that of the covered bytes. */
export type Imprint = { readonly hash: HashName; readonly bytes: Bytes };

/** @property token DER of the ContentInfo, ready to be embedded */
export type Timestamp = { readonly token: Bytes; readonly genTime: Instant };

/** Asks for a timestamp and believes none that it has not checked. RFC 3161 §2.2. */
export async function requestTimestamp(
  imprint: Imprint,
  world: TimestampWorld,
): Promise<Result<Timestamp, SigningFailure>> {
  const attempts: TimestampAttempt[] = [];
  for (const authority of world.authorities) {
    const answered = await askOne(authority, imprint, world);
    if (answered.ok) return answered;
    attempts.push({ url: authority.url, ...answered.failure });
  }
  return fail({ code: "timestamp_unavailable", attempts });
}

type Refusal = { readonly reason: TimestampRefusal; readonly detail: string };
const refuse = (reason: TimestampRefusal, detail = "") => fail({ reason, detail });

async function askOne(
  { url, policy }: TimestampAuthority,
  imprint: Imprint,
  world: TimestampWorld,
): Promise<Result<Timestamp, Refusal>> {
  const { hash, bytes } = imprint;
  const body = buildTimestampRequest({ hash, imprint: bytes, nonce: world.nonce, policy: policy ?? null });
  const type = "application/timestamp-query";
  const answer = await world.post({ url, contentType: type, accept: "application/timestamp-reply", body });
  if (!answer.ok) return refuse(networkReasons[answer.failure.code], answer.failure.reason);
  if (answer.value.status !== 200) return refuse("http_status", String(answer.value.status));
  const response = parseTimestampResponse(answer.value.body);
  if (!response.ok) return refuse("malformed", response.failure.reason);
  const { status, statusText, failures, token } = response.value;
  if (status > 1 || token === null) return refuse("refused", `${status} ${statusText} [${failures.join()}]`);
  const read = parseTimestampToken(token);
  if (!read.ok) return refuse("malformed", read.failure.reason);
  if (policy !== undefined && read.value.policy !== policy) return refuse("policy_differs", read.value.policy);
  const fault = await faultOf(read.value, imprint, world);
  return fault === null ? ok({ token, genTime: read.value.genTime }) : refuse(fault.reason, fault.detail);
}

const networkReasons: Readonly<Record<HttpFailure["code"], TimestampRefusal>> = {
  http_unreachable: "unreachable",
  http_url_refused: "unreachable",
  http_timed_out: "timed_out",
  http_answer_too_large: "answer_too_large",
};

const toleratedSeconds = 60;

async function faultOf(token: TimestampToken, imprint: Imprint, world: TimestampWorld): Promise<Refusal | null> {
  if (token.hash !== imprint.hash || !equalBytes(token.imprint, imprint.bytes)) return fault("imprint_differs");
  // LAW 5.5: the authority's time is the one that counts, so it is held against ours before it is believed.
  if (Math.abs(secondsOf(token.genTime) - secondsOf(world.now())) > toleratedSeconds)
    return fault("time_differs", token.genTime);
  if (token.nonce === null || !isSameNumber(token.nonce, world.nonce)) return fault("nonce_differs");
  const { signedData } = token;
  const [signer, ...others] = signedData.signers;
  const certificate = signer === undefined ? null : signerCertificate(signer, signedData.certificates);
  // RFC 3161 §2.4.2: one signer, and since certReq was true its certificate is inside.
  if (signer === undefined || others.length > 0 || certificate === null) return fault("malformed", "signer");
  if (!mayTimestamp(certificate) || !isValidAt(certificate, token.genTime)) return fault("certificate_unsuitable");
  const finding = await checkSigner(
    signedData,
    signer,
    certificate,
    (hash) => world.primitives.digest(hash, token.content),
    world.primitives,
  );
  if (finding !== "intact") return fault("signature_wrong", finding);
  const isTrusted = await world.trusts(certificate, signedData.certificates, token.genTime);
  return isTrusted ? null : fault("not_trusted", certificate.subject.text);
}

const fault = (reason: TimestampRefusal, detail = ""): Refusal => ({ reason, detail });

/** INTEGER content octets against random bytes sent as an unsigned number. */
const isSameNumber = (integer: Bytes, sent: Bytes) => equalBytes(withoutZeros(integer), withoutZeros(sent));
const withoutZeros = (bytes: Bytes): Bytes => {
  const first = bytes.findIndex((octet) => octet !== 0);
  return first < 0 ? bytes.subarray(bytes.length) : bytes.subarray(first);
};
