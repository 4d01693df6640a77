import type { Sql, TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import { type CountAsked, within } from "./statistics-asked.ts";

/** The days, and what is late now; the agencies beside it. */
type Asked = Omit<CountAsked, "agencyId">;

export type AnswersOfAgency = {
  readonly agencyId: AgencyId;
  readonly answered: number;
  readonly answeredInTime: number;
  readonly overdue: number;
};

type AnswerRow = { agency_id: AgencyId; answered: string; in_time: string; overdue: string };

/**
 * What was answered and in time, and what is late by now, in one grouped question however many agencies are asked about: of
 * one agency and of a province by the same words. STAT-1. Agencies without any are left out.
 */
export async function answersByAgency(
  tx: Sql | TransactionSql,
  agencyIds: readonly AgencyId[],
  asked: Asked,
): Promise<readonly AnswersOfAgency[]> {
  const ids = [...agencyIds];
  const rows = await tx<AnswerRow[]>`
    select agency_id, count(*) filter (where answered_at is not null) as answered,
      count(*) filter (where answered_at <= due_at) as in_time, count(*) filter (where answered_at is null) as overdue from (
      select c.agency_id, c.released_at as answered_at, d.due_at from certificate c join dossier d on d.id = c.dossier_id
      where c.agency_id = any(${ids}) and c.status = 'issued' and ${within(tx, tx`c.released_at`, asked)}
      union all
      select l.agency_id, l.handed_over_at, d.due_at from paper_line l join dossier d on d.id = l.dossier_id
      where l.agency_id = any(${ids}) and l.status = 'issued' and d.on_paper_only and ${within(tx, tx`l.handed_over_at`, asked)}
      union all
      select d.agency_id, n.signed_at, d.due_at from refusal_notice n join dossier d on d.id = n.dossier_id
      where d.agency_id = any(${ids}) and ${within(tx, tx`n.signed_at`, asked)}
      union all
      select d.agency_id, g.answered_at, d.due_at from give_once g join dossier d on d.id = g.dossier_id
      where d.agency_id = any(${ids}) and g.answer <> 'again' and ${within(tx, tx`g.answered_at`, asked)}
      union all
      select d.agency_id, null, d.due_at from dossier d
      where d.agency_id = any(${ids}) and ${within(tx, tx`d.due_at`, asked)} and d.due_at < ${asked.now} and ${isOwed(tx)}) answers
    group by agency_id`;
  return rows.map(({ agency_id: agencyId, answered, in_time, overdue }) => ({
    ...{ agencyId, answered: Number(answered), answeredInTime: Number(in_time), overdue: Number(overdue) },
  }));
}

/** Of dossier `d`: its applicant still waits for an answer; a refusal is one once its notice is signed. */
export const isOwed = (tx: Sql | TransactionSql) =>
  tx`d.status not in ('released', 'voided', 'reused', 'handed_over', 'withdrawn')
    and not exists (select 1 from refusal_notice n where n.dossier_id = d.id)`;

export type ActsOfAgency = {
  readonly agencyId: AgencyId;
  readonly electronic: number;
  readonly paper: number;
  /** Of those on paper, with an applicant who wanted no electronic copy. */
  readonly paperOnly: number;
};

type ActsRow = { agency_id: AgencyId; electronic: string; paper: string; paper_only: string };

/** Lines that were issued, by the day they bear. Agencies without any are left out. STAT-1. */
export async function actsByAgency(
  tx: Sql | TransactionSql,
  agencyIds: readonly AgencyId[],
  { from, before }: Pick<Asked, "from" | "before">,
): Promise<readonly ActsOfAgency[]> {
  const ids = [...agencyIds];
  const rows = await tx<ActsRow[]>`
    select agency_id, sum(electronic) as electronic, sum(paper) as paper, sum(paper_only) as paper_only from (
      select agency_id, count(*) as electronic, 0 as paper, 0 as paper_only from certificate
      where agency_id = any(${ids}) and status = 'issued' and printed_on >= ${from} and printed_on < ${before} group by 1
      union all
      select l.agency_id, 0, count(*), count(*) filter (where d.on_paper_only) from paper_line l join dossier d on d.id = l.dossier_id
      where l.agency_id = any(${ids}) and l.status = 'issued' and l.printed_on >= ${from} and l.printed_on < ${before} group by 1) acts
    group by agency_id`;
  return rows.map(({ agency_id: agencyId, electronic, paper, paper_only }) => ({
    ...{ agencyId, electronic: Number(electronic), paper: Number(paper), paperOnly: Number(paper_only) },
  }));
}
