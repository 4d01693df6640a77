import type { Sql } from "postgres";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { OpenBook, RegisterLine } from "../../src/core/lists.ts";
import type { MandateKind } from "../../src/core/mandate.ts";
import { bookText } from "../../src/core/register.ts";
import type { Correction } from "../../src/core/register-correction.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import type { AnnulmentKind } from "../../src/core/status/annulment.ts";
import { instantOf } from "./rows.ts";

/** Of `selectLine`. */
export type LineRow = {
  id: string;
  form: RegisterLine["form"];
  dossier_id: string;
  number: number;
  ordinal: number;
  year: number;
  suffix: string;
  status: RegisterLine["status"];
  printed: string;
  applicant_name: string;
  title: string;
  document_number: string | null;
  officer_id: string;
  signer_name: string;
  signer_title: string[];
  policy_number: string | null;
  policy_date: LocalDate | null;
  mandate_kind: MandateKind | null;
  deed_number: string | null;
  deed_date: LocalDate | null;
  issued_by: string | null;
  copies: number;
  fee_dong: number;
  dossier_status: DossierStatus;
  person_signed_at: string | null;
  sealed_at: string | null;
  clerk_name: string | null;
  void_reason: string | null;
  voided_at: string | null;
  voided_by_name: string | null;
  off_place: string | null;
  off_act_at: string | null;
  annulled_as: AnnulmentKind | null;
  decision_number: string | null;
  decided_on: string | null;
  corrections: Correction[] | null;
};

const instantOrNull = (value: string | null): Instant | null => (value === null ? null : instantOf(value));

export const lineOf = (row: LineRow): RegisterLine => ({
  form: row.form,
  dossierId: row.dossier_id as DossierId,
  number: row.number,
  bookText: bookText(row),
  status: row.status,
  printedOn: row.printed as LocalDate,
  applicantName: row.applicant_name,
  title: row.title,
  documentNumber: row.document_number,
  officerId: row.officer_id as PersonId,
  signerName: row.signer_name,
  signerTitle: row.signer_title,
  ...rightsOf(row),
  copies: row.copies,
  feeDong: row.fee_dong,
  dossierStatus: row.dossier_status,
  personSignedAt: instantOrNull(row.person_signed_at),
  sealedAt: instantOrNull(row.sealed_at),
  clerkName: row.clerk_name,
  voidReason: row.void_reason,
  voidedAt: instantOrNull(row.voided_at),
  voidedByName: row.voided_by_name,
  elsewhere:
    row.off_place === null || row.off_act_at === null ? null : { place: row.off_place, at: instantOf(row.off_act_at) },
  annulment:
    row.annulled_as === null
      ? null
      : { kind: row.annulled_as, number: row.decision_number ?? "", date: row.decided_on as LocalDate },
  corrections: row.corrections ?? [],
});

type RightsRow = Pick<
  LineRow,
  "policy_number" | "policy_date" | "mandate_kind" | "deed_number" | "deed_date" | "issued_by"
>;

/** By what right it was signed. AUTH-2, AUTH-4. */
export const rightsOf = (row: RightsRow): Pick<RegisterLine, "basis" | "comparedBySigner"> => ({
  comparedBySigner:
    row.policy_number === null ? null : { number: row.policy_number, date: row.policy_date as LocalDate },
  basis: row.mandate_kind === null ? null : { kind: row.mandate_kind, deed: deedOf(row) },
});

const deedOf = ({ deed_number: number, deed_date: date, issued_by: issuedBy }: RightsRow) =>
  number === null ? null : { number, date, issuedBy };

/** Every line with what stands in its columns, `c` being the line; without a condition yet. */
export const selectLine = (sql: Sql) => sql`
  select c.id, c.form, c.dossier_id, c.number, b.ordinal, c.year, c.suffix, c.status, to_char(c.printed_on, 'YYYY-MM-DD') as printed,
    c.applicant_name, c.title, d.document_number, c.officer_id, c.signer_name, c.signer_title, c.copies, c.fee_dong,
    d.status as dossier_status, c.person_signed_at, c.sealed_at, k.full_name as clerk_name,
    c.void_reason, c.voided_at, v.full_name as voided_by_name,
    y.deed_number as policy_number, y.deed_date::text as policy_date, m.kind as mandate_kind, m.deed_number, m.deed_date::text, m.issued_by, o.place as off_place, o.act_at as off_act_at, a.kind as annulled_as, a.decision_number, to_char(a.decision_date, 'YYYY-MM-DD') as decided_on,
    (select json_agg(json_build_object('ordinal', r.ordinal, 'part', r.part, 'was', r.was, 'reads', r.reads, 'reason', r.reason,
        'by', q.full_name, 'at', to_char(r.corrected_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'countedIn', r.counted_in) order by r.ordinal)
      from register_correction r join person q on q.id = r.person_id where r.line_id = c.id) as corrections
  from register_line c join book b on b.id = c.book_id join dossier d on d.id = c.dossier_id
    left join person k on k.id = c.clerk_id left join person v on v.id = c.voided_by
    left join lateral (select place, act_at from off_site where submission_id = d.submission_id order by id desc limit 1) o on true
    left join annulment a on a.certificate_id = c.id left join mandate m on m.id = c.mandate_id
    left join comparing_policy y on y.id = (select comparing_policy_id from certificate e where e.id = c.id
      union all select comparing_policy_id from paper_line e where e.id = c.id)`;

/** The lines that carry this date, in the order of their numbers. */
export async function registerOfDay(
  sql: Sql,
  agencyId: AgencyId,
  suffix: string,
  day: LocalDate,
): Promise<RegisterLine[]> {
  const rows = await sql<LineRow[]>`${selectLine(sql)}
    where c.agency_id = ${agencyId} and c.suffix = ${suffix} and c.printed_on = ${day} order by c.year, c.number`;
  return rows.map(lineOf);
}

/** The lines dated from one day until before another, in the order of their numbers. */
export async function registerOfDays(
  sql: Sql,
  agencyId: AgencyId,
  suffix: string,
  days: { readonly from: LocalDate; readonly before: LocalDate },
): Promise<RegisterLine[]> {
  const rows = await sql<LineRow[]>`${selectLine(sql)}
    where c.agency_id = ${agencyId} and c.suffix = ${suffix} and c.printed_on >= ${days.from}
    and c.printed_on < ${days.before} order by c.year, c.number`;
  return rows.map(lineOf);
}

/** The newest line of a dossier's electronic copy, or of its copies on paper; a voided one too. */
export async function newestLine(
  sql: Sql,
  dossierId: DossierId,
  form: RegisterLine["form"] = "electronic",
): Promise<RegisterLine | null> {
  const [row] = await sql<LineRow[]>`${selectLine(sql)}
    where c.dossier_id = ${dossierId} and c.form = ${form} order by c.numbered_at desc, c.year desc, c.number desc limit 1`;
  return row === undefined ? null : lineOf(row);
}

/** The books of a kind and year that numbers may be taken from; certifying wants exactly one. REG-2. */
export async function openBooks(sql: Sql, agencyId: AgencyId, suffix: string, year: number): Promise<OpenBook[]> {
  const rows = await sql<{ ordinal: number; opened_at: string; last_number: number }[]>`
    select b.ordinal, b.opened_at, coalesce(s.last_number, 0) as last_number from book b
    left join number_series s on s.agency_id = b.agency_id and s.suffix = b.suffix and s.year = b.year
    where b.agency_id = ${agencyId} and b.suffix = ${suffix} and b.year = ${year} and b.closed_at is null
    order by b.ordinal`;
  return rows.map(({ ordinal, opened_at, last_number }) => {
    return {
      bookText: bookText({ ordinal, year, suffix }),
      openedAt: instantOf(opened_at),
      nextNumber: last_number + 1,
    };
  });
}

/** Who compared the copy with the original and said so. */
export async function attesterOf(sql: Sql, dossierId: DossierId): Promise<{ name: string; at: Instant } | null> {
  const [row] = await sql<{ full_name: string; attested_at: string }[]>`
    select p.full_name, a.attested_at from attestation a join person p on p.id = a.person_id
    where a.dossier_id = ${dossierId}`;
  return row === undefined ? null : { name: row.full_name, at: instantOf(row.attested_at) };
}
