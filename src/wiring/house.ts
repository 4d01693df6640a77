import { createHmac, randomBytes } from "node:crypto";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { Sql } from "postgres";
import type { BlobStore } from "../../db/blob-store.ts";
import { unlessRightWent } from "../../db/stores/right-to-sign.ts";
import type { Readers } from "../../ocr/readers.ts";
import type { Fonts } from "../../signing/compose/typeface.ts";
import type { Primitives } from "../../signing/format/primitives.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { SignatureImage } from "../../signing/seal/appearance.ts";
import { type AgencyId, type BlobId, idInOrder } from "../core/ids.ts";
import { type Bytes, fail, type Instant, instantOfSeconds, type Result, type Sha256 } from "../core/kernel.ts";
import type { KeyList } from "../core/key-list.ts";
import type { ProcedureCodes } from "../core/procedure.ts";
import type { StandardTimes } from "../core/statistics/step-times.ts";
import type { ListedStatus } from "../core/status/status-list.ts";
import type { Terms } from "../core/terms.ts";
import type { HttpClient } from "../http.ts";
import type { PublicFiles } from "../publish/public-files.ts";
import type { PublishedLog } from "../publish/publisher.ts";
import type { WitnessCircle } from "../publish/witnesses.ts";
import type { CitizenStore } from "../roof/citizen-store.ts";
import type { KeyDevices } from "../roof/key-devices.ts";
import type { Log } from "../roof/log.ts";
import type { LongActs } from "../roof/long-acts.ts";
import type { MailDoor } from "../roof/mail.ts";
import type { NotedChecks } from "../roof/noted-checks.ts";
import type { Reach } from "../roof/reach.ts";
import type { ServiceKeys } from "../roof/service-keys.ts";
import type { Turns } from "../roof/turns.ts";
import type { Failure } from "../usecases/failure.ts";
import type { Examiner } from "./examiner.ts";
import type { Trial } from "./open-trust.ts";
import type { Pass } from "./waypoints.ts";

/** What the roof has opened, from which each use case's world is made. */
export type House = {
  readonly development: boolean;
  /** Where people reach us, without a slash at the end. */
  readonly publicUrl: string;
  readonly sql: Sql;
  readonly db: PostgresJsDatabase;
  readonly blobs: BlobStore;
  readonly publicFiles: PublicFiles;
  readonly primitives: Primitives;
  readonly http: HttpClient;
  /** To addresses that recipients typed, and which of those may be reached at all. */
  readonly webhooks: Pick<HttpClient, "post"> & { readonly reach: Reach };
  readonly readers: Readers;
  /** For files of strangers; what we made ourselves is examined in this process. */
  readonly examiner: Examiner;
  readonly timestampUrls: readonly string[];
  /** Tokens at this machine, as the operator configured them. */
  readonly keyDevices: KeyDevices;
  readonly serviceKeys: ServiceKeys;
  /** Signs reports of examinations and nothing else; null where none is configured. */
  readonly reportKey: KeyHolder | null;
  /** Takes letters to recipients; null where no mail server is configured. */
  readonly mail: MailDoor | null;
  /** The citizens' stores at the portal; null where none is configured. */
  readonly citizenStore: CitizenStore | null;
  /** 32 secret bytes for keyed hashes (identity digits, throttling); from the master key, never stored. */
  readonly hashSecret: Bytes;
  readonly fonts: Fonts;
  /** For a development store without pictures of its own (wiring/pictures.ts); null elsewhere: nobody else's may stand in. */
  readonly images: { readonly signature: SignatureImage; readonly seal: SignatureImage } | null;
  /** Signed by the root; renewed when a certificate is registered. */
  readonly keyList: () => KeyList;
  readonly rootPublicKey: Bytes;
  /** Null in production. */
  readonly trial: Trial | null;
  readonly log: Log;
  readonly now: () => Instant;
  /** How long things are kept and how long an answer may take. */
  readonly terms: Terms;
  readonly standards: StandardTimes;
  readonly procedureCodes: ProcedureCodes;
  readonly pass: Pass;
  /** Who cosigns the log. */
  readonly witnesses: WitnessCircle;
  /** Everything appended so far is public on return. Whoever asks while it is being written shares the next writing. */
  readonly writeLog: () => Promise<PublishedLog>;
  /** Signing and sealing: opening a key, composing and examining take a core each. */
  readonly atTheDesk: Turns;
  /** On many copies of one number, after their request was answered. */
  readonly longActs: LongActs;
  /** Writes the status list as the register stands; several who ask at once share one writing. */
  readonly tellStatus: () => Promise<void>;
  /** That a copy was checked, for its holder to see. */
  readonly checks: NotedChecks;
  /** What the register says of a copy now; null where none has that index. Those who ask at once share one question. */
  readonly statusAt: (index: number) => Promise<ListedStatus | null>;
  /** A timestamp token received before, to weigh what a signature needs; asked for at the first use. */
  readonly sampleToken: { known: Bytes | null };
};

/** As the key list has it, since that is what verifiers are told. */
export const agencyNameOf = (house: Pick<House, "keyList">, agencyId: AgencyId): string =>
  house.keyList().agencies.find((agency) => agency.agencyId === agencyId)?.agencyName ?? agencyId;

export const systemClock = (): Instant => instantOfSeconds(Math.floor(Date.now() / 1000));
export const newId = <Id extends string>(): Id => idInOrder(Date.now(), randomOf(10)) as Id;
export const randomOf = (length: number): Bytes => new Uint8Array(randomBytes(length));

export const keyedHash = (house: Pick<House, "hashSecret">, purpose: string, text: string): Bytes =>
  new Uint8Array(createHmac("sha256", house.hashSecret).update(`${purpose}\0${text}`).digest());

/** Bytes that were stored must be there: anything else is an outage, not an answer. */
export async function readBlob(house: Pick<House, "blobs">, id: BlobId): Promise<Bytes> {
  const found = await house.blobs.get(id);
  if (!found.ok && found.failure.code === "blob_erased") throw new ContentErased("the key was destroyed");
  if (!found.ok) throw new Error(`stored bytes cannot be read: ${found.failure.code}`);
  return found.value;
}

/** Thrown where bytes are read on the way to an answer; `unlessErased` makes it one. */
class ContentErased extends Error {
  override name = "ContentErased";
}

/** The act's own answer, or `erased`: what it wanted to read is gone, as it should be. */
export async function unlessErased<T, F>(act: () => Promise<Result<T, F>>): Promise<Result<T, F | { code: "erased" }>> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ContentErased) return fail({ code: "erased" });
    throw error;
  }
}

/** Thrown where bytes are made on the way to an answer; `unlessStorageFull` makes it one. */
class StorageFull extends Error {
  override name = "StorageFull";
}

/** The act's own answer, or `storage_full`: nothing was kept then, and it can be asked for again. */
export async function unlessStorageFull<T, F>(
  act: () => Promise<Result<T, F>>,
): Promise<Result<T, F | { code: "storage_full" }>> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof StorageFull) return fail({ code: "storage_full" });
    throw error;
  }
}

/** For what is signed: besides a full disk, a right to sign that went while the act was under way is an answer. */
export const unlessHindered = <T>(act: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> =>
  unlessRightWent(() => unlessStorageFull(act));

export async function keepBlob(
  house: Pick<House, "blobs">,
  agencyId: AgencyId,
  kind: string,
  content: Bytes,
): Promise<{ blobId: BlobId; sha256: Sha256 }> {
  const stored = await house.blobs.put(agencyId, { kind, content });
  if (!stored.ok && stored.failure.code === "storage_full") throw new StorageFull("bytes cannot be stored");
  if (!stored.ok) throw new Error(`bytes cannot be stored: ${stored.failure.code}`);
  return { blobId: stored.value.id, sha256: stored.value.sha256 };
}
