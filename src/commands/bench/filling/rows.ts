import type { Sql, TransactionSql } from "postgres";
import type { BlobId } from "../../../core/ids.ts";
import { bookSuffix, copyBytes, type Filling, issuedAt } from "./facts.ts";

type Asked = { readonly filling: Filling; readonly firstIndex: number; readonly blobId: BlobId };
type Insert = (tx: TransactionSql, asked: Asked) => PromiseLike<unknown>;

/** i counts all certificates, n those of one agency; dossiers were opened one every three seconds. */
const numbered = (tx: TransactionSql, { certificates }: Filling) => tx`
  (select i, i / count + 1 as number, p.*, timestamptz '2025-01-02 01:00Z' + i * interval '3 seconds' as opened_at
    from (select count(*)::int as count from bench_place) c, generate_series(0, ${certificates - 1}::int) i, bench_place p
    where p.nth = i % c.count) r`;

const submissionCode = (tx: TransactionSql) =>
  tx`'H00-' || to_char(r.opened_at at time zone 'Asia/Ho_Chi_Minh', 'YYMMDD') || '-' || (100000 + r.number)`;

/** In the order of time, as `newId` makes them. */
const uuidOf = (tx: TransactionSql, kind: "dossier" | "line") => tx`(
  lpad(to_hex((extract(epoch from r.opened_at) * 1000)::bigint), 12, '0') || '7' || substr(md5(${kind[0] ?? ""}::text || r.i), 14, 3)
    || '8' || substr(md5(${kind[0] ?? ""}::text || r.i), 18))::uuid`;

const submissions: Insert = (tx, { filling }) => tx`
  insert into submission (id, agency_id, code, channel, identity_digits_hash, secret_hash, secret_expires_at, opened_by, opened_at)
  select ${uuidOf(tx, "dossier")}, r.agency_id, ${submissionCode(tx)}, 'counter', sha256('0'::bytea), sha256(('s' || r.i)::bytea), r.opened_at, p.id, r.opened_at
  from ${numbered(tx, filling)}, (select id from person order by id limit 1) p`;

const dossiers: Insert = (tx, { filling }) => tx`
  insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title, holder_name, document_number,
    issued_by, issued_on, declared_pages, opened_by, opened_at, due_at)
  select ${uuidOf(tx, "dossier")}, r.agency_id, ${uuidOf(tx, "dossier")}, 1, 'released', 'Lò Thị Thử ' || r.i || ' (hư cấu)', 'Bằng tốt nghiệp',
    'Bằng tốt nghiệp số ' || r.i, 'Lò Thị Thử ' || r.i || ' (hư cấu)', 'TN-' || r.i, 'Sở Giáo dục (hư cấu)', '2019-06-30', 1, p.id,
    r.opened_at, r.opened_at + interval '8 hours'
  from ${numbered(tx, filling)}, (select id from person order by id limit 1) p`;

const foundDossiers: Insert = (tx, { filling }) => tx`
  insert into dossier_search (dossier_id, agency_id, first_at, submission_id, ordinal, plain)
  select ${uuidOf(tx, "dossier")}, r.agency_id, r.opened_at, ${uuidOf(tx, "dossier")}, 1, ${uuidOf(tx, "dossier")}::text || ' lo thi thu ' || r.i || ' (hu cau) lo thi thu ' || r.i
    || ' (hu cau) bang tot nghiep bang tot nghiep so ' || r.i || ' tn-' || r.i || ' so giao duc (hu cau)  ' || lower(${submissionCode(tx)})
  from ${numbered(tx, filling)}`;

const certificates: Insert = (tx, { filling, blobId }) => tx`
  insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at, officer_id, signer_name,
    signer_title, applicant_name, title, fee_dong, status_index, code_hash, code_blob_id, clerk_id, sealed_blob_id, sealed_at, identity_sha256,
    identity_length, released_at)
  overriding system value
  select ${uuidOf(tx, "line")}, r.agency_id, r.book_id, ${bookSuffix}, 2025, r.number, ${uuidOf(tx, "dossier")}, 'issued', '2025-11-02', ${issuedAt},
    p.ids[1], 'Lò Văn Ký (hư cấu)', array['Phó Chủ tịch'], 'Lò Thị Thử ' || r.i || ' (hư cấu)', 'Bằng tốt nghiệp', 0, r.i,
    coalesce(known.name, sha256(('code ' || r.i)::bytea)), ${blobId}, p.ids[2], ${blobId}, ${issuedAt},
    encode(sha256(('copy ' || r.i)::bytea), 'hex'), ${copyBytes}, ${issuedAt}
  from ${numbered(tx, filling)} left join bench_record known on known.i = r.i, (select array_agg(id order by id) as ids from person) p`;

const foundLines: Insert = (tx, { filling }) => tx`
  insert into register_search (line_id, agency_id, suffix, year, number, printed_on, words)
  select ${uuidOf(tx, "line")}, r.agency_id, ${bookSuffix}, 2025, r.number, '2025-11-02', array_to_tsvector(array['lo', 'thi', 'thu', 'hu', 'cau', 'bang',
    'tot', 'nghiep', 'tn', r.i::text, '2025', '@' || r.agency_id || '/' || ${bookSuffix}::text, '@' || p.id, '#' || r.number])
  from ${numbered(tx, filling)}, (select id from person order by id limit 1) p`;

/** The leaf as `encodeLeaf` writes it: behind the agency's beginning a number of CBOR, the seconds, 32 bytes. */
const leaves: Insert = (tx, { filling, firstIndex }) => tx`
  insert into log_entry (index, event, certificate_id, book_id, leaf, salt, logged_at)
  select ${firstIndex}::bigint + r.i, 'issued', ${uuidOf(tx, "line")}, r.book_id, r.leaf_begins || case when r.number < 24 then substr(int4send(r.number), 4)
      when r.number < 256 then '\\x18' || substr(int4send(r.number), 4) when r.number < 65536 then '\\x19' || substr(int4send(r.number), 3)
      else '\\x1a' || int4send(r.number) end || '\\x1a' || int4send(extract(epoch from ${issuedAt}::timestamptz)::int) || '\\x5820' ||
      coalesce(known.commitment, sha256(('commitment ' || r.i)::bytea)), sha256(('salt ' || r.i)::bytea), ${issuedAt}
  from ${numbered(tx, filling)} left join bench_record known on known.i = r.i`;

const inTurn: readonly (readonly (readonly [table: string, insert: Insert])[])[] = [
  [
    ["submission", submissions],
    ["dossier", dossiers],
    ["dossier_search", foundDossiers],
  ],
  [
    ["certificate", certificates],
    ["log_entry", leaves],
    ["register_search", foundLines],
  ],
];

export const filledTables: readonly string[] = inTurn.flat().map(([table]) => table);

/** Each table in one transaction, two at a time. An empty one is emptied first: PostgreSQL then need not write what it may throw away. */
export async function insertRows(sql: Sql, asked: Asked): Promise<void> {
  const lane = async (tables: (typeof inTurn)[number]) => {
    for (const [table, insert] of tables) {
      await sql.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        const [row] = await tx`select 1 from ${tx(table)} limit 1`;
        if (row === undefined) await tx`truncate ${tx(table)}`;
        await insert(tx, asked);
      });
      await sql`analyze ${sql(table)}`;
    }
  };
  await Promise.all(inTurn.map(lane));
}
