import type { Sql } from "postgres";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { RegisterLine } from "../../src/core/lists.ts";
import {
  type RegisterAsked,
  type RegisterFound,
  type SearchPlace,
  searchBounds,
} from "../../src/core/register-search.ts";
import { type LineRow, lineOf, selectLine } from "./register.ts";
import type { Series } from "./register-prints.ts";

/** So many of the newest lines are looked through first, and at most so many where they tell that a page is near. */
const newestLooked = 3000;
const mostLooked = 30_000;

/**
 * A page of the lines that have every word asked for, the newest first; where none has, the last word may be the beginning
 * of one: lists of beginnings are long, and syllables of a name are typed whole.
 */
export async function searchRegister(sql: Sql, series: Series, asked: RegisterAsked): Promise<RegisterFound> {
  const [beginning = "", ...others] = asked.text.split(" ").toReversed();
  const text = others.toReversed().join(" ");
  let hopeless: Promise<boolean> | null = text === "" ? Promise.resolve(false) : null;
  const isHopeless = () => (hopeless ??= haveNone(sql, { series, asked: { ...asked, text }, beginning: "" }));
  const whole = await placesOf(sql, { series, asked, beginning: "" }, isHopeless);
  const isDone = whole.length > 0 || neverBegins.test(beginning) || (await isHopeless());
  return foundOf(await linesOf(sql, isDone ? whole : await placesOf(sql, { series, asked, beginning }, isHopeless)));
}

/** `register_query` takes these for whole words only, and they were looked for. */
const neverBegins = /^([0-9]{0,9}|[0-9A-Za-z]{1,2})$/;

/** Words that never meet have long lists each: what all but the last exclude need not be asked with the last, and not again with its beginnings. */
async function haveNone(sql: Sql, question: Question): Promise<boolean> {
  const { after } = question.asked;
  const near = await amongNewest(sql, question, { after, looked: newestLooked, wanted: 1 });
  if (near.found.length > 0) return false;
  // Apart, or PostgreSQL would hope to meet one soon in the order of another index, and read every line of the book.
  const [row] = await sql`
    with fitting as materialized (
      select 1 from register_search where words @@ ${queryOf(sql, question)} and ${placed(sql, question, after)})
    select from fitting limit 1`;
  return row === undefined;
}

/** A series in the years in which it was of the kind that is asked for. */
export type SeriesOfYears = Series & { readonly from: LocalDate; readonly to: LocalDate };

/** The same in books that were called otherwise in other years; no two of them have lines of one day. REG-5 */
export async function searchBooks(
  sql: Sql,
  books: readonly SeriesOfYears[],
  asked: RegisterAsked,
): Promise<RegisterFound> {
  const found = await Promise.all(
    books.map(({ from, to, ...series }) =>
      searchRegister(sql, series, {
        ...asked,
        from: asked.from === null || asked.from < from ? from : asked.from,
        to: asked.to === null || asked.to > to ? to : asked.to,
      }),
    ),
  );
  const lines = found
    .flatMap((one) => one.lines)
    .toSorted((a, b) => (a.printedOn === b.printedOn ? b.number - a.number : a.printedOn < b.printedOn ? 1 : -1));
  const page = lines.slice(0, searchBounds.page);
  const isMore = lines.length > page.length || found.some(({ next }) => next !== null);
  const last = isMore ? page.at(-1) : undefined;
  return { lines: page, next: last === undefined ? null : { printedOn: last.printedOn, number: last.number } };
}

type Question = { readonly series: Series; readonly asked: RegisterAsked; readonly beginning: string };

/**
 * Two ways, because each alone is slow somewhere: a name that half the agency bears fills the page from the newest lines,
 * where its list in the index has hundreds of thousands; a rare one is found by its short list, where the newest hold none.
 */
async function placesOf(sql: Sql, question: Question, isHopeless: () => Promise<boolean>): Promise<string[]> {
  const wanted = searchBounds.page + 1;
  const near = await amongNewest(sql, question, { after: question.asked.after, looked: newestLooked, wanted });
  if (near.found.length === wanted || near.last === null) return near.found;
  if (near.found.length === 0 && (await isHopeless())) return [];
  const likely = Math.ceil(((1.5 * wanted) / near.found.length) * newestLooked); // none found: Infinity
  if (likely > mostLooked) return byWords(sql, question);
  const rest = { after: near.last, looked: likely - newestLooked, wanted: wanted - near.found.length };
  const further = await amongNewest(sql, question, rest);
  const isPage = further.found.length === rest.wanted || further.last === null;
  return isPage ? [...near.found, ...further.found] : byWords(sql, question);
}

type Look = { readonly after: SearchPlace | null; readonly looked: number; readonly wanted: number };

/** One after the other until enough are found. @returns with the last place looked at, null where no line is behind it */
async function amongNewest(
  sql: Sql,
  question: Question,
  { after, looked, wanted }: Look,
): Promise<{ readonly found: string[]; readonly last: SearchPlace | null }> {
  const inOrder = sql`where ${placed(sql, question, after)} order by printed_on desc, number desc`;
  const rows = await sql<{ line_id: string }[]>`
    select line_id from (select line_id, words, printed_on, number from register_search ${inOrder} limit ${looked}) newest
    where words @@ ${queryOf(sql, question)} order by printed_on desc, number desc limit ${wanted}`;
  const found = rows.map(({ line_id }) => line_id);
  if (found.length === wanted) return { found, last: null };
  const [last] = await sql<SearchPlace[]>`
    select printed_on::text as "printedOn", number from register_search ${inOrder} offset ${looked - 1} limit 1`;
  return { found, last: last ?? null };
}

async function byWords(sql: Sql, question: Question): Promise<string[]> {
  const rows = await sql<{ line_id: string }[]>`
    with fitting as materialized (
      select line_id, printed_on, number from register_search
      where words @@ ${queryOf(sql, question)} and ${placed(sql, question, question.asked.after)})
    select line_id from fitting order by printed_on desc, number desc limit ${searchBounds.page + 1}`;
  return rows.map(({ line_id }) => line_id);
}

const queryOf = (sql: Sql, { series: { agencyId, suffix }, asked: { officerId, text }, beginning }: Question) =>
  sql`(select register_query(${agencyId}, ${suffix}, ${officerId}::text, ${text}, ${beginning}))`;

const placed = (
  sql: Sql,
  { series: { agencyId, suffix }, asked: { from, to } }: Question,
  after: SearchPlace | null,
) => sql`
  agency_id = ${agencyId} and suffix = ${suffix}
  ${from === null ? sql`` : sql`and printed_on >= ${from}`} ${to === null ? sql`` : sql`and printed_on <= ${to}`}
  ${after === null ? sql`` : sql`and (printed_on, number) < (${after.printedOn}::date, ${after.number}::int)`}`;

async function linesOf(sql: Sql, ids: readonly string[]): Promise<RegisterLine[]> {
  if (ids.length === 0) return [];
  const rows = await sql<LineRow[]>`${selectLine(sql)} where c.id = any(${[...ids]}::uuid[])`;
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)).map(lineOf);
}

function foundOf(lines: readonly RegisterLine[]): RegisterFound {
  const page = lines.slice(0, searchBounds.page);
  const last = lines.length > searchBounds.page ? page.at(-1) : undefined;
  return { lines: page, next: last === undefined ? null : { printedOn: last.printedOn, number: last.number } };
}

/** Everyone who ever held the right to sign for the agency, by name. AUTH-2. */
export async function officersOf(sql: Sql, agencyId: AgencyId): Promise<{ personId: PersonId; name: string }[]> {
  const rows = await sql<{ id: PersonId; full_name: string }[]>`
    select distinct p.id, p.full_name from mandate m join person p on p.id = m.person_id
    where p.agency_id = ${agencyId} order by p.full_name, p.id`;
  return rows.map(({ id, full_name }) => ({ personId: id, name: full_name }));
}
