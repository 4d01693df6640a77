import type { Sql, TransactionSql } from "postgres";
import type { BookId, CertificateId } from "../../src/core/ids.ts";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import type { Leaf } from "../../src/core/log/leaf.ts";
import { bytesOf } from "./rows.ts";

/** A leaf taken back from published tiles, in its place. */
export type TakenBack = { readonly index: number; readonly bytes: Bytes; readonly leaf: Leaf };

/** A leaf of this store that was never published: it goes to the end, with a time that does not fall. */
export type Unpublished = {
  readonly event: string;
  readonly certificateId: CertificateId | null;
  readonly paperLineId: string | null;
  readonly copy: number;
  readonly bookId: BookId | null;
  readonly salt: Bytes | null;
  readonly bytes: Bytes;
};

export type LoggedNumber = { readonly agencyId: string; readonly bookText: string; readonly number: number };

export type Rebuilt = {
  /** Numbers that the public log holds and no line of this store. */
  readonly withoutLine: readonly LoggedNumber[];
  /** Numbers that the public log calls annulled or superseded; the decisions may be lost, and without them the status list. */
  readonly decided: readonly LoggedNumber[];
  readonly movedToEnd: number;
};

/**
 * Puts the log back as the world saw it, in one transaction: leaves in their places, books, and every series at least at
 * the highest number that the log holds, so that none is given twice.
 *
 * @param from the first index that is not published as this store has it
 * @param retimed the bytes of an unpublished leaf at another time
 */
export async function rebuildLog(
  sql: Sql,
  from: number,
  leaves: readonly TakenBack[],
  retimed: (bytes: Bytes, at: Instant) => Bytes,
): Promise<Rebuilt> {
  return sql.begin(async (tx) => {
    const unpublished = await takeOut(tx, from);
    const placed: Placed[] = [];
    for (const one of leaves) placed.push({ ...one.leaf, hasLine: await putBack(tx, one) });
    const last = leaves.at(-1);
    const next = last === undefined ? from : last.index + 1;
    const floor = last === undefined ? 0 : secondsOf(last.leaf.time);
    const movedToEnd = await append(tx, unpublished, next, floor, retimed);
    return { ...toldOf(placed), movedToEnd };
  });
}

type Placed = Leaf & { readonly hasLine: boolean };

/** What an operator must look after; a decision is told even where its line is there. */
function toldOf(placed: readonly Placed[]): Omit<Rebuilt, "movedToEnd"> {
  const isDecision = ({ event }: Placed) => event === "annulled" || event === "superseded";
  const named = ({ agencyId, bookId: bookText, number }: Placed): LoggedNumber => ({ agencyId, bookText, number });
  const isOwn = ({ event, number }: Placed) => number > 0 && event !== "further_copy"; // told with its number
  const lost = placed.filter((one) => isOwn(one) && !one.hasLine && !isDecision(one));
  return { withoutLine: lost.map(named), decided: placed.filter(isDecision).map(named) };
}

/** Rows are evidence and stay, but for these: nobody ever saw them, and their places are taken. */
async function takeOut(tx: TransactionSql, from: number): Promise<Unpublished[]> {
  const rows = await tx<
    {
      event: string;
      certificate_id: CertificateId | null;
      paper_line_id: string | null;
      copy: number;
      book_id: BookId;
      salt: Uint8Array | null;
      leaf: Uint8Array;
    }[]
  >`select event, certificate_id, paper_line_id, copy, book_id, salt, leaf from log_entry where index >= ${from} order by index`;
  if (rows.length === 0) return [];
  await tx`alter table log_entry disable trigger log_entry_is_kept`;
  await tx`delete from log_entry where index >= ${from}`;
  await tx`alter table log_entry enable trigger log_entry_is_kept`;
  return rows.map((row) => ({
    event: row.event,
    certificateId: row.certificate_id,
    paperLineId: row.paper_line_id,
    copy: row.copy,
    bookId: row.book_id,
    salt: row.salt === null ? null : bytesOf(row.salt),
    bytes: bytesOf(row.leaf),
  }));
}

/** @returns whether this store knows what the leaf tells of */
async function putBack(tx: TransactionSql, { index, bytes, leaf }: TakenBack): Promise<boolean> {
  const book = await bookNamed(tx, leaf);
  const line = book === null || leaf.number === 0 ? null : await lineOf(tx, book, leaf);
  const bookId = leaf.number === 0 || line !== null ? book : null;
  const { certificateId = null, paperLineId = null } = line ?? {};
  await tx`insert into log_entry (index, event, certificate_id, paper_line_id, copy, book_id, leaf, salt, logged_at, rebuilt)
    values (${index}, ${leaf.event}, ${certificateId}, ${paperLineId}, ${leaf.copy ?? 1}, ${bookId}, ${bytes}, null,
      ${leaf.time}, true)`;
  if (leaf.number > 0) await raiseSeries(tx, leaf);
  return line !== null;
}

/** Made where it was opened after the backup; closed where the log says so. Null where the agency itself is unknown. */
async function bookNamed(tx: TransactionSql, { agencyId, bookId, event, time }: Leaf): Promise<BookId | null> {
  const named = readBook(bookId);
  if (named === null) return null;
  const { ordinal, year, suffix } = named;
  const [known] = await tx<{ id: BookId }[]>`
    insert into book (id, agency_id, suffix, year, ordinal, opened_at)
    select gen_random_uuid(), id, ${suffix}, ${year}, ${ordinal}, ${time} from agency where id = ${agencyId}
    on conflict (agency_id, suffix, year, ordinal) do update set ordinal = excluded.ordinal returning id`;
  if (known !== undefined && event === "book_closed") {
    await tx`update book set closed_at = coalesce(closed_at, ${time}) where id = ${known.id}`;
  }
  return known?.id ?? null;
}

const readBook = (text: string): { ordinal: number; year: number; suffix: string } | null => {
  const [, ordinal, year, suffix] = /^(\d{2,6})\/(\d{4})-(.+)$/u.exec(text) ?? [];
  return suffix === undefined ? null : { ordinal: Number(ordinal), year: Number(year), suffix };
};

type KnownLine = { readonly certificateId?: CertificateId; readonly paperLineId?: string };

/** A shared series has lines of both kinds; a number that the log calls paper's is no electronic copy here, nor the other way round. */
async function lineOf(tx: TransactionSql, bookId: BookId, leaf: Leaf): Promise<KnownLine | null> {
  const [line] = await tx<{ id: CertificateId; form: string }[]>`
    select id, form from register_line where book_id = ${bookId} and number = ${leaf.number}`;
  if (line === undefined) return null;
  const isPaper = line.form === "paper";
  if (leaf.event !== "voided" && isPaper !== (leaf.event === "on_paper")) return null;
  return isPaper ? { paperLineId: line.id } : { certificateId: line.id };
}

async function raiseSeries(tx: TransactionSql, { agencyId, bookId, number }: Leaf): Promise<void> {
  const named = readBook(bookId);
  if (named === null) return;
  await tx`
    insert into number_series (agency_id, suffix, year, last_number)
    select id, ${named.suffix}, ${named.year}, ${number} from agency where id = ${agencyId}
    on conflict (agency_id, suffix, year)
      do update set last_number = greatest(number_series.last_number, excluded.last_number)`;
}

async function append(
  tx: TransactionSql,
  entries: readonly Unpublished[],
  first: number,
  floorSeconds: number,
  retimed: (bytes: Bytes, at: Instant) => Bytes,
): Promise<number> {
  const [clock] = await tx<{ seconds: string }[]>`select floor(extract(epoch from now())) as seconds`;
  const at = instantOfSeconds(Math.max(Number(clock?.seconds ?? 0), floorSeconds));
  let index = first;
  for (const { event, certificateId, paperLineId, copy, bookId, salt, bytes } of entries) {
    // what the world saw of the same line or book stands; this store's own saying of it is dropped
    const kept = await tx`
      insert into log_entry (index, event, certificate_id, paper_line_id, copy, book_id, leaf, salt, logged_at)
      select ${index}, ${event}, ${certificateId}, ${paperLineId}, ${copy}, ${bookId}, ${retimed(bytes, at)}, ${salt}, ${at}
      where not exists (select from log_entry
        where event = ${event} and copy = ${copy} and coalesce(certificate_id, paper_line_id, book_id) = ${certificateId ?? paperLineId ?? bookId})`;
    index += kept.count;
  }
  return index - first;
}
