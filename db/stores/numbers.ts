import type { Sql, TransactionSql } from "postgres";
import type { Certificate, Dossier, Signer } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId, BookId, CertificateId } from "../../src/core/ids.ts";
import { type Bytes, fail, type LocalDate, ok, type Result } from "../../src/core/kernel.ts";
import { type BookKind, standingOf, yearOf } from "../../src/core/register.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import type { Failure } from "../../src/usecases/failure.ts";
import { bookNamesOf } from "./book-names.ts";
import { findCertificate, livingCertificate, voidLine } from "./certificates.ts";
import { noteEvent } from "./events.ts";
import { beginFurtherCopies, clearCopies, type FreshCopies, printedAs } from "./further-copies.ts";

export type NumberRequest = {
  readonly dossier: Dossier;
  readonly signer: Pick<Signer, "personId" | "signerName" | "comparingPolicyId"> & {
    readonly mandate: Pick<Signer["mandate"], "id" | "titleLines">;
  };
  readonly today: LocalDate;
  /** Kind of book the number is taken from. */
  readonly suffix: string;
  readonly feeDong: number;
  /** For a new line only. */
  readonly fresh: {
    readonly id: CertificateId;
    readonly codeHash: Bytes;
    readonly codeBlobId: BlobId;
    /** Nothing where the number has one copy. */
    readonly further?: FreshCopies | null;
  };
  readonly beforeCommit: () => Promise<void>;
  /** Told what was signed of copies that are printed otherwise from now on: to be erased after the commit. */
  readonly letGo?: (blobIds: readonly BlobId[]) => void;
};

/**
 * Number and register line in one transaction: after the commit both stand, before it neither. The dossier's row
 * lock makes two officials at once agree on one line; the series' row lock leaves neither gap nor twin. REG-1, REG-2.
 */
export async function takeNumber(sql: Sql, request: NumberRequest): Promise<Result<Certificate, Failure>> {
  return sql.begin(async (tx) => {
    const [dossier] = await tx<{ status: DossierStatus }[]>`
      select status from dossier where id = ${request.dossier.id} for update`;
    if (dossier?.status !== "attested" && dossier?.status !== "numbered") {
      return fail({ code: "wrong_stage", status: dossier?.status ?? "received" });
    }
    const living = await livingCertificate(tx, request.dossier.id);
    const takenUp = living === null ? null : await takeUp(tx, living, request);
    const certificate = takenUp === null ? await nextLine(tx, request, living) : ok(takenUp);
    if (certificate.ok) await request.beforeCommit();
    return certificate;
  });
}

/** The same number for another attempt; null when the year has changed and the number must be given up. Decision 8. */
async function takeUp(tx: TransactionSql, living: Certificate, request: NumberRequest): Promise<Certificate | null> {
  if (standingOf(living.printedOn, request.today) === "void") return null;
  if (living.copies > 1 && !(await isPrintedAlike(tx, living, request))) {
    request.letGo?.(await clearCopies(tx, living.id));
  }
  await tx`
    update certificate set printed_on = ${request.today}, officer_id = ${request.signer.personId},
      signer_name = ${request.signer.signerName}, signer_title = ${[...request.signer.mandate.titleLines]},
      mandate_id = ${request.signer.mandate.id}, comparing_policy_id = ${request.signer.comparingPolicyId}
    where id = ${living.id}`;
  return findCertificate(tx, living.id);
}

/** Of an act that goes on where it was cut, the copies that were signed stand: the same person on the same day. */
async function isPrintedAlike(tx: TransactionSql, living: Certificate, { today, signer }: NumberRequest) {
  if (signer.personId === null) return false;
  const { signerName, mandate, personId: officerId } = signer;
  const printed = { printedOn: today, officerId, signerName, signerTitle: mandate.titleLines, mandateId: mandate.id };
  const asNow = { ...living, ...printed };
  const [line] = await tx`select c.id from certificate c where c.id = ${living.id} and ${printedAs(tx, asNow)}`;
  return line !== undefined;
}

/** @param givenUp of last year: voided only where a book of this year gives another */
async function nextLine(
  tx: TransactionSql,
  request: NumberRequest,
  givenUp: Certificate | null,
): Promise<Result<Certificate, Failure>> {
  const { dossier, signer, suffix, today, fresh } = request;
  const year = yearOf(today);
  if (givenUp !== null && yearOf(givenUp.printedOn) > year) return fail({ code: "clock_behind" });
  const book = await onlyOpenBook(tx, { agencyId: dossier.agencyId, kind: "electronic", suffix, year });
  if (!book.ok) return book;
  if (givenUp !== null) await giveUp(tx, givenUp, request);
  const number = await nextNumber(tx, dossier.agencyId, suffix, year);
  await tx`insert into certificate ${tx({
    id: fresh.id,
    agency_id: dossier.agencyId,
    book_id: book.value,
    suffix,
    year,
    number,
    dossier_id: dossier.id,
    status: "in_progress",
    printed_on: today,
    numbered_at: tx`date_trunc('second', clock_timestamp())` as never,
    officer_id: signer.personId,
    signer_name: signer.signerName,
    signer_title: [...signer.mandate.titleLines],
    mandate_id: signer.mandate.id,
    comparing_policy_id: signer.comparingPolicyId,
    applicant_name: dossier.applicantName,
    title: dossier.title,
    copies: dossier.electronicCopies,
    fee_dong: request.feeDong,
    code_hash: fresh.codeHash,
    code_blob_id: fresh.codeBlobId,
    further_codes_blob_id: fresh.further?.codesBlobId ?? null,
  })}`;
  if (fresh.further) await beginFurtherCopies(tx, fresh.id, fresh.further);
  await tx`update dossier set status = 'numbered' where id = ${dossier.id}`;
  await noteEvent(tx, dossier.id, "numbered", signer.personId);
  const certificate = await findCertificate(tx, fresh.id);
  return certificate === null ? fail({ code: "not_found" }) : ok(certificate);
}

async function giveUp(tx: TransactionSql, line: Certificate, { letGo }: NumberRequest): Promise<void> {
  if (line.copies > 1) letGo?.(await clearCopies(tx, line.id));
  await voidLine(tx, line, "year_changed", null);
}

type BookWanted = {
  readonly agencyId: AgencyId;
  readonly kind: BookKind;
  /** As the caller found that kind called, before this transaction. */
  readonly suffix: string;
  readonly year: number;
};

/** REG-2; and REG-5: once the book is held the names stand still, and one that was found before they were swapped is seen. */
export async function onlyOpenBook(
  tx: TransactionSql,
  { agencyId, kind, suffix, year }: BookWanted,
): Promise<Result<BookId, Failure>> {
  const [book, another] = await tx<{ id: BookId }[]>`
    select id from book where agency_id = ${agencyId} and suffix = ${suffix} and year = ${year} and closed_at is null
    for share`; // who closes it waits for this number, or this waits and finds it closed
  if (book === undefined || (await bookNamesOf(tx, agencyId, year))[kind] !== suffix)
    return fail({ code: "no_open_book" });
  return another === undefined ? ok(book.id) : fail({ code: "several_open_books" });
}

/** The row lock of the series leaves neither gap nor twin. */
export async function nextNumber(tx: TransactionSql, agencyId: string, suffix: string, year: number): Promise<number> {
  const [series] = await tx<{ last_number: number }[]>`
    insert into number_series (agency_id, suffix, year, last_number) values (${agencyId}, ${suffix}, ${year}, 1)
    on conflict (agency_id, suffix, year) do update set last_number = number_series.last_number + 1
    returning last_number`;
  if (series === undefined) throw new Error("the series of numbers gave none");
  return series.last_number;
}
