import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase } from "../support/database.ts";
import { type Officials, officialsAt, smallScan } from "../support/officials.ts";
import { registerFaults } from "../support/register-faults.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";

const count = 64;

describe("REG-1: many at once", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-many-"));
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let service: ServiceProcess;

  beforeAll(async () => {
    database = await freshDatabase();
    service = await startServiceProcess(dataFolder, database.url);
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test(`REG-1: ${count} certifications at once take 1 to ${count}, each once, none lost`, {
    timeout: 900_000,
  }, async ({ annotate }) => {
    const officials = officialsAt(service.url, dataFolder);
    await officials.ask("tiepnhan", "GET", "/api/session"); // signed in once, before all begin
    const numbers = await Promise.all(Array.from({ length: count }, (_, i) => certify(officials, i)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    expect(await registerFaults(database.owner.sql, dataFolder)).toEqual([]);
    await annotate(`sealed to public in the log and released: ${await secondsToRelease(database.owner.sql)}`);
  });

  test("REG-1: ten clicks on «sign» and ten on «seal» make one signature of each and one number", async () => {
    const officials = officialsAt(service.url, dataFolder);
    const { dossierId } = await officials.attested(await smallScan(9999));
    const signed = await Promise.all(Array.from({ length: 10 }, () => officials.sign(dossierId)));
    expect(signed.filter((reply) => reply.ok)).toHaveLength(1);
    const sealed = await Promise.all(Array.from({ length: 10 }, () => officials.seal(dossierId)));
    expect(sealed.filter((reply) => reply.ok)).toHaveLength(1);
    const { certificate } = await officials.waitFor(dossierId, "released");
    expect(certificate?.number).toBe(count + 1);
    expect(await registerFaults(database.owner.sql, dataFolder)).toEqual([]);
  });
});

/** Told, never judged: a test does not depend on how busy the machine is. `bench log` has the goal. */
async function secondsToRelease(sql: Sql): Promise<string> {
  const [told] = await sql`
    select percentile_disc(0.5) within group (order by seconds) as half, max(seconds) as most
    from (select extract(epoch from released_at - sealed_at)::int as seconds from certificate) as each`;
  return `half within ${told?.["half"]} s, all within ${told?.["most"]} s`;
}

async function certify(officials: Officials, mark: number): Promise<number> {
  const { dossierId } = await officials.attested(await smallScan(mark * 31), `Giấy thử số ${mark} (hư cấu)`);
  const signed = await officials.sign(dossierId);
  if (!signed.ok) throw new Error(signed.code);
  const sealed = await officials.seal(dossierId);
  if (!sealed.ok) throw new Error(sealed.code);
  const { certificate } = await officials.waitFor(dossierId, "released", 600);
  return certificate?.number ?? 0;
}
