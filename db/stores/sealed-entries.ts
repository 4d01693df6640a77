import type { Sql } from "postgres";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import { decodeLeaf } from "../../src/core/log/leaf.ts";
import { bookText } from "../../src/core/register.ts";
import type { SealedEntry, StrangeEntry } from "../../src/core/sealed-entry.ts";
import { bytesOf, instantOf } from "./rows.ts";

export type WhoseEntries = {
  readonly agencyId: AgencyId;
  /** Signed by this officer; all of the agency where null. */
  readonly officerId: PersonId | null;
  /** Only entries before this place of the log; from the newest on where null. */
  readonly before: number | null;
};

/** What the log says was issued, beside its register line; newest first. */
export async function sealedEntries(
  sql: Sql,
  { agencyId, officerId, before }: WhoseEntries,
  limit: number,
): Promise<SealedEntry[]> {
  const rows = await sql<
    {
      index: string;
      logged_at: string;
      number: number;
      ordinal: number;
      year: number;
      suffix: string;
      title: string;
      signer_name: string;
      sealed_by: string | null;
    }[]
  >`
    select e.index, e.logged_at, c.number, b.ordinal, c.year, c.suffix, c.title, c.signer_name, p.full_name as sealed_by
    from log_entry e join certificate c on c.id = e.certificate_id join book b on b.id = c.book_id
      left join person p on p.id = c.clerk_id
    where e.event = 'issued' and c.agency_id = ${agencyId}
      and (${officerId}::uuid is null or c.officer_id = ${officerId}::uuid)
      and (${before}::bigint is null or e.index < ${before}::bigint)
    order by e.index desc limit ${limit}`;
  return rows.map((row) => ({
    index: Number(row.index),
    at: instantOf(row.logged_at),
    number: row.number,
    bookText: bookText(row),
    title: row.title,
    signedBy: row.signer_name,
    sealedBy: row.sealed_by,
  }));
}

/**
 * What the log says of the agency and the register does not: an entry without a line, or one that calls a number issued
 * which the register voided. Newest first.
 */
export async function strangeEntries(sql: Sql, agencyId: AgencyId, limit: number): Promise<StrangeEntry[]> {
  const rows = await sql<{ index: string; logged_at: string; leaf: Uint8Array; agency_id: string | null }[]>`
    select e.index, e.logged_at, e.leaf, c.agency_id
    from log_entry e left join certificate c on c.id = e.certificate_id
    where (e.certificate_id is null and e.paper_line_id is null and e.event not in ('book_opened', 'book_closed'))
      or (e.event = 'issued' and c.status = 'voided' and c.agency_id = ${agencyId})
    order by e.index desc`;
  const strange = rows.flatMap(({ index, logged_at, leaf }) => {
    const read = decodeLeaf(bytesOf(leaf));
    if (!read.ok || read.value.agencyId !== agencyId) return [];
    const { event, bookId, number } = read.value;
    return [{ index: Number(index), at: instantOf(logged_at), event, bookText: bookId, number }];
  });
  return strange.slice(0, limit);
}
