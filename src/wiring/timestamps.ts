import { parseCertificate, type Certificate as X509 } from "../../signing/format/certificate.ts";
import { findChain } from "../../signing/format/chain.ts";
import { imprintOf } from "../../signing/seal/seal.ts";
import { requestTimestamp, type TimestampAuthority, type TimestampWorld } from "../../signing/seal/timestamp.ts";
import type { Bytes, Instant } from "../core/kernel.ts";
import { type House, randomOf } from "./house.ts";
import type { Waypoint } from "./waypoints.ts";

/** The configured authorities, in their order. @param passed where a process may die once one has answered */
export function timestamps(house: House, passed: Waypoint | null): Omit<TimestampWorld, "primitives"> {
  return {
    authorities: house.timestampUrls.map(authorityOf),
    post: async (request) => {
      const answer = await house.http.post(request);
      if (passed !== null) await house.pass(passed);
      return answer;
    },
    nonce: randomOf(16),
    now: house.now,
    trusts: (certificate, embedded, at) => isTrustedForTime(house, certificate, embedded, at),
  };
}

/** An address may name, behind `#`, the one policy under which its tokens are taken. */
function authorityOf(configured: string): TimestampAuthority {
  const [url = "", policy] = configured.split("#");
  return policy === undefined ? { url } : { url, policy };
}

async function isTrustedForTime(house: House, leaf: X509, embedded: readonly X509[], at: Instant): Promise<boolean> {
  const anchors = anchorsOf(house).filter(({ purpose }) => purpose === "timestamp");
  const question = { leaf, candidates: embedded, anchors, purposes: ["timestamp"] as const, at };
  return (await findChain(question, house.primitives)).trusted;
}

export const anchorsOf = (house: House) =>
  house.keyList().anchors.flatMap(({ purpose, certificate }) => {
    const parsed = parseCertificate(certificate);
    return parsed.ok ? [{ purpose, certificate: parsed.value }] : [];
  });

/**
 * A real token, to weigh what another needs: it also proves, before any key is used, that an authority answers.
 *
 * @returns null where none does
 */
export async function sampleToken(house: House): Promise<Bytes | null> {
  const sample = house.sampleToken.known ?? (await askSample(house));
  house.sampleToken.known = sample;
  return sample;
}

/** Tokens have grown beyond the sample: the next reservation weighs a new one. */
export function forgetSample(house: House): void {
  house.sampleToken.known = null;
}

/** The longest that any authority gives: whichever answers later, its token must fit, or the key was used for nothing. */
async function askSample(house: House): Promise<Bytes | null> {
  const world = { ...timestamps(house, null), primitives: house.primitives };
  const asked = world.authorities.map((authority) =>
    requestTimestamp(imprintOf(randomOf(32), house.primitives), { ...world, authorities: [authority] }),
  );
  const tokens = (await Promise.all(asked)).flatMap((answer) => (answer.ok ? [answer.value.token] : []));
  return tokens.toSorted((a, b) => b.length - a.length)[0] ?? null;
}
