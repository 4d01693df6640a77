import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AgencyId } from "../../core/ids.ts";
import { type Bytes, hexOf, type Instant, type Sha256, utf8 } from "../../core/kernel.ts";
import { commitmentOf, encodeLeaf } from "../../core/log/leaf.ts";
import { inclusionProof } from "../../core/log/tile-proofs.ts";
import { newestTiles } from "../../core/log/tile-rows.ts";
import { makeRecord, type RecordFacts, sealRecord } from "../../core/record.ts";
import { recordName, type VerificationCode, verificationCodeOf } from "../../core/verification-code.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { nodeCipher } from "../../publish/node-cipher.ts";
import { logPath, recordPath } from "../../publish/public-files.ts";
import { agencyNameOf, type House, randomOf } from "../../wiring/house.ts";

/** How many certificates, and of how many of them, spread evenly, the record is published too. */
export type Filling = {
  readonly certificates: number;
  readonly records: number;
  /** After so many another agency begins, as in a country; all are of the store's own where this is left out. */
  readonly perAgency?: number;
};

const issuedAt = "2026-11-02T02:00:00Z" as Instant;
const bookSuffix = "SCTĐT/BS";
const bookLabel = `01/2025-${bookSuffix}`;
const rowsAtOnce = 5000;

/** The same in every run, so that whoever asks for pages need not be told. */
export const benchCode = (i: number): VerificationCode =>
  verificationCodeOf(nodeSha256(utf8(`code ${i}`)).slice(0, 16));

/** Which certificates have a published record. */
export const recordAt = (nth: number, { certificates, records }: Filling): number =>
  Math.floor((nth * certificates) / records);

/**
 * Fills an empty development store with issued certificates, their leaves in the log, and records, as years of work would
 * leave them; without papers and copies, which none of the measured answers reads.
 */
export async function fillStore(house: House, dataFolder: string, filling: Filling): Promise<void> {
  const first = await emptyBooks(house, filling);
  for (let from = 0; from < filling.certificates; from += rowsAtOnce) {
    const rows = Array.from({ length: Math.min(rowsAtOnce, filling.certificates - from) }, (_, i) =>
      rowOf(house, filling, from + i),
    );
    await insertRows(house, rows, first);
  }
  await house.sql`select setval(pg_get_serial_sequence('certificate', 'status_index'), ${filling.certificates})`;
  await house.sql`vacuum (analyze)`; // as after years: what tidies rows just loaded is no cost of an answer
  const log = await house.writeLog();
  await publishRecords(house, dataFolder, { filling, first, ...log });
  await house.tellStatus();
}

/** Whose line it is, and which of its lines. The first agency is the store's own. */
function placeOf(house: House, { perAgency }: Filling, i: number) {
  const nth = perAgency === undefined ? 0 : Math.floor(i / perAgency);
  const agencyId = (nth === 0 ? (house.keyList().agencies[0]?.agencyId ?? "") : `bench-${nth}`) as AgencyId;
  return { nth, agencyId, number: i - nth * (perAgency ?? 0) + 1 };
}
const digestAt = (i: number): Bytes => nodeSha256(utf8(`copy ${i}`));
const saltAt = (i: number): Bytes => nodeSha256(utf8(`salt ${i}`));

type Row = {
  readonly i: number;
  /** Which agency's book. */
  readonly nth: number;
  readonly number: number;
  readonly code: string;
  readonly identity: string;
  readonly leaf: string;
  readonly salt: string;
};

function leafOf(house: House, filling: Filling, i: number): Bytes {
  const { agencyId, number } = placeOf(house, filling, i);
  const commitment = commitmentOf(saltAt(i), digestAt(i), 1_000_000, nodeSha256);
  return encodeLeaf({ event: "issued", agencyId, bookId: bookLabel, number, time: issuedAt, commitment });
}

function rowOf(house: House, filling: Filling, i: number): Row {
  const { nth, number } = placeOf(house, filling, i);
  return {
    ...{ i, nth, number },
    code: recordName(benchCode(i), nodeSha256),
    identity: hexOf(digestAt(i)),
    leaf: hexOf(leafOf(house, filling, i)),
    salt: hexOf(saltAt(i)),
  };
}

/** @returns the log's next index, once the books that the store began with are in the log: nobody else appends then */
async function emptyBooks(house: House, filling: Filling): Promise<number> {
  const { sql } = house;
  const { nth: last } = placeOf(house, filling, filling.certificates - 1);
  for (;;) {
    const [told] = await sql<{ books: number; leaves: string }[]>`
      select (select count(*)::int from book) as books, (select coalesce(max(index), -1) + 1 from log_entry) as leaves`;
    if (told !== undefined && Number(told.leaves) === told.books) break;
    await sleep(50);
  }
  await sql`insert into agency (id, name, province, code, development, created_at)
    select 'bench-' || n, 'Xã Thử ' || n || ' (hư cấu)', 'Tỉnh Thử (hư cấu)', 'BENCH-' || n, true, ${issuedAt}
    from generate_series(1, ${last}::int) n`;
  await sql`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
    select md5('bench book ' || n)::uuid, case n when 0 then ${placeOf(house, filling, 0).agencyId} else 'bench-' || n end,
      ${bookSuffix}, 2025, 1, ${issuedAt} from generate_series(0, ${last}::int) n`;
  const [newest] = await sql<{ next: string }[]>`select coalesce(max(index), -1) + 1 as next from log_entry`;
  return Number(newest?.next ?? 0);
}

/** Without triggers and foreign keys, which the steps of a real dossier satisfy one by one. */
async function insertRows({ sql }: House, rows: readonly Row[], firstIndex: number): Promise<void> {
  const told = JSON.stringify(rows);
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into submission (id, agency_id, code, channel, identity_digits_hash, secret_hash, secret_expires_at,
        opened_by, opened_at)
      select md5('d' || i)::uuid, b.agency_id, 'H00-251102-' || (100000 + i), 'counter', sha256('0'::bytea),
        sha256(('s' || i)::bytea), ${issuedAt}, p.id, ${issuedAt}
      from jsonb_to_recordset(${told}::jsonb) as r (i int, nth int), book b, (select id from person order by id limit 1) p
      where b.id = md5('bench book ' || nth)::uuid`;
    await tx`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
        holder_name, document_number, issued_by, issued_on, declared_pages, opened_by, opened_at, due_at)
      select md5('d' || i)::uuid, b.agency_id, md5('d' || i)::uuid, 1, 'released', 'Lò Thị Thử ' || i || ' (hư cấu)',
        'Bằng tốt nghiệp', 'Bằng tốt nghiệp số ' || i, 'Lò Thị Thử ' || i || ' (hư cấu)', 'TN-' || i, 'Sở Giáo dục (hư cấu)',
        '2019-06-30', 1, p.id, ${issuedAt}, ${issuedAt}
      from jsonb_to_recordset(${told}::jsonb) as r (i int, nth int), book b, (select id from person order by id limit 1) p
      where b.id = md5('bench book ' || nth)::uuid`;
    await tx`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at,
        officer_id, signer_name, signer_title, applicant_name, title, fee_dong, status_index, code_hash, code_blob_id,
        clerk_id, sealed_blob_id, sealed_at, identity_sha256, identity_length, released_at)
      overriding system value
      select md5('c' || i)::uuid, b.agency_id, b.id, b.suffix, b.year, r.number, md5('d' || i)::uuid, 'issued', '2025-11-02',
        ${issuedAt}, p.ids[1], 'Lò Văn Ký (hư cấu)', array['Phó Chủ tịch'], 'Lò Thị Thử (hư cấu)', 'Bằng tốt nghiệp', 0, i,
        decode(code, 'hex'), md5('f')::uuid, p.ids[2], md5('f')::uuid, ${issuedAt}, identity, 1000000, ${issuedAt}
      from jsonb_to_recordset(${told}::jsonb) as r (i int, nth int, number int, code text, identity text), book b,
        (select array_agg(id order by id) as ids from person) p
      where b.id = md5('bench book ' || nth)::uuid`;
    await tx`insert into log_entry (index, event, certificate_id, book_id, leaf, salt, logged_at)
      select ${firstIndex}::bigint + i, 'issued', md5('c' || i)::uuid, md5('bench book ' || nth)::uuid, decode(leaf, 'hex'),
        decode(salt, 'hex'), ${issuedAt}
      from jsonb_to_recordset(${told}::jsonb) as r (i int, nth int, leaf text, salt text)`;
  });
}

type ToPublish = {
  readonly filling: Filling;
  readonly first: number;
  readonly size: number;
  readonly checkpoint: string;
};

async function publishRecords(house: House, dataFolder: string, told: ToPublish): Promise<void> {
  await mkdir(join(dataFolder, "public", "record"), { recursive: true });
  const known = newestTiles(512);
  const cipher = nodeCipher(nodeSha256);
  const read = (path: string) => house.publicFiles.read(logPath(path));
  for (let nth = 0; nth < told.filling.records; nth++) {
    const i = recordAt(nth, told.filling);
    const leafIndex = told.first + i;
    const inclusion = await inclusionProof(leafIndex, told.size, read, nodeSha256, known);
    if (!inclusion.ok) throw new Error(`the bench's log gives no proof: ${inclusion.failure.path}`);
    const proof = {
      leaf: leafOf(house, told.filling, i),
      leafIndex,
      inclusion: inclusion.value,
      checkpoint: told.checkpoint,
    };
    const record = makeRecord(factsOf(house, told.filling, i), proof);
    if (!record.ok) throw new Error(`the bench's record is out of bounds: ${record.failure.code}`);
    const sealed = await sealRecord(benchCode(i), record.value, cipher, randomOf(12));
    await writeFile(join(dataFolder, "public", recordPath(recordName(benchCode(i), nodeSha256))), sealed);
  }
}

const factsOf = (house: House, filling: Filling, i: number): RecordFacts => {
  const { agencyId, number } = placeOf(house, filling, i);
  return {
    status: "issued",
    decision: null,
    paper: {
      code: null,
      kind: "Bằng tốt nghiệp",
      numberMasked: "••••431",
      issuedOn: null,
      issuedBy: "Sở Giáo dục (hư cấu)",
    },
    holderInitials: "L.T.T.",
    agency: { id: agencyId, name: agencyNameOf(house, agencyId) },
    signer: { name: "Lò Văn Ký (hư cấu)", title: "Phó Chủ tịch" },
    sealedAt: issuedAt,
    number,
    book: { id: bookLabel, text: bookLabel },
    pageCount: 1,
    identity: { digest: hexOf(digestAt(i)) as Sha256, lengthBytes: 1_000_000 },
    salt: saltAt(i),
    statusIndex: i,
    development: true,
  };
};
