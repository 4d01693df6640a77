import type { Actor, Certificate, Credential, Dossier } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { standingOf } from "../core/register.ts";
import type { Failure } from "./failure.ts";
import type { SealedFindings, SealingWorld } from "./seal-certificate.ts";
import type { SigningWorld } from "./sign-certificate.ts";
import { checkHere, copySignerFor, stillSigns } from "./signer.ts";

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

export type PreparingWorld<Prepared> = Pick<
  SigningWorld<never> & SealingWorld<never>,
  | "now"
  | "dossier"
  | "credential"
  | "mandates"
  | "absences"
  | "comparison"
  | "agencyCredential"
  | "checkRevocation"
  | "takeNumber"
  | "compose"
  | "certificate"
  | "personSigned"
  | "returnToOfficer"
> & {
  readonly prepare: (act: SigningAct, pdf: Bytes, about: ToPrepare) => Promise<Result<Prepared, Failure>>;
};

export type ToPrepare = {
  readonly certificate: Certificate;
  readonly credential: Credential;
  readonly at: Instant;
};

/**
 * First half of signing or sealing where the key is elsewhere: everything that is checked before a key is used, the number,
 * the copy with its gap. The number is durable first, as always (DESIGN decision 7): what is never signed can be voided.
 */
export async function prepareAct<Prepared>(
  act: SigningAct,
  dossierId: DossierId,
  actor: Actor,
  world: PreparingWorld<Prepared>,
): Promise<Result<ActToSign<Prepared>, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  // each copy would come back from there by itself, and the line only moves when all are signed
  if (dossier.electronicCopies > 1) return fail({ code: "key_elsewhere_for_copies" });
  const at = world.now();
  const awaited = await awaits(act, dossier, actor, at, world);
  if (!awaited.ok) return awaited;
  const base =
    act === "sign" ? await composed(dossier, actor, at, world) : await signedBefore(awaited.value, actor, at, world);
  if (!base.ok) return base;
  const { certificate, pdf, credential } = base.value;
  const prepared = await world.prepare(act, pdf, { certificate, credential, at });
  return prepared.ok ? ok({ act, certificate, credential, prepared: prepared.value, preparedAt: at }) : prepared;
}

/** @returns the line to be sealed; null where the number is still to be taken */
async function awaits(
  act: SigningAct,
  dossier: Dossier,
  actor: Actor,
  at: Instant,
  world: Pick<PreparingWorld<never>, "certificate" | "returnToOfficer">,
): Promise<Result<Certificate | null, Failure>> {
  if (dossier.onPaperOnly) return fail({ code: "on_paper_only" });
  const wrongStage = fail({ code: "wrong_stage", status: dossier.status } as const);
  if (act === "sign") return dossier.status === "attested" || dossier.status === "numbered" ? ok(null) : wrongStage;
  const certificate = dossier.status === "person_signed" ? await world.certificate(dossier.id) : null;
  if (certificate === null) return wrongStage;
  if (certificate.officerId === actor.personId) return fail({ code: "same_person" });
  if (standingOf(certificate.printedOn, localDateOf(at)) === "good") return ok(certificate);
  await world.returnToOfficer(certificate);
  return fail({ code: "printed_date_passed" });
}

type Base = Result<
  { readonly certificate: Certificate; readonly pdf: Bytes; readonly credential: Credential },
  Failure
>;

async function composed(
  dossier: Dossier,
  actor: Actor,
  at: Instant,
  world: Pick<
    PreparingWorld<never>,
    "credential" | "mandates" | "absences" | "comparison" | "checkRevocation" | "takeNumber" | "compose"
  >,
): Promise<Base> {
  const signer = await copySignerFor(actor, dossier, at, world);
  if (!signer.ok) return signer;
  const standing = await world.checkRevocation(signer.value);
  if (!standing.ok) return standing;
  const certificate = await world.takeNumber(dossier, signer.value, localDateOf(at));
  if (!certificate.ok) return certificate;
  const copy = await world.compose(dossier, certificate.value, signer.value);
  return copy.ok ? ok({ certificate: certificate.value, pdf: copy.value, credential: signer.value }) : copy;
}

async function signedBefore(
  certificate: Certificate | null,
  actor: Actor,
  at: Instant,
  world: Pick<PreparingWorld<never>, "absences" | "agencyCredential" | "checkRevocation" | "personSigned">,
): Promise<Base> {
  if (certificate === null) throw new Error("nothing to seal");
  const here = await checkHere(actor, at, world);
  if (!here.ok) return here;
  const credential = await world.agencyCredential(actor.agencyId, at);
  if (credential === null) return fail({ code: "no_registered_certificate" });
  const standing = await world.checkRevocation(credential);
  if (!standing.ok) return standing;
  return ok({ certificate, pdf: await world.personSigned(certificate), credential });
}

export type CompletingWorld<Prepared> = Pick<
  SigningWorld<never> & SealingWorld<never>,
  "now" | "dossier" | "credential" | "mandates" | "absences" | "agencyCredential" | "keepPersonSigned" | "keepSealed"
> & {
  /** Believes the value only if the registered certificate verifies it over exactly what was prepared; level B-T. */
  readonly complete: (act: SigningAct, prepared: Prepared, value: Bytes) => Promise<Result<Bytes, Failure>>;
  readonly examineSigned: (signed: Bytes, prepared: Prepared, signer: Credential) => Promise<Result<null, Failure>>;
  readonly examineSealed: (sealed: Bytes, certificate: Certificate) => Promise<Result<SealedFindings, Failure>>;
};

/**
 * Second half: the value has come back. Everything that may have changed meanwhile is asked again: the day that is printed
 * (decision 8), the stage, the certificate that is registered to this very person or agency (decision 9), the mandate (AUTH-2).
 */
export async function completeAct<Prepared>(
  toSign: ActToSign<Prepared>,
  value: Bytes,
  actor: Actor,
  world: CompletingWorld<Prepared>,
): Promise<Result<Certificate, Failure>> {
  const { act, certificate, prepared } = toSign;
  const now = world.now();
  if (standingOf(certificate.printedOn, localDateOf(now)) !== "good") return fail({ code: "printed_date_passed" });
  const dossier = await world.dossier(certificate.dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== stageOf[act]) return fail({ code: "wrong_stage", status: dossier.status });
  const still = await stillHolds(toSign, dossier, { actor, now }, world);
  if (!still.ok) return still;
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
