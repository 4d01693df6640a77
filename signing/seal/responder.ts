import { equalBytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import type { TrustAnchor } from "../format/chain.ts";
import { isExemptFrom } from "../format/ocsp-responder.ts";
import { askRevocation, type Revocation, type RevocationWorld } from "./revocation.ts";
import { askRevocationLists, type ListWorld, listAddressesOf } from "./revocation-list.ts";

export type Told = Exclude<Revocation, { status: "unavailable" }>;

type Above = { readonly above: readonly Certificate[]; readonly anchors: readonly TrustAnchor[] };

/**
 * Asks whether a delegated responder may still be believed, RFC 6960 §4.2.2.2.1: by the lists that its certificate names,
 * else by a responder that is not itself in question. One that names no way to ask is believed while its certificate
 * lasts, as the RFC leaves to whoever asks.
 *
 * @returns what was said of it, to be kept with its answer; null where nobody needs to be asked
 */
export async function askResponder(
  responder: Certificate,
  issuer: Certificate,
  { above, anchors }: Above,
  world: RevocationWorld & ListWorld,
): Promise<Result<Told | null, "responder_revoked" | "responder_unproven">> {
  if (isExemptFrom(responder, issuer)) return ok(null);
  const hasLists = listAddressesOf(responder).length > 0;
  if (!hasLists && responder.extensions.ocspUrl === null) return ok(null);
  const placed = { certificate: responder, above, anchors };
  const told = hasLists ? await askRevocationLists(placed, world) : await askAnother(responder, issuer, world);
  if (told.status === "unavailable") return fail("responder_unproven");
  return told.status === "revoked" ? fail("responder_revoked") : ok(told);
}

/** Its own word about itself is worth nothing, and nor is that of another who may have been revoked. */
async function askAnother(responder: Certificate, issuer: Certificate, world: RevocationWorld): Promise<Revocation> {
  const told = await askRevocation(responder, issuer, world);
  if (told.status === "unavailable" || told.responder === null) return told;
  const isAnother = !equalBytes(told.responder.raw, responder.raw) && isExemptFrom(told.responder, issuer);
  return isAnother ? told : { status: "unavailable", reason: "responder_not_authorised", detail: "" };
}
