import type { Actor } from "../../core/dossier.ts";
import { type FeeEntryId, type FeePayment, type FeeWay, type GivenBack, mostBackOf } from "../../core/fee-account.ts";
import type { DossierId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { SubmissionId } from "../../core/submission.ts";
import type { Failure } from "../failure.ts";
import { type FindingFeeWorld, findFee } from "./book-payment.ts";

export type GivenBackToKeep = {
  /** Of the form: sent twice it books once. */
  readonly id: FeeEntryId;
  readonly submissionId: SubmissionId;
  readonly dossierId: DossierId;
  readonly payment: FeePayment;
  readonly way: FeeWay;
  readonly amountDong: number;
  /** Who received it. */
  readonly payer: string;
  readonly reason: string;
};

export type GivingBackWorld = FindingFeeWorld & {
  readonly now: () => Instant;
  /** One transaction with the event; `fee_too_much_back` where somebody else was first. */
  readonly keepGivenBack: (given: GivenBackToKeep, actor: Actor, at: Instant) => Promise<Result<null, Failure>>;
};

export type GivingBackRequest = Pick<GivenBackToKeep, "id" | "way" | "amountDong" | "payer" | "reason"> & {
  readonly paymentId: string;
};

/**
 * FEE-8: what is left over of a payment goes back, whole or in part, by another person than who took it or waived the fee,
 * with how it was paid back. The payment and its receipt stand.
 */
export async function giveBack(
  dossierId: DossierId,
  { paymentId, ...asked }: GivingBackRequest,
  actor: Actor,
  world: GivingBackWorld,
): Promise<Result<null, Failure>> {
  const found = await findFee(dossierId, actor, world);
  if (!found.ok) return found;
  const { account, submission } = found.value;
  const payment = account.payments.find(({ id }) => id === paymentId);
  if (payment === undefined) return fail({ code: "not_found" });
  if (payment.givenBack.some(({ id }) => id === asked.id)) return ok(null);
  const before = [payment.personId, account.waiver?.personId]; // waiving and giving back alone would empty the till
  if (before.includes(actor.personId)) return fail({ code: "fee_reversed_by_same" });
  const [reason, payer] = [asked.reason.normalize("NFC").trim(), asked.payer.normalize("NFC").trim()];
  if (reason.length < 10 || payer === "") return fail({ code: "rule_broken", rule: "FEE-8" });
  const mostDong = mostBackOf(payment, account.balance);
  if (!Number.isSafeInteger(asked.amountDong) || asked.amountDong <= 0 || asked.amountDong > mostDong)
    return fail({ code: "fee_too_much_back", mostDong });
  const given = { ...asked, reason, payer, payment, dossierId, submissionId: submission.id };
  return world.keepGivenBack(given, actor, world.now());
}

export type UndoneToKeep = {
  readonly id: FeeEntryId;
  readonly submissionId: SubmissionId;
  readonly dossierId: DossierId;
  readonly given: GivenBack;
  readonly reason: string;
};

export type UndoingWorld = FindingFeeWorld & {
  readonly now: () => Instant;
  readonly newEntryId: () => FeeEntryId;
  /** One transaction; sent twice it is one. */
  readonly keepUndone: (undone: UndoneToKeep, actor: Actor, at: Instant) => Promise<Result<null, Failure>>;
};

/** FEE-8: it was written down wrongly: undone whole, by another person, and both lines stay. */
export async function undoGivenBack(
  dossierId: DossierId,
  { givenId, reason }: { readonly givenId: string; readonly reason: string },
  actor: Actor,
  world: UndoingWorld,
): Promise<Result<null, Failure>> {
  const found = await findFee(dossierId, actor, world);
  if (!found.ok) return found;
  const { account, submission } = found.value;
  const given = account.payments.flatMap(({ givenBack }) => givenBack).find(({ id }) => id === givenId);
  if (given === undefined) return fail({ code: "not_found" });
  if (given.personId === actor.personId) return fail({ code: "fee_reversed_by_same" });
  const why = reason.normalize("NFC").trim();
  if (why.length < 10) return fail({ code: "rule_broken", rule: "FEE-8" });
  if (given.undone !== null) return ok(null);
  const undone = { id: world.newEntryId(), submissionId: submission.id, dossierId, given, reason: why };
  return world.keepUndone(undone, actor, world.now());
}
