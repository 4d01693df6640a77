import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BlobStore, openBlobStore } from "../../db/blob-store.ts";
import { openBlobFolder } from "../../db/blobs/folder.ts";
import { type MasterKey, readMasterKey, readOrCreateMasterKey } from "../../db/blobs/master-key.ts";
import type { AgencyId, BlobId } from "../../src/core/ids.ts";
import type { Result } from "../../src/core/kernel.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

let database: FreshDatabase;
let scratch: string;
let folder: string;
let masterKey: MasterKey;
let store: BlobStore;
const agency = "ubnd-phuong-thu-nghiem" as AgencyId;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "chungthuc-blobs-"));
  folder = join(scratch, "blobs");
  masterKey = { id: "0123456789abcdef", bytes: new Uint8Array(32).fill(7) };
  store = openBlobStore({ sql: database.sql, folder: openBlobFolder(folder), masterKey, random: randomBytes });
  return () => rmSync(scratch, { recursive: true, force: true });
});

const kind = "original";
const fileOf = (id: BlobId) => join(folder, id.slice(0, 2), id);
const filesIn = (place: string) =>
  readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
async function putWhole(content: Uint8Array): Promise<BlobId> {
  return valueIn(await store.put(agency, { kind, content })).id;
}
function valueIn<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
async function* inPieces(bytes: Uint8Array, size: number) {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
}
async function* cutAfter(bytes: Uint8Array) {
  yield bytes;
  throw new Error("the browser went away");
}

describe("DESIGN 15: what is put is what comes back", () => {
  test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_000])("%i bytes, whole and as a stream", async (size) => {
    const content = new Uint8Array(randomBytes(size));
    const stored = valueIn(await store.put(agency, { kind, content: inPieces(content, 10_007) }));
    expect(stored).toMatchObject({ sizeBytes: size, sha256: createHash("sha256").update(content).digest("hex") });
    expect(Buffer.compare(valueIn(await store.get(stored.id)), content)).toBe(0);
    const parts: Uint8Array[] = [];
    for await (const part of store.stream(stored.id)) parts.push(valueIn(part));
    expect(Buffer.compare(Buffer.concat(parts), content)).toBe(0);
    expect(Buffer.compare(valueIn(await store.get(await putWhole(content))), content)).toBe(0);
  });

  test("nothing readable lies in the folder: neither content nor its digest, and only the owner may look", async () => {
    const content = Buffer.from("Giấy khai sinh (hư cấu) ".repeat(50));
    const id = await putWhole(content);
    expect(readFileSync(fileOf(id)).includes("khai sinh")).toBe(false);
    expect(statSync(fileOf(id)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test("the same content twice is two files that share nothing", async () => {
    const content = new Uint8Array(1000).fill(1);
    const [a, b] = [await putWhole(content), await putWhole(content)];
    expect(readFileSync(fileOf(a)).equals(readFileSync(fileOf(b)))).toBe(false);
  });
});

describe("DESIGN 15: a changed file is never taken for the content", () => {
  const damaged = { ok: false, failure: { code: "blob_damaged" } };

  test("every flipped byte of a small blob, and sampled ones of a large blob", async () => {
    const small = await putWhole(randomBytes(40));
    const large = await putWhole(randomBytes(200_000));
    const offsets = [0, 1, 65_535, 65_536, 65_551, 65_552, 131_103, 131_104, 199_999, 200_063];
    for (const [id, places] of [
      [small, [...Array(56).keys()]],
      [large, offsets],
    ] as const) {
      const sound = readFileSync(fileOf(id));
      for (const place of places) {
        const changed = Buffer.from(sound);
        changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
        writeFileSync(fileOf(id), changed);
        expect(await store.get(id), `byte ${place}`).toEqual(damaged);
      }
      writeFileSync(fileOf(id), sound);
      expect((await store.get(id)).ok).toBe(true);
    }
  });

  test.each([
    ["cut by one byte", (sealed: Buffer) => sealed.subarray(0, -1)],
    ["cut at a chunk's end", (sealed: Buffer) => sealed.subarray(0, 65_552)],
    ["one byte longer", (sealed: Buffer) => Buffer.concat([sealed, Buffer.of(0)])],
    ["emptied", () => Buffer.alloc(0)],
    [
      "two chunks swapped",
      (sealed: Buffer) =>
        Buffer.concat([sealed.subarray(65_552, 131_104), sealed.subarray(0, 65_552), sealed.subarray(131_104)]),
    ],
    [
      "a chunk repeated",
      (sealed: Buffer) =>
        Buffer.concat([sealed.subarray(0, 65_552), sealed.subarray(0, 65_552), sealed.subarray(131_104)]),
    ],
  ])("%s", async (_, change) => {
    const id = await putWhole(randomBytes(150_000));
    writeFileSync(fileOf(id), change(readFileSync(fileOf(id))));
    expect(await store.get(id)).toEqual(damaged);
  });

  test("cut at a chunk's end by one who can also change the size in the row", async () => {
    const id = "00000000-0000-4000-8000-000000000001" as BlobId;
    const blobs = openBlobFolder(folder);
    const key = new Uint8Array(32).fill(3);
    await blobs.put(id, key, randomBytes(131_072), Number.MAX_SAFE_INTEGER);
    writeFileSync(fileOf(id), readFileSync(fileOf(id)).subarray(0, 65_552));
    expect((await blobs.read(id, key, 65_536).next()).value).toEqual(damaged);
  });

  test("another blob's file under this blob's name, and another blob's key in this blob's row", async () => {
    const [a, b] = [await putWhole(randomBytes(500)), await putWhole(randomBytes(500))];
    writeFileSync(fileOf(a), readFileSync(fileOf(b)));
    expect(await store.get(a)).toEqual(damaged);
    await database.sql`alter table blob disable trigger all`;
    await database.sql`update blob set key_wrapped = (select key_wrapped from blob where id = ${b}) where id = ${a}`;
    await database.sql`alter table blob enable trigger all`;
    expect(await store.get(a)).toEqual(damaged);
  });

  test("a stream hands out only sound chunks and ends with the failure", async () => {
    const id = await putWhole(randomBytes(200_000));
    const changed = readFileSync(fileOf(id));
    changed.writeUInt8(changed.readUInt8(70_000) ^ 1, 70_000);
    writeFileSync(fileOf(id), changed);
    const outcomes: boolean[] = [];
    for await (const part of store.stream(id)) outcomes.push(part.ok);
    expect(outcomes).toEqual([true, false]);
  });

  test("a file that is gone is missing, an id that never was too", async () => {
    const missing = { ok: false, failure: { code: "blob_missing" } };
    const id = await putWhole(randomBytes(10));
    rmSync(fileOf(id));
    expect(await store.get(id)).toEqual(missing);
    expect(await store.get("00000000-0000-4000-8000-000000000000" as BlobId)).toEqual(missing);
  });
});

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
    await expect(database.sql.unsafe(statement)).rejects.toThrow(/only ever erased/);
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

  test("a key file is made only when told to, 0600, and then read again", () => {
    const path = join(scratch, "keys", "master");
    expect(readMasterKey(path)).toEqual({ ok: false, failure: { code: "key_file_missing", path } });
    const made = readOrCreateMasterKey(path);
    expect(readOrCreateMasterKey(path)).toEqual(made);
    expect(readMasterKey(path)).toEqual(made);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test.each([0o640, 0o604, 0o660, 0o644])("a key file of mode %o is refused", (mode) => {
    const path = join(scratch, "master");
    readOrCreateMasterKey(path);
    chmodSync(path, mode);
    expect(readMasterKey(path)).toEqual({
      ok: false,
      failure: { code: "key_file_open_to_others", path, mode: mode.toString(8) },
    });
  });

  test.each([0, 31, 33, 64])("a key file of %i bytes is refused", (sizeBytes) => {
    const path = join(scratch, "master");
    writeFileSync(path, new Uint8Array(sizeBytes), { mode: 0o600 });
    expect(readMasterKey(path)).toEqual({ ok: false, failure: { code: "key_file_malformed", path, sizeBytes } });
    expect(readOrCreateMasterKey(path)).toMatchObject({ ok: false });
  });
});
