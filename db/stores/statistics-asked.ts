import type { Sql, TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";

/** Of one agency, in days of Vietnam, the last one outside; what is late is late at `now`. */
export type CountAsked = {
  readonly agencyId: AgencyId;
  readonly from: LocalDate;
  readonly before: LocalDate;
  readonly now: Instant;
};

/** Moments of days in Vietnam, the last one outside. */
export const within = (
  tx: Sql | TransactionSql,
  column: ReturnType<TransactionSql>,
  { from, before }: Pick<CountAsked, "from" | "before">,
) => tx`(${column} >= ${from}::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
  and ${column} < ${before}::date::timestamp at time zone 'Asia/Ho_Chi_Minh')`;
