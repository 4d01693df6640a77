import type { Receipt } from "./fee-account.ts";
import type { Branded, Instant } from "./kernel.ts";
import type { Incoming } from "./statement.ts";
import type { DossierCode, SubmissionId } from "./submission.ts";

export type StatementId = Branded<string, "StatementId">;
export type StatementLineId = Branded<string, "StatementLineId">;

/** A line as it is kept, with what became of it; neither: it waits for somebody. */
export type StatementLine = Incoming & {
  readonly id: StatementLineId;
  readonly statementId: StatementId;
  /** The payment that it is, while that stands. */
  readonly booked: Booked | null;
  /** One of another statement that is booked and says the same: laid out another way, or a second transfer. FEE-7. */
  readonly alike: { readonly code: DossierCode; readonly receipt: Receipt } | null;
  readonly setAside: { readonly reason: string; readonly by: string; readonly at: Instant } | null;
};

type Booked = {
  readonly code: DossierCode;
  readonly amountDong: number;
  /** Of the payment, since. FEE-8. */
  readonly givenBackDong: number;
  readonly receipt: Receipt;
};

/** A statement that was brought in; `added` of its `incoming` lines were not known before. */
export type Statement = {
  readonly id: StatementId;
  readonly incoming: number;
  readonly added: number;
  readonly outgoing: number;
  readonly unread: readonly number[];
  readonly by: string;
  readonly at: Instant;
};

/** Papers presented together whose code stands in what a transfer says. */
export type Payable = {
  readonly id: SubmissionId;
  readonly code: DossierCode;
  /** As a transfer says it: `purposeOf` without `CT`. */
  readonly squashed: string;
  readonly outstandingDong: number;
  readonly paidDong: number;
};

/** What becomes of one line of a statement by itself. Only `exact` is booked without a person. FEE-7. */
export type LineVerdict =
  | { readonly kind: "exact" | "too_little" | "too_much" | "twice" | "nothing_owed"; readonly payable: Payable }
  /** Names none of ours, or several. */
  | { readonly kind: "unknown" | "several"; readonly payable: null }
  /** Whatever it names, the same money may be booked already. */
  | { readonly kind: "alike"; readonly payable: Payable | null };

// the shortest code is H00, six digits of the day, four of the serial; the longest that a transfer says has 22 signs
const coded = /(?=((?:\d{7})?[A-Z]\d{12,21}))/g;

/** What may be codes in what a transfer says: banks drop marks, put spaces in, and add words before and behind. */
export function codesIn(content: string): readonly string[] {
  const squashed = content.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const found = new Set<string>();
  for (const [, longest = ""] of squashed.matchAll(coded)) {
    for (let length = 13; length <= Math.min(22, longest.length); length++) found.add(longest.slice(0, length));
  }
  return [...found];
}

/**
 * FEE-7: which dossier a line pays, and whether exactly. Of codes of which one begins with the other the longer one is
 * meant.
 *
 * @param payables those of this agency that `codesIn` of the line found
 */
export function verdictOfLine(amountDong: number, payables: readonly Payable[]): LineVerdict {
  const meant = payables.filter(
    (one) => !payables.some((other) => other.squashed !== one.squashed && other.squashed.startsWith(one.squashed)),
  );
  const [payable, another] = meant;
  if (payable === undefined) return { kind: "unknown", payable: null };
  if (another !== undefined) return { kind: "several", payable: null };
  const { outstandingDong, paidDong } = payable;
  if (outstandingDong <= 0) return { kind: paidDong > 0 ? "twice" : "nothing_owed", payable };
  if (amountDong === outstandingDong) return { kind: "exact", payable };
  return { kind: amountDong < outstandingDong ? "too_little" : "too_much", payable };
}

/** The lines of a statement in their order: what one line pays is not owed any more by the next. */
export function verdictsOf(
  lines: readonly {
    readonly amountDong: number;
    readonly payables: readonly Payable[];
    readonly isAlike?: boolean;
  }[],
): readonly LineVerdict[] {
  const spent = new Map<SubmissionId, number>();
  return lines.map(({ amountDong, payables, isAlike }) => {
    const left = payables.map((one) => {
      const taken = spent.get(one.id) ?? 0;
      return { ...one, outstandingDong: one.outstandingDong - taken, paidDong: one.paidDong + taken };
    });
    const verdict = verdictOfLine(amountDong, left);
    if (isAlike === true) return { kind: "alike", payable: verdict.payable };
    if (verdict.kind === "exact") spent.set(verdict.payable.id, (spent.get(verdict.payable.id) ?? 0) + amountDong);
    return verdict;
  });
}
