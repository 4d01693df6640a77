import type { Certificate } from "./certificate.ts";
import type { Primitives } from "./primitives.ts";

type Held = WeakMap<Certificate, WeakSet<Certificate>>;

const byVerifier = new WeakMap<Primitives["verify"], Held>();

/**
 * Certificates on which this issuer's key was found to have signed: the same few authorities date every signature, and
 * what two certificates prove once they prove for ever. Dates, purposes and revocation are judged anew each time. Nothing
 * is kept of a signature that did not hold, nor of certificates that are gone, nor from one verifier to another.
 */
export function heldBefore(verify: Primitives["verify"], issuer: Certificate): WeakSet<Certificate> {
  const held = byVerifier.get(verify) ?? new WeakMap();
  const under = held.get(issuer) ?? new WeakSet();
  byVerifier.set(verify, held.set(issuer, under));
  return under;
}
