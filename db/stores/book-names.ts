import postgres, { type Sql, type TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { BookKind, BookNames } from "../../src/core/register.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";

/** What the agency's books of that year are called. REG-5 */
export async function bookNamesOf(sql: Sql | TransactionSql, agencyId: AgencyId, year: number): Promise<BookNames> {
  const [names] = await sql<BookNames[]>`select electronic, paper from book_names(${agencyId}, ${year}::int)`;
  if (names === undefined) throw new Error("the names of books answer a row");
  return { electronic: names.electronic, paper: names.paper };
}

/** What a kind of book was called, and from which year to which, both whole. */
export type NamedYears = { readonly suffix: string; readonly from: number; readonly to: number };

/**
 * Every name that a kind of book had in the agency's years, the newest first: in other years the same name may have been the
 * other kind's.
 */
export async function namesEver(sql: Sql, agencyId: AgencyId, kind: BookKind): Promise<readonly NamedYears[]> {
  const rows = await sql<(BookNames & { year: number })[]>`
    select y.year, n.electronic, n.paper from (select distinct year from book where agency_id = ${agencyId}) y,
      book_names(${agencyId}, y.year) n order by y.year desc`;
  const runs: NamedYears[] = [];
  for (const { year, ...names } of rows) {
    const later = runs.at(-1);
    if (later?.suffix === names[kind]) runs[runs.length - 1] = { ...later, from: year };
    else runs.push({ suffix: names[kind], from: year, to: year });
  }
  return runs;
}

export type BookNamesOfYear = {
  readonly year: number;
  readonly names: BookNames;
  /** Numbers were taken, or a book is open: the names stay. */
  readonly inUse: boolean;
};

export async function bookNamesInYear(sql: Sql, agencyId: AgencyId, year: number): Promise<BookNamesOfYear> {
  const names = await bookNamesOf(sql, agencyId, year);
  const [row] = await sql<{ inUse: boolean }[]>`
    with held as (select coalesce(min(n.year), 10000) as until from book_naming n where n.agency_id = ${agencyId} and n.year > ${year})
    select exists (select 1 from register_line l, held
        where l.agency_id = ${agencyId} and l.year >= ${year} and l.year < held.until)
      or exists (select 1 from book b, held
        where b.agency_id = ${agencyId} and b.closed_at is null and b.year >= ${year} and b.year < held.until) as "inUse"`;
  return { year, names, inUse: row?.inUse ?? false };
}

/** @returns false, and nothing is kept, where books of that year are in use under other names. REG-5 */
export async function keepBookNames(sql: Sql, year: number, names: BookNames, note: Note): Promise<boolean> {
  try {
    await sql.begin(async (tx) => {
      await tx`insert into book_naming (agency_id, year, electronic, paper, kept_by, kept_at) values
        (${note.actor.agencyId}, ${year}, ${names.electronic}, ${names.paper}, ${note.actor.personId}, ${note.at})`;
      await noteAct(tx, note);
    });
    return true;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.message.startsWith("REG-5: ")) return false;
    throw error;
  }
}
