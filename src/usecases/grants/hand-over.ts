import type { Certificate, Dossier } from "../../core/dossier.ts";
import { type Grant, type GrantId, grantBounds } from "../../core/grant.ts";
import type { RecipientId } from "../../core/ids.ts";
import { type Branded, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "../../core/kernel.ts";
import type { Failure } from "../failure.ts";

export type HandoverId = Branded<string, "HandoverId">;

/** One act at a counter: some copies of one citizen, to one recipient, for one procedure. */
export type Handover = {
  readonly id: HandoverId;
  readonly recipientId: RecipientId;
  readonly procedure: string;
  readonly handedAt: Instant;
};

export type HandingWorld = {
  readonly now: () => Instant;
  readonly newGrantId: () => GrantId;
  readonly certificate: (dossier: Dossier) => Promise<Certificate | null>;
  readonly hasLostItsValue: (certificate: Certificate) => Promise<boolean>;
  /** Its bytes are gone: an office would find nothing. */
  readonly isErased: (certificate: Certificate) => Promise<boolean>;
  /** Durable on return, with the letter to the recipient. @returns false where an act of that id was kept before */
  readonly keepHandover: (handover: Handover, grants: readonly Grant[]) => Promise<boolean>;
};

const daySeconds = 86_400;

/**
 * The citizen stands before the poster and has typed the digits of each copy. A grant each, as long and as often as a
 * grant may be: the office works through its pile, the citizen can revoke.
 */
export async function handOver(
  dossiers: readonly Dossier[],
  to: { readonly id: HandoverId; readonly recipient: { readonly id: RecipientId; readonly name: string } },
  procedure: string,
  world: HandingWorld,
): Promise<Result<Handover, Failure>> {
  if (procedure.length < 2 || procedure.length > grantBounds.mostLetters)
    return fail({ code: "malformed_request", field: "procedure" });
  if (dossiers.length === 0) return fail({ code: "malformed_request", field: "copies" });
  const handedAt = world.now();
  const grants: Grant[] = [];
  for (const dossier of dossiers) {
    const certificate = await copyToHand(dossier, world);
    if (!certificate.ok) return certificate;
    grants.push({
      id: world.newGrantId(),
      certificateId: certificate.value.id,
      agencyId: dossier.agencyId,
      grantee: to.recipient,
      procedure,
      pages: null,
      uses: grantBounds.mostUses,
      used: 0,
      madeAt: handedAt,
      expiresAt: instantOfSeconds(secondsOf(handedAt) + grantBounds.mostDays * daySeconds),
      revokedAt: null,
    });
  }
  const handover: Handover = { id: to.id, recipientId: to.recipient.id, procedure, handedAt };
  return (await world.keepHandover(handover, grants)) ? ok(handover) : fail({ code: "grant_made_before" });
}

async function copyToHand(dossier: Dossier, world: HandingWorld): Promise<Result<Certificate, Failure>> {
  const certificate = dossier.status === "released" ? await world.certificate(dossier) : null;
  if (certificate === null) return fail({ code: "not_released" });
  if (await world.hasLostItsValue(certificate)) return fail({ code: "copy_without_value" });
  return (await world.isErased(certificate)) ? fail({ code: "erased" }) : ok(certificate);
}
