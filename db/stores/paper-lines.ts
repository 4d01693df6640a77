import type { Sql, TransactionSql } from "postgres";
import type { Actor, Dossier, Signer } from "../../src/core/dossier.ts";
import type { AgencyId, BookId, DossierId, PersonId } from "../../src/core/ids.ts";
import { fail, type LocalDate, ok, type Result } from "../../src/core/kernel.ts";
import { mayNumberPaper, type PaperLine, type PaperLineId } from "../../src/core/paper-line.ts";
import { bookText, standingOf, yearOf } from "../../src/core/register.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import type { Failure } from "../../src/usecases/failure.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { noteEvent } from "./events.ts";
import { nextNumber, onlyOpenBook } from "./numbers.ts";
import { instantOf } from "./rows.ts";

type Row = {
  id: string;
  agency_id: string;
  dossier_id: string;
  book_id: string;
  ordinal: number;
  year: number;
  suffix: string;
  number: number;
  status: PaperLine["status"];
  printed: string;
  numbered_at: string;
  officer_id: string;
  signer_name: string;
  signer_title: string[];
  copies: number;
  fee_dong: number;
  handed_over_at: string | null;
};

const lineOf = (row: Row): PaperLine => ({
  id: row.id as PaperLineId,
  agencyId: row.agency_id as AgencyId,
  dossierId: row.dossier_id as DossierId,
  bookId: row.book_id as BookId,
  bookText: bookText(row),
  number: row.number,
  status: row.status,
  printedOn: row.printed as LocalDate,
  numberedAt: instantOf(row.numbered_at),
  officerId: row.officer_id as PersonId,
  signerName: row.signer_name,
  signerTitle: row.signer_title,
  copies: row.copies,
  feeDong: row.fee_dong,
  handedOverAt: row.handed_over_at === null ? null : instantOf(row.handed_over_at),
});

const selectPaperLine = (sql: Sql | TransactionSql) => sql`
  select l.*, b.ordinal, to_char(l.printed_on, 'YYYY-MM-DD') as printed from paper_line l join book b on b.id = l.book_id`;

/** The line of a dossier's paper copies that is not voided. */
export async function livingPaperLine(sql: Sql | TransactionSql, dossierId: DossierId): Promise<PaperLine | null> {
  const [row] = await sql<Row[]>`
    ${selectPaperLine(sql)} where l.dossier_id = ${dossierId} and l.status <> 'voided'`;
  return row === undefined ? null : lineOf(row);
}

export async function findPaperLine(sql: Sql, id: PaperLineId): Promise<PaperLine | null> {
  const [row] = await sql<Row[]>`${selectPaperLine(sql)} where l.id = ${id}`;
  return row === undefined ? null : lineOf(row);
}

/** Within the number's own transaction: in a shared series the public log tells each number that went to paper. REG-5 */
async function tellShared(tx: TransactionSql, id: PaperLineId): Promise<void> {
  const [line] =
    await tx`select 1 from paper_line l where l.id = ${id} and is_shared_series(l.agency_id, l.suffix, l.year)`;
  if (line !== undefined) await enqueue(tx, { kind: "publish_paper", subject: id, maxAttempts: untilDone });
}

export type PaperNumberRequest = {
  readonly id: PaperLineId;
  readonly dossier: Dossier;
  readonly signer: Signer;
  readonly today: LocalDate;
  /** Kind of book for paper. */
  readonly suffix: string;
  /** For one copy. */
  readonly feeDong: number;
};

/** As for electronic copies: number and line in one transaction, under the dossier's row lock. REG-1, REG-2. */
export async function takePaperNumber(sql: Sql, request: PaperNumberRequest): Promise<Result<PaperLine, Failure>> {
  return sql.begin(async (tx) => {
    const { dossier, today } = request;
    const [locked] = await tx<{ status: DossierStatus }[]>`
      select status from dossier where id = ${dossier.id} for update`;
    if (locked === undefined || !mayNumberPaper(locked.status)) {
      return fail({ code: "wrong_stage", status: locked?.status ?? "received" });
    }
    const living = await livingPaperLine(tx, dossier.id);
    if (living !== null && living.status === "issued") return ok(living);
    if (living !== null && standingOf(living.printedOn, today) !== "void") return takeUp(tx, living, request);
    return nextLine(tx, request, living);
  });
}

/** DATE-1: on another day of the year the same number is signed under that day's date, by whoever took it: it may be signed by hand already. */
async function takeUp(
  tx: TransactionSql,
  line: PaperLine,
  { today, signer }: PaperNumberRequest,
): Promise<Result<PaperLine, Failure>> {
  if (line.officerId !== signer.personId) return fail({ code: "line_of_another" });
  await tx`update paper_line set printed_on = ${today}, comparing_policy_id = ${signer.comparingPolicyId},
    signer_name = ${signer.signerName}, signer_title = ${[...signer.mandate.titleLines]}, mandate_id = ${signer.mandate.id} where id = ${line.id}`;
  const again = await livingPaperLine(tx, line.dossierId);
  return again === null ? fail({ code: "not_found" }) : ok(again);
}

/** @param givenUp of last year: voided only where a book of this year gives another */
async function nextLine(
  tx: TransactionSql,
  request: PaperNumberRequest,
  givenUp: PaperLine | null,
): Promise<Result<PaperLine, Failure>> {
  const { id, dossier, signer, today, suffix, feeDong } = request;
  const year = yearOf(today);
  if (givenUp !== null && yearOf(givenUp.printedOn) > year) return fail({ code: "clock_behind" });
  const book = await onlyOpenBook(tx, { agencyId: dossier.agencyId, kind: "paper", suffix, year });
  if (!book.ok) return book;
  if (givenUp !== null) await voidLine(tx, givenUp, "year_changed", null);
  const number = await nextNumber(tx, dossier.agencyId, suffix, year);
  await tx`insert into paper_line (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at,
      officer_id, signer_name, signer_title, mandate_id, comparing_policy_id, applicant_name, title, copies, fee_dong)
    select ${id}, agency_id, ${book.value}, ${suffix}, ${year}, ${number}, id, 'in_progress', ${today},
      date_trunc('second', clock_timestamp()), ${signer.personId}, ${signer.signerName}, ${[...signer.mandate.titleLines]}, ${signer.mandate.id},
      ${signer.comparingPolicyId}, applicant_name, title, paper_copies, paper_copies * ${feeDong}::int
    from dossier where id = ${dossier.id}`;
  await tx`update dossier set status = 'numbered' where id = ${dossier.id} and on_paper_only and status = 'attested'`;
  await noteEvent(tx, dossier.id, "paper_numbered", signer.personId);
  await tellShared(tx, id);
  const line = await livingPaperLine(tx, dossier.id);
  return line === null ? fail({ code: "not_found" }) : ok(line);
}

/**
 * Signed and sealed by hand, and given to the applicant; for a dossier on paper only the end of its way.
 *
 * @returns false where another official was first, or took the payment back that it waited for (FEE-6)
 */
export async function keepHandedOver(sql: Sql, line: PaperLine, actor: Actor): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select id from dossier where id = ${line.dossierId} for update`;
    const done = await tx`update paper_line set status = 'issued', handed_over_by = ${actor.personId},
      handed_over_at = date_trunc('second', clock_timestamp()) where id = ${line.id} and status = 'in_progress'
        and not exists (select 1 from dossier d where d.id = ${line.dossierId} and fee_withholds(d.submission_id, d.agency_id))`;
    if (done.count !== 1) return false;
    await tx`update dossier set status = 'handed_over' where id = ${line.dossierId} and on_paper_only`;
    await noteEvent(tx, line.dossierId, "paper_handed_over", actor.personId);
    return true;
  });
}

export async function keepPaperVoid(sql: Sql, line: PaperLine, reason: string, actor: Actor): Promise<boolean> {
  return sql.begin(async (tx) => {
    await tx`select id from dossier where id = ${line.dossierId} for update`;
    if (!(await voidLine(tx, line, reason, actor.personId))) return false;
    await tx`update dossier set status = 'voided' where id = ${line.dossierId} and on_paper_only`;
    return true;
  });
}

async function voidLine(tx: TransactionSql, line: PaperLine, reason: string, by: PersonId | null): Promise<boolean> {
  const done = await tx`update paper_line set status = 'voided', void_reason = ${reason}, voided_by = ${by},
    voided_at = date_trunc('second', clock_timestamp()) where id = ${line.id} and status = 'in_progress'`;
  if (done.count !== 1) return false;
  await noteEvent(tx, line.dossierId, by === null ? "paper_voided" : "voided", by);
  await tellShared(tx, line.id);
  return true;
}

/** ORIG-1 without a scan: for a dossier on paper only. */
export async function keepByHand(sql: Sql, dossier: Dossier, actor: Actor): Promise<boolean> {
  return sql.begin(async (tx) => {
    const moved = await tx`update dossier set status = 'attested'
      where id = ${dossier.id} and on_paper_only and status in ('received', 'read')`;
    if (moved.count !== 1) return false;
    await tx`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
      select id, ${actor.personId}, true, declared_pages, date_trunc('second', clock_timestamp()) from dossier
      where id = ${dossier.id}`;
    await noteEvent(tx, dossier.id, "attested", actor.personId);
    return true;
  });
}
