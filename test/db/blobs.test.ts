import { createHash, randomBytes } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BlobStore } from "../../db/blob-store.ts";
import { openBlobFolder } from "../../db/blobs/folder.ts";
import type { BlobId } from "../../src/core/ids.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { agency, type BlobPlace, inPieces, kind, newBlobPlace, valueIn } from "./blob-place.ts";

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
    for await (const part of blobs.read(id, key, 65_536)) expect(part).toEqual(damaged);
    expect.assertions(1);
  });

  test("another blob's file under this blob's name, and another blob's key in this blob's row", async () => {
    const [a, b] = [await putWhole(randomBytes(500)), await putWhole(randomBytes(500))];
    writeFileSync(fileOf(a), readFileSync(fileOf(b)));
    expect(await store.get(a)).toEqual(damaged);
    await database.owner.sql`alter table blob disable trigger all`;
    await database.sql`update blob set key_wrapped = (select key_wrapped from blob where id = ${b}) where id = ${a}`;
    await database.owner.sql`alter table blob enable trigger all`;
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
