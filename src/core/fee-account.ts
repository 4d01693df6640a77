import type { DossierId, PersonId } from "./ids.ts";
import type { Branded, Instant, LocalDate } from "./kernel.ts";

export type FeeEntryId = Branded<string, "FeeEntryId">;
export type FeeExemptionId = Branded<string, "FeeExemptionId">;
export type FeeWaiverId = Branded<string, "FeeWaiverId">;

/** How money comes in. */
export const feeWays = ["cash", "transfer"] as const;

export type FeeWay = (typeof feeWays)[number];

/** What stands between an agency and whoever presented papers together, in whole đồng. FEE-2. */
export type FeeBalance = {
  /** By pages and copies, before anything is waived. */
  readonly grossDong: number;
  readonly waivedDong: number;
  /** Payments less what was taken or given back. */
  readonly paidDong: number;
};

/** Still to be paid; below zero: to be given back, since a paper ended without a result after it was paid for. */
export const outstandingOf = ({ grossDong, waivedDong, paidDong }: FeeBalance): number =>
  grossDong - waivedDong - paidDong;

/** Where a fee stands, in the word that people are told. */
export type FeeStand = "nothing_owed" | "unpaid" | "partly_paid" | "paid" | "exempt" | "to_give_back";

export function feeStandOf(balance: FeeBalance): FeeStand {
  const outstanding = outstandingOf(balance);
  if (outstanding < 0) return "to_give_back";
  if (outstanding > 0) return balance.paidDong > 0 ? "partly_paid" : "unpaid";
  if (balance.paidDong > 0) return "paid";
  return balance.waivedDong > 0 ? "exempt" : "nothing_owed";
}

/** One paper's part of the fee. */
export type FeeCharge = {
  readonly dossierId: DossierId;
  readonly ordinal: number;
  readonly title: string;
  readonly pages: number;
  readonly electronicCopies: number;
  readonly paperCopies: number;
  readonly electronicDong: number;
  readonly paperDong: number;
};

/** A payment with its receipt. FEE-3, FEE-4. */
export type FeePayment = {
  readonly id: FeeEntryId;
  readonly way: FeeWay;
  readonly amountDong: number;
  readonly payer: string;
  readonly at: Instant;
  readonly personId: PersonId;
  /** Who took it. */
  readonly by: string;
  readonly receipt: Receipt;
  /** Null while it stands. */
  readonly reversal: Deed | null;
  /** What of it was given back, oldest first; those undone too. FEE-8. */
  readonly givenBack: readonly GivenBack[];
};

/** Why, when, and by whom. */
type Deed = { readonly reason: string; readonly at: Instant; readonly by: string };

/** Money that was left over and went back. FEE-8. */
export type GivenBack = Deed & {
  readonly id: FeeEntryId;
  readonly way: FeeWay;
  readonly amountDong: number;
  /** Who received it. */
  readonly payer: string;
  readonly personId: PersonId;
  /** Null while it stands. */
  readonly undone: Deed | null;
};

/** Of these payments, in đồng; what was undone is not in it. */
export const givenBackOf = (payments: readonly Pick<FeePayment, "givenBack">[]): number =>
  payments
    .flatMap(({ givenBack }) => givenBack)
    .reduce((sum, { amountDong, undone }) => (undone === null ? sum + amountDong : sum), 0);

/** FEE-8: the most of a payment that can be given back now: no more than is left over, nor than is left of it. */
export function mostBackOf(payment: FeePayment, balance: FeeBalance): number {
  if (payment.reversal !== null) return 0;
  return Math.max(0, Math.min(-outstandingOf(balance), payment.amountDong - givenBackOf([payment])));
}

/** Of the agency's own series, 1, 2, 3 … in a year. */
export type Receipt = { readonly year: number; readonly number: number };

/** `0000012/2026` */
export const receiptText = ({ year, number }: Receipt): string => `${String(number).padStart(7, "0")}/${year}`;

/** A fee that need not be paid, whole or in part, by a text that the administrator names. FEE-5. */
export type FeeExemption = {
  readonly id: FeeExemptionId;
  readonly reason: string;
  readonly legalBasis: string;
  readonly from: LocalDate;
  /** Its last day; null: until it is ended. */
  readonly to: LocalDate | null;
  /** 1 to 100 of the hundred. */
  readonly percent: number;
  readonly endedAt: Instant | null;
  /** Who does not use it. FEE-5. */
  readonly enteredBy: PersonId;
};

/** @param day on which the papers were presented */
export const exemptionHolds = ({ from, to, endedAt }: FeeExemption, day: LocalDate): boolean =>
  endedAt === null && from <= day && (to === null || day <= to);

/** An exemption used for papers presented together, with what was shown for it. */
export type FeeWaiver = {
  readonly id: FeeWaiverId;
  readonly exemption: Pick<FeeExemption, "reason" | "legalBasis" | "percent">;
  readonly evidence: string;
  readonly personId: PersonId;
  readonly by: string;
  readonly at: Instant;
};

/** Whether results wait for the fee (FEE-6). */
export type FeeRelease = "when_paid" | "later";

/**
 * No text was read that lets an agency keep back what the law owes on the same day, and a transfer is seen only when the
 * bank's statement comes: results do not wait, unless the agency decides so.
 */
export const usualFeeRelease: FeeRelease = "later";

/** Everything of the fee of papers presented together. */
export type FeeAccount = {
  readonly balance: FeeBalance;
  readonly charges: readonly FeeCharge[];
  /** Oldest first. */
  readonly payments: readonly FeePayment[];
  readonly waiver: FeeWaiver | null;
  /** Results wait for the fee. */
  readonly withholds: boolean;
};
