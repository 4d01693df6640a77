import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Waypoint } from "../../src/wiring/waypoints.ts";
import { freshDatabase, leasesOver } from "../support/database.ts";
import { officialsAt, secretsOf, smallScan } from "../support/officials.ts";
import { registerFaults } from "../support/register-faults.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";

/** Where the process dies, and who must act again: nobody where a job goes on by itself. */
const faults: readonly { at: Waypoint; during: "sign" | "seal"; next: "sign" | "seal" | "nobody" }[] = [
  { at: "number: before", during: "sign", next: "sign" },
  { at: "number: inside the transaction", during: "sign", next: "sign" },
  { at: "number: committed", during: "sign", next: "sign" },
  { at: "sign: key used", during: "sign", next: "sign" },
  { at: "sign: timestamp received", during: "sign", next: "sign" },
  { at: "sign: signed bytes stored", during: "sign", next: "sign" },
  { at: "sign: kept", during: "sign", next: "seal" },
  { at: "seal: key used", during: "seal", next: "seal" },
  { at: "seal: timestamp received", during: "seal", next: "seal" },
  { at: "seal: sealed bytes stored", during: "seal", next: "seal" },
  { at: "seal: kept", during: "seal", next: "nobody" },
  { at: "log: leaf appended", during: "seal", next: "nobody" },
  { at: "log: tiles written", during: "seal", next: "nobody" },
  { at: "log: checkpoint written", during: "seal", next: "nobody" },
  { at: "log: marked", during: "seal", next: "nobody" },
  { at: "publish: record written", during: "seal", next: "nobody" },
  { at: "publish: released", during: "seal", next: "nobody" },
];

/** At this one the dead worker's lease is waited for as it stands; at the others it is told to be over, or each takes ten seconds. */
const waitedFor: Waypoint = "log: leaf appended";

describe("DESIGN decision 7: killed anywhere, the certificate goes on, with neither gap nor twin", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-faults-"));
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let service: ServiceProcess;
  let issued = 0;

  beforeAll(async () => {
    database = await freshDatabase();
    service = await startServiceProcess(dataFolder, database.url);
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  test.each(faults)("killed at $at: $next acts again, and the copy is released once", async ({ at, during, next }) => {
    const before = officialsAt(service.url, dataFolder);
    const { dossierId, citizenLink } = await before.attested(await smallScan(issued * 17));
    if (during === "seal") expect((await before.sign(dossierId)).code).toBe("");
    service.arm(at);
    await Promise.race([before[during](dossierId).catch(() => null), service.gone]);
    await service.gone;
    if (at !== waitedFor) await leasesOver(database.owner.sql);

    service = await startServiceProcess(dataFolder, database.url);
    const after = officialsAt(service.url, dataFolder);
    if (next === "sign") expect((await after.sign(dossierId)).code).toBe("");
    if (next !== "nobody") expect((await after.seal(dossierId)).code).toBe("");
    const released = await after.waitFor(dossierId, "released");
    issued += 1;
    expect(released.certificate).toMatchObject({ number: issued, status: "issued" });
    expect((await after.download(citizenLink)).status).toBe(200);
    expect(await registerFaults(database.owner.sql, dataFolder)).toEqual([]);
  });

  const ofNotice: readonly Waypoint[] = [
    "notice: key used",
    "notice: timestamp received",
    "notice: signed bytes stored",
    "notice: kept",
  ];
  test.each(ofNotice)("REFUSE-1: killed at %s: the notice is signed again, kept once, and handed out", async (at) => {
    const notice = (officials: ReturnType<typeof officialsAt>, id: string) =>
      officials.ask("lanhdao", "POST", `/api/dossiers/${id}/refusal/signature`, {
        pin: secretsOf(dataFolder)["lanhdao"]?.pin,
      });
    const before = officialsAt(service.url, dataFolder);
    const { dossierId, citizenLink } = await before.attested(await smallScan(at.length * 19));
    const refusal = { ground: "A22_1", reason: "Tẩy xóa ở dòng họ tên." };
    expect((await before.ask("doichieu", "POST", `/api/dossiers/${dossierId}/refusal`, refusal)).code).toBe("");
    service.arm(at);
    await Promise.race([notice(before, dossierId).catch(() => null), service.gone]);
    await service.gone;

    service = await startServiceProcess(dataFolder, database.url);
    const after = officialsAt(service.url, dataFolder);
    expect((await notice(after, dossierId)).code).toBe("");
    expect((await after.download(citizenLink)).status).toBe(200);
    const kept = await database.owner
      .sql`select count(*)::int as n from refusal_notice where dossier_id = ${dossierId}`;
    expect(kept[0]?.["n"]).toBe(1);
  });
});
