import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BlobStore, openBlobStore } from "../../db/blob-store.ts";
import { openBlobFolder } from "../../db/blobs/folder.ts";
import type { AgencyId, BlobId } from "../../src/core/ids.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { agency, type BlobPlace, filesIn, inPieces, kind, masterKey, newBlobPlace, valueIn } from "./blob-place.ts";

let database: FreshDatabase;
let folder: string;
let store: BlobStore;
let fileOf: BlobPlace["fileOf"];
let putWhole: BlobPlace["putWhole"];
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  const place = newBlobPlace(database.sql);
  ({ folder, store, fileOf, putWhole } = place);
  return place.remove;
});

async function* cutAfter(bytes: Uint8Array) {
  yield bytes;
  throw new Error("the browser went away");
}

describe("a put that fails leaves nothing behind", () => {
  const rows = async () => (await database.sql<{ count: number }[]>`select count(*)::int as count from blob`)[0]?.count;

  test("more bytes than allowed", async () => {
    const before = await rows();
    const content = inPieces(randomBytes(300_000), 65_536);
    const answer = await store.put(agency, { kind, content, limitBytes: 299_999 });
    expect(answer).toEqual({ ok: false, failure: { code: "upload_too_large", limitBytes: 299_999 } });
    expect([filesIn(folder), await rows()]).toEqual([0, before]);
    expect((await store.put(agency, { kind, content: randomBytes(300_000), limitBytes: 300_000 })).ok).toBe(true);
  });

  test("a source that breaks off", async () => {
    const answer = await store.put(agency, { kind, content: cutAfter(randomBytes(100_000)) });
    expect(answer).toEqual({ ok: false, failure: { code: "upload_cut" } });
    expect(filesIn(folder)).toBe(0);
  });

  test("a row that the database refuses", async () => {
    await expect(store.put(agency, { kind: "Not A Kind", content: randomBytes(10) })).rejects.toThrow(/kind/);
    expect(filesIn(folder)).toBe(0);
  });

  test("a crash in the middle: what was half-written is swept at a later start, what has no row by sweep()", async () => {
    const kept = await putWhole(randomBytes(10));
    const orphan = "ffffffff-0000-4000-8000-00000000000b" as BlobId;
    const half = join(folder, "tmp", "00000000-0000-4000-8000-00000000000a");
    mkdirSync(join(folder, "ff"), { recursive: true });
    for (const path of [half, fileOf(orphan)]) writeFileSync(path, "left by a crash");
    openBlobFolder(folder);
    expect([await store.sweep(), filesIn(folder)]).toEqual([0, 3]); // young: another process may be at it
    for (const path of [half, fileOf(orphan), fileOf(kept)]) utimesSync(path, 0, 0);
    openBlobFolder(folder);
    expect([await store.sweep(), filesIn(folder)]).toEqual([1, 1]);
    expect((await store.get(kept)).ok).toBe(true);
  });

  test.each([
    { takesEffect: false, files: 0 },
    { takesEffect: true, files: 1 },
  ])("the answer to the row is lost (row written: $takesEffect): no row is ever without its file", async (fault) => {
    const id = "0f000000-0000-4000-8000-000000000000";
    const breaking = Object.assign((strings: TemplateStringsArray, ...values: never[]) => {
      if (!strings[0]?.includes("insert into blob")) return database.sql(strings, ...values);
      const written = fault.takesEffect ? database.sql(strings, ...values) : Promise.resolve();
      return written.then(() => Promise.reject(new Error("connection lost")));
    }, database.sql);
    const blobs = openBlobFolder(folder);
    const broken = openBlobStore({ sql: breaking, folder: blobs, masterKey, random: (count) => idBytes(count) });
    await expect(broken.put(agency, { kind, content: randomBytes(10) })).rejects.toThrow("connection lost");
    expect(filesIn(folder)).toBe(fault.files);
    expect((await store.get(id as BlobId)).ok).toBe(fault.takesEffect);
  });
  const idBytes = (count: number) => (count === 16 ? Uint8Array.of(15, ...new Array(15).fill(0)) : randomBytes(count));

  const disk = mkdtempSync(join(tmpdir(), "chungthuc-disk-"));
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]).status === 0;
  if (!isMounted) console.warn("SKIPPED: no small file system can be mounted here, a full disk is not tried");
  afterAll(() => {
    if (isMounted) spawnSync("umount", [disk]);
    rmSync(disk, { recursive: true, force: true });
  });
  test.skipIf(!isMounted)("a full disk is storage_full, and what fits still fits afterwards", async () => {
    const full = openBlobStore({
      sql: database.sql,
      folder: openBlobFolder(join(disk, "b")),
      masterKey,
      random: randomBytes,
    });
    const answer = await full.put(agency, { kind, content: inPieces(randomBytes(3_000_000), 65_536) });
    expect(answer).toEqual({ ok: false, failure: { code: "storage_full" } });
    expect(filesIn(disk)).toBe(0);
    expect((await full.put(agency, { kind, content: randomBytes(500_000) })).ok).toBe(true);
  });
});

describe("DESIGN 15: erasing destroys the key", () => {
  test("the content is gone even for one who kept the file; digest and size stay", async () => {
    const id = await putWhole(randomBytes(1000));
    const kept = readFileSync(fileOf(id));
    await store.erase(id);
    expect(filesIn(folder)).toBe(0);
    writeFileSync(fileOf(id), kept);
    expect(await store.get(id)).toEqual({ ok: false, failure: { code: "blob_erased" } });
    const [row] =
      await database.sql`select size_bytes, length(sha256) as digits, key_wrapped from blob where id = ${id}`;
    expect(row).toEqual({ size_bytes: "1000", digits: 64, key_wrapped: null });
    await store.erase(id);
  });

  test.each([
    "delete from blob",
    "update blob set sha256 = repeat('0', 64)",
    "update blob set key_wrapped = key_wrapped",
  ])("the database refuses: %s", async (statement) => {
    await putWhole(randomBytes(10));
    await expect(database.owner.sql.unsafe(statement)).rejects.toThrow(/only ever erased/);
  });
});

describe("keys", () => {
  test("another master key opens nothing and adds nothing, and says so", async () => {
    const id = await putWhole(randomBytes(10));
    const other = { id: "fedcba9876543210", bytes: new Uint8Array(32).fill(8) };
    const stranger = openBlobStore({
      sql: database.sql,
      folder: openBlobFolder(folder),
      masterKey: other,
      random: randomBytes,
    });
    const wrong = { ok: false, failure: { code: "wrong_master_key" } };
    expect(await stranger.get(id)).toEqual(wrong);
    expect(await stranger.put(agency, { kind, content: randomBytes(10) })).toEqual(wrong);
  });

  test("two first blobs of an agency at once share one key", async () => {
    const fresh = "ubnd-xa-hai" as AgencyId;
    const content = randomBytes(100);
    const both = await Promise.all([1, 2, 3, 4].map(() => store.put(fresh, { kind, content })));
    for (const stored of both) expect((await store.get(valueIn(stored).id)).ok).toBe(true);
  });
});
