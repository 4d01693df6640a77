import type { Sql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { ListedDossier } from "../../src/core/lists.ts";
import { type ListedRow, listedOf, selectListed } from "./queue.ts";

/**
 * Dossiers of one agency that have every one of the words in them, in any order, with or without tones; a number fits
 * the certificate's number too, a dossier code all papers presented under it. Newest first. Reads every dossier of the agency: fine for the tens of thousands that
 * a commune gathers in years, not for a province.
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
    (word) => sql`and (strpos(d.search_text, plain_text(${word})) > 0
    or strpos(plain_text(s.code), plain_text(${word})) > 0 ${orNumber(sql, word)})`,
  );
  const rows = await sql<ListedRow[]>`${selectListed(sql)}
    where d.agency_id = ${agencyId} ${fits} order by together.first_at desc, s.id, d.ordinal_in_submission limit ${limit}`;
  return rows.map(listedOf);
}

/** `12` of any year, `12/2026` of that one. */
function orNumber(sql: Sql, word: string) {
  const [, number, year] = /^0*([1-9]\d{0,6})(?:\/(\d{4}))?$/.exec(word) ?? [];
  if (number === undefined) return sql``;
  return sql`or exists (select 1 from register_line c where c.dossier_id = d.id and c.number = ${Number(number)}
    ${year === undefined ? sql`` : sql`and c.year = ${Number(year)}`})`;
}
