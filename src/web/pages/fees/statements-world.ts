import type { Actor } from "../../../core/dossier.ts";
import type { Bytes, Result } from "../../../core/kernel.ts";
import type { StatementFault } from "../../../core/statement.ts";
import type { LineVerdict, Statement, StatementId, StatementLine } from "../../../core/statement-match.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { LineBooking, MatchedLine } from "../../../usecases/fees/reconcile.ts";

/** Bank statements of the actor's own agency. */
export type StatementsDesk = {
  /** Newest first, each with how many of its lines wait. */
  readonly statements: (actor: Actor) => Promise<readonly (Statement & { readonly waiting: number })[]>;
  readonly bring: (file: Bytes, actor: Actor) => Promise<Result<StatementId, StatementFault>>;
  /** Null where the agency has none of that id. */
  readonly statement: (id: string, actor: Actor) => Promise<StatementView | null>;
  /** How many were booked; null where the agency has none of that id. */
  readonly bookExact: (id: string, actor: Actor) => Promise<number | null>;
  readonly line: (
    id: string,
    actor: Actor,
  ) => Promise<{ readonly line: StatementLine; readonly verdict: LineVerdict | null } | null>;
  readonly bookLine: (id: string, booking: LineBooking, actor: Actor) => Promise<Result<StatementLine, Failure>>;
  readonly setAside: (id: string, reason: string, actor: Actor) => Promise<Result<StatementLine, Failure>>;
};

export type StatementView = {
  readonly statement: Statement;
  /** Those that wait, with what they would pay. */
  readonly waiting: readonly MatchedLine[];
  readonly settled: readonly StatementLine[];
};
