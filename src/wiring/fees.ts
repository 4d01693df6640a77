import { findDossier } from "../../db/stores/dossiers.ts";
import { endWaiver, feeExemptions, keepWaiver } from "../../db/stores/fee-waivers.ts";
import { feeAccountOf, keepPayment, keepReversal } from "../../db/stores/fees.ts";
import { keepGivenBack, keepUndone } from "../../db/stores/fees-given-back.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import type { Actor } from "../core/dossier.ts";
import { exemptionHolds } from "../core/fee-account.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, localDateOf, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import { bookPayment, type FindingFeeWorld, findFee, reversePayment } from "../usecases/fees/book-payment.ts";
import { giveBack, undoGivenBack } from "../usecases/fees/give-back.ts";
import { endFeeWaiver, waiveFee } from "../usecases/fees/waive-fee.ts";
import type { OfficialsWorld } from "../web/officials/world.ts";
import type { FeeDesk } from "../web/pages/fees/world.ts";
import { agencyPaper } from "./agency-paper.ts";
import { receiptPaper } from "./fee-wording.ts";
import { type House, newId } from "./house.ts";

const findingFee = ({ sql }: House): FindingFeeWorld => ({
  dossier: (id, agencyId) => findDossier(sql, id, agencyId),
  submission: ({ id, agencyId }) => submissionOf(sql, id, agencyId),
  account: ({ id }, agencyId) => feeAccountOf(sql, id, agencyId),
});

export function feeDesk(house: House, { dossier }: Pick<OfficialsWorld, "dossier">): FeeDesk {
  const { sql, now } = house;
  const finding = findingFee(house);
  const exemptions = (agencyId: Actor["agencyId"]) => feeExemptions(sql, agencyId);
  return {
    dossier,
    newFormId: newId,
    account: async (id, actor) => {
      const found = await findFee(id, actor, finding);
      return found.ok ? ok(found.value.account) : found;
    },
    exemptionsFor: async (id, { agencyId }) => {
      const submission = await submissionOf(sql, id, agencyId);
      const day = submission && localDateOf(submission.openedAt);
      return day === null ? [] : (await exemptions(agencyId)).filter((one) => exemptionHolds(one, day));
    },
    book: (id, payment, actor) =>
      bookPayment(id, payment, actor, { ...finding, now, keepPayment: (...kept) => keepPayment(sql, ...kept) }),
    reverse: (id, reversal, actor) =>
      reversePayment(id, reversal, actor, {
        ...{ ...finding, now, newEntryId: newId },
        keepReversal: (...kept) => keepReversal(sql, ...kept),
      }),
    giveBack: (id, given, actor) =>
      giveBack(id, given, actor, { ...finding, now, keepGivenBack: (...kept) => keepGivenBack(sql, ...kept) }),
    undoGivenBack: (id, undone, actor) =>
      undoGivenBack(id, undone, actor, {
        ...{ ...finding, now, newEntryId: newId },
        keepUndone: (...kept) => keepUndone(sql, ...kept),
      }),
    waive: (id, waiver, actor) =>
      waiveFee(id, waiver, actor, {
        ...{ ...finding, now, newWaiverId: newId, exemptions },
        keepWaiver: (...kept) => keepWaiver(sql, ...kept),
      }),
    endWaiver: (id, reason, actor) =>
      endFeeWaiver(id, reason, actor, { ...finding, now, endWaiver: (...kept) => endWaiver(sql, ...kept) }),
    receipt: (id, paymentId, actor) => receiptOf(house, id, paymentId, actor),
  };
}

/** Of one payment of the papers that this one was presented with. */
export async function receiptOf(
  house: House,
  id: DossierId,
  paymentId: string,
  actor: Pick<Actor, "agencyId">,
): Promise<Result<Bytes, Failure>> {
  const found = await findFee(id, actor, findingFee(house));
  if (!found.ok) return found;
  const { submission, account } = found.value;
  const payment = account.payments.find((one) => one.id === paymentId);
  if (payment === undefined) return fail({ code: "not_found" });
  const { charges, balance } = account;
  const paper = receiptPaper({ code: submission.code, charges, payment, balance, printedAt: house.now() });
  return ok(await agencyPaper(house, actor.agencyId, payment.at, paper));
}
