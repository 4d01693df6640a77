import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../db/connect.ts";
import { migrate } from "../db/migrate.ts";
import { startPostgres, withoutFsync } from "../db/postgres/launcher.ts";
import { quantile } from "../src/commands/bench/quantile.ts";
import type { Actor } from "../src/core/dossier.ts";
import type { AgencyId } from "../src/core/ids.ts";
import type { Instant } from "../src/core/kernel.ts";
import type { Span } from "../src/core/statistics/span.ts";
import type { House } from "../src/wiring/house.ts";
import { provinceWorld } from "../src/wiring/province.ts";
import { statisticsWorld } from "../src/wiring/statistics.ts";

// npm run statistics-speed -- [lines] [agencies]: fills an empty database with so many lines of the register, spread over so many
// agencies of one province and over two years, a hundredth of them late, and tells how long a year, a month and a week of one agency
// (STAT-1) and of the whole province (STAT-4) take to count.

const lines = Number(process.argv[2] ?? 500_000);
const agencies = Number(process.argv[3] ?? 200);
const now = "2026-12-31T09:00:00Z" as Instant;
const rowsAtOnce = 50_000;
const rounds = 5;
const say = (told: object) => process.stdout.write(`${JSON.stringify(told)}\n`);
type Sql = ReturnType<typeof openDatabase>["sql"];

async function fill(sql: Sql): Promise<void> {
  const person = "00000000-0000-4000-8000-000000000001";
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into area values ('T'), ('T.1')`;
    await tx`insert into area_saying (code, name, kind, parent_code, file_sha256, said_at) values
      ('T', 'Tỉnh Thử (hư cấu)', 'tinh', null, repeat('0', 64), now()), ('T.1', 'Xã Thử (hư cấu)', 'xa', 'T', repeat('0', 64), now())`;
    await tx`insert into agency (id, name, province, code, development, created_at, area_code)
      select 'xa-' || i, 'Ủy ban nhân dân xã Thử ' || i || ' (hư cấu)', 'Tỉnh Thử (hư cấu)', 'H00.' || i, true, now(), 'T.1'
      from generate_series(1, ${agencies}::int) i
      union all select 'tinh', 'Ủy ban nhân dân tỉnh Thử (hư cấu)', 'Tỉnh Thử (hư cấu)', 'H00', true, now(), null`;
    await tx`insert into province_watch (agency_id, area_code, said_at) values ('tinh', 'T', now())`;
  });
  for (let from = 0; from < lines; from += rowsAtOnce) await fillSome(sql, person, from);
  await sql`vacuum analyze`;
}

async function fillSome(sql: Sql, person: string, from: number): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`create temp table made on commit drop as
      select i, 'xa-' || (1 + i % ${agencies}::int) as agency, i % 100 = 7 as is_late,
        '2025-01-01 01:00:00+00'::timestamptz + (i::bigint * 729 * 86400 / ${lines}) * interval '1 second' as at
      from generate_series(${from}::int, ${Math.min(lines, from + rowsAtOnce) - 1}::int) i`;
    await tx`insert into submission (id, agency_id, code, channel, identity_digits_hash, secret_hash, secret_expires_at, opened_by, opened_at)
      select md5('d' || i)::uuid, agency, 'H00-' || to_char(at, 'YYMMDD') || '-' || lpad(i::text, 6, '0'), 'counter', sha256('x'), sha256(('s' || i)::bytea), at,
        ${person}::uuid, at from made where i < 1000000`;
    await tx`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title, holder_name,
        declared_pages, opened_by, opened_at, due_at)
      select md5('d' || i)::uuid, agency, md5('d' || i)::uuid, 1, case when is_late then 'read' else 'released' end, '(hư cấu)', 'Bằng', 'Bằng', '(hư cấu)', 2,
        ${person}::uuid, at, date_trunc('day', at) + interval '10 hours' from made`;
    await tx`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
      select md5('d' || i)::uuid, ${person}::uuid, true, 2, at + interval '20 minutes' from made where not is_late`;
    await tx`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at, officer_id,
        signer_name, signer_title, applicant_name, title, fee_dong, status_index, code_hash, code_blob_id, clerk_id, sealed_blob_id, person_signed_at,
        sealed_at, identity_sha256, identity_length, released_at)
      overriding system value
      select md5('c' || i)::uuid, agency, md5('b')::uuid, 'SCTĐT/BS', extract(year from at), i + 1, md5('d' || i)::uuid, 'issued',
        (at at time zone 'Asia/Ho_Chi_Minh')::date, at + interval '30 minutes', ${person}::uuid, 'x', '{}', '(hư cấu)', 'Bằng', 4000, i, sha256(('c' || i)::bytea),
        md5('f')::uuid, md5('k')::uuid, md5('f')::uuid, at + interval '40 minutes', at + interval '50 minutes', i::text, 1,
        at + (1 + i % 12) * interval '1 hour' from made where not is_late`;
  });
}

async function measure(url: string): Promise<void> {
  const { sql, close } = openDatabase(url, { max: 1 });
  const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const house = { sql, now: () => now } as House;
  const agency = { agencyId: "xa-1" as AgencyId, personId: "" } as Actor;
  const watcher = { agencyId: "tinh" as AgencyId, personId: "" } as Actor;
  const [ofAgency, ofProvince] = [statisticsWorld(house), provinceWorld(house)];
  for (const span of ["2026", "2026-11", "2026-W48"] as readonly string[] as readonly Span[]) {
    for (const [of, count] of [
      ["agency", () => ofAgency.count(span, agency)],
      ["province", () => ofProvince.view(span, watcher)],
    ] as const) {
      const wall: number[] = [];
      const before = cpuMs(backend?.pid ?? 0);
      for (let round = 0; round < rounds; round++) {
        const began = performance.now();
        await count();
        wall.push(Math.round(performance.now() - began));
      }
      const serverCpuMs = Math.round((cpuMs(backend?.pid ?? 0) - before) / rounds);
      say({ lines, agencies, of, span, serverCpuMs, p50: quantile(wall, 0.5), slowest: Math.max(...wall) });
    }
  }
  await close();
}

/** Of one process of PostgreSQL since it began, in milliseconds; a busy machine does not lengthen it. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-statistics-speed-"));
  try {
    const started = await startPostgres({ dataFolder: folder, log: () => undefined, [withoutFsync]: true });
    if (!started.ok) throw new Error(started.failure.code);
    const { sql, close } = openDatabase(started.value.url, { max: 1 });
    const migrated = await migrate(sql);
    if (!migrated.ok) throw new Error(migrated.failure.code);
    const began = performance.now();
    await fill(sql);
    say({ lines, agencies, fillSeconds: Math.round((performance.now() - began) / 1000) });
    await close();
    await measure(started.value.url);
    await started.value.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
