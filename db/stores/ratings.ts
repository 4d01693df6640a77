import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { Rating, RatingReason, RatingSteps } from "../../src/core/petition.ts";
import type { SubmissionId } from "../../src/core/submission.ts";

/**
 * In one transaction, in two rows that do not know each other: the id is drawn, since one in the order of time (ADR 99) would
 * tell the minute.
 *
 * @returns false when it was rated before
 */
export async function keepRating(
  sql: Sql,
  submissionId: SubmissionId,
  agencyId: AgencyId,
  { steps, reason, words }: Rating,
  on: LocalDate,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const first = await tx`insert into rating_given (submission_id) values (${submissionId}) on conflict do nothing`;
    if (first.count !== 1) return false;
    await tx`insert into rating (id, agency_id, steps, reason, words, rated_on)
      values (${randomUUID()}, ${agencyId}, ${steps}, ${reason}, ${words}, ${on})`;
    return true;
  });
}

export async function isRated(sql: Sql, submissionId: SubmissionId): Promise<boolean> {
  return (await sql`select 1 from rating_given where submission_id = ${submissionId}`).length === 1;
}

export type RatingCounts = {
  readonly steps: ReadonlyMap<RatingSteps, number>;
  readonly reasons: ReadonlyMap<RatingReason, number>;
  /** Newest month first, shuffled within it. */
  readonly words: readonly { readonly month: string; readonly steps: RatingSteps; readonly words: string }[];
};

/** Of one agency from that day on. */
export async function ratingsSince(sql: Sql, agencyId: AgencyId, from: LocalDate): Promise<RatingCounts> {
  const ours = sql`from rating where agency_id = ${agencyId} and rated_on >= ${from}`;
  const steps = await sql<
    { steps: RatingSteps; count: number }[]
  >`select steps, count(*)::int as count ${ours} group by 1`;
  const reasons = await sql<{ reason: RatingReason; count: number }[]>`
    select reason, count(*)::int as count ${ours} and reason is not null group by 1`;
  const words = await sql<{ month: string; steps: RatingSteps; words: string }[]>`
    select to_char(rated_on, 'YYYY-MM') as month, steps, words ${ours} and words is not null
    order by 1 desc, id limit 100`;
  return {
    steps: new Map(steps.map((row) => [row.steps, row.count])),
    reasons: new Map(reasons.map((row) => [row.reason, row.count])),
    words: words.map((row) => ({ ...row })),
  };
}
