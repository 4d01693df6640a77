import type { Actor } from "../../core/dossier.ts";
import type { FeeEntryId } from "../../core/fee-account.ts";
import type { AgencyId, DossierId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import { readStatement, type StatementColumns, type StatementFault, type StatementFile } from "../../core/statement.ts";
import {
  codesIn,
  type LineVerdict,
  type Payable,
  type StatementId,
  type StatementLine,
  verdictsOf,
} from "../../core/statement-match.ts";
import { parseDossierCode } from "../../core/submission.ts";
import type { Failure } from "../failure.ts";
import type { PaymentToKeep } from "./book-payment.ts";

export type ImportingWorld = {
  readonly now: () => Instant;
  readonly newStatementId: () => StatementId;
  readonly columns: (agencyId: AgencyId) => Promise<StatementColumns>;
  /** Lines that are known already are not kept again; answers with the statement that they stand in. */
  readonly keepStatement: (id: StatementId, file: StatementFile, actor: Actor, at: Instant) => Promise<StatementId>;
};

/** FEE-7: a bank's file is taken whole or not at all; the same one again changes nothing. Nothing is booked by it. */
export async function importStatement(
  bytes: Bytes,
  actor: Actor,
  world: ImportingWorld,
): Promise<Result<StatementId, StatementFault>> {
  const file = readStatement(bytes, await world.columns(actor.agencyId));
  if (!file.ok) return file;
  return ok(await world.keepStatement(world.newStatementId(), file.value, actor, world.now()));
}

type PayablePaper = Payable & { readonly dossierId: DossierId; readonly applicantName: string };

export type MatchingWorld = {
  readonly lines: (id: StatementId) => Promise<readonly StatementLine[]>;
  /** Of this agency only. */
  readonly payables: (agencyId: AgencyId, codes: readonly string[]) => Promise<readonly PayablePaper[]>;
};

/** A line that waits, with what it would pay. */
export type MatchedLine = { readonly line: StatementLine; readonly verdict: LineVerdict };

/** What the lines that nobody has decided on would pay, in the order of the file. */
export async function matchLines(
  id: StatementId,
  { agencyId }: Pick<Actor, "agencyId">,
  world: MatchingWorld,
): Promise<readonly MatchedLine[]> {
  const open = (await world.lines(id)).filter(({ booked, setAside }) => booked === null && setAside === null);
  const coded = open.map((line) => ({ line, codes: codesIn(line.content) }));
  const known = await world.payables(agencyId, [...new Set(coded.flatMap(({ codes }) => codes))]);
  const verdicts = verdictsOf(
    coded.map(({ line, codes }) => {
      const payables = known.filter(({ squashed }) => codes.includes(squashed));
      return { amountDong: line.amountDong, payables, isAlike: line.alike !== null };
    }),
  );
  return coded.flatMap(({ line }, i) => {
    const verdict = verdicts[i];
    return verdict === undefined ? [] : [{ line, verdict }];
  });
}

/** By a line that was set aside, or not, when it was looked at: what somebody decided since is not overruled. */
export type LinePayment = PaymentToKeep & { readonly isAside: boolean; readonly isAboveFee: boolean };

export type BookingLinesWorld = MatchingWorld & {
  readonly now: () => Instant;
  readonly newEntryId: () => FeeEntryId;
  /** A payment by a line that pays already, or of what is not owed any more, is left out: somebody was faster. */
  readonly keepPayments: (payments: readonly LinePayment[], actor: Actor, at: Instant) => Promise<number>;
};

/** FEE-7: what names one dossier and pays exactly what is left of its fee, in one press. @returns how many were booked */
export async function bookExact(id: StatementId, actor: Actor, world: BookingLinesWorld): Promise<number> {
  const matched = await matchLines(id, actor, world);
  const known = await world.payables(
    actor.agencyId,
    matched.flatMap(({ verdict }) => (verdict.kind === "exact" ? [verdict.payable.squashed] : [])),
  );
  const payments = matched.flatMap(({ line, verdict }) => {
    const paper = verdict.kind === "exact" ? known.find((one) => one.id === verdict.payable.id) : undefined;
    return paper === undefined
      ? []
      : [{ ...paymentOf(line, paper, line.amountDong, world), isAside: false, isAboveFee: false }];
  });
  return world.keepPayments(payments, actor, world.now());
}

const paymentOf = (
  line: StatementLine,
  { id: submissionId, dossierId, applicantName: payer }: PayablePaper,
  amountDong: number,
  { newEntryId }: Pick<BookingLinesWorld, "newEntryId">,
): PaymentToKeep => ({
  ...{ id: newEntryId(), submissionId, dossierId, payer, amountDong, lineId: line.id },
  way: "transfer",
});

export type DecidingWorld = BookingLinesWorld & {
  readonly line: (id: string, agencyId: AgencyId) => Promise<StatementLine | null>;
};

export type LineBooking = {
  readonly code: string;
  /** That the same money is not booked twice was looked at; asked for where a booked line says the same. */
  readonly isAnother: boolean;
  /** It was set aside when it was looked at. */
  readonly isAside: boolean;
  /** All of it is booked: what is above the fee is left over, and goes back by FEE-8. ADR 0093 */
  readonly isAboveFee: boolean;
};

/** A person says which dossier a line pays: as much as is left of the fee, or all of it. Sent twice it is booked once. */
export async function bookLine(
  id: string,
  { code: typedCode, isAnother, isAside, isAboveFee }: LineBooking,
  actor: Actor,
  world: DecidingWorld,
): Promise<Result<StatementLine, Failure>> {
  const line = await world.line(id, actor.agencyId);
  if (line === null) return fail({ code: "not_found" });
  if (line.booked !== null) return ok(line);
  const code = parseDossierCode(typedCode);
  const payables = code === null ? [] : await world.payables(actor.agencyId, codesIn(code));
  const paper = payables.find((one) => one.code === code);
  if (paper === undefined) return fail({ code: "malformed_request", field: "code" });
  if (paper.outstandingDong <= 0 && !isAboveFee) return fail({ code: "fee_settled" });
  if (line.alike !== null && !isAnother) return fail({ code: "line_alike" });
  const amountDong = isAboveFee ? line.amountDong : Math.min(line.amountDong, paper.outstandingDong);
  const payment = { ...paymentOf(line, paper, amountDong, world), isAside, isAboveFee };
  const kept = await world.keepPayments([payment], actor, world.now());
  if (kept === 1) return ok(line);
  const since = await world.line(id, actor.agencyId);
  return since?.booked?.code === paper.code ? ok(since) : fail({ code: "line_decided" });
}

export type SettingAsideWorld = Pick<DecidingWorld, "line" | "now"> & {
  /** False where somebody booked it in that moment. */
  readonly keepSetAside: (line: StatementLine, reason: string, actor: Actor, at: Instant) => Promise<boolean>;
};

/** It pays no fee, or is sent back: said with a reason, and still booked later if that was wrong. */
export async function setLineAside(
  id: string,
  reason: string,
  actor: Actor,
  world: SettingAsideWorld,
): Promise<Result<StatementLine, Failure>> {
  const line = await world.line(id, actor.agencyId);
  if (line === null) return fail({ code: "not_found" });
  const why = reason.normalize("NFC").trim();
  if (why.length < 10) return fail({ code: "rule_broken", rule: "FEE-7" });
  const kept = line.booked === null && (await world.keepSetAside(line, why, actor, world.now()));
  return kept ? ok(line) : fail({ code: "line_decided" });
}
