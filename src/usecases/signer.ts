import { type Absence, awayOn } from "../core/absence.ts";
import type { Actor, Credential, Dossier, Signer } from "../core/dossier.ts";
import type { PersonId } from "../core/ids.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { type ComparingPolicyId, type Mandate, type MandateId, mandateFor, type ToSign } from "../core/mandate.ts";
import type { Failure } from "./failure.ts";

export type SignerWorld = {
  /** AUTH-1: the official's registered certificate, if it holds at that time. */
  readonly credential: (personId: PersonId, at: Instant) => Promise<Credential | null>;
  /** AUTH-2: all that the person was ever given in the own agency. */
  readonly mandates: (actor: Actor) => Promise<readonly Mandate[]>;
  /** AUTH-3: of the person. */
  readonly absences: (actor: Actor) => Promise<readonly Absence[]>;
};

/** AUTH-1 to AUTH-3: who signs this now, with which certificate, by what right. Asked before a PIN is tried or a number taken. */
export async function signerFor(actor: Actor, toSign: ToSign, world: SignerWorld): Promise<Result<Signer, Failure>> {
  const credential = await world.credential(actor.personId, toSign.at);
  if (credential === null) return fail({ code: "no_registered_certificate" });
  const here = await checkHere(actor, toSign.at, world);
  if (!here.ok) return here;
  const mandate = mandateFor(await world.mandates(actor), toSign);
  return mandate.ok ? ok({ ...credential, mandate: mandate.value, comparingPolicyId: null }) : mandate;
}

/** AUTH-3: nobody's key is used while they are away, whoever sits before the screen. */
export async function checkHere(
  actor: Actor,
  at: Instant,
  world: Pick<SignerWorld, "absences">,
): Promise<Result<null, Failure>> {
  const absence = awayOn(await world.absences(actor), localDateOf(at));
  return absence === null ? ok(null) : fail({ code: "signer_away", until: absence.to });
}

export type CopySignerWorld = SignerWorld & {
  /** Who attested the dossier, and the agency's newest rule where it lets that person sign. */
  readonly comparison: (dossier: Dossier) => Promise<Comparison>;
};

export type Comparison = { readonly by: PersonId | null; readonly policyId: ComparingPolicyId | null };

/** The same of a copy, AUTH-4: who compared it signs it only by a rule of the agency, which the register line then names. */
export async function copySignerFor(
  actor: Actor,
  dossier: Dossier,
  at: Instant,
  world: CopySignerWorld,
): Promise<Result<Signer, Failure>> {
  const signer = await signerFor(actor, { at, paperKind: dossier.kind }, world);
  if (!signer.ok) return signer;
  const policy = await policyFor(actor, dossier, world);
  return policy.ok ? ok({ ...signer.value, comparingPolicyId: policy.value }) : policy;
}

async function policyFor(
  { personId }: Actor,
  dossier: Dossier,
  world: Pick<CopySignerWorld, "comparison">,
): Promise<Result<ComparingPolicyId | null, Failure>> {
  const { by, policyId } = await world.comparison(dossier);
  if (by !== personId) return ok(null);
  return policyId === null ? fail({ code: "comparer_signs" }) : ok(policyId);
}

/** Asked again where a signature comes back later: certificate and mandate are those that are printed. */
export async function stillSigns(
  printed: { readonly credentialId: string; readonly mandateId: MandateId | null },
  actor: Actor,
  toSign: ToSign,
  world: SignerWorld,
): Promise<Result<null, Failure>> {
  const credential = await world.credential(actor.personId, toSign.at);
  if (credential?.id !== printed.credentialId) return fail({ code: "no_registered_certificate" });
  const here = await checkHere(actor, toSign.at, world);
  if (!here.ok) return here;
  const mandates = await world.mandates(actor);
  const mandate = mandateFor(
    mandates.filter(({ id }) => id === printed.mandateId),
    toSign,
  );
  return mandate.ok ? ok(null) : mandate;
}
