import { renameSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepPersonSigned, keepVoid, livingCertificate } from "../../db/stores/certificates.ts";
import { officialCredential } from "../../db/stores/credentials.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import type { AgencyId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import { usualBookNames } from "../../src/core/register.ts";
import { newCode } from "../../src/wiring/codes.ts";
import { newId } from "../../src/wiring/house.ts";
import { storedMandate } from "../support/mandates.ts";
import { type Reply, secretsOf, smallScan } from "../support/officials.ts";
import { registerFaults } from "../support/register-faults.ts";
import { startTwoAgencies, type TwoAgencies } from "./two-agencies.ts";

let world: TwoAgencies;
let mark = 0;

beforeAll(async () => {
  world = await startTwoAgencies();
});
afterAll(() => world?.stop());

const attested = async () => (await world.officials.attested(await smallScan(mark++ * 13))).dossierId;
const many = <T>(count: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => act(i)));
const voiding = (id: string) =>
  world.officials.ask("lanhdao", "POST", `/api/dossiers/${id}/void`, { reason: "Ghi nhầm, xin hủy số (hư cấu)" });
const refusing = (id: string) =>
  world.officials.ask("lanhdao", "POST", `/api/dossiers/${id}/refusal`, {
    ground: "A22_1",
    reason: "Bản chính bị tẩy xóa (hư cấu)",
  });
const oneOf = (replies: readonly Reply[]) => replies.filter((reply) => reply.ok).length;
const codesOf = (replies: readonly Reply[]) => [...new Set(replies.map((reply) => reply.code))].toSorted();
const faults = () => registerFaults(world.sql, world.dataFolder);

describe("steps at once", { timeout: 120_000 }, () => {
  test("20 clicks on «sign» and 20 on «seal»: one of each is kept, and the right PIN does not block its own key", async () => {
    const id = await attested();
    const signed = await many(20, () => world.officials.sign(id));
    expect([oneOf(signed), codesOf(signed)]).toEqual([1, ["", "wrong_stage"]]);
    const sealed = await many(20, () => world.officials.seal(id));
    expect([oneOf(sealed), codesOf(sealed)]).toEqual([1, ["", "wrong_stage"]]);
    await world.officials.waitFor(id, "released");
    expect((await world.officials.sign(await attested())).code).toBe("");
    expect(await faults()).toEqual([]);
  });

  test("sign with refuse, seal with void, void twice: one of them happens, and nothing follows a void", async () => {
    const refused = await attested();
    expect(oneOf([...(await Promise.all([world.officials.sign(refused), refusing(refused)]))])).toBe(1);

    const sealed = await attested();
    await world.officials.sign(sealed);
    expect(oneOf(await Promise.all([world.officials.seal(sealed), voiding(sealed)]))).toBe(1);

    const voided = await attested();
    await world.officials.sign(voided);
    expect(oneOf(await Promise.all([voiding(voided), voiding(voided)]))).toBe(1);
    expect((await world.officials.seal(voided)).code).toBe("wrong_stage");
    expect((await world.officials.sign(voided)).code).toBe("wrong_stage");
    await world.officials.waitFor(voided, "voided");
  });

  test("a scan that comes while the attestation is made is either part of it or not taken", async () => {
    const opened = await world.officials.ask("tiepnhan", "POST", "/api/dossiers", { ...paper });
    const id = String(opened.json["dossierId"]);
    await scan(id, await smallScan(1));
    const { pages } = await world.officials.waitFor(id, "read");
    const path = `/api/dossiers/${id}`;
    await world.officials.ask("doichieu", "POST", `${path}/pages/1/confirmation`, { sha256: pages[0]?.streamSha256 });
    const statement = { originalPresented: true, again: "another_paper" };
    const attesting = world.officials.ask("doichieu", "POST", `${path}/attestation`, statement);
    const [made, ...late] = await Promise.all([attesting, scan(id, await smallScan(2)), scan(id, await smallScan(3))]);
    const [line] = await world.sql`select (select count(*)::int from original where dossier_id = ${id}) as originals,
      (select count(*)::int from attestation where dossier_id = ${id}) as attestations`;
    expect(line).toEqual(
      made.ok ? { originals: 1, attestations: 1 } : { originals: 1 + late.filter(taken).length, attestations: 0 },
    );
  });

  test("decision 9: signer and signature of a line are one person's, whoever took its number up meanwhile", async () => {
    const { dossierId, first, second, person } = await numberedTwice("2026-05-04", "2026-05-04");
    expect(first.id).toBe(second.id);
    await world.sql`update certificate set signer_name = 'Người Khác (hư cấu)' where id = ${first.id}`; // as another's taking up does
    const { codeBlobId: blobId } = first;
    expect(await keepPersonSigned(world.sql, first, blobId, person, world.house.now())).toBe(true);
    const kept = await livingCertificate(world.sql, dossierId);
    expect([kept?.officerId, kept?.signerName]).toEqual([first.officerId, first.signerName]);
  });

  test("decision 8: a signature over a number that the turn of the year voided is not kept, and voids nothing else", async () => {
    const { dossierId, first, second, person } = await numberedTwice("2025-12-31", "2026-01-01");
    expect(second.id).not.toBe(first.id);
    expect(await keepPersonSigned(world.sql, first, first.codeBlobId, person, world.house.now())).toBe(false);
    expect(await keepVoid(world.sql, first, "đến từ hôm qua", person)).toBe(false);
    const [dossier] = await world.sql`select status from dossier where id = ${dossierId}`;
    expect([dossier?.["status"], (await livingCertificate(world.sql, dossierId))?.id]).toEqual(["numbered", second.id]);
  });
});

describe("the database, asked past the program", () => {
  test.each([
    "signer_name = 'Người Khác'",
    "officer_id = clerk_id",
    "void_reason = 'khác'",
    "title = 'Giấy khác'",
  ])("a line that is issued or voided is not changed: %s", async (change) => {
    await expect(world.sql.unsafe(`update certificate set ${change} where status <> 'in_progress'`)).rejects.toThrow();
  });

  test.each([
    "store_mark",
    "certificate",
    "log_entry",
    "confirmation",
    "attestation",
    "dossier_event",
    "dossier",
  ])("%s is neither emptied nor deleted from", async (table) => {
    await expect(world.sql.unsafe(`truncate ${table} cascade`)).rejects.toThrow();
    await expect(world.sql.unsafe(`delete from ${table}`)).rejects.toThrow();
  });
});

describe("what cannot be composed takes no number", () => {
  test.each([
    "Bằng 🎓",
    "Đảo chiều \u202Enội dung",
    "Giấy\u200Bkhen",
    "漢字",
    "nửa \uD800 cặp",
  ])("title %j", async (title) => {
    const opened = await world.officials.ask("tiepnhan", "POST", "/api/dossiers", { ...paper, title });
    expect(opened.code).toBe("malformed_request");
  });

  test("a title that came in by another way is refused before the number", async () => {
    const id = await attested();
    await world.sql`update dossier set title = 'Bằng 🎓' where id = ${id}`;
    const before = await world.sql`select last_number from number_series order by year`;
    expect((await world.officials.sign(id)).ok).toBe(false);
    expect(await world.sql`select last_number from number_series order by year`).toEqual(before);
    expect((await world.officials.view(id)).status).toBe("attested");
  });
});

describe("decision 7: an outage of the public folder, however long, loses no publication", () => {
  test("jobs of publication are never given up", { timeout: 90_000 }, async () => {
    const records = join(world.dataFolder, "public", "record");
    renameSync(records, `${records}.away`);
    writeFileSync(records, "a file where the folder should be");
    const id = await attested();
    await world.officials.sign(id);
    expect((await world.officials.seal(id)).code).toBe("");
    await world.officials.waitFor(id, "logged");
    const [job] = await world.sql<{ subject: string; max_attempts: number }[]>`
      select subject, max_attempts from job where kind = 'publish_certificate' and finished_at is null`;
    expect(job?.max_attempts).toBeGreaterThan(1_000_000);
    const subject = job?.subject ?? "";
    // Between two attempts, or the one under way would set what comes next.
    const rest = () => world.sql`
      update job set attempts = 40, run_after = now() + interval '1 hour' where subject = ${subject} and status = 'waiting'`;
    while ((await rest()).count === 0) await new Promise((done) => setTimeout(done, 50));
    await rm(records);
    renameSync(`${records}.away`, records);
    await world.sql`update job set run_after = now() where subject = ${subject}`;
    await world.officials.waitFor(id, "released");
    expect(secretsOf(world.dataFolder)).toBeDefined();
  });
});

const paper = {
  applicantName: "Lò Thị Thử (hư cấu)",
  identityDigits: "4321",
  kind: "Giấy",
  title: "Giấy thử (hư cấu)",
  holderName: "Lò Thị Thử (hư cấu)",
  declaredPages: 1,
};

async function scan(id: string, body: Uint8Array<ArrayBuffer>): Promise<number> {
  const { cookie, csrf } = await world.session("tiepnhan");
  const headers = { cookie, "x-csrf-token": csrf, "content-type": "image/jpeg" };
  return (await fetch(`${world.url}/api/dossiers/${id}/scans`, { method: "POST", headers, body })).status;
}

const taken = (status: number): boolean => status === 202;

/** The number of one dossier taken on two days, as by two officials, of whom the first is still composing. */
async function numberedTwice(firstDay: string, secondDay: string) {
  const { sql, house } = world;
  for (const day of [firstDay, secondDay])
    await sql`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
      values (${newId()}, 'hoaban', ${usualBookNames.electronic}, ${Number(day.slice(0, 4))}, 1, now()) on conflict do nothing`;
  const dossierId = (await attested()) as DossierId;
  const agencyId = "hoaban" as AgencyId;
  const dossier = await findDossier(sql, dossierId, agencyId);
  const [row] = await sql<{ id: PersonId }[]>`select id from person where user_name = 'lanhdao'`;
  const person = { personId: row?.id as PersonId, agencyId };
  const credential = await officialCredential(sql, person.personId, house.now());
  if (dossier === null || credential === null) throw new Error("the demo world is not as it was");
  const signer = {
    ...credential,
    mandate: await storedMandate(sql, { personId: person.personId }),
    comparingPolicyId: null,
  };
  const take = async (day: string) => {
    const fresh = { id: newId<CertificateId>(), ...(await newCode(house, agencyId)) };
    const today = day as LocalDate;
    const request = {
      dossier,
      signer,
      today,
      suffix: usualBookNames.electronic,
      feeDong: 0,
      fresh,
      beforeCommit: async () => undefined,
    };
    const numbered = await takeNumber(sql, request);
    if (!numbered.ok) throw new Error(numbered.failure.code);
    return numbered.value;
  };
  return { dossierId, person, first: await take(firstDay), second: await take(secondDay) };
}
