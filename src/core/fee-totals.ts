import type { FeeWay, Receipt } from "./fee-account.ts";
import type { DossierId } from "./ids.ts";
import type { Instant, LocalDate } from "./kernel.ts";
import type { DossierCode } from "./submission.ts";

/** What came in on a day and what the register says of it, in đồng. */
export type FeeDay = {
  readonly day: LocalDate;
  /** Of that way, less what was taken or given back of it on that day. */
  readonly cashDong: number;
  readonly transferDong: number;
  /** Taken back on that day, either way. */
  readonly reversedDong: number;
  /** Given back on that day, either way, less what of it was undone. FEE-8. */
  readonly givenBackDong: number;
  readonly receipts: number;
  /** Fees of the lines issued under that day's date, in both books. */
  readonly registerDong: number;
};

export type FeeTotals = Omit<FeeDay, "day">;

export const sumOfDays = (days: readonly FeeDay[]): FeeTotals => {
  const sum = (value: (day: FeeDay) => number) => days.reduce((total, day) => total + value(day), 0);
  return {
    cashDong: sum((day) => day.cashDong),
    transferDong: sum((day) => day.transferDong),
    reversedDong: sum((day) => day.reversedDong),
    givenBackDong: sum((day) => day.givenBackDong),
    receipts: sum((day) => day.receipts),
    registerDong: sum((day) => day.registerDong),
  };
};

export const netOf = ({ cashDong, transferDong }: FeeTotals): number => cashDong + transferDong;

/** A line of the list of payments: what goes out, or takes a payment back, is below zero. */
export type FeeLine = {
  readonly kind: "payment" | "reversal" | "given_back" | "given_back_undone";
  readonly receipt: Receipt;
  readonly at: Instant;
  readonly code: DossierCode;
  readonly payer: string;
  readonly way: FeeWay;
  readonly amountDong: number;
  readonly by: string;
  /** Of all but a payment. */
  readonly reason: string;
};

/** Papers presented together whose fee is not even: something is left, or to be given back. */
export type UnevenFee = {
  /** The first of them. */
  readonly dossierId: DossierId;
  readonly code: DossierCode;
  readonly applicantName: string;
  readonly contact: string | null;
  readonly openedAt: Instant;
  /** Below zero: to be given back. */
  readonly outstandingDong: number;
  /** A result of it was released or handed over. */
  readonly isDone: boolean;
};
