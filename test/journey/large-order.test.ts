import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { statusAtIndices } from "../../db/stores/annulments.ts";
import { auditFiles } from "../../src/commands/audit/audit-files.ts";
import { sourceOf } from "../../src/commands/audit/source.ts";
import { httpClient } from "../../src/http.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";
import { systemClock } from "../../src/wiring/house.ts";
import type { Waypoint } from "../../src/wiring/waypoints.ts";
import { freshDatabase, leasesOver } from "../support/database.ts";
import { aPaper, officialsAt, smallScan } from "../support/officials.ts";
import { registerFaults } from "../support/register-faults.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { signaturesIn } from "../support/signatures-in-pdf.ts";
import { has, run } from "../support/tools.ts";
import { decisionOfToday, statusesIn } from "./annulled-order.ts";

const count = 6;
const wait = { timeout: 20_000, interval: 100 };

/** Where the process dies in one order's way, and after how many of its copies. */
const deaths: readonly { at: Waypoint; passes: number; during: "sign" | "seal" }[] = [
  { at: "sign: copy kept", passes: 3, during: "sign" },
  { at: "seal: copy kept", passes: 2, during: "seal" },
  { at: "publish: further record written", passes: 3, during: "seal" },
];

describe("COPIES-1: six copies of one original under one number, the service killed in the middle of each act", () => {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-order-"));
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let service: ServiceProcess;
  let dossierId: string;
  let citizenLink: string;

  const officials = () => officialsAt(service.url, folder);
  const counts = async () => {
    const [row] = await database.owner.sql`
      select count(person_signed_blob_id)::int as signed, count(sealed_blob_id)::int as sealed from certified_copy`;
    return row;
  };
  async function dieAndRestart({ at, passes, during }: (typeof deaths)[number]) {
    service.arm(at, passes);
    await Promise.race([
      officials()
        [during](dossierId)
        .catch(() => null),
      service.gone,
    ]);
    await service.gone;
    await leasesOver(database.owner.sql);
    service = await startServiceProcess(folder, database.url);
  }

  beforeAll(async () => {
    database = await freshDatabase();
    service = await startServiceProcess(folder, database.url);
    ({ dossierId, citizenLink } = await officials().attested(await smallScan(7), "Giấy thử (hư cấu)", count));
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("DESIGN decision 7: cut while the officer signs, the next PIN signs only what is left", async () => {
    await dieAndRestart(deaths[0] as (typeof deaths)[number]);
    expect(await counts()).toEqual({ signed: 3, sealed: 0 });
    const kept = await database.owner
      .sql`select person_signed_blob_id from further_copy where ordinal <= 4 order by ordinal`;
    expect((await officials().sign(dossierId)).code).toBe("");
    await officials().waitFor(dossierId, "person_signed");
    expect(await counts()).toEqual({ signed: count, sealed: 0 });
    expect(
      await database.owner.sql`select person_signed_blob_id from further_copy where ordinal <= 4 order by ordinal`,
    ).toEqual(kept);
  });

  test("DESIGN decision 7: cut while the clerk seals, nothing is public, and the next PIN seals only what is left", async () => {
    await dieAndRestart(deaths[1] as (typeof deaths)[number]);
    expect(await counts()).toEqual({ signed: count - 2, sealed: 2 });
    expect(await database.owner.sql`select 1 from log_entry where certificate_id is not null`).toEqual([]);
    expect((await officials().download(citizenLink)).status).toBe(409);
  });

  test("DESIGN decision 7: cut while it is published, it goes on by itself; register, log and files agree", async () => {
    await dieAndRestart(deaths[2] as (typeof deaths)[number]);
    const released = await officials().waitFor(dossierId, "released");
    expect(released.certificate).toMatchObject({ number: 1, status: "issued" });
    expect(await registerFaults(database.owner.sql, folder)).toEqual([]);
    const [line] = await database.owner.sql`select copies, fee_dong from certificate`;
    expect(line).toEqual({ copies: count, fee_dong: count * 2000 });
  });

  test.skipIf(!has("python3"))(
    "the citizen fetches one, or all in one archive: each another file with two signatures",
    async () => {
      const fetched = (copies: string) =>
        fetch(`${service.url}${new URL(citizenLink).pathname}`, {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded" },
          body: `digits=4321&copies=${copies}`,
        });
      const file = join(folder, "all.zip");
      writeFileSync(file, Buffer.from(await (await fetched("")).arrayBuffer()));
      const script = `import zipfile,sys,hashlib
z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
print(len(z.namelist()), len({hashlib.sha256(z.read(n)).hexdigest() for n in z.namelist()}), z.namelist()[-1])`;
      expect(run("python3", ["-c", script, file]).output.trim()).toBe(
        `${count} ${count} ban-sao-${count}-tren-${count}.pdf`,
      );
      const third = Buffer.from(await (await fetched("3")).arrayBuffer());
      expect(signaturesIn(third).length).toBeGreaterThanOrEqual(2);
      const form = new FormData();
      form.append("file", new File([third], "third.pdf", { type: "application/pdf" }));
      const told = await (await fetch(`${service.url}/verify`, { method: "POST", body: form })).text();
      expect(told).toContain('<section class="verdict good"');
      for (const none of ["0", "7", "5-4", "1-7", "x"]) expect((await fetched(none)).status, none).toBe(400);
    },
  );

  test("each copy has a record, a leaf and a place in the status list of its own, and one decision takes all", async () => {
    const copies = await database.owner.sql<{ copy: number; status_index: string; code: string }[]>`
      select copy, status_index, encode(code_hash, 'hex') as code from certified_copy order by copy`;
    expect(new Set(copies.map(({ status_index }) => status_index)).size).toBe(count);
    const record = (code: string) => fetch(`${service.url}/record/${code}`).then(({ status }) => status);
    expect(await Promise.all(copies.map(({ code }) => record(code)))).toEqual(copies.map(() => 200));
  });

  test("from public files alone: one number with five further copies in their turn, and nothing to object to", async () => {
    const http = httpClient({ timeoutSeconds: 5, answerBytes: 1 << 20, reach: { privateHosts: [] } });
    const source = sourceOf(join(folder, "public"), http);
    const world = { now: systemClock(), sha256: nodeSha256 };
    const audited = source.ok ? await auditFiles(source.value, null, world) : source;
    http.close();
    expect(audited).toMatchObject({
      ok: true,
      value: { cheats: [], series: [{ last: 1, issued: 1, furtherCopies: count - 1 }] },
    });
  });

  test("ANNUL-1, COPIES-1: one decision takes all copies: killed amid their records, every status is told already, and the records follow", async () => {
    const copies = await database.owner.sql<{ status_index: string; code: string }[]>`
      select status_index, encode(code_hash, 'hex') as code from certified_copy order by copy`;
    const records = () => Promise.all(copies.map(({ code }) => readFile(join(folder, "public", "record", code))));
    const before = await records();
    const writtenAnew = async () => (await records()).filter((one, i) => before[i]?.equals(one) === false).length;
    service.arm("annulment: further record written", 2);
    await officials()
      .ask("lanhdao", "POST", `/api/dossiers/${dossierId}/annulment`, decisionOfToday())
      .catch(() => null); // its answer races its death
    await service.gone;
    const indices = copies.map(({ status_index }) => Number(status_index));
    expect([...(await statusAtIndices(database.owner.sql, indices)).values()]).toEqual(copies.map(() => "annulled"));
    const listed = statusesIn(await readFile(join(folder, "public", "status", "0"), "utf8"));
    expect(indices.map(listed)).toEqual(copies.map(() => 1));
    expect(await writtenAnew()).toBe(3); // the first copy's, and two more
    const amid = await records();
    await leasesOver(database.owner.sql);
    service = await startServiceProcess(folder, database.url);
    await expect.poll(writtenAnew, wait).toBe(count);
    const kept = (await records()).filter(
      (one, i) => amid[i]?.equals(one) === true && before[i]?.equals(one) === false,
    );
    expect(kept).toHaveLength(3); // it went on where it was: each record has a nonce of its own
    const told = await database.owner.sql`select event from log_entry where event = 'annulled'`;
    const noted = await database.owner
      .sql`select what from dossier_event where dossier_id = ${dossierId} and what = 'annulled'`;
    expect([told.length, noted.length]).toEqual([1, 1]);
  });

  test.skipIf(!has("pdftotext"))(
    "ANNUL-1: the public list is a paper too: number, book, all copies, decision, ground, as of when; nobody's name, nobody's word for the paper",
    async () => {
      const answer = await fetch(`${service.url}/annulled.pdf`);
      const file = join(folder, "list.pdf");
      writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
      const told = run("pdftotext", ["-raw", file, "-"]).output.replace(/\s+/g, " ").normalize("NFC");
      for (const part of [
        "DANH SÁCH",
        "Tính đến",
        "1 quyết định",
        `cả ${count}`,
        "01/QĐ-UBND",
        "Chứng thực nhầm",
        "Giấy tờ khác",
      ])
        expect(told).toContain(part);
      for (const secret of [aPaper.holderName, aPaper.documentNumber, "Giấy thử"]) expect(told).not.toContain(secret);
      expect((await fetch(`${service.url}/annulled.pdf?agency=khong-co`)).status).toBe(404);
    },
  );
});
