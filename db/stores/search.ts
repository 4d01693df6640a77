import type { PendingQuery, Row, Sql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { ListedDossier } from "../../src/core/lists.ts";
import { type ListedRow, listedOf, selectListed } from "./queue.ts";

/**
 * Dossiers of one agency that have every one of the words in them, in any order, with or without tones; a number fits
 * the certificate's number too, a dossier code all papers presented under it. Newest first. Looks through the agency's
 * dossiers until it has so many: fine for the tens of thousands that a commune gathers in years, not for a province.
 *
 * @param words without spaces, at least one
 */
export async function searchDossiers(
  sql: Sql,
  agencyId: AgencyId,
  words: readonly string[],
  limit: number,
): Promise<ListedDossier[]> {
  const fits = words.map(
    (word) => sql`and (strpos(f.plain, plain_text(${word})) > 0 ${orNumber(sql, agencyId, word)})`,
  );
  const order = sql`order by first_at desc, submission_id, ordinal limit ${limit}`;
  const among = (held: PendingQuery<Row[]>) => sql`
    (select f.dossier_id, f.first_at, f.submission_id, f.ordinal from dossier_search f
      where f.agency_id = ${agencyId} and ${held} ${fits} ${order})`;
  // The conditions of two indexes, as they stand there (migration 0120): together they hold every dossier.
  const found = sql`${among(sql`octet_length(f.plain) <= 2000`)} union all ${among(sql`octet_length(f.plain) > 2000`)}`;
  const rows = await sql<ListedRow[]>`${selectListed(sql)}
    where d.id = any (array(select dossier_id from (${found}) found ${order}))
    order by together.first_at desc, s.id, d.ordinal_in_submission`;
  return rows.map(listedOf);
}

/** `12` of any year, `12/2026` of that one. */
function orNumber(sql: Sql, agencyId: AgencyId, word: string) {
  const [, number, year] = /^0*([1-9]\d{0,6})(?:\/(\d{4}))?$/.exec(word) ?? [];
  if (number === undefined) return sql``;
  return sql`or f.dossier_id = any (array(select c.dossier_id from register_line c where c.agency_id = ${agencyId} and c.number = ${Number(number)}
    ${year === undefined ? sql`` : sql`and c.year = ${Number(year)}`}))`;
}
