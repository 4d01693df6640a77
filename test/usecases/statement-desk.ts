import { randomUUID } from "node:crypto";
import { keepPayments } from "../../db/stores/fees.ts";
import { findStatementLine, keepStatement, payablesByCode, statementLines } from "../../db/stores/statements.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import type { FeeEntryId } from "../../src/core/fee-account.ts";
import { utf8 } from "../../src/core/kernel.ts";
import { noColumns } from "../../src/core/statement.ts";
import type { StatementId } from "../../src/core/statement-match.ts";
import type { DossierCode } from "../../src/core/submission.ts";
import { type DecidingWorld, importStatement, type LineBooking } from "../../src/usecases/fees/reconcile.ts";
import { morning } from "./desk.ts";
import { submissionOf } from "./fee-desk.ts";
import { actor, sql } from "./paper-desk.ts";

/** Statements of a bank at the counter of `paper-desk.ts`. */

export const world = (): DecidingWorld => ({
  now: () => morning,
  newEntryId: () => randomUUID() as string as FeeEntryId,
  lines: (id) => statementLines(sql, id),
  line: (id, agencyId) => findStatementLine(sql, id, agencyId),
  payables: (agencyId, codes) => payablesByCode(sql, agencyId, codes),
  keepPayments: (...kept) => keepPayments(sql, ...kept),
});

export async function codeOf(paper: Dossier): Promise<DossierCode> {
  const [row] = await sql<{ code: DossierCode }[]>`select code from submission where id = ${await submissionOf(paper)}`;
  if (row === undefined) throw new Error("no submission");
  return row.code;
}

export type Line = readonly [sum: string, content: string];

export const as = (code: string, changes = {}): LineBooking => ({
  ...{ code, isAnother: false, isAside: false, isAboveFee: false },
  ...changes,
});

export async function bring(lines: readonly Line[], by = actor, reference = "FT1", into = sql): Promise<StatementId> {
  const table = lines.map(([sum, content]) => `22/11/2026;${sum};${content};${reference}`);
  const file = utf8(["Ngày;Số tiền;Nội dung;Số tham chiếu", ...table].join("\n"));
  const brought = await importStatement(file, by, {
    now: () => morning,
    newStatementId: () => randomUUID() as string as StatementId,
    columns: async () => noColumns,
    keepStatement: (...kept) => keepStatement(into, ...kept),
  });
  if (!brought.ok) throw new Error(brought.failure.code);
  return brought.value;
}
