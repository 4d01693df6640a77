import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findDossier } from "../../db/stores/dossiers.ts";
import { keepScanned } from "../../db/stores/opened-dossiers.ts";
import { originalsOf } from "../../db/stores/originals.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import { calendarOf } from "../../src/core/holidays.ts";
import type { BlobId, DossierId, OriginalId } from "../../src/core/ids.ts";
import { fail, type Instant, ok, type Sha256, utf8 } from "../../src/core/kernel.ts";
import { addScannedPapers, type ManyWorld } from "../../src/usecases/add-scanned-papers.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { agency, morning, stranger } from "./desk.ts";
import { keepAgencies, openedAt, paper, receiver } from "./presented-papers.ts";

let database: FreshDatabase;
let sql: FreshDatabase["sql"];
const clock = { now: morning };
/** What the store of files holds. */
const kept = new Set<BlobId>();

beforeAll(async () => {
  database = await freshDatabase();
  sql = database.sql;
  await keepAgencies(sql);
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${Buffer.alloc(60)})`;
});
afterAll(() => database.drop());

const world: ManyWorld = {
  now: () => clock.now,
  calendar: async () => calendarOf([]),
  newDossierId: () => randomUUID() as DossierId,
  newOriginalId: () => randomUUID() as OriginalId,
  dossier: (id, agencyId) => findDossier(sql, id, agencyId),
  checkDigits: async (_, digits) => (digits === "0123" ? ok(null) : fail({ code: "wrong_digits" })),
  storeScan: async (_, body) => {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    const bytes = Buffer.concat(parts);
    if (bytes.toString() === "cut") return fail({ code: "upload_cut" });
    const blobId = randomUUID() as string as BlobId;
    const sha256 = createHash("sha256").update(bytes).digest("hex") as Sha256;
    await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
      values (${blobId}, ${agency}, 'original', ${sha256}, ${bytes.length}, ${Buffer.alloc(60)})`;
    kept.add(blobId);
    return ok({ blobId, sha256, sizeBytes: bytes.length });
  },
  recognise: async ({ sizeBytes }) =>
    sizeBytes > 3 ? ok(null) : fail({ code: "upload_refused", reason: "EMPTY_FILE" }),
  eraseScan: async ({ blobId }) => void kept.delete(blobId),
  keepScanned: (...given) => keepScanned(sql, ...given),
};

async function* scans(...contents: string[]) {
  for (const content of contents)
    yield { body: inOne(content), fileName: `${content}.jpg`, declaredType: "image/jpeg" };
}
async function* inOne(content: string) {
  yield utf8(content);
}

const add = (beside: DossierId, files: readonly string[], { digits = "0123", actor = receiver } = {}) =>
  addScannedPapers(
    beside,
    { ...paper, kind: "Bảng điểm", declaredPages: 1, holderName: null, paperCopies: 0, identityDigits: digits },
    scans(...files),
    actor,
    world,
  );
const taken = (kept: number, known = 0) => ({ ok: true, value: { kept, known, refused: [], ended: null } });
const filesOf = async (beside: DossierId) => {
  const submission = await submissionOf(sql, beside, agency);
  const files: string[] = [];
  for (const { dossierId } of submission?.papers ?? [])
    files.push((await originalsOf(sql, dossierId)).map(({ fileName }) => fileName).join("+"));
  return files;
};

describe("DOS-1: many papers of one applicant at once, a file each", () => {
  test("the first file is the scan of the paper that is open, each further one a paper of its own, in the order of the files", async () => {
    const { dossierId } = await openedAt(sql, () => clock.now);
    expect(await add(dossierId, ["one1", "two2", "three"])).toEqual(taken(3));
    expect(await filesOf(dossierId)).toEqual(["one1.jpg", "two2.jpg", "three.jpg"]);
    const papers = (await submissionOf(sql, dossierId, agency))?.papers ?? [];
    expect(papers.map(({ ordinal, kind, status }) => [ordinal, kind, status])).toEqual([
      [1, "Bằng", "received"],
      [2, "Bảng điểm", "received"],
      [3, "Bảng điểm", "received"],
    ]);
    const jobs = await sql`select 1 from job where kind = 'read_original' and subject in (
      select o.id from original o where dossier_id = any(${papers.map(({ dossierId: id }) => id)}))`;
    expect(jobs.length).toBe(3);
  });

  test("cut half-way and sent again, even twice at once: what is missing is added, no file becomes two papers", async () => {
    const { dossierId } = await openedAt(sql, () => clock.now);
    const cut = await add(dossierId, ["aaaa", "bbbb", "cut", "cccc"]);
    expect(cut).toMatchObject({ ok: true, value: { kept: 2, ended: { code: "upload_cut" } } });
    const whole = ["aaaa", "bbbb", "xxxx", "cccc"];
    const both = await Promise.all([add(dossierId, whole), add(dossierId, whole)]);
    expect(both.map((one) => one.ok && one.value.kept).reduce((sum, n) => Number(sum) + Number(n), 0)).toBe(2);
    expect((await filesOf(dossierId)).toSorted()).toEqual(["aaaa.jpg", "bbbb.jpg", "cccc.jpg", "xxxx.jpg"]);
  });

  test("a bad file stops no other; beyond two hundred papers nothing is opened and nothing of the file stays", async () => {
    const { dossierId } = await openedAt(sql, () => clock.now);
    const added = await add(dossierId, ["good", "no", "fine"]);
    expect(added).toMatchObject({ value: { kept: 2, refused: [{ fileName: "no.jpg" }], ended: null } });
    await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
        holder_name, declared_pages, opened_by, opened_at, due_at)
      select gen_random_uuid(), agency_id, submission_id, 200, status, applicant_name, kind, title, holder_name, 1, opened_by,
        opened_at, due_at from dossier where id = ${dossierId}`;
    const before = kept.size;
    const full = await add(dossierId, ["more"]);
    expect(full).toMatchObject({ value: { kept: 0, ended: { code: "too_many_papers", most: 200 } } });
    expect(kept.size).toBe(before);
  });

  test("wrong digits, another agency, another day: no file is read", async () => {
    const { dossierId } = await openedAt(sql, () => clock.now);
    expect(await add(dossierId, ["four"], { digits: "9999" })).toEqual(fail({ code: "wrong_digits" }));
    expect(await add(dossierId, ["four"], { actor: stranger as typeof receiver })).toEqual(fail({ code: "not_found" }));
    clock.now = "2026-11-22T17:00:00Z" as Instant; // midnight in Vietnam
    expect(await add(dossierId, ["four"])).toEqual(fail({ code: "submission_over" }));
    clock.now = morning;
    expect(await filesOf(dossierId)).toEqual([""]);
  });
});
