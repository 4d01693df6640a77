import type { Sql, TransactionSql } from "postgres";
import type { Actor, Certificate } from "../../src/core/dossier.ts";
import type { AgencyId, CertificateId, DossierId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { bookText } from "../../src/core/register.ts";
import type { AnnulmentKind, KeptAnnulment, PublishedAnnulment } from "../../src/core/status/annulment.ts";
import type { ListedStatus } from "../../src/core/status/status-list.ts";
import type { NewAnnulment } from "../../src/usecases/annul-certificate.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { mailAnnulled, tellCitizen } from "./annulment-notices.ts";
import { findCertificate } from "./certificates.ts";
import { holdCopy, tellAnnulled } from "./copy-events.ts";
import { noteEvent } from "./events.ts";
import { instantOf } from "./rows.ts";

/** The decision that was kept first stands; false for another one. */
export async function keepAnnulment(
  sql: Sql,
  certificate: Certificate,
  { kind, decision, successorId }: NewAnnulment,
  actor: Actor,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    // Of an address that is given meanwhile the letter is sent by this or by that; an attempt at a letter is let through.
    await tx`select id from dossier where id = ${certificate.dossierId} for no key update`;
    await holdCopy(tx, certificate.id);
    const kept = await tx`
      insert into annulment (certificate_id, agency_id, kind, decision_number, decision_date, decided_by, reason,
        successor_id, person_id, noted_at)
      values (${certificate.id}, ${certificate.agencyId}, ${kind}, ${decision.number}, ${decision.date}, ${decision.by},
        ${decision.reason}, ${successorId}, ${actor.personId}, date_trunc('second', clock_timestamp()))
      on conflict (certificate_id) do nothing`;
    if (kept.count !== 1) return false;
    await enqueue(tx, { kind: "publish_annulment", subject: certificate.id, maxAttempts: untilDone });
    await noteEvent(tx, certificate.dossierId, kind, actor.personId);
    await tellAnnulled(tx, certificate.id);
    const [noted] = await tx<{ noted_at: string }[]>`
      select noted_at from annulment where certificate_id = ${certificate.id}`;
    if (noted === undefined) throw new Error("an annulment was not kept");
    await mailAnnulled(tx, certificate.id, instantOf(noted.noted_at));
    await tellCitizen(tx, certificate.dossierId, instantOf(noted.noted_at));
    return true;
  });
}

type AnnulmentRow = {
  kind: AnnulmentKind;
  decision_number: string;
  decided_on: string;
  decided_by: string;
  reason: string;
  noted_at: string;
  by_name: string;
  successor_number: number | null;
  successor_ordinal: number | null;
  successor_year: number | null;
  successor_suffix: string | null;
  successor_on: string | null;
};

const selectAnnulment = (sql: Sql | TransactionSql) => sql`
  select a.kind, a.decision_number, to_char(a.decision_date, 'YYYY-MM-DD') as decided_on, a.decided_by, a.reason,
    a.noted_at, p.full_name as by_name, s.number as successor_number, b.ordinal as successor_ordinal,
    s.year as successor_year, s.suffix as successor_suffix,
    to_char(s.printed_on, 'YYYY-MM-DD') as successor_on
  from annulment a join person p on p.id = a.person_id join certificate c on c.id = a.certificate_id
    left join certificate s on s.id = a.successor_id left join book b on b.id = s.book_id`;

const annulmentOf = (row: AnnulmentRow): KeptAnnulment => ({
  kind: row.kind,
  decision: {
    number: row.decision_number,
    date: row.decided_on as LocalDate,
    by: row.decided_by,
    reason: row.reason,
  },
  successor:
    row.successor_number === null || row.successor_ordinal === null || row.successor_year === null
      ? null
      : {
          number: row.successor_number,
          bookText: bookText({
            ordinal: row.successor_ordinal,
            year: row.successor_year,
            suffix: row.successor_suffix ?? "",
          }),
          date: row.successor_on as LocalDate,
        },
  notedAt: instantOf(row.noted_at),
  notedBy: row.by_name,
});

export async function annulmentOfCertificate(sql: Sql, id: CertificateId): Promise<KeptAnnulment | null> {
  const [row] = await sql<AnnulmentRow[]>`${selectAnnulment(sql)} where a.certificate_id = ${id}`;
  return row === undefined ? null : annulmentOf(row);
}

export async function annulmentOfDossier(sql: Sql, id: DossierId): Promise<KeptAnnulment | null> {
  const [row] = await sql<AnnulmentRow[]>`${selectAnnulment(sql)} where c.dossier_id = ${id}`;
  return row === undefined ? null : annulmentOf(row);
}

/** An issued copy of the same agency and kind of book. */
export async function issuedByNumber(
  sql: Sql,
  of: Certificate,
  number: number,
  year: number,
): Promise<Certificate | null> {
  const [row] = await sql<{ id: CertificateId }[]>`
    select c.id from certificate c join certificate o on o.id = ${of.id}
    where c.agency_id = o.agency_id and c.suffix = o.suffix and c.year = ${year} and c.number = ${number}
      and c.status = 'issued'`;
  return row === undefined ? null : findCertificate(sql, row.id);
}

/** The status of each index at this moment, in force from its public log entry on; left out where no copy has it. */
export async function statusAtIndices(
  sql: Sql,
  indices: readonly number[],
): Promise<ReadonlyMap<number, ListedStatus>> {
  const rows = await sql<{ index: string; logged: boolean; kind: AnnulmentKind | null }[]>`
    select c.status_index as index, c.status <> 'voided' and d.status in ('logged', 'released') as logged, a.kind
    from certified_copy c join dossier d on d.id = c.dossier_id left join annulment a on a.certificate_id = c.line_id
    where c.status_index = any(${[...indices]}::bigint[])`;
  return new Map(rows.map(({ index, logged, kind }) => [Number(index), kind ?? (logged ? "valid" : "not_in_force")]));
}

/** Everything that the status list must tell apart from valid, as of one moment. */
export async function statusExceptions(
  sql: Sql,
): Promise<{ readonly allocated: number; readonly exceptions: (readonly [number, ListedStatus])[] }> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    const [last] = await tx<{ allocated: string }[]>`
      select greatest(coalesce((select max(status_index) from certificate), -1),
        coalesce((select max(status_index) from further_copy), -1)) + 1 as allocated`;
    const unissued = await tx<{ at: string }[]>`
      select c.status_index as at from certified_copy c join dossier d on d.id = c.dossier_id
      where c.status <> 'issued' and (c.status = 'voided' or d.status not in ('logged', 'released'))`;
    const annulled = await tx<{ at: string; kind: AnnulmentKind }[]>`
      select c.status_index as at, a.kind from annulment a join certified_copy c on c.line_id = a.certificate_id`;
    return {
      allocated: Number(last?.allocated ?? 0),
      exceptions: [
        ...unissued.map(({ at }) => [Number(at), "not_in_force"] as const),
        ...annulled.map(({ at, kind }) => [Number(at), kind] as const),
      ],
    };
  });
}

/** A decision with the kind of paper as it was typed at the counter, which nobody is shown. */
export type AnnulmentWithKind = Omit<PublishedAnnulment, "paperKind"> & { readonly typedKind: string };

/** How many decisions each agency published. */
export async function annulmentCounts(sql: Sql): Promise<readonly { agencyId: AgencyId; count: number }[]> {
  return sql<{ agencyId: AgencyId; count: number }[]>`
    select agency_id as "agencyId", count(*)::int as count from annulment group by agency_id order by agency_id`;
}

export type AnnulmentsAsked = {
  /** Null: of all. */
  readonly agencyId: AgencyId | null;
  /** Counted from the oldest, 1 to n; null: the newest. A part that is whole never changes again. */
  readonly part: number | null;
  /** Of one part. */
  readonly most: number;
};

/** What the portal publishes of decisions, the newest first. */
export async function publishedAnnulments(
  sql: Sql,
  { agencyId, part, most }: AnnulmentsAsked,
): Promise<AnnulmentWithKind[]> {
  const ofAgency = agencyId === null ? sql`true` : sql`a.agency_id = ${agencyId}`;
  const within =
    part === null
      ? sql`order by a.noted_at desc, a.certificate_id desc limit ${most}`
      : sql`order by a.noted_at, a.certificate_id offset ${(part - 1) * most} limit ${most}`;
  const rows = await sql<
    (AnnulmentRow & {
      agency_id: AgencyId;
      number: number;
      ordinal: number;
      year: number;
      suffix: string;
      printed: string;
      copies: number;
      typed_kind: string;
    })[]
  >`
    select x.*, c.agency_id, c.number, b.ordinal, c.year, c.suffix, to_char(c.printed_on, 'YYYY-MM-DD') as printed,
      c.copies, d.kind as typed_kind
    from (select a.certificate_id, a.kind, a.decision_number, to_char(a.decision_date, 'YYYY-MM-DD') as decided_on,
      a.decided_by, a.reason, a.noted_at, '' as by_name, s.number as successor_number, sb.ordinal as successor_ordinal,
      s.year as successor_year, s.suffix as successor_suffix,
      to_char(s.printed_on, 'YYYY-MM-DD') as successor_on
      from (select * from annulment a where ${ofAgency} ${within}) a
        left join certificate s on s.id = a.successor_id left join book sb on sb.id = s.book_id) x
    join certificate c on c.id = x.certificate_id join book b on b.id = c.book_id join dossier d on d.id = c.dossier_id
    order by x.noted_at desc, c.year desc, c.number desc`;
  return rows.map((row) => {
    const { kind, decision, successor, notedAt } = annulmentOf(row);
    const copy = {
      agencyId: row.agency_id,
      number: row.number,
      bookText: bookText(row),
      date: row.printed as LocalDate,
      copies: row.copies,
      typedKind: row.typed_kind,
    };
    return { ...copy, kind, decision, successor, notedAt: notedAt as Instant };
  });
}
