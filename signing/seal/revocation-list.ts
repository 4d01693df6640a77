import { type Bytes, equalBytes, type Instant } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import { type Crl, parseCrl } from "../format/crl.ts";
import { crlFinding } from "../format/crl-check.ts";
import { distributionPointsOf } from "../format/crl-points.ts";
import { readingDer } from "../format/der.ts";
import type { Primitives } from "../format/primitives.ts";
import type { Placed } from "../format/revocation.ts";
import type { HttpAnswer, HttpGet } from "./http-post.ts";
import type { Revocation, RevocationGap } from "./revocation.ts";

export type ListWorld = {
  readonly get: HttpGet;
  readonly now: Instant;
  /** The time that the answer must reach. */
  readonly newerThan: Instant;
  readonly primitives: Pick<Primitives, "digest" | "verify">;
};

// A list for each reason or kind, by several addresses: more than this no authority has.
const mostAddresses = 6;

/**
 * Fetches every CRL that the certificate names and looks it up in all of them together: complete, indirect, by reason.
 * RFC 5280 §6.3. An address that does not answer may be another way to the same list, so it is no failure by itself.
 */
export async function askRevocationLists(placed: Placed, world: ListWorld): Promise<Revocation> {
  const addresses = addressesOf(placed.certificate);
  if (addresses.length === 0) return unavailable("no_responder");
  const lists: { url: string; crl: Crl }[] = [];
  let gap: RevocationGap = "unreachable";
  for (const url of addresses) {
    const answer = await world.get({ url, accept: "application/pkix-crl" });
    const crl = answer.ok ? listIn(answer.value) : null;
    if (answer.ok) gap = answer.value.status === 200 ? "malformed" : "refused";
    if (crl !== null) lists.push({ url, crl });
  }
  return lists.length === 0 ? unavailable(gap) : judged(placed, lists, world);
}

const unavailable = (reason: RevocationGap): Revocation => ({ status: "unavailable", reason, detail: "" });

/** Addresses of the web among the distribution points, each once. */
function addressesOf(certificate: Certificate): string[] {
  const points = readingDer(() => distributionPointsOf(certificate));
  const names = points.ok ? points.value.flatMap((point) => point.names ?? []) : [];
  const urls = names.flatMap((name) => (/^uri:https?:/i.test(name) ? [name.slice("uri:".length)] : []));
  return [...new Set(urls)].slice(0, mostAddresses);
}

/** In DER, as RFC 5280 §4.2.1.13 wants it and a DSS keeps it; some authorities publish PEM under the same name. */
function listIn({ status, body }: HttpAnswer): Crl | null {
  const read = status === 200 ? parseCrl(body) : null;
  return read?.ok ? read.value : null;
}

async function judged(
  placed: Placed,
  lists: readonly { readonly url: string; readonly crl: Crl }[],
  { now, newerThan, primitives }: ListWorld,
): Promise<Revocation> {
  const crls = lists.map(({ url, crl }) => ({ value: crl, seenAt: now, source: url }));
  // What is in force now: a list of before may still reach the time in question, and is told with its age.
  const question = { ocsps: [], crls, candidates: [], asOf: newerThan < now ? newerThan : now, now, primitives };
  const found = await crlFinding(placed, question);
  if (found.status === "unknown") return unavailable(found.gap === "stale" ? "stale" : "not_answered");
  const { thisUpdate, nextUpdate } = found;
  const said = {
    by: "crl",
    thisUpdate,
    nextUpdate,
    replies: distinct(crls.map(({ value }) => value.raw)),
    responder: null,
  } as const;
  return found.status === "good"
    ? { status: "good", ...said }
    : { status: "revoked", revokedAt: found.revokedAt, reason: found.reason, ...said };
}

const distinct = (all: readonly Bytes[]): Bytes[] =>
  all.filter((one, i) => all.findIndex((other) => equalBytes(other, one)) === i);
