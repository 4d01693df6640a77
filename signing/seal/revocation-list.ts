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
import { signatureAlgorithmOf } from "../format/algorithm.ts";
import type { Certificate } from "../format/certificate.ts";
import {
  type DerFailure,
  type Element,
  explicitOf,
  fieldsOf,
  membersOf,
  parseDer,
  readingDer,
  tag,
} from "../format/der.ts";
import { booleanOf, instantOf, integerBytesOf, isTime, octetsOf, oidOf, wholeBitsOf } from "../format/der-values.ts";
import type { Primitives, SignatureAlgorithm } from "../format/primitives.ts";
import type { HttpGet } from "./http-post.ts";
import type { Revocation, RevocationGap } from "./revocation.ts";

/** What collecting evidence needs of a CertificateList, RFC 5280 §5.1. */
type RevocationList = {
  readonly tbs: Bytes;
  readonly issuer: Bytes;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
  readonly revoked: readonly Element[];
  /** It may leave out what is asked for: delta lists, indirect ones, those for some reasons or kinds only. */
  readonly isPartial: boolean;
  readonly signatureAlgorithm: SignatureAlgorithm | null;
  readonly signature: Bytes;
};

export type ListWorld = {
  readonly get: HttpGet;
  readonly now: Instant;
  readonly primitives: Pick<Primitives, "verify">;
};

const clockToleranceSeconds = 300;

/**
 * Fetches the CRL that the certificate names and looks the certificate up. RFC 5280 §6.3, complete lists of its own
 * issuer only: anything else is `unavailable`, so that evidence is never built on a list that says less than it seems to.
 */
export async function askRevocationList(
  certificate: Certificate,
  issuer: Certificate,
  world: ListWorld,
): Promise<Revocation> {
  const url = certificate.extensions.crlUrl;
  if (url === null) return unavailable("no_responder");
  const answer = await world.get({ url, accept: "application/pkix-crl" });
  if (!answer.ok) return unavailable("unreachable", answer.failure.reason);
  if (answer.value.status !== 200) return unavailable("refused", `HTTP ${answer.value.status}`);
  const list = parseRevocationList(answer.value.body);
  if (!list.ok) return unavailable("malformed", list.failure.reason);
  const fault = await faultOf(list.value, issuer, world);
  return fault === null ? conclusion(list.value, certificate, answer.value.body) : unavailable(fault);
}

const unavailable = (reason: RevocationGap, detail = ""): Revocation => ({ status: "unavailable", reason, detail });

async function faultOf(list: RevocationList, issuer: Certificate, world: ListWorld): Promise<RevocationGap | null> {
  if (list.isPartial) return "not_answered";
  const { keyUsage } = issuer.extensions;
  const mayIssue = keyUsage === null || keyUsage.includes("cRLSign");
  if (!mayIssue || !equalBytes(list.issuer, issuer.subject.raw)) return "responder_not_authorised";
  const { signatureAlgorithm: algorithm, tbs, signature } = list;
  const holds = algorithm !== null && (await world.primitives.verify(issuer.publicKey, algorithm, tbs, signature));
  if (!holds) return "signature_wrong";
  const later = instantOfSeconds(secondsOf(world.now) + clockToleranceSeconds);
  const isCurrent = list.thisUpdate <= later && (list.nextUpdate === null || list.nextUpdate >= world.now);
  return isCurrent ? null : "stale";
}

function conclusion(list: RevocationList, { serial }: Certificate, reply: Bytes): Revocation {
  const { thisUpdate, nextUpdate } = list;
  const told = { by: "crl", thisUpdate, nextUpdate, reply, responder: null } as const;
  const found = readingDer(() => {
    const entry = list.revoked.find((one) => equalBytes(integerBytesOf(fieldsOf(one).next()), serial));
    return entry === undefined ? null : dateOf(entry);
  });
  if (!found.ok) return unavailable("malformed", found.failure.reason);
  if (found.value === null) return { status: "good", ...told };
  return { status: "revoked", revokedAt: found.value, reason: null, ...told };
}

function dateOf(entry: Element): Instant {
  const fields = fieldsOf(entry);
  fields.next(); // serial
  return instantOf(fields.next());
}

function parseRevocationList(der: Bytes): Result<RevocationList, DerFailure | { reason: "not_der" }> {
  // Some authorities publish PEM under .crl; RFC 5280 §4.2.1.13 and §5 want DER, and a DSS keeps DER.
  if (der[0] !== 0x30) return fail({ reason: "not_der" });
  const read = readingDer(() => readList(parseDer(der)));
  return read.ok ? ok(read.value) : read;
}

function readList(whole: Element): RevocationList {
  const outer = fieldsOf(whole);
  const tbs = outer.next();
  const signatureAlgorithm = signatureAlgorithmOf(outer.next());
  const signature = wholeBitsOf(outer.next());
  const fields = fieldsOf(tbs);
  fields.optional(tag.integer); // version
  fields.next(); // algorithm, said again outside
  const issuer = fields.next().raw;
  const thisUpdate = instantOf(fields.next());
  const rest = fields.rest();
  const [next] = rest;
  const nextUpdate = next !== undefined && isTime(next) ? instantOf(next) : null;
  const list = rest.find((element) => element.is(tag.sequence));
  const extensions = rest.find((element) => element.isContext(0));
  return {
    tbs: tbs.raw,
    issuer,
    thisUpdate,
    nextUpdate,
    revoked: list === undefined ? [] : membersOf(list),
    isPartial: extensions !== undefined && membersOf(explicitOf(extensions)).some(narrows),
    signatureAlgorithm,
    signature,
  };
}

const deltaIndicator = "2.5.29.27";
const issuingPoint = "2.5.29.28";

/** RFC 5280 §5.2: a delta list, a critical extension that is not known, or a distribution point with any limit. */
function narrows(extension: Element): boolean {
  const fields = fieldsOf(extension);
  const id = oidOf(fields.next());
  const critical = fields.optional(tag.boolean);
  const value = octetsOf(fields.next());
  if (id === issuingPoint)
    return fieldsOf(parseDer(value))
      .rest()
      .some((part) => !part.isContext(0));
  return id === deltaIndicator || (critical !== null && booleanOf(critical));
}
