import type { Actor, Dossier } from "../../core/dossier.ts";
import { type FeeAccount, type FeeEntryId, type FeePayment, type FeeWay, givenBackOf } from "../../core/fee-account.ts";
import type { AgencyId, DossierId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { StatementLineId } from "../../core/statement-match.ts";
import type { Submission, SubmissionId } from "../../core/submission.ts";
import type { Failure } from "../failure.ts";

export type PaymentToKeep = {
  /** Of the form: sent twice it books once. */
  readonly id: FeeEntryId;
  readonly submissionId: SubmissionId;
  /** The paper at whose page it was booked, where the event is noted. */
  readonly dossierId: DossierId;
  readonly way: FeeWay;
  readonly amountDong: number;
  readonly payer: string;
  /** Of the bank's statement that told of it; null where a person took it. */
  readonly lineId: StatementLineId | null;
};

export type ReversalToKeep = {
  readonly id: FeeEntryId;
  readonly payment: FeePayment;
  readonly submissionId: SubmissionId;
  readonly dossierId: DossierId;
  readonly reason: string;
};

/** Finds what an official asks about; of another agency there is nothing. */
export type FindingFeeWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly submission: (dossier: Dossier) => Promise<Submission | null>;
  readonly account: (submission: Submission, agencyId: AgencyId) => Promise<FeeAccount>;
};

export type BookingWorld = FindingFeeWorld & {
  readonly now: () => Instant;
  /** One transaction with receipt and event; `fee_settled` or `fee_too_much` when another counter was first. */
  readonly keepPayment: (payment: PaymentToKeep, actor: Actor, at: Instant) => Promise<Result<null, Failure>>;
};

export type PaymentRequest = Pick<PaymentToKeep, "id" | "way" | "amountDong"> & {
  /** Null: the applicant. */
  readonly payer: string | null;
};

/** What a person was asked about, with its fee. */
export type FoundFee = { readonly dossier: Dossier; readonly submission: Submission; readonly account: FeeAccount };

export async function findFee(
  id: DossierId,
  actor: Pick<Actor, "agencyId">,
  world: FindingFeeWorld,
): Promise<Result<FoundFee, Failure>> {
  const dossier = await world.dossier(id, actor.agencyId);
  const submission = dossier && (await world.submission(dossier));
  if (dossier === null || submission === null) return fail({ code: "not_found" });
  return ok({ dossier, submission, account: await world.account(submission, actor.agencyId) });
}

/** FEE-3: money that was taken, never more than is owed; its receipt is written in the same breath. */
export async function bookPayment(
  dossierId: DossierId,
  { id, way, amountDong, payer }: PaymentRequest,
  actor: Actor,
  world: BookingWorld,
): Promise<Result<null, Failure>> {
  const found = await findFee(dossierId, actor, world);
  if (!found.ok) return found;
  if (!Number.isSafeInteger(amountDong) || amountDong <= 0) return fail({ code: "malformed_request", field: "amount" });
  const { dossier, submission } = found.value;
  const payment = {
    ...{ id, way, amountDong, dossierId, submissionId: submission.id, lineId: null },
    payer: (payer ?? dossier.applicantName).normalize("NFC").trim(),
  };
  return world.keepPayment(payment, actor, world.now());
}

export type ReversingWorld = FindingFeeWorld & {
  readonly now: () => Instant;
  readonly newEntryId: () => FeeEntryId;
  /** One transaction; sent twice it is one. */
  readonly keepReversal: (reversal: ReversalToKeep, actor: Actor, at: Instant) => Promise<Result<null, Failure>>;
};

/**
 * FEE-3: a wrong payment is taken back whole, with its reason, by another person than who booked it: whoever takes money
 * could else make it vanish alone. Its receipt stays, marked.
 */
export async function reversePayment(
  dossierId: DossierId,
  { paymentId, reason }: { readonly paymentId: string; readonly reason: string },
  actor: Actor,
  world: ReversingWorld,
): Promise<Result<null, Failure>> {
  const found = await findFee(dossierId, actor, world);
  if (!found.ok) return found;
  const payment = found.value.account.payments.find(({ id }) => id === paymentId);
  if (payment === undefined) return fail({ code: "not_found" });
  if (payment.personId === actor.personId) return fail({ code: "fee_reversed_by_same" });
  const why = reason.normalize("NFC").trim();
  if (why.length < 10) return fail({ code: "rule_broken", rule: "FEE-3" });
  if (payment.reversal !== null) return ok(null);
  if (givenBackOf([payment]) > 0) return fail({ code: "fee_given_back" });
  const reversal = { id: world.newEntryId(), payment, dossierId, submissionId: found.value.submission.id, reason: why };
  return world.keepReversal(reversal, actor, world.now());
}
