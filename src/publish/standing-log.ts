import { type Bytes, equalBytes, fail, type Hash, ok, type Result } from "../core/kernel.ts";
import {
  type CheckpointFailure,
  openCheckpoint,
  type SignEd25519,
  type VerifyEd25519,
} from "../core/log/checkpoint.ts";
import type { NoteKey } from "../core/log/note.ts";
import { readEdge, type TileFailure } from "../core/log/tile-proofs.ts";
import { decodeEntries, emptyTree, integrate, rootOf, type TreeEdge, tilePath, tileWidth } from "../core/log/tiles.ts";
import { checkpointPath, logPath, type PublicFiles } from "./public-files.ts";

/** Who signs for the log, and the mathematics it stands on. */
export type LogSigner = {
  readonly key: NoteKey;
  readonly sign: SignEd25519;
  readonly verify: VerifyEd25519;
  readonly sha256: Hash;
};

/**
 * The log's leaves from that index on, in order, all or a first part of them; none when there are no more. They are
 * durable and never change: what was returned once for an index is returned always.
 */
export type LeavesFrom = (index: number) => Promise<readonly Bytes[]>;

/** A tree that was promised: `root` is the hash of the first `size` leaves. */
export type Head = { readonly size: number; readonly root: Bytes };

/**
 * What else remembers how far the log went, beside its public folder: either may have come back from an old backup.
 */
export type LogMemory = {
  /** The newest tree this store ever promised; null before the first. */
  readonly promised: () => Promise<Head | null>;
  /** Durable on return, and never smaller again. */
  readonly promise: (head: Head) => Promise<void>;
  /** @param published the newest checkpoint as it stands in the public folder, null before the first */
  readonly witnessed: (published: StandingLog) => Promise<Witnesses>;
};

/** What the witnesses remember of the log. */
export type Witnesses = {
  /** The largest tree that any of them says it cosigned; null where none is asked or none answers. */
  readonly newest: { readonly witness: string; readonly size: number } | null;
  /** How many more must have said so since this process began, before it is certain that nothing they saw was forgotten. */
  readonly awaited: number;
};

export type LogDisagreement =
  /**
   * The published checkpoint promises leaves that the caller does not have, or others than it has: perhaps the store
   * came back from an old backup. Signing would fork the log.
   */
  | { readonly code: "log_ahead"; readonly publishedSize: number }
  /** A witness cosigned more than both the public folder and this store remember: both came back from old backups. */
  | {
      readonly code: "witness_ahead";
      readonly witness: string;
      readonly witnessedSize: number;
      readonly publishedSize: number;
    }
  /** Too few witnesses were heard since this process began: the store may have come back from an old backup. */
  | { readonly code: "witnesses_unheard"; readonly awaited: number }
  /** The published tiles do not lead to the published checkpoint. */
  | { readonly code: "tiles_disagree"; readonly publishedSize: number }
  | TileFailure
  | CheckpointFailure;

/** What the public folder promises: the right edge of its tree, and the signed note; null before the first. */
export type StandingLog = { readonly edge: TreeEdge; readonly note: string | null };

/** The published tree, believed under the log's own key and only where its tiles lead to its root. */
export async function readStanding(
  files: Pick<PublicFiles, "read">,
  signer: Omit<LogSigner, "sign">,
): Promise<Result<StandingLog, LogDisagreement>> {
  const bytes = await files.read(checkpointPath);
  if (bytes === null) return ok({ edge: emptyTree, note: null });
  const note = new TextDecoder().decode(bytes);
  const checkpoint = await openCheckpoint(note, signer.key, signer.verify, signer.sha256);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const edge = await readEdge(size, (path) => files.read(logPath(path)));
  if (!edge.ok) return edge;
  const agrees = equalBytes(rootOf(edge.value, signer.sha256), root);
  return agrees ? ok({ edge: edge.value, note }) : fail({ code: "tiles_disagree", publishedSize: size });
}

/**
 * Whether anybody remembers more than this store does. What a witness cosigned was published before, or promised by this
 * store: anything beyond was forgotten here, and signing now could say something else of the same place.
 */
export async function nothingForgotten(
  standing: StandingLog,
  memory: LogMemory,
): Promise<Result<Pick<Witnesses, "awaited">, LogDisagreement>> {
  const publishedSize = standing.edge.size;
  const known = Math.max(publishedSize, (await memory.promised())?.size ?? 0);
  const { newest, awaited } = await memory.witnessed(standing);
  if (newest === null || newest.size <= known) return ok({ awaited });
  return fail({ code: "witness_ahead", witness: newest.witness, witnessedSize: newest.size, publishedSize });
}

/**
 * Compares every leaf of the caller with the published tree, and what witnesses remember; for the start of a process,
 * when the store may have come from a backup. `publishLog` compares only the last bundle. Witnesses that are silent do not
 * keep a process from starting: the counter works, and `publishLog` waits for them.
 */
export async function agreesWithPublished(
  files: Pick<PublicFiles, "read">,
  leavesFrom: LeavesFrom,
  signer: LogSigner,
  memory: LogMemory,
): Promise<Result<{ readonly size: number }, LogDisagreement>> {
  const standing = await readStanding(files, signer);
  if (!standing.ok) return standing;
  const { size } = standing.value.edge;
  let edge = emptyTree;
  while (edge.size < size) {
    const leaves = (await leavesFrom(edge.size)).slice(0, size - edge.size);
    if (leaves.length === 0) return fail({ code: "log_ahead", publishedSize: size });
    edge = integrate(edge, leaves, signer.sha256).edge;
  }
  const same = equalBytes(rootOf(edge, signer.sha256), rootOf(standing.value.edge, signer.sha256));
  if (!same) return fail({ code: "log_ahead", publishedSize: size });
  const remembered = await nothingForgotten(standing.value, memory);
  return remembered.ok ? ok({ size }) : remembered;
}

/** The newest published bundle against the caller's leaves, so that a store from an old backup is caught before it forks. */
export async function holdsPublishedLeaves(
  files: Pick<PublicFiles, "read">,
  size: number,
  leavesFrom: LeavesFrom,
): Promise<boolean> {
  if (size === 0) return true;
  const bundle = Math.floor((size - 1) / tileWidth);
  const width = size - bundle * tileWidth;
  const read = await files.read(logPath(tilePath("entries", bundle, width)));
  const entries = read === null ? null : decodeEntries(read);
  if (!entries?.ok || entries.value.length !== width) return false;
  const ours = await leavesOf(bundle * tileWidth, width, leavesFrom);
  return entries.value.every((entry, i) => equalBytes(entry, ours[i] ?? new Uint8Array()));
}

async function leavesOf(from: number, count: number, leavesFrom: LeavesFrom): Promise<readonly Bytes[]> {
  const leaves: Bytes[] = [];
  while (leaves.length < count) {
    const more = await leavesFrom(from + leaves.length);
    if (more.length === 0) break;
    leaves.push(...more.slice(0, count - leaves.length));
  }
  return leaves;
}
