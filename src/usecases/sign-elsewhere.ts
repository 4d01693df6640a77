import type { Actor, Certificate, Credential, Dossier } from "../core/dossier.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { standingOf } from "../core/register.ts";
import type { Failure } from "./failure.ts";
import type { SealedFindings, SealingWorld } from "./seal-certificate.ts";
import type { SigningWorld } from "./sign-certificate.ts";
import { checkHere, stillSigns } from "./signer.ts";

/** The person's signature on the attestation, or the agency's seal. */
export type SigningAct = "sign" | "seal";

/** Whatever a key elsewhere is asked for; `notice`: of a refusal. */
export type ActElsewhere = SigningAct | "notice";

/** A copy that lacks only one signature. @template Prepared what the roof needs to put the signature in */
export type ActToSign<Prepared> = {
  readonly act: SigningAct;
  /** With day and signer as they are printed. */
  readonly certificate: Certificate;
  readonly credential: Credential;
  readonly prepared: Prepared;
  readonly preparedAt: Instant;
};

export type CompletingWorld<Prepared> = Pick<
  SigningWorld<never> & SealingWorld<never>,
  "now" | "dossier" | "credential" | "mandates" | "absences" | "agencyCredential" | "keepPersonSigned" | "keepSealed"
> & {
  /** Believes the value only if the registered certificate verifies it over exactly what was prepared; level B-T. */
  readonly complete: (act: SigningAct, prepared: Prepared, value: Bytes) => Promise<Result<Bytes, Failure>>;
  readonly examineSigned: (signed: Bytes, prepared: Prepared, signer: Credential) => Promise<Result<null, Failure>>;
  readonly examineSealed: (sealed: Bytes, certificate: Certificate) => Promise<Result<SealedFindings, Failure>>;
  /** Whether further copies of the line still lack what the act gives. */
  readonly isLackingCopies: (line: Certificate, act: SigningAct) => Promise<boolean>;
};

/**
 * Second half: the value has come back. Everything that may have changed meanwhile is asked again: the day that is printed
 * (decision 8), the stage, the certificate that is registered to this very person or agency (decision 9), the mandate (AUTH-2).
 * COPIES-1: each copy of a number is completed by itself, and stands whatever becomes of the next; the line waits for all.
 */
export async function completeAct<Prepared>(
  toSign: ActToSign<Prepared>,
  value: Bytes,
  actor: Actor,
  world: CompletingWorld<Prepared>,
): Promise<Result<Certificate, Failure>> {
  const { act, certificate, prepared } = toSign;
  const now = world.now();
  // of the day it was prepared on: an officer may have signed anew since, over other bytes than these
  if (standingOf(localDateOf(toSign.preparedAt), localDateOf(now)) !== "good")
    return fail({ code: "printed_date_passed" });
  const dossier = await world.dossier(certificate.dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== stageOf[act]) return fail({ code: "wrong_stage", status: dossier.status });
  const still = await stillHolds(toSign, dossier, { actor, now }, world);
  if (!still.ok) return still;
  if (certificate.copy === 1 && (await world.isLackingCopies(certificate, act))) return fail({ code: "act_cut" });
  const signed = await world.complete(act, prepared, value);
  if (!signed.ok) return signed;
  return act === "sign"
    ? keepSignature(toSign, signed.value, actor, world)
    : keepSeal(certificate, signed.value, actor, world);
}

const stageOf = { sign: "numbered", seal: "person_signed" } as const;

async function stillHolds(
  { act, certificate: { mandateId }, credential }: ActToSign<unknown>,
  { kind: paperKind }: Dossier,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
  world: Pick<CompletingWorld<never>, "credential" | "mandates" | "absences" | "agencyCredential">,
): Promise<Result<null, Failure>> {
  if (act === "sign")
    return stillSigns({ credentialId: credential.id, mandateId }, actor, { at: now, paperKind }, world);
  const here = await checkHere(actor, now, world);
  if (!here.ok) return here;
  const held = await world.agencyCredential(actor.agencyId, now);
  return held?.id === credential.id ? ok(null) : fail({ code: "no_registered_certificate" });
}

async function keepSignature<Prepared>(
  { certificate, credential, prepared }: ActToSign<Prepared>,
  signed: Bytes,
  actor: Actor,
  world: CompletingWorld<Prepared>,
): Promise<Result<Certificate, Failure>> {
  const examined = await world.examineSigned(signed, prepared, credential);
  if (!examined.ok) return examined;
  const kept = await world.keepPersonSigned(certificate, signed, actor);
  return kept ? ok(certificate) : fail({ code: "wrong_stage", status: "person_signed" });
}

async function keepSeal(
  certificate: Certificate,
  sealed: Bytes,
  actor: Actor,
  world: CompletingWorld<never>,
): Promise<Result<Certificate, Failure>> {
  const found = await world.examineSealed(sealed, certificate);
  if (!found.ok) return found;
  const kept = await world.keepSealed(certificate, sealed, found.value, actor);
  return kept ? ok(certificate) : fail({ code: "wrong_stage", status: "sealed" });
}
