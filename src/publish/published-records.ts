import { type Bytes, fail, type Hash, type Instant, type Result } from "../core/kernel.ts";
import { type KeyList, type KeyListFailure, verifyKeyList } from "../core/key-list.ts";
import type { VerifyEd25519 } from "../core/log/checkpoint.ts";
import { type CopyRecord, openRecord, type RecordFailure, type Subtle } from "../core/record.ts";
import { type ProvenRecord, type RecordProofFailure, verifyRecord } from "../core/record-proof.ts";
import type { StatusNow } from "../core/status/standing.ts";
import { openStatusToken, type StatusPorts, statusFileOf } from "../core/status/status-list.ts";
import { recordName, type VerificationCode } from "../core/verification-code.ts";
import { keyListPath, type PublicFiles, recordPath, statusPath } from "./public-files.ts";

/** What opening and proving published records stands on; Node and an edge each bring their own. */
export type RecordReadingPorts<Key = unknown> = {
  readonly read: PublicFiles["read"];
  /** the offline root's public key, 32 bytes, from configuration and never from the files */
  readonly pinnedRoot: Bytes;
  readonly sha256: Hash;
  readonly verifyEd25519: VerifyEd25519;
  readonly inflate: StatusPorts["inflate"];
  readonly subtle: Subtle<Key>;
};

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
  const keyList = async () => {
    const bytes = await ports.read(keyListPath);
    if (bytes === null) return fail({ code: "key_list_missing" } as const);
    return verifyKeyList(new TextDecoder().decode(bytes), ports.pinnedRoot, ports);
  };
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
      return list.ok ? verifyRecord(record, list.value, ports.sha256, ports.verifyEd25519) : list;
    },
  };
}
