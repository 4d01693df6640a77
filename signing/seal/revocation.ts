import {
  type Bytes,
  equalBytes,
  fail,
  type Instant,
  instantOfSeconds,
  ok,
  type Result,
  secondsOf,
} from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import { answersFor, buildOcspRequest, type OcspAnswer, type OcspResponse, parseOcspReply } from "../format/ocsp.ts";
import { respondersOf } from "../format/ocsp-responder.ts";
import type { Primitives } from "../format/primitives.ts";
import type { HttpPost } from "./http-post.ts";

/** What was said of one certificate, by whom. `replies` are the whole OCSPResponse or CRLs, as a DSS keeps them. */
type Said = {
  readonly by: "ocsp" | "crl";
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
  readonly replies: readonly Bytes[];
  /** Who signed the reply, where it was not the issuer. */
  readonly responder: Certificate | null;
};

export type Revocation =
  | ({ readonly status: "good" } & Said)
  /** @property reason CRLReason, RFC 5280 §5.3.1 */
  | ({ readonly status: "revoked"; readonly revokedAt: Instant; readonly reason: number | null } & Said)
  /** Nothing was learnt: neither good nor revoked may be concluded. */
  | { readonly status: "unavailable"; readonly reason: RevocationGap; readonly detail: string };

export type RevocationGap =
  | "no_responder"
  | "unreachable"
  | "refused"
  | "malformed"
  | "nonce_differs"
  | "responder_not_authorised"
  | "signature_wrong"
  | "not_answered"
  | "stale";

export type RevocationWorld = {
  readonly post: HttpPost;
  /** Random, 1 to 32 bytes, fresh for each call. */
  readonly nonce: Bytes;
  readonly now: Instant;
  readonly primitives: Pick<Primitives, "digest" | "verify">;
};

// RFC 9654 §2.1 and field practice: answers made in advance carry no nonce, so their age must speak for them.
const oldestAnswerSeconds = 24 * 3600;
const clockToleranceSeconds = 300;

/**
 * Asks the OCSP responder named in the certificate and checks the answer. RFC 6960 §3.2.
 *
 * @param issuer whose key signed `certificate`
 */
export async function askRevocation(
  certificate: Certificate,
  issuer: Certificate,
  world: RevocationWorld,
): Promise<Revocation> {
  const url = certificate.extensions.ocspUrl;
  if (url === null) return unavailable("no_responder");
  const body = buildOcspRequest({ certificate, issuer, nonce: world.nonce }, world.primitives);
  const type = "application/ocsp-request";
  const answer = await world.post({ url, contentType: type, accept: "application/ocsp-response", body });
  if (!answer.ok) return unavailable("unreachable", answer.failure.reason);
  if (answer.value.status !== 200) return unavailable("refused", `HTTP ${answer.value.status}`);
  const reply = parseOcspReply(answer.value.body);
  if (!reply.ok) return unavailable("malformed", reply.failure.reason);
  const { status, basic } = reply.value;
  if (basic === null) return unavailable("refused", `OCSP ${status}`);
  const judged = await judge(basic, certificate, issuer, world);
  return judged.ok ? conclusion(judged.value, issuer, answer.value.body) : unavailable(judged.failure);
}

const unavailable = (reason: RevocationGap, detail = ""): Revocation => ({ status: "unavailable", reason, detail });

type Judged = { readonly answer: OcspAnswer; readonly responder: Certificate };

function conclusion({ answer, responder }: Judged, issuer: Certificate, reply: Bytes): Revocation {
  const { status, thisUpdate, nextUpdate } = answer;
  if (status.status === "unknown") return unavailable("not_answered", "unknown");
  const said = { by: "ocsp", thisUpdate, nextUpdate, replies: [reply] } as const;
  return { ...status, ...said, responder: responder === issuer ? null : responder };
}

async function judge(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
  { primitives, nonce, now }: RevocationWorld,
): Promise<Result<Judged, RevocationGap>> {
  if (response.nonce !== null && !equalBytes(response.nonce, nonce)) return fail("nonce_differs");
  const found = await respondersOf(response, issuer, { candidates: [], at: response.producedAt }, primitives);
  if (!found.ok) return found;
  const answer = response.answers.find((one) => answersFor(one, certificate, issuer, primitives));
  // By its own word it answered while it was valid; but whoever holds an expired key can say so of any day.
  const responder = found.value.find(({ notAfter }) => now <= notAfter);
  if (responder === undefined) return fail("responder_not_authorised");
  if (answer === undefined) return fail("not_answered");
  return isFresh(answer, response.nonce !== null, now) ? ok({ answer, responder }) : fail("stale");
}

function isFresh(answer: OcspAnswer, hasNonce: boolean, now: Instant): boolean {
  const later = instantOfSeconds(secondsOf(now) + clockToleranceSeconds);
  const earlier = instantOfSeconds(secondsOf(now) - clockToleranceSeconds);
  const oldest = instantOfSeconds(secondsOf(now) - oldestAnswerSeconds);
  const isWithin = answer.thisUpdate <= later && (answer.nextUpdate === null || answer.nextUpdate >= earlier);
  return isWithin && (hasNonce || answer.thisUpdate >= oldest || answer.nextUpdate !== null);
}
