import { sql as text } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { Sql, TransactionSql } from "postgres";
import type { AgencyId, BookId, PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { AgencyFacts } from "../../src/usecases/administration/change-agency.ts";
import type { BookLine } from "../../src/usecases/administration/close-book.ts";
import type { AdministrationFailure } from "../../src/usecases/administration/failure.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import type { AgencyPerson, RoleName } from "../../src/usecases/administration/person.ts";
import { enqueue, untilDone } from "../jobs.ts";
import { noteAct } from "./admin-events.ts";
import { changePassword, keepPerson, setActive, setRoles } from "./people.ts";
import { instantOf } from "./rows.ts";

type PersonRow = {
  id: PersonId;
  user_name: string;
  full_name: string;
  roles: RoleName[];
  active: boolean;
  password_initial: boolean;
};

const personOf = (row: PersonRow): AgencyPerson => ({
  personId: row.id,
  userName: row.user_name,
  fullName: row.full_name,
  roles: row.roles,
  active: row.active,
  passwordInitial: row.password_initial,
});

const selectPeople = (sql: Sql) => sql`
  select p.id, p.user_name, p.full_name, p.active, p.password_initial,
    array(select role from person_role r where r.person_id = p.id order by role) as roles
  from person p`;

/** Everyone who ever was, those at work first. */
export async function peopleOf(sql: Sql, agencyId: AgencyId): Promise<readonly AgencyPerson[]> {
  const rows = await sql<PersonRow[]>`${selectPeople(sql)}
    where p.agency_id = ${agencyId} order by p.active desc, p.full_name, p.user_name`;
  return rows.map(personOf);
}

export async function findPerson(sql: Sql, id: PersonId, agencyId: AgencyId): Promise<AgencyPerson | null> {
  const [row] = await sql<PersonRow[]>`${selectPeople(sql)} where p.id = ${id} and p.agency_id = ${agencyId}`;
  return row === undefined ? null : personOf(row);
}

type Tx = Parameters<Parameters<PostgresJsDatabase["transaction"]>[0]>[0];

/** The act and its line in one transaction; a failure takes both back. */
async function noted<F>(
  db: PostgresJsDatabase,
  note: Note,
  act: (tx: Tx) => Promise<Result<null, F>>,
): Promise<Result<null, F>> {
  const refused = new Refused<F>();
  try {
    await db.transaction(async (tx) => {
      const { actor, what, about, at } = note;
      // the agency's row first: two administrators at once must not each take the other's last role away
      await tx.execute(text`select id from agency where id = ${actor.agencyId} for update`);
      const done = await act(tx);
      if (!done.ok) {
        refused.failure = done.failure;
        throw refused;
      }
      await tx.execute(text`insert into admin_event (agency_id, person_id, what, about, happened_at)
        values (${actor.agencyId}, ${actor.personId}, ${what}, ${about}, ${at})`);
    });
    return ok(null);
  } catch (thrown) {
    if (thrown === refused && refused.failure !== null) return fail(refused.failure);
    throw thrown;
  }
}

class Refused<F> extends Error {
  failure: F | null = null;
}

export type PersonToKeep = Parameters<typeof keepPerson>[1];

export async function addPersonWith(db: PostgresJsDatabase, kept: PersonToKeep, note: Note): Promise<boolean> {
  const added = await noted(db, note, async (tx) => ((await keepPerson(tx, kept)) ? ok(null) : fail("taken")));
  return added.ok;
}

export const keepPasswordWith = (
  db: PostgresJsDatabase,
  asked: { readonly id: PersonId; readonly passwordHash: string; readonly initial: boolean },
  note: Note,
) =>
  noted(db, note, async (tx) => {
    await changePassword(tx, asked.id, asked.passwordHash, asked.initial);
    return ok(null);
  });

export const keepRolesWith = (db: PostgresJsDatabase, id: PersonId, roles: readonly RoleName[], note: Note) =>
  noted(db, note, async (tx) => {
    await setRoles(tx, id, roles);
    return administratorLeft(tx, note.actor.agencyId);
  });

export const keepActiveWith = (db: PostgresJsDatabase, id: PersonId, active: boolean, note: Note) =>
  noted(db, note, async (tx) => {
    await setActive(tx, id, active);
    return administratorLeft(tx, note.actor.agencyId);
  });

/** Nobody may lock the agency out, not even of their own will. */
async function administratorLeft(tx: Tx, agencyId: AgencyId): Promise<Result<null, AdministrationFailure>> {
  const left = await tx.execute(text`
    select 1 from person p join person_role r on r.person_id = p.id
    where p.agency_id = ${agencyId} and p.active and r.role = 'administrator' limit 1`);
  return left.length > 0 ? ok(null) : fail({ code: "last_administrator" });
}

export async function hasNumbers(sql: Sql | TransactionSql, agencyId: AgencyId): Promise<boolean> {
  const rows = await sql`select 1 from register_line where agency_id = ${agencyId} limit 1`;
  return rows.length > 0;
}

export async function changeAgencyWith(
  sql: Sql,
  { name, province, code }: AgencyFacts,
  note: Note,
): Promise<Result<null, AdministrationFailure>> {
  const { agencyId } = note.actor;
  return sql.begin(async (tx) => {
    await tx`select id from agency where id = ${agencyId} for update`;
    if (await hasNumbers(tx, agencyId)) return fail({ code: "agency_fixed" });
    const [other] = await tx`select 1 from agency where code = ${code} and id <> ${agencyId}`;
    if (other !== undefined) return fail({ code: "agency_code_taken" });
    await tx`update agency set name = ${name}, province = ${province}, code = ${code} where id = ${agencyId}`;
    await noteAct(tx, note);
    return ok(null);
  });
}

type BookRow = {
  id: BookId;
  suffix: string;
  year: number;
  ordinal: number;
  opened_at: string;
  closed_at: string | null;
  issued: number;
  voided: number;
  in_progress: number;
};

const bookOf = (row: BookRow): BookLine => ({
  id: row.id,
  suffix: row.suffix,
  year: row.year,
  ordinal: row.ordinal,
  openedAt: instantOf(row.opened_at),
  closedAt: row.closed_at === null ? null : instantOf(row.closed_at),
  issued: row.issued,
  voided: row.voided,
  inProgress: row.in_progress,
});

const selectBooks = (sql: Sql | TransactionSql) => sql`
  select b.id, b.suffix, b.year, b.ordinal, b.opened_at, b.closed_at,
    count(c.id) filter (where c.status = 'issued')::int as issued,
    count(c.id) filter (where c.status = 'voided')::int as voided,
    count(c.id) filter (where c.status = 'in_progress')::int as in_progress
  from book b left join register_line c on c.book_id = b.id`;

export async function booksOf(sql: Sql, agencyId: AgencyId): Promise<readonly BookLine[]> {
  const rows = await sql<BookRow[]>`${selectBooks(sql)}
    where b.agency_id = ${agencyId} group by b.id order by b.year desc, b.suffix, b.ordinal desc`;
  return rows.map(bookOf);
}

export async function findBookLine(sql: Sql, id: BookId, agencyId: AgencyId): Promise<BookLine | null> {
  const [row] = await sql<BookRow[]>`${selectBooks(sql)}
    where b.id = ${id} and b.agency_id = ${agencyId} group by b.id`;
  return row === undefined ? null : bookOf(row);
}

/** The row lock waits for numbers being taken (they hold a key share on it); the count is made after it. */
export async function closeBookWith(
  sql: Sql,
  id: BookId,
  closedAt: Instant,
  note: Note,
): Promise<Result<null, AdministrationFailure>> {
  return sql.begin(async (tx) => {
    const [open] = await tx`select id from book where id = ${id} and closed_at is null for update`;
    if (open === undefined) return fail({ code: "book_closed" });
    const [row] = await tx<BookRow[]>`${selectBooks(tx)} where b.id = ${id} group by b.id`;
    if (row === undefined || row.in_progress > 0) {
      return fail({ code: "numbers_in_progress", count: row?.in_progress ?? 0 });
    }
    await tx`update book set closed_at = ${closedAt}, closing_total = ${row.issued + row.voided} where id = ${id}`;
    await enqueue(tx, { kind: "publish_book", subject: id, maxAttempts: untilDone });
    await noteAct(tx, note);
    return ok(null);
  });
}
