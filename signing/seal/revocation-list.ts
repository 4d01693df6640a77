import { type Bytes, equalBytes, type Instant } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import { type Crl, parseCrl } from "../format/crl.ts";
import { crlFinding } from "../format/crl-check.ts";
import { distributionPointsOf, freshestNames } from "../format/crl-points.ts";
import { readingDer } from "../format/der.ts";
import { oids } from "../format/oids.ts";
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

// A list for each reason or kind, by several addresses: more than this no authority has. As many deltas again.
const mostAddresses = 6;

type Fetched = { readonly url: string; readonly crl: Crl };

/**
 * Fetches every CRL that the certificate names, and every delta that it or these lists name, and looks it up in all of them
 * together: complete, indirect, by reason, freshest. RFC 5280 §6.3, §4.2.1.15, §5.2.6. An address that does not answer may
 * be another way to the same list, so it is no failure by itself; without a delta the complete list still speaks for
 * its time (§6.3.3 (a)).
 */
export async function askRevocationLists(placed: Placed, world: ListWorld): Promise<Revocation> {
  const addresses = listAddressesOf(placed.certificate);
  if (addresses.length === 0) return unavailable("no_responder");
  const complete = await fetchLists(addresses, world);
  if (complete.lists.length === 0) return unavailable(complete.gap);
  const deltas = await fetchLists(deltaAddressesOf(placed.certificate, complete.lists), world);
  const lists = [...complete.lists, ...deltas.lists.filter(({ crl }) => crl.base !== null)];
  return judged(placed, lists, world);
}

async function fetchLists(addresses: readonly string[], { get }: ListWorld) {
  const lists: Fetched[] = [];
  let gap: RevocationGap = "unreachable";
  for (const url of addresses) {
    const answer = await get({ url, accept: "application/pkix-crl" });
    const crl = answer.ok ? listIn(answer.value) : null;
    if (answer.ok) gap = answer.value.status === 200 ? "malformed" : "refused";
    if (crl !== null) lists.push({ url, crl });
  }
  return { lists, gap };
}

const unavailable = (reason: RevocationGap): Revocation => ({ status: "unavailable", reason, detail: "" });

/** Addresses of the web among the distribution points, each once, 6 at most. */
export function listAddressesOf(certificate: Certificate): string[] {
  const points = readingDer(() => distributionPointsOf(certificate));
  return addressesIn(points.ok ? points.value.flatMap((point) => point.names ?? []) : []);
}

function deltaAddressesOf({ extensions, issuer }: Certificate, lists: readonly Fetched[]): string[] {
  const own = extensions.values.get(oids.freshestCrl);
  const told = [
    ...(own === undefined ? [] : [{ value: own.value, issuer }]),
    ...lists.flatMap(({ crl }) => (crl.freshestCrl === null ? [] : [{ value: crl.freshestCrl, issuer: crl.issuer }])),
  ];
  const names = told.map(({ value, issuer: by }) => freshestNames(value, by));
  return addressesIn(names.flatMap((read) => (read.ok ? read.value : [])));
}

function addressesIn(names: readonly string[]): string[] {
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
  lists: readonly Fetched[],
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
