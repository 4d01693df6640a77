import { setTimeout as sleep } from "node:timers/promises";
import { hexOf } from "../../../core/kernel.ts";
import { encodeLeaf } from "../../../core/log/leaf.ts";
import { recordName } from "../../../core/verification-code.ts";
import { nodeSha256 } from "../../../primitives-node.ts";
import type { House } from "../../../wiring/house.ts";
import {
  agenciesOf,
  agencyAt,
  benchCode,
  bookLabel,
  bookSuffix,
  commitmentAt,
  type Filling,
  issuedAt,
  recordAt,
} from "./facts.ts";

/**
 * Agencies with a book each, and beside them what rows are made of: how an agency's leaves begin, and of published records
 * the true name and commitment.
 *
 * @returns the log's next index, once the books that the store began with are in the log: nobody else appends then
 */
export async function openPlaces(house: House, filling: Filling): Promise<number> {
  const { sql } = house;
  const next = await booksLogged(house);
  await sql`create unlogged table bench_place (nth int primary key, agency_id text, book_id uuid, leaf_begins bytea)`;
  const places = Array.from({ length: agenciesOf(filling) }, (_, nth) => placeRow(house, nth));
  await sql`insert into bench_place select nth, agency, md5('bench book ' || nth)::uuid, decode(leaf, 'hex')
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as r (nth int, agency text, leaf text)`;
  await sql`insert into agency (id, name, province, code, development, created_at)
    select agency_id, 'Xã Thử ' || nth || ' (hư cấu)', 'Tỉnh Thử (hư cấu)', 'BENCH-' || nth, true, ${issuedAt} from bench_place where nth > 0`;
  await sql`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
    select book_id, agency_id, ${bookSuffix}, 2025, 1, ${issuedAt} from bench_place`;
  await sql`create unlogged table bench_record (i int primary key, name bytea, commitment bytea)`;
  const records = Array.from({ length: filling.records }, (_, nth) => recordRow(recordAt(nth, filling)));
  await sql`insert into bench_record select i, decode(name, 'hex'), decode(commitment, 'hex')
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (i int, name text, commitment text)`;
  await sql`analyze bench_place, bench_record`;
  return next;
}

/** All but the number and what follows it. */
function placeRow(house: House, nth: number) {
  const [time, agencyId] = [issuedAt, agencyAt(house, nth)];
  const empty = encodeLeaf({
    event: "issued",
    agencyId,
    bookId: bookLabel,
    number: 0,
    time,
    commitment: new Uint8Array(),
  });
  const behind = 1 + 5 + 1; // number, seconds, an empty commitment
  return { nth, agency: agencyId, leaf: hexOf(empty.slice(0, empty.length - behind)) };
}

const recordRow = (i: number) => ({
  i,
  name: recordName(benchCode(i), nodeSha256),
  commitment: hexOf(commitmentAt(i)),
});

async function booksLogged({ sql }: House): Promise<number> {
  for (;;) {
    const [told] = await sql<{ books: number; leaves: string }[]>`
      select (select count(*)::int from book) as books, (select coalesce(max(index), -1) + 1 from log_entry) as leaves`;
    if (told !== undefined && Number(told.leaves) === told.books) return told.books;
    await sleep(50);
  }
}
