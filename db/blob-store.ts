import { createHash } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import type { AgencyId, BlobId } from "../src/core/ids.ts";
import { type Bytes, fail, ok, type Result, type Sha256 } from "../src/core/kernel.ts";
import type { BlobFolder, PutFailure, ReadFailure, Stored } from "./blobs/folder.ts";
import { type RandomBytes, unwrapKey, wrapKey } from "./blobs/keys.ts";
import type { MasterKey } from "./blobs/master-key.ts";

export type StoredBlob = Stored & { readonly id: BlobId };

export type NewBlob = {
  /** What it is, for the one who cleans up: `original`, `page`, `sealed_copy`. */
  readonly kind: string;
  readonly content: AsyncIterable<Uint8Array> | Uint8Array;
  readonly limitBytes?: number;
};

/** `wrong_master_key`: KEY_FILE is not the one these keys were wrapped with; the content itself may be sound. */
export type GetFailure = ReadFailure | { readonly code: "blob_erased" } | { readonly code: "wrong_master_key" };

export type BlobStore = {
  /** Content and row are durable on return, or neither is there. */
  put(agencyId: AgencyId, blob: NewBlob): Promise<Result<StoredBlob, PutFailure | { code: "wrong_master_key" }>>;
  /** The whole content, each chunk and the digest checked. */
  get(id: BlobId): Promise<Result<Bytes, GetFailure>>;
  /** Chunk by chunk. A failure is the last thing that comes; what came before it is sound but not all. */
  stream(id: BlobId): AsyncGenerator<Result<Bytes, GetFailure>>;
  /** Destroys the key, then the file; digest and size stay. Harmless when repeated. */
  erase(id: BlobId): Promise<void>;
  /** Removes files without a row or key that are an hour old, left by a crash between the two. @returns how many */
  sweep(): Promise<number>;
};

export type BlobWorld = {
  readonly sql: Sql;
  readonly folder: BlobFolder;
  readonly masterKey: MasterKey;
  readonly random: RandomBytes;
};

/** DESIGN decision 15: random ids; 64 KiB chunks under a data key, wrapped by the agency's key, wrapped by the master key. */
export function openBlobStore(world: BlobWorld): BlobStore {
  return {
    put: (agencyId, blob) => putBlob(world, agencyId, blob),
    get: (id) => getBlob(world, id),
    stream: (id) => streamBlob(world, id),
    erase: (id) => eraseBlob(world, id),
    sweep: () => sweepFiles(world),
  };
}

const agencyKeyPurpose = (agencyId: AgencyId) => `chungthuc agency key 1 ${agencyId}`;
const dataKeyPurpose = (id: BlobId) => `chungthuc blob key 1 ${id}`;

async function putBlob(world: BlobWorld, agencyId: AgencyId, blob: NewBlob) {
  const agencyKey = await ensureAgencyKey(world, agencyId);
  if (agencyKey === null) return fail({ code: "wrong_master_key" } as const);
  const id = randomId(world.random);
  const dataKey = world.random(32);
  const stored = await world.folder.put(id, dataKey, blob.content, blob.limitBytes ?? Number.MAX_SAFE_INTEGER);
  if (!stored.ok) return stored;
  try {
    // File before row: a file without a row is unreadable waste that `sweep` finds; a row without a file is a loss.
    await world.sql`
      insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
      values (${id}, ${agencyId}, ${blob.kind}, ${stored.value.sha256}, ${stored.value.sizeBytes},
        ${wrapKey(dataKey, agencyKey, dataKeyPurpose(id), world.random)})`;
  } catch (error) {
    await removeUnlessKept(world, id);
    throw error;
  }
  return ok({ id, ...stored.value });
}

// The insert may have taken effect although its answer was lost; only a database that says "no such row" is believed.
async function removeUnlessKept({ sql, folder }: BlobWorld, id: BlobId): Promise<void> {
  const rows = await sql`select 1 from blob where id = ${id}`.catch(() => null);
  if (rows?.length === 0) await folder.remove(id);
}

async function getBlob(world: BlobWorld, id: BlobId): Promise<Result<Bytes, GetFailure>> {
  const found = await findBlob(world, id);
  if (!found.ok) return found;
  const { key, sizeBytes, sha256 } = found.value;
  const whole = new Uint8Array(sizeBytes);
  let offset = 0;
  for await (const chunk of world.folder.read(id, key, sizeBytes)) {
    if (!chunk.ok) return chunk;
    whole.set(chunk.value, offset);
    offset += chunk.value.length;
  }
  const isWhole = createHash("sha256").update(whole).digest("hex") === sha256;
  return isWhole ? ok(whole) : fail({ code: "blob_damaged" });
}

async function* streamBlob(world: BlobWorld, id: BlobId): AsyncGenerator<Result<Bytes, GetFailure>> {
  const found = await findBlob(world, id);
  if (!found.ok) yield found;
  else yield* world.folder.read(id, found.value.key, found.value.sizeBytes);
}

async function eraseBlob({ sql, folder }: BlobWorld, id: BlobId): Promise<void> {
  // Key first: from here on the content cannot be read, whether or not the file goes.
  await sql`update blob set key_wrapped = null, erased_at = now() where id = ${id} and key_wrapped is not null`;
  await folder.remove(id);
}

async function sweepFiles({ sql, folder }: BlobWorld): Promise<number> {
  let removed = 0;
  for (const ids of batchesOf(folder.oldIds(), 1000)) {
    const kept = await sql<{ id: BlobId }[]>`
      select id from blob where id::text = any(${ids}) and key_wrapped is not null`;
    const keptIds = new Set(kept.map((row) => row.id));
    for (const id of ids.filter((one) => !keptIds.has(one))) {
      await folder.remove(id);
      removed++;
    }
  }
  return removed;
}

type BlobRow = {
  sha256: Sha256;
  size_bytes: string;
  agency_id: AgencyId;
  key_wrapped: Uint8Array | null;
  agency_key_wrapped: Uint8Array;
  master_key_id: string;
};

async function findBlob(world: BlobWorld, id: BlobId) {
  const [row] = await world.sql<BlobRow[]>`
    select sha256, size_bytes, blob.agency_id, blob.key_wrapped, agency_key.key_wrapped as agency_key_wrapped,
      master_key_id
    from blob join agency_key using (agency_id) where id = ${id}`;
  if (row === undefined) return fail({ code: "blob_missing" } as const);
  if (row.key_wrapped === null) return fail({ code: "blob_erased" } as const);
  if (row.master_key_id !== world.masterKey.id) return fail({ code: "wrong_master_key" } as const);
  const agencyKey = unwrapKey(row.agency_key_wrapped, world.masterKey.bytes, agencyKeyPurpose(row.agency_id));
  const key = agencyKey === null ? null : unwrapKey(row.key_wrapped, agencyKey, dataKeyPurpose(id));
  if (key === null) return fail({ code: "blob_damaged" } as const);
  return ok({ key, sha256: row.sha256, sizeBytes: Number(row.size_bytes) });
}

/** Null when the agency's key was wrapped by another master key. */
async function ensureAgencyKey(world: BlobWorld, agencyId: AgencyId): Promise<Bytes | null> {
  const { sql, masterKey, random } = world;
  const found = await findAgencyKey(sql, agencyId);
  if (found !== undefined) {
    if (found.master_key_id !== masterKey.id) return null;
    return unwrapKey(found.key_wrapped, masterKey.bytes, agencyKeyPurpose(agencyId));
  }
  const wrapped = wrapKey(random(32), masterKey.bytes, agencyKeyPurpose(agencyId), random);
  // Two first blobs at once: one key wins, both then read it.
  await sql`
    insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agencyId}, ${masterKey.id}, ${wrapped})
    on conflict do nothing`;
  return ensureAgencyKey(world, agencyId);
}

async function findAgencyKey(sql: Sql | TransactionSql, agencyId: AgencyId) {
  const [row] = await sql<{ master_key_id: string; key_wrapped: Uint8Array }[]>`
    select master_key_id, key_wrapped from agency_key where agency_id = ${agencyId}`;
  return row;
}

// RFC 9562 §5.4: version 4, variant 10.
function randomId(random: RandomBytes): BlobId {
  const bytes = Uint8Array.from(random(16));
  const hex = Buffer.from(bytes.map((byte, i) => (i === 6 ? (byte & 15) | 64 : i === 8 ? (byte & 63) | 128 : byte)));
  return hex.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") as BlobId;
}

function* batchesOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    if (batch.push(item) === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
