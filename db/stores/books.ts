import type { Sql } from "postgres";
import type { AgencyId, BookId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { noteAct } from "./admin-events.ts";
import { bookNamesOf } from "./book-names.ts";

export type NewBook = {
  readonly id: BookId;
  readonly agencyId: AgencyId;
  readonly suffix: string;
  readonly year: number;
  readonly openedAt: Instant;
};

/**
 * The next book of the year, with the line of who opened it; null while one of that kind and year is open, or where books have got
 * another name since the asker looked: a book under a former name would let names change while lines stand. REG-2, REG-5
 */
export async function keepBook(
  sql: Sql,
  book: NewBook,
  note: ((ordinal: number) => Note) | null = null,
): Promise<BookId | null | "name_over"> {
  return sql.begin(async (tx) => {
    await tx`select id from agency where id = ${book.agencyId} for update`; // as whoever names books: one waits for the other
    const { electronic, paper } = await bookNamesOf(tx, book.agencyId, book.year);
    if (![electronic, paper].includes(book.suffix)) return "name_over";
    const [last] = await tx<{ ordinal: number; closed_at: string | null }[]>`
      select ordinal, closed_at from book where agency_id = ${book.agencyId} and suffix = ${book.suffix}
      and year = ${book.year} order by ordinal desc limit 1`;
    if (last !== undefined && last.closed_at === null) return null;
    const ordinal = (last?.ordinal ?? 0) + 1;
    await tx`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
      values (${book.id}, ${book.agencyId}, ${book.suffix}, ${book.year}, ${ordinal}, ${book.openedAt})`;
    if (note !== null) await noteAct(tx, note(ordinal));
    await enqueue(tx, { kind: "publish_book", subject: book.id, maxAttempts: untilDone });
    return book.id;
  });
}

export type BookFacts = {
  readonly agencyId: AgencyId;
  readonly suffix: string;
  readonly year: number;
  readonly ordinal: number;
  readonly closed: boolean;
};

export async function findBook(sql: Sql, id: BookId): Promise<BookFacts | null> {
  const [row] = await sql<{ agency_id: AgencyId; suffix: string; year: number; ordinal: number; closed: boolean }[]>`
    select agency_id, suffix, year, ordinal, closed_at is not null as closed from book where id = ${id}`;
  return row === undefined ? null : { ...row, agencyId: row.agency_id };
}
