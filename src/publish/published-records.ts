import { type Bytes, equalBytes, fail, type Hash, type Instant, ok, type Result } from "../core/kernel.ts";
import { type KeyList, type KeyListFailure, verifyKeyList } from "../core/key-list.ts";
import type { VerifyEd25519 } from "../core/log/checkpoint.ts";
import { inclusionProof, type KnownTiles } from "../core/log/tile-proofs.ts";
import { newestTiles } from "../core/log/tile-rows.ts";
import { type CopyRecord, openRecord, type RecordFailure, type Subtle } from "../core/record.ts";
import { believedCheckpoint, type ProvenRecord, type RecordProofFailure, verifyRecord } from "../core/record-proof.ts";
import type { StatusNow } from "../core/status/standing.ts";
import { openStatusToken, type StatusPorts, statusFileOf } from "../core/status/status-list.ts";
import { recordName, type VerificationCode } from "../core/verification-code.ts";
import { checkpointPath, keyListPath, logPath, type PublicFiles, recordPath, statusPath } from "./public-files.ts";

/** What opening and proving published records stands on; Node and an edge each bring their own. */
export type RecordReadingPorts<Key = unknown> = {
  readonly read: PublicFiles["read"];
  /** the offline root's public key, 32 bytes, from configuration and never from the files */
  readonly pinnedRoot: Bytes;
  readonly sha256: Hash;
  readonly verifyEd25519: VerifyEd25519;
  readonly inflate: StatusPorts["inflate"];
  readonly subtle: Subtle<Key>;
  /** Of a door that signs or holds the list itself: the one in force, verified before. Else the published file is read. */
  readonly keyListInForce?: () => KeyList;
};

const tilesInMind = 512; // 8 MiB: all tiles above the leaves of 30 million, and the leaves that are asked for

export type KeyListMissing = { readonly code: "key_list_missing" };

export type PublishedRecords = {
  /** Null when no record of that code was published. */
  readonly find: (code: VerificationCode) => Promise<Result<CopyRecord, RecordFailure> | null>;
  readonly prove: (
    record: CopyRecord,
  ) => Promise<Result<ProvenRecord, RecordProofFailure | KeyListFailure | KeyListMissing>>;
  /** From the signed status list; `unknown` where none can be believed, or its time has run out. */
  readonly statusAt: (index: number, now: Instant) => Promise<StatusNow>;
  readonly keyList: () => Promise<Result<KeyList, KeyListFailure | KeyListMissing>>;
};

/** Records and key list from public files alone: what a server can answer, an edge can answer without it. */
export function publishedRecords<Key>(ports: RecordReadingPorts<Key>): PublishedRecords {
  const verified = verifiedOnce(ports);
  const keyList = async () => {
    if (ports.keyListInForce !== undefined) return ok(ports.keyListInForce());
    const bytes = await ports.read(keyListPath);
    return bytes === null ? fail({ code: "key_list_missing" } as const) : verified(bytes);
  };
  const known = newestTiles(tilesInMind);
  return {
    keyList,
    statusAt: async (index, now) => {
      const file = statusFileOf(index);
      const [bytes, list] = [await ports.read(statusPath(file)), await keyList()];
      if (bytes === null || !list.ok) return { status: "unknown", asOf: null };
      const opened = await openStatusToken(new TextDecoder().decode(bytes), file, list.value, now, ports);
      if (!opened.ok) return { status: "unknown", asOf: null };
      const status = opened.value.statusAt(index);
      return status === null ? { status: "unknown", asOf: null } : { status, asOf: opened.value.asOf };
    },
    find: async (code) => {
      const bytes = await ports.read(recordPath(recordName(code, ports.sha256)));
      return bytes === null ? null : openRecord(code, bytes, ports.subtle);
    },
    prove: async (record) => {
      const list = await keyList();
      if (!list.ok) return list;
      const proven = await verifyRecord(record, list.value, ports.sha256, ports.verifyEd25519);
      return proven.ok ? ok(await withNewestWitnesses(proven.value, record, list.value, ports, known)) : proven;
    },
  };
}

/** The same bytes under the same root have the same verdict: a list changes once a month and is asked for by every page. */
function verifiedOnce<Key>(ports: RecordReadingPorts<Key>) {
  type Verdict = Awaited<ReturnType<typeof verifyKeyList>>;
  let last: { readonly bytes: Bytes; readonly verdict: Verdict } | null = null;
  return async (bytes: Bytes): Promise<Verdict> => {
    if (last !== null && equalBytes(last.bytes, bytes)) return last.verdict;
    const verdict = await verifyKeyList(new TextDecoder().decode(bytes), ports.pinnedRoot, ports);
    last = { bytes, verdict };
    return verdict;
  };
}

/**
 * A record was written as soon as its leaf was public and is not written again for every witness that cosigns later.
 * Where too few had, the newest published checkpoint is asked: the same leaf is proven under it, from tiles. What cannot
 * be proven there changes nothing.
 */
async function withNewestWitnesses<Key>(
  proven: ProvenRecord,
  record: CopyRecord,
  list: KeyList,
  { read, sha256, verifyEd25519 }: RecordReadingPorts<Key>,
  known: KnownTiles,
): Promise<ProvenRecord> {
  const { cosigned, quorum } = proven.witnessed;
  const note = cosigned.length < quorum ? await read(checkpointPath) : null;
  if (note === null) return proven;
  const text = new TextDecoder().decode(note);
  const newest = await believedCheckpoint(text, list, proven.loggedAt, { sha256, verifyEd25519 });
  const isBetter = newest.ok && newest.value.witnessed.cosigned.length > cosigned.length;
  if (!isBetter || newest.value.size <= proven.leafIndex) return proven;
  const path = await inclusionProof(proven.leafIndex, newest.value.size, (tile) => read(logPath(tile)), sha256, known);
  if (!path.ok) return proven;
  const again = { ...record, log: { ...record.log, inclusion: path.value, checkpoint: text } };
  const provenAgain = await verifyRecord(again, list, sha256, verifyEd25519);
  return provenAgain.ok ? provenAgain.value : proven;
}
