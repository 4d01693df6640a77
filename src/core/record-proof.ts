import { bytesOfHex, equalBytes, fail, type Hash, type Instant, ok, type Result } from "./kernel.ts";
import type { KeyList, ServiceKey } from "./key-list.ts";
import { type Checkpoint, type CheckpointFailure, openCheckpoint, type VerifyEd25519 } from "./log/checkpoint.ts";
import { judgeCosignatures } from "./log/cosignature.ts";
import { commitmentOf, decodeLeaf, type Leaf } from "./log/leaf.ts";
import { leafHash, verifyInclusion } from "./log/merkle.ts";
import type { CopyRecord } from "./record.ts";

/** Shown once a record's place in the public log has been computed again. */
export type ProvenRecord = {
  readonly leafIndex: number;
  readonly treeSize: number;
  /** which log promised it, and the root of its tree of that size */
  readonly checkpoint: Pick<Checkpoint, "origin" | "root">;
  /** when the leaf says it was written */
  readonly loggedAt: Instant;
  readonly witnessed: Witnessed;
};

/** Which of the listed witnesses cosigned the checkpoint, and how many are wanted: 0 where the log has none. */
export type Witnessed = { readonly cosigned: readonly string[]; readonly quorum: number };

/** A checkpoint that a log key of the list signed, with what its witnesses say. */
export type BelievedCheckpoint = Checkpoint & { readonly witnessed: Witnessed };

export type RecordProofFailure =
  | { readonly code: "leaf_malformed" }
  /** The record tells another agency, book or number than the leaf that the log holds. */
  | { readonly code: "leaf_of_another_copy" }
  /** The digest and salt in the record do not open the leaf's commitment. */
  | { readonly code: "commitment_wrong" }
  | { readonly code: "not_in_log" }
  | BelievingFailure;

export type BelievingFailure =
  | { readonly code: "log_key_unknown" }
  /** Under a listed witness's name and key id stands something that it did not sign. */
  | { readonly code: "cosignature_wrong"; readonly witness: string }
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
  believe: Believe = believedCheckpoint,
): Promise<Result<ProvenRecord, RecordProofFailure>> {
  const leaf = decodeLeaf(record.log.leaf);
  if (!leaf.ok) return fail({ code: "leaf_malformed" });
  if (!tellsSameCopy(record, leaf.value)) return fail({ code: "leaf_of_another_copy" });
  if (!opensCommitment(record, leaf.value, sha256)) return fail({ code: "commitment_wrong" });
  const judged = believe(record.log.checkpoint, keyList, leaf.value.time, { sha256, verifyEd25519 });
  const checkpoint = judged instanceof Promise ? await judged : judged;
  if (!checkpoint.ok) return checkpoint;
  const { origin, size, root, witnessed } = checkpoint.value;
  const { leafIndex: index, inclusion: proof } = record.log;
  const isLogged = verifyInclusion({ index, size, leaf: leafHash(record.log.leaf, sha256), proof, root }, sha256);
  if (!isLogged) return fail({ code: "not_in_log" });
  return ok({ leafIndex: index, treeSize: size, checkpoint: { origin, root }, loggedAt: leaf.value.time, witnessed });
}

function tellsSameCopy(record: CopyRecord, leaf: Leaf): boolean {
  const sameNumber = leaf.number === record.number && leaf.bookId === record.book.id;
  const isOfCopy = leaf.event === "issued" || leaf.event === "further_copy";
  return isOfCopy && leaf.agencyId === record.agency.id && sameNumber;
}

function opensCommitment(record: CopyRecord, leaf: Leaf, sha256: Hash): boolean {
  const digest = bytesOfHex(record.identity.digest);
  if (digest === null) return false;
  return equalBytes(commitmentOf(record.salt, digest, record.identity.lengthBytes, sha256), leaf.commitment);
}

type Ports = { readonly sha256: Hash; readonly verifyEd25519: VerifyEd25519 };

/** `believedCheckpoint`, or what remembers its answers. */
export type Believe = (
  note: string,
  keyList: KeyList,
  since: Instant,
  ports: Ports,
) => Result<BelievedCheckpoint, BelievingFailure> | Promise<Result<BelievedCheckpoint, BelievingFailure>>;

/**
 * A published checkpoint under one of the list's log keys, with its cosignatures judged. The last failure is told, since
 * most lists have one key.
 *
 * @param since keys that ended before are out: nothing of that time or later can be theirs
 */
export async function believedCheckpoint(
  note: string,
  keyList: KeyList,
  since: Instant,
  { sha256, verifyEd25519 }: Ports,
): Promise<Result<BelievedCheckpoint, BelievingFailure>> {
  let answer: Result<Checkpoint, BelievingFailure> = fail({ code: "log_key_unknown" });
  for (const { publicKey } of logKeysSince(keyList, since)) {
    answer = await openCheckpoint(note, { name: keyList.logOrigin, publicKey }, verifyEd25519, sha256);
    if (answer.ok) break;
  }
  if (!answer.ok) return answer;
  const witnesses = keyList.witnesses?.keys ?? [];
  const { valid, wrong } = await judgeCosignatures(note, witnesses, { sha256, verifyEd25519 });
  const [liar] = wrong;
  if (liar !== undefined) return fail({ code: "cosignature_wrong", witness: liar });
  const inTerm = valid.filter(({ witness, at }) => witnesses.some((key) => key.name === witness && isWithin(key, at)));
  const witnessed = { cosigned: inTerm.map(({ witness }) => witness), quorum: keyList.witnesses?.quorum ?? 0 };
  return ok({ ...answer.value, witnessed });
}

const isWithin = ({ from, to }: { readonly from: Instant; readonly to: Instant | null }, at: Instant): boolean =>
  from <= at && (to === null || at < to);

/** A record written anew later carries a later checkpoint, perhaps of a later key: only keys that ended before are out. */
function logKeysSince(keyList: KeyList, at: Instant): readonly ServiceKey[] {
  return keyList.keys.filter((key) => key.use === "log" && (key.to === null || key.to > at));
}
