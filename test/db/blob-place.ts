import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sql } from "postgres";
import { type BlobStore, openBlobStore } from "../../db/blob-store.ts";
import { openBlobFolder } from "../../db/blobs/folder.ts";
import type { MasterKey } from "../../db/blobs/master-key.ts";
import type { AgencyId, BlobId } from "../../src/core/ids.ts";
import type { Result } from "../../src/core/kernel.ts";

export const agency = "ubnd-phuong-thu-nghiem" as AgencyId;
export const kind = "original";
export const masterKey: MasterKey = { id: "0123456789abcdef", bytes: new Uint8Array(32).fill(7) };

export type BlobPlace = {
  readonly folder: string;
  readonly store: BlobStore;
  fileOf(id: BlobId): string;
  putWhole(content: Uint8Array): Promise<BlobId>;
  remove(): void;
};

/** A store over a new folder and the given database. */
export function newBlobPlace(sql: Sql): BlobPlace {
  const folder = join(mkdtempSync(join(tmpdir(), "chungthuc-blobs-")), "blobs");
  const store = openBlobStore({ sql, folder: openBlobFolder(folder), masterKey, random: randomBytes });
  return {
    folder,
    store,
    fileOf: (id) => join(folder, id.slice(0, 2), id),
    putWhole: async (content) => valueIn(await store.put(agency, { kind, content })).id,
    remove: () => rmSync(join(folder, ".."), { recursive: true, force: true }),
  };
}

export const filesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

export function valueIn<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size);
}
