import { type Bytes, fail, type Hash, type Instant, ok, type Result } from "../core/kernel.ts";
import type { KeyList, KeyListFailure } from "../core/key-list.ts";
import type { VerifyEd25519 } from "../core/log/checkpoint.ts";
import { inclusionProof, type KnownTiles } from "../core/log/tile-proofs.ts";
import { newestTiles } from "../core/log/tile-rows.ts";
import { type CopyRecord, openRecord, type RecordFailure } from "../core/record.ts";
import type { RecordCipher } from "../core/record-cipher.ts";
import { type Believe, type ProvenRecord, type RecordProofFailure, verifyRecord } from "../core/record-proof.ts";
import { rememberedCheckpoints } from "../core/remembered-checkpoints.ts";
import type { PublishedCopy, StatusNow } from "../core/status/standing.ts";
import { type StatusPorts, statusFileOf } from "../core/status/status-list.ts";
import { openSuccessor, successorName } from "../core/status/successor.ts";
import { recordName, type VerificationCode } from "../core/verification-code.ts";
import {
  checkpointPath,
  keyListPath,
  logPath,
  type PublicFiles,
  recordPath,
  statusPath,
  successorPath,
} from "./public-files.ts";
import { readOnceASecond, verifiedKeyLists, verifiedStatusLists } from "./verified-once.ts";

/** What opening and proving published records stands on; Node and an edge each bring their own. */
export type RecordReadingPorts = {
  readonly read: PublicFiles["read"];
  /** the offline root's public key, 32 bytes, from configuration and never from the files */
  readonly pinnedRoot: Bytes;
  readonly sha256: Hash;
  readonly verifyEd25519: VerifyEd25519;
  readonly inflate: StatusPorts["inflate"];
  readonly cipher: RecordCipher;
  /** Of a door that signs or holds the list itself: the one in force, verified before. Else the published file is read. */
  readonly keyListInForce?: () => KeyList;
  /** Told of a file beside a record that an outage keeps from being read: the page is answered without it. */
  readonly noteUnread?: (error: unknown) => void;
  /** Of a door with many visitors: the clock's second, in which key list, status list and checkpoint are read once. */
  readonly second?: () => number;
};

const tilesInMind = 512; // 8 MiB: all tiles above the leaves of 30 million, and the leaves that are asked for
const checkpointsInMind = 8192; // some 4 MiB: of the copies that are checked again, most stand under one of these

export type KeyListMissing = { readonly code: "key_list_missing" };

export type PublishedRecords = {
  /** Null when no record of that code was published. */
  readonly find: (code: VerificationCode) => Promise<Result<PublishedCopy, RecordFailure> | null>;
  readonly prove: (
    record: CopyRecord,
  ) => Promise<Result<ProvenRecord, RecordProofFailure | KeyListFailure | KeyListMissing>>;
  /** From the signed status list; `unknown` where none can be believed, or its time has run out. */
  readonly statusAt: (index: number, now: Instant) => Promise<StatusNow>;
  readonly keyList: () => Promise<Result<KeyList, KeyListFailure | KeyListMissing>>;
};

/** Records and key list from public files alone: what a server can answer, an edge can answer without it. */
export function publishedRecords(ports: RecordReadingPorts): PublishedRecords {
  const read = ports.second === undefined ? ports.read : readOnceASecond(ports.read, ports.second);
  const verified = verifiedKeyLists(ports.pinnedRoot, ports);
  const openStatus = verifiedStatusLists(ports);
  const believe = rememberedCheckpoints(checkpointsInMind);
  const keyList = async () => {
    if (ports.keyListInForce !== undefined) return ok(ports.keyListInForce());
    const bytes = await read(keyListPath);
    return bytes === null ? fail({ code: "key_list_missing" } as const) : verified(bytes);
  };
  const known = newestTiles(tilesInMind);
  return {
    keyList,
    statusAt: async (index, now) => {
      const file = statusFileOf(index);
      const [bytes, list] = [await read(statusPath(file)), await keyList()];
      if (bytes === null || !list.ok) return { status: "unknown", asOf: null };
      const opened = await openStatus({ bytes, file, keyList: list.value, now });
      if (!opened.ok) return { status: "unknown", asOf: null };
      const status = opened.value.statusAt(index);
      return status === null ? { status: "unknown", asOf: null } : { status, asOf: opened.value.asOf };
    },
    find: async (code) => {
      const bytes = await ports.read(recordPath(recordName(code, ports.sha256)));
      if (bytes === null) return null;
      const record = await openRecord(code, bytes, ports.cipher);
      return record.ok && record.value.decision !== null ? ok(await withSuccessor(code, record.value, ports)) : record;
    },
    prove: async (record) => {
      const list = await keyList();
      if (!list.ok) return list;
      const proven = await verifyRecord(record, list.value, ports.sha256, ports.verifyEd25519, believe);
      if (!proven.ok || isCosignedEnough(proven.value)) return proven;
      return ok(await withNewestWitnesses(proven.value, record, { ...ports, read, list: list.value, known, believe }));
    },
  };
}

type Opening = Pick<RecordReadingPorts, "read" | "sha256" | "cipher" | "noteUnread">;

/**
 * Beside a decision only; a file that is not there, or does not open, leaves the decision without it (ADR 0092). So does one that
 * cannot be read: a copy that must not be relied on is told as that, whatever else is out of reach (ADR 0100).
 */
async function withSuccessor(code: VerificationCode, record: CopyRecord, ports: Opening): Promise<PublishedCopy> {
  let bytes: Bytes | null;
  try {
    bytes = await ports.read(successorPath(successorName(code, ports.sha256)));
  } catch (error) {
    ports.noteUnread?.(error);
    return { ...record, isSuccessorUnread: true };
  }
  const successor = bytes === null ? null : await openSuccessor(code, bytes, ports.cipher);
  return successor?.ok ? { ...record, successor: successor.value } : record;
}

const isCosignedEnough = ({ witnessed: { cosigned, quorum } }: ProvenRecord): boolean => cosigned.length >= quorum;

type Newest = Pick<RecordReadingPorts, "read" | "sha256" | "verifyEd25519"> & {
  readonly list: KeyList;
  readonly known: KnownTiles;
  readonly believe: Believe;
};

/**
 * A record was written as soon as its leaf was public and is not written again for every witness that cosigns later.
 * Where too few had, the newest published checkpoint is asked: the same leaf is proven under it, from tiles. What cannot
 * be proven there changes nothing.
 */
async function withNewestWitnesses(
  proven: ProvenRecord,
  record: CopyRecord,
  { read, sha256, verifyEd25519, list, known, believe }: Newest,
): Promise<ProvenRecord> {
  const note = await read(checkpointPath);
  if (note === null) return proven;
  const text = new TextDecoder().decode(note);
  const newest = await believe(text, list, proven.loggedAt, { sha256, verifyEd25519 });
  const isBetter = newest.ok && newest.value.witnessed.cosigned.length > proven.witnessed.cosigned.length;
  if (!isBetter || newest.value.size <= proven.leafIndex) return proven;
  const path = await inclusionProof(proven.leafIndex, newest.value.size, (tile) => read(logPath(tile)), sha256, known);
  if (!path.ok) return proven;
  const again = { ...record, log: { ...record.log, inclusion: path.value, checkpoint: text } };
  const provenAgain = await verifyRecord(again, list, sha256, verifyEd25519, believe);
  return provenAgain.ok ? provenAgain.value : proven;
}
