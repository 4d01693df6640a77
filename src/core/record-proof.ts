import { bytesOfHex, equalBytes, fail, type Hash, type Instant, ok, type Result } from "./kernel.ts";
import type { KeyList, ServiceKey } from "./key-list.ts";
import { type CheckpointFailure, openCheckpoint, type VerifyEd25519 } from "./log/checkpoint.ts";
import { commitmentOf, decodeLeaf, type Leaf } from "./log/leaf.ts";
import { leafHash, verifyInclusion } from "./log/merkle.ts";
import type { CopyRecord } from "./record.ts";

/** Shown once a record's place in the public log has been computed again. */
export type ProvenRecord = {
  readonly leafIndex: number;
  readonly treeSize: number;
  /** when the leaf says it was written */
  readonly loggedAt: Instant;
  /** signatures on the checkpoint beside the log's own; not judged */
  readonly otherSignatures: number;
};

export type RecordProofFailure =
  | { readonly code: "leaf_malformed" }
  /** The record tells another agency, book or number than the leaf that the log holds. */
  | { readonly code: "leaf_of_another_copy" }
  /** The digest and salt in the record do not open the leaf's commitment. */
  | { readonly code: "commitment_wrong" }
  | { readonly code: "log_key_unknown" }
  | { readonly code: "not_in_log" }
  | CheckpointFailure;

/**
 * Recomputes from the record and the key list alone that the log holds this copy: leaf, commitment, checkpoint, audit
 * path. RFC 9162 §2.1.3, C2SP tlog-checkpoint. It says nothing about the status, which can change later.
 */
export async function verifyRecord(
  record: CopyRecord,
  keyList: KeyList,
  sha256: Hash,
  verifyEd25519: VerifyEd25519,
): Promise<Result<ProvenRecord, RecordProofFailure>> {
  const leaf = decodeLeaf(record.log.leaf);
  if (!leaf.ok) return fail({ code: "leaf_malformed" });
  if (!tellsSameCopy(record, leaf.value)) return fail({ code: "leaf_of_another_copy" });
  if (!opensCommitment(record, leaf.value, sha256)) return fail({ code: "commitment_wrong" });
  const checkpoint = await believedCheckpoint(record.log.checkpoint, keyList, leaf.value.time, {
    sha256,
    verifyEd25519,
  });
  if (!checkpoint.ok) return checkpoint;
  const { size, root, otherSignatures } = checkpoint.value;
  const { leafIndex: index, inclusion: proof } = record.log;
  const isLogged = verifyInclusion({ index, size, leaf: leafHash(record.log.leaf, sha256), proof, root }, sha256);
  if (!isLogged) return fail({ code: "not_in_log" });
  return ok({ leafIndex: index, treeSize: size, loggedAt: leaf.value.time, otherSignatures });
}

function tellsSameCopy(record: CopyRecord, leaf: Leaf): boolean {
  const sameNumber = leaf.number === record.number && leaf.bookId === record.book.id;
  return leaf.event === "issued" && leaf.agencyId === record.agency.id && sameNumber;
}

function opensCommitment(record: CopyRecord, leaf: Leaf, sha256: Hash): boolean {
  const digest = bytesOfHex(record.identity.digest);
  if (digest === null) return false;
  return equalBytes(commitmentOf(record.salt, digest, record.identity.lengthBytes, sha256), leaf.commitment);
}

type Ports = { readonly sha256: Hash; readonly verifyEd25519: VerifyEd25519 };

async function believedCheckpoint(note: string, keyList: KeyList, at: Instant, { sha256, verifyEd25519 }: Ports) {
  let answer: Awaited<ReturnType<typeof openCheckpoint>> | null = null;
  for (const key of logKeysSince(keyList, at)) {
    answer = await openCheckpoint(note, { name: keyList.logOrigin, publicKey: key.publicKey }, verifyEd25519, sha256);
    if (answer.ok) return answer;
  }
  return answer ?? fail({ code: "log_key_unknown" } as const);
}

/** A record written anew later carries a later checkpoint, perhaps of a later key: only keys that ended before are out. */
function logKeysSince(keyList: KeyList, at: Instant): readonly ServiceKey[] {
  return keyList.keys.filter((key) => key.use === "log" && (key.to === null || key.to > at));
}
