import type { Actor, Dossier, Signer } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";
import { type NoticeWorld, recordedFirst } from "./sign-notice.ts";
import { signerFor, stillSigns } from "./signer.ts";

/** A notice of refusal that lacks only its signature. @template Prepared what the roof needs to put the signature in */
export type NoticeToSign<Prepared> = {
  readonly dossier: Dossier;
  readonly signer: Signer;
  readonly prepared: Prepared;
  /** Its day is printed on the notice. */
  readonly preparedAt: Instant;
};

export type PreparingNoticeWorld<Prepared> = Pick<
  NoticeWorld<never>,
  | ("now" | "dossier" | "refusal" | "notice" | "isForgeryRecorded" | "credential" | "mandates" | "absences")
  | ("checkRevocation" | "compose")
> & {
  readonly prepare: (notice: Bytes, signer: Signer, at: Instant) => Promise<Result<Prepared, Failure>>;
};

/** First half of signing a notice where the key is elsewhere: all that is checked before a key is used. REFUSE-1, AUTH-1. */
export async function prepareNotice<Prepared>(
  dossierId: DossierId,
  actor: Actor,
  world: PreparingNoticeWorld<Prepared>,
): Promise<Result<NoticeToSign<Prepared>, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const refusal = dossier.status === "refused" ? await world.refusal(dossierId) : null;
  const isSigned = (await world.notice(dossierId)) !== null;
  if (refusal === null || isSigned) return fail({ code: "wrong_stage", status: dossier.status });
  const recorded = await recordedFirst(dossierId, refusal, world);
  if (!recorded.ok) return recorded;
  const preparedAt = world.now();
  const found = await signerFor(actor, { at: preparedAt, paperKind: dossier.kind }, world);
  if (!found.ok) return found;
  const signer = found.value;
  const standing = await world.checkRevocation(signer);
  if (!standing.ok) return standing;
  const notice = await world.compose(dossier, refusal, signer, preparedAt);
  if (!notice.ok) return notice;
  const prepared = await world.prepare(notice.value, signer, preparedAt);
  return prepared.ok ? ok({ dossier, signer, prepared: prepared.value, preparedAt }) : prepared;
}

export type CompletingNoticeWorld<Prepared> = Pick<
  NoticeWorld<never>,
  "now" | "refusal" | "notice" | "isForgeryRecorded" | "credential" | "mandates" | "absences" | "keepNotice"
> & {
  /** Believes the value only if the registered certificate verifies it over exactly what was prepared; level B-T. */
  readonly complete: (prepared: Prepared, value: Bytes) => Promise<Result<Bytes, Failure>>;
  readonly examineSigned: (signed: Bytes, prepared: Prepared, signer: Signer) => Promise<Result<Instant, Failure>>;
};

/**
 * Second half: the value has come back. The day that is printed, the certificate that is registered to this very person and
 * the mandate are asked again (decisions 8, 9; AUTH-2). Where a notice was signed meanwhile, that one stands: both say the same.
 */
export async function completeNotice<Prepared>(
  { dossier, signer, prepared, preparedAt }: NoticeToSign<Prepared>,
  value: Bytes,
  actor: Actor,
  world: CompletingNoticeWorld<Prepared>,
): Promise<Result<null, Failure>> {
  const now = world.now();
  if (localDateOf(preparedAt) !== localDateOf(now)) return fail({ code: "printed_date_passed" });
  const printed = { credentialId: signer.id, mandateId: signer.mandate.id };
  const still = await stillSigns(printed, actor, { at: now, paperKind: dossier.kind }, world);
  if (!still.ok) return still;
  if ((await world.notice(dossier.id)) !== null) return ok(null);
  const refusal = await world.refusal(dossier.id);
  if (refusal === null) return fail({ code: "wrong_stage", status: dossier.status });
  const recorded = await recordedFirst(dossier.id, refusal, world); // it may have been prepared by who asked for none
  if (!recorded.ok) return recorded;
  const signed = await world.complete(prepared, value);
  if (!signed.ok) return signed;
  const examined = await world.examineSigned(signed.value, prepared, signer);
  if (!examined.ok) return examined;
  await world.keepNotice(dossier, { pdf: signed.value, signer, signedAt: examined.value }, actor);
  return ok(null);
}
