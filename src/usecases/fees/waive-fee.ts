import type { Actor } from "../../core/dossier.ts";
import { exemptionHolds, type FeeExemption, type FeeExemptionId, type FeeWaiverId } from "../../core/fee-account.ts";
import type { AgencyId, DossierId } from "../../core/ids.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../../core/kernel.ts";
import type { SubmissionId } from "../../core/submission.ts";
import type { Failure } from "../failure.ts";
import { type FindingFeeWorld, findFee } from "./book-payment.ts";

export type WaiverToKeep = {
  readonly id: FeeWaiverId;
  readonly submissionId: SubmissionId;
  readonly dossierId: DossierId;
  readonly exemptionId: FeeExemptionId;
  readonly evidence: string;
};

export type WaivingWorld = FindingFeeWorld & {
  readonly now: () => Instant;
  readonly newWaiverId: () => FeeWaiverId;
  readonly exemptions: (agencyId: AgencyId) => Promise<readonly FeeExemption[]>;
  /** False where one stands already. */
  readonly keepWaiver: (waiver: WaiverToKeep, actor: Actor, at: Instant) => Promise<boolean>;
};

/**
 * FEE-5: only by an exemption that the administrator entered, that held on the day of the request, with what was shown for it;
 * by another person than who entered it, who could else waive any fee alone.
 */
export async function waiveFee(
  dossierId: DossierId,
  { exemptionId, evidence }: { readonly exemptionId: string; readonly evidence: string },
  actor: Actor,
  world: WaivingWorld,
): Promise<Result<null, Failure>> {
  const found = await findFee(dossierId, actor, world);
  if (!found.ok) return found;
  const { submission, account } = found.value;
  const exemption = (await world.exemptions(actor.agencyId)).find(({ id }) => id === exemptionId);
  const day = localDateOf(submission.openedAt);
  if (exemption === undefined || !exemptionHolds(exemption, day)) return fail({ code: "exemption_over" });
  if (exemption.enteredBy === actor.personId) return fail({ code: "exemption_own" });
  const shown = evidence.normalize("NFC").trim();
  if (shown.length < 10) return fail({ code: "rule_broken", rule: "FEE-5" });
  if (account.waiver !== null) return fail({ code: "fee_waived_before" });
  const waiver = {
    ...{ id: world.newWaiverId(), submissionId: submission.id, dossierId },
    ...{ exemptionId: exemption.id, evidence: shown },
  };
  const kept = await world.keepWaiver(waiver, actor, world.now());
  return kept ? ok(null) : fail({ code: "fee_waived_before" });
}

export type EndingWaiverWorld = FindingFeeWorld & {
  readonly now: () => Instant;
  readonly endWaiver: (
    waiver: { readonly id: FeeWaiverId; readonly dossierId: DossierId; readonly reason: string },
    actor: Actor,
    at: Instant,
  ) => Promise<void>;
};

/** It was waived wrongly: the whole fee is owed again, and both lines stay. */
export async function endFeeWaiver(
  dossierId: DossierId,
  reason: string,
  actor: Actor,
  world: EndingWaiverWorld,
): Promise<Result<null, Failure>> {
  const found = await findFee(dossierId, actor, world);
  if (!found.ok) return found;
  const { waiver } = found.value.account;
  if (waiver === null) return ok(null);
  const why = reason.normalize("NFC").trim();
  if (why.length < 10) return fail({ code: "rule_broken", rule: "FEE-5" });
  await world.endWaiver({ id: waiver.id, dossierId, reason: why }, actor, world.now());
  return ok(null);
}
