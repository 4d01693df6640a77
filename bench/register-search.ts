import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../db/connect.ts";
import { migrate } from "../db/migrate.ts";
import { startPostgres, withoutFsync } from "../db/postgres/launcher.ts";
import { searchRegister } from "../db/stores/register-search.ts";
import { quantile } from "../src/commands/bench/quantile.ts";
import type { AgencyId } from "../src/core/ids.ts";
import type { LocalDate } from "../src/core/kernel.ts";
import type { RegisterAsked } from "../src/core/register-search.ts";

// npm run register-search -- [lines]: fills an empty database with a register of so many lines (fictional names, as often as they
// are borne), and tells how long searches take just after PostgreSQL was started again, and once more. Goal: p99 under 100 ms.

const lines = Number(process.argv[2] ?? 1_000_000);
const say = (told: object) => process.stdout.write(`${JSON.stringify(told)}\n`);
const series = { agencyId: "thu" as AgencyId, suffix: "SCTĐT/BS" };
const rowsAtOnce = 50_000;

const anything: RegisterAsked = { text: "", from: null, to: null, officerId: null, after: null };
const days = { from: "2021-03-01" as LocalDate, to: "2021-03-31" as LocalDate };
/** Names borne by many and by few, words that never meet, numbers, days, deep pages. */
const questions: readonly RegisterAsked[] = [
  ...["Nguyễn", "nguyen", "Nguyễn Thị Hoa", "nguyen thi hoa", "Quàng Văn Ửng", "quang van ung", "TN-777777", "khong co ai ten nay"].map((text) => ({ ...anything, text })), // biome-ignore format: one line
  ...["777777", "12/2020", "bằng tốt nghiệp", "nguyen tran le pham", "hoa giay khai sinh"].map((text) => ({ ...anything, text })), // biome-ignore format: one line
  { ...anything, ...days },
  { ...anything, ...days, text: "quàng ửng" },
  { ...anything, after: { printedOn: "2020-02-02" as LocalDate, number: 7 }, text: "Hoàng Yến" },
  { ...anything, officerId: "00000000-0000-4000-8000-000000000002" as never, text: "ửng" },
];

async function fill(sql: ReturnType<typeof openDatabase>["sql"]): Promise<void> {
  const one = "00000000-0000-4000-8000-00000000000";
  await sql`drop index register_search_in_order, register_search_words`;
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into agency (id, name, province, code, development, created_at) values ('thu', 'Ủy ban nhân dân xã Thử (hư cấu)', 'Tỉnh Thử (hư cấu)', 'H00', true, now())`;
    await tx`insert into book (id, agency_id, suffix, year, ordinal, opened_at) select md5('b' || y)::uuid, 'thu', ${series.suffix}, y, 1, now() from generate_series(2017, 2026) y`;
    await tx`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
      select (${one} || i)::uuid, 'thu', 'p' || i, 'Lò Văn Ký ' || i || ' (hư cấu)', '$argon2id$none', now() from generate_series(1, 3) i`;
  });
  for (let from = 0; from < lines; from += rowsAtOnce) {
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`select setseed(${(from % 97) / 97})`;
      await tx`create temp table made on commit drop as
        select i, (array['Nguyễn','Nguyễn','Nguyễn','Nguyễn','Trần','Lê','Phạm','Hoàng','Lò','Quàng','Vũ','Đặng'])[1 + floor(random() * 12)::int]
          || (array[' Thị',' Văn',' Minh',' Ngọc',' Hữu'])[1 + floor(random() * 5)::int]
          || (array[' Hoa',' An',' Bình',' Yến',' Dũng',' Lan',' Sơn',' Tú',' Phượng',' Khánh'])[1 + floor(random() * 10)::int]
          || case when i % 9973 = 0 then ' Ửng' else '' end || ' (hư cấu)' as name,
          (array['Bằng tốt nghiệp','Giấy khai sinh','Căn cước','Giấy chứng nhận quyền sử dụng đất','Giấy phép lái xe'])[1 + floor(random() * 5)::int] as title,
          ('2017-01-01'::date + (i::bigint * 3600 / ${lines})::int) as day
        from generate_series(${from}::int, ${Math.min(lines, from + rowsAtOnce) - 1}::int) i`;
      await tx`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title, holder_name,
          document_number, declared_pages, opened_by, opened_at, due_at)
        select md5('d' || i)::uuid, 'thu', md5('s' || i)::uuid, 1, 'released', name, title, title, name, 'TN-' || i, 1, (${one} || 1)::uuid, day, day from made`;
      await tx`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at, officer_id,
          signer_name, signer_title, applicant_name, title, fee_dong, status_index, code_hash, code_blob_id, clerk_id, sealed_blob_id, sealed_at,
          identity_sha256, identity_length, released_at)
        overriding system value
        select md5('c' || i)::uuid, 'thu', md5('b' || extract(year from day))::uuid, ${series.suffix}, extract(year from day), i + 1, md5('d' || i)::uuid, 'issued', day, day,
          (${one} || (1 + i % 2))::uuid, 'Lò Văn Ký ' || (1 + i % 2) || ' (hư cấu)', '{}', name, title, 2000, i, sha256(('c' || i)::bytea), md5('f')::uuid,
          (${one} || 3)::uuid, md5('f')::uuid, day, i::text, 1, day from made`;
    });
  }
}

async function index(sql: ReturnType<typeof openDatabase>["sql"]): Promise<number> {
  const began = performance.now();
  await sql`select count(index_line(id)) from certificate`;
  await sql`create index register_search_in_order on register_search (agency_id, suffix, printed_on desc, number desc)`;
  await sql`create index register_search_words on register_search using gin (words) with (fastupdate = off)`;
  await sql`vacuum analyze`;
  return performance.now() - began;
}

const nameOf = ({ text, from, after, officerId }: RegisterAsked): string =>
  [text, from ?? "", after === null ? "" : "deep", officerId === null ? "" : "officer"].join(" ").trim();

async function measure(url: string, cache: "cold" | "warm", rounds: number): Promise<void> {
  const { sql, close } = openDatabase(url, { max: 1 });
  await sql`select 1`;
  const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const cpuBefore = cpuMs(backend?.pid ?? 0);
  const all: number[] = [];
  const slowest: Record<string, number> = {};
  for (let round = 0; round < rounds; round++) {
    for (const asked of questions) {
      const began = performance.now();
      await searchRegister(sql, series, asked);
      const ms = performance.now() - began;
      all.push(ms);
      const name = nameOf(asked);
      slowest[name] = Math.round(Math.max(slowest[name] ?? 0, ms));
    }
  }
  const serverCpuMs = round1((cpuMs(backend?.pid ?? 0) - cpuBefore) / all.length);
  say({
    lines,
    cache,
    searches: all.length,
    serverCpuMs,
    p50: round1(quantile(all, 0.5)),
    p99: round1(quantile(all, 0.99)),
    slowest,
  });
  await close();
}

/** Of one process of PostgreSQL since it began, in milliseconds; a busy machine does not lengthen it. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const round1 = (ms: number): number => Math.round(ms * 10) / 10;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-register-search-"));
  const start = async () => {
    const started = await startPostgres({ dataFolder: folder, log: () => undefined, [withoutFsync]: true });
    if (!started.ok) throw new Error(started.failure.code);
    return started.value;
  };
  let server = await start();
  const { sql, close } = openDatabase(server.url, { max: 1 });
  const migrated = await migrate(sql);
  if (!migrated.ok) throw new Error(migrated.failure.code);
  await fill(sql);
  say({ lines, indexedMs: Math.round(await index(sql)) });
  const [size] =
    await sql`select pg_size_pretty(pg_total_relation_size('register_search')) as whole, pg_size_pretty(pg_relation_size('register_search_words')) as words`;
  say({ ...size });
  await close();
  await server.stop();
  server = await start();
  await measure(server.url, "cold", 1);
  await measure(server.url, "warm", 20);
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

void main();
