import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Waypoint } from "../../src/wiring/waypoints.ts";
import { freshDatabase, leasesOver } from "../support/database.ts";
import { type Officials, officialsAt, smallScan } from "../support/officials.ts";
import { registerFaults } from "../support/register-faults.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";

const hour = 3600;
const day = 24 * hour;
/** How far the service's clock is from that of the authorities, which keep the right time. */
const jumps = [
  ["a year ahead", 366 * day],
  ["an hour back", -hour],
  ["a day back", -day],
] as const;

const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-clock-"));
let database: Awaited<ReturnType<typeof freshDatabase>>;
let service: ServiceProcess;
let issued = 0;

const start = (aheadSeconds: number) =>
  startServiceProcess(dataFolder, database.url, { aheadSeconds, areRight: "others" });

beforeAll(async () => {
  database = await freshDatabase();
  service = await start(0);
  await atWork((officials) => wholeWay(officials)); // from here on it has seen how long a token is
});
afterAll(async () => {
  await service.stop();
  await database.drop();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** Signed in anew: who was signed in a year ago is not any more. */
const atWork = <T>(act: (officials: Officials) => Promise<T>): Promise<T> => act(officialsAt(service.url, dataFolder));

const attested = async (officials: Officials) => (await officials.attested(await smallScan(issued * 17))).dossierId;

async function wholeWay(officials: Officials, id?: string): Promise<void> {
  const dossierId = id ?? (await attested(officials));
  const { status } = await officials.view(dossierId);
  if (status !== "person_signed") expect((await officials.sign(dossierId)).code).toBe("");
  expect((await officials.seal(dossierId)).code).toBe("");
  const { certificate } = await officials.waitFor(dossierId, "released");
  issued += 1;
  expect(certificate).toMatchObject({ number: issued, status: "issued" });
}

async function signedAndWaiting(officials: Officials): Promise<readonly [string, string]> {
  const signed = await attested(officials);
  expect((await officials.sign(signed)).code).toBe("");
  return [signed, await attested(officials)];
}

const bothTried = async (officials: Officials, { signed, waiting }: Readonly<Record<"signed" | "waiting", string>>) => [
  (await officials.sign(waiting)).code,
  (await officials.seal(signed)).code,
];

const lines = () => database.sql`select number, status from certificate order by number`;

async function expectLogInOrder(): Promise<void> {
  const [fallen] = await database.sql`
    select index from (select index, logged_at < lag(logged_at) over (order by index) as fell from log_entry) l where fell`;
  expect(fallen).toBeUndefined();
  expect(await registerFaults(database.sql, dataFolder)).toEqual([]);
}

describe("LAW 5.5: while the service's clock is wrong nothing is signed or sealed, and no number is spent", () => {
  test.each(jumps)(
    "LAW 5.5, REG-1: %s: once it is right again both go on under the numbers that they would have had",
    async (_, ahead) => {
      const [signed, waiting] = await atWork(signedAndWaiting);
      const before = await lines();

      await service.goAhead(ahead);
      const refused = await atWork((officials) => bothTried(officials, { signed, waiting }));
      expect(refused).not.toContain("");
      expect(await lines()).toEqual(before);

      await service.goAhead(0);
      await atWork((officials) => wholeWay(officials, signed));
      await atWork((officials) => wholeWay(officials, waiting));
      await expectLogInOrder();
    },
    120_000,
  );

  test("LAW 5.5, REG-1: two minutes ahead: no authority's time is believed, and the number waits for its paper", async () => {
    const [signed, waiting] = await atWork(signedAndWaiting);
    await service.goAhead(120);
    const refused = await atWork((officials) => bothTried(officials, { signed, waiting }));
    expect(refused).toEqual(["timestamp_unavailable", "timestamp_unavailable"]);
    await service.goAhead(0);
    await atWork((officials) => wholeWay(officials, signed));
    await atWork((officials) => wholeWay(officials, waiting));
    await expectLogInOrder();
  }, 120_000);
});

describe("ADR 3: a clock that is behind the last entry", () => {
  const places: readonly Waypoint[] = ["seal: kept", "log: leaf appended"];
  test.each(
    places,
  )("DESIGN decision 7: killed at %s and started a day back, the log goes on and its times never fall", async (at) => {
    const id = await atWork(async (officials) => {
      const one = await attested(officials);
      expect((await officials.sign(one)).code).toBe("");
      service.arm(at);
      await Promise.race([officials.seal(one).catch(() => null), service.gone]);
      return one;
    });
    await service.gone;
    await leasesOver(database.sql);
    service = await start(-day);
    await atWork((officials) => officials.waitFor(id, "released"));
    issued += 1;
    await expectLogInOrder();
    await service.goAhead(0);
    await atWork((officials) => wholeWay(officials));
    await expectLogInOrder();
  }, 120_000);
});
