import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { overdueEvidence } from "../../db/stores/evidence.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { citizensVi } from "../../src/web/words/citizens.vi.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import type { Waypoint } from "../../src/wiring/waypoints.ts";
import { freshDatabase, leasesOver } from "../support/database.ts";
import { officialsAt, smallScan } from "../support/officials.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";

describe("DESIGN decision 6: a released copy gets its long-term evidence by itself", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-evidence-"));
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

  const released = async (seed: number) => {
    const officials = officialsAt(service.url, dataFolder);
    const { dossierId, citizenLink } = await officials.attested(await smallScan(seed));
    expect((await officials.sign(dossierId)).code).toBe("");
    expect((await officials.seal(dossierId)).code).toBe("");
    return { dossierId, citizenLink, certificate: (await officials.waitFor(dossierId, "released")).certificate };
  };
  const fetched = async (link: string): Promise<Bytes> => {
    const answer = await officialsAt(service.url, dataFolder).download(link);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const forms = (dossierId: string) => database.owner.sql<{ ordinal: number; lengthBytes: number }[]>`
    select ordinal, length_bytes as "lengthBytes" from evidence_form f join certificate c on c.id = f.certificate_id
    where c.dossier_id = ${dossierId} order by ordinal`;
  const until = async (dossierId: string, count: number) => {
    for (let i = 0; i < 250; i++) {
      if ((await forms(dossierId)).length >= count) return;
      await new Promise((done) => setTimeout(done, 200));
    }
    expect(await database.owner.sql`select * from evidence_plan`).toEqual("an evidence form");
  };
  const answered = async (pdf: Bytes) => {
    const form = new FormData();
    form.set("file", new File([pdf], "copy.pdf"));
    return (await fetch(`${service.url}/verify`, { method: "POST", body: form })).text();
  };
  const good = verificationVi.answerGood.split("{agency}")[0] ?? "";
  const statePage = async (link: string) =>
    (await fetch(`${service.url}${new URL(link).pathname}`, { headers: { accept: "text/html" } })).text();
  const isPrefix = (whole: Bytes, part: Bytes) => Buffer.from(whole.subarray(0, part.length)).equals(part);

  test("DESIGN decisions 5 and 6: first B-T and said to be pending, then long-term under the same link and identity; renewed when due", async () => {
    const { dossierId, citizenLink, certificate } = await released(1);
    const before = await fetched(citizenLink);
    expect(certificate?.number).toBe(1);
    if ((await forms(dossierId)).length === 0)
      expect(await statePage(citizenLink)).toContain(citizensVi.evidencePending);
    await until(dossierId, 1);
    const after = await fetched(citizenLink);
    expect(isPrefix(after, before)).toBe(true);
    expect(await statePage(citizenLink)).toContain(citizensVi.evidenceLasting);
    const said = await answered(after);
    expect(said).toContain(good);
    expect(said).toContain(verificationVi.evidenceLasting);
    expect(await answered(before)).toContain(verificationVi.evidencePending);

    await database.owner.sql`update evidence_plan set due_since = now(), next_try_at = now()`;
    await until(dossierId, 2);
    const renewed = await fetched(citizenLink);
    expect(isPrefix(renewed, after)).toBe(true);
    expect(await answered(renewed)).toContain(verificationVi.evidenceLasting);
    expect(
      Buffer.from(renewed)
        .toString("latin1")
        .match(/\/ETSI\.RFC3161/g),
    ).toHaveLength(2);
  }, 60_000);

  const places: readonly Waypoint[] = ["evidence: bytes stored", "evidence: kept"];
  test.each(places)("killed at %s: after a restart the copy has its evidence, once", async (at) => {
    service.arm(at);
    const { dossierId, citizenLink } = await released(at.length).catch(() => ({ dossierId: "", citizenLink: "" }));
    await service.gone;
    await leasesOver(database.owner.sql);
    service = await startServiceProcess(dataFolder, database.url);
    await until(dossierId, 1);
    expect((await forms(dossierId)).length).toBe(1);
    expect(await answered(await fetched(citizenLink))).toContain(good);
  }, 90_000);

  test("evidence that was kept is refused every change by the database, and a failing authority is counted, not hidden", async () => {
    await expect(database.owner.sql`update evidence_form set ordinal = 9`).rejects.toThrow("is refused");
    await expect(database.owner.sql`delete from evidence_form`).rejects.toThrow("is refused");
    await expect(database.owner.sql`truncate evidence_form`).rejects.toThrow("is refused");
    await database.owner
      .sql`update evidence_plan set due_since = now() - interval '2 days', next_try_at = now() + interval '1 day'`;
    const yesterday = `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 19)}Z` as Instant;
    expect(await overdueEvidence(database.owner.sql, yesterday, "hoaban" as AgencyId)).toBeGreaterThan(1);
    expect(await overdueEvidence(database.owner.sql, yesterday, "elsewhere" as AgencyId)).toBe(0);
  });
});
