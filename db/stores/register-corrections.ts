import type { Sql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, type LocalDate, ok, type Result } from "../../src/core/kernel.ts";
import type { RegisterLine } from "../../src/core/lists.ts";
import { type CorrectedPart, type LineHistory, lineAt } from "../../src/core/register-correction.ts";
import { daysOf, type Period } from "../../src/core/register-print.ts";
import type { Failure } from "../../src/usecases/failure.ts";
import { noteEvent } from "./events.ts";
import { type LineRow, lineOf, rightsOf, selectLine } from "./register.ts";
import type { Series } from "./register-prints.ts";
import { instantOf } from "./rows.ts";

/** Lines from before the period whose correction belongs to it, because their own month was signed before. REG-4. */
export async function supplementOf(sql: Sql, { agencyId, suffix }: Series, period: Period): Promise<RegisterLine[]> {
  const rows = await sql<LineRow[]>`${selectLine(sql)}
    where c.agency_id = ${agencyId} and c.suffix = ${suffix} and c.printed_on < ${daysOf(period).from}
      and c.id in (select line_id from register_correction
        where agency_id = ${agencyId} and suffix = ${suffix} and left(counted_in, ${period.length}::int) = ${period})
    order by c.year, c.number`;
  return rows.map(lineOf);
}

export type NewCorrection = {
  readonly ordinal: number;
  readonly part: CorrectedPart;
  readonly was: string;
  readonly reads: string;
  readonly reason: string;
  readonly at: Instant;
};

/** What the triggers of migration 0079 refuse: somebody corrected the same line first, or its month is signed right now. */
const refusedByTrigger = "23514";

/** One transaction with the dossier's trace. Refused where the line no longer stands as it did when it was looked at. */
export async function keepCorrection(
  sql: Sql,
  dossierId: DossierId,
  form: RegisterLine["form"],
  { ordinal, part, was, reads, reason, at }: NewCorrection,
  actor: Actor,
): Promise<Result<null, Failure>> {
  try {
    return await sql.begin(async (tx) => {
      const kept = await tx`
        insert into register_correction (line_id, agency_id, suffix, ordinal, part, was, reads, reason, person_id, counted_in, corrected_at)
        select l.id, l.agency_id, l.suffix, ${ordinal}, ${part}, ${was},
          ${reads}, ${reason}, ${actor.personId}, to_char(l.printed_on, 'YYYY-MM'), ${at}
        from register_line l where l.dossier_id = ${dossierId} and l.form = ${form} and l.agency_id = ${actor.agencyId}
          and l.status = 'issued'`;
      if (kept.count !== 1) return fail({ code: "not_found" } as const);
      await noteEvent(tx, dossierId, "line_corrected", actor.personId);
      return ok(null);
    });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === refusedByTrigger || code === "23505") return fail({ code: "line_changed" });
    throw error;
  }
}

type HistoryRow = LineRow & {
  numbered_at: string;
  issued_at: string | null;
  annulled_at: string | null;
  earlier: EarlierRow[] | null;
};

type EarlierRow = Pick<
  LineRow,
  "policy_number" | "policy_date" | "mandate_kind" | "deed_number" | "deed_date" | "issued_by" | "signer_title"
> & { printed: LocalDate; officer_id: PersonId; signer_name: string; until: Instant };

/** The page of that day as it was shown at that moment. LAW 3.4, REG-4. */
export async function registerOfDayAt(
  sql: Sql,
  agencyId: AgencyId,
  suffix: string,
  day: LocalDate,
  at: Instant,
): Promise<RegisterLine[]> {
  const rows = await sql<HistoryRow[]>`
    select x.*, h.numbered_at, a.noted_at as annulled_at, coalesce(
        (select released_at from certificate e where e.id = h.id and e.status = 'issued'),
        (select handed_over_at from paper_line l where l.id = h.id)) as issued_at,
      (select json_agg(json_build_object('printed', b.printed_on, 'officer_id', b.officer_id, 'signer_name', b.signer_name,
          'signer_title', b.signer_title, 'mandate_kind', m.kind, 'deed_number', m.deed_number, 'deed_date', m.deed_date,
          'issued_by', m.issued_by, 'policy_number', y.deed_number, 'policy_date', y.deed_date,
          'until', to_char(b.until, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by b.id)
        from register_line_before b left join mandate m on m.id = b.mandate_id
          left join comparing_policy y on y.id = b.comparing_policy_id where b.line_id = h.id) as earlier
    from (${selectLine(sql)} where c.agency_id = ${agencyId} and c.suffix = ${suffix} and c.numbered_at <= ${at}
        and (c.printed_on = ${day} or c.id in (select line_id from register_line_before
          where agency_id = ${agencyId} and suffix = ${suffix} and printed_on = ${day}))) x
      join register_line h on h.id = x.id left join annulment a on a.certificate_id = x.id
    order by x.year, x.number`;
  return rows.flatMap((row) => {
    const line = lineAt(lineOf(row), historyOf(row), at);
    return line?.printedOn === day ? [line] : [];
  });
}

const historyOf = (row: HistoryRow): LineHistory => ({
  numberedAt: instantOf(row.numbered_at),
  issuedAt: row.issued_at === null ? null : instantOf(row.issued_at),
  annulledAt: row.annulled_at === null ? null : instantOf(row.annulled_at),
  earlier: (row.earlier ?? []).map((one) => ({
    printedOn: one.printed,
    officerId: one.officer_id,
    signerName: one.signer_name,
    signerTitle: one.signer_title,
    ...rightsOf(one),
    until: one.until,
  })),
});

/** How each part of a line reads that was ever corrected; the others are as the line has them. */
export async function correctedReadings(
  sql: Sql,
  lineId: CertificateId,
): Promise<Readonly<Partial<Record<CorrectedPart, string>>>> {
  const rows = await sql<{ part: CorrectedPart; reads: string }[]>`
    select distinct on (part) part, reads from register_correction where line_id = ${lineId} order by part, ordinal desc`;
  return Object.fromEntries(rows.map(({ part, reads }) => [part, reads]));
}
