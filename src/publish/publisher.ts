import { type Bytes, equalBytes, fail, type Hash, ok, type Result, utf8 } from "../core/kernel.ts";
import {
  type CheckpointFailure,
  openCheckpoint,
  type SignEd25519,
  signCheckpoint,
  type VerifyEd25519,
} from "../core/log/checkpoint.ts";
import type { NoteKey } from "../core/log/note.ts";
import { inclusionProof, readEdge, type TileFailure } from "../core/log/tile-proofs.ts";
import { decodeEntries, emptyTree, integrate, rootOf, type TreeEdge, tilePath, tileWidth } from "../core/log/tiles.ts";
import type { LogProof } from "../core/record.ts";
import { checkpointPath, logPath, type PublicFiles, recordPath } from "./public-files.ts";

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

export type PublishedLog = { readonly size: number; readonly root: Bytes; readonly checkpoint: string };

export type PublishFailure =
  /**
   * The published checkpoint promises leaves that the caller does not have, or others than it has: perhaps the store
   * came back from an old backup. Signing would fork the log.
   */
  | { readonly code: "log_ahead"; readonly publishedSize: number }
  /** The published tiles do not lead to the published checkpoint. */
  | { readonly code: "tiles_disagree"; readonly publishedSize: number }
  | TileFailure
  | CheckpointFailure;

/**
 * Integrates leaves that the published checkpoint does not hold yet and signs a new one. One caller at a time.
 *
 * The order survives a crash anywhere: entries and tiles are only ever completed, never changed, and no one asks for
 * them before a checkpoint promises them; the checkpoint is the commit point. Tiles written by an attempt that did not
 * reach it are written again with the same bytes, because leaves keep their indices.
 */
export async function publishLog(
  files: PublicFiles,
  leavesFrom: LeavesFrom,
  signer: LogSigner,
): Promise<Result<PublishedLog, PublishFailure>> {
  const published = await readPublished(files, signer);
  if (!published.ok) return published;
  const { edge, note } = published.value;
  if (!(await holdsPublishedLeaves(files, edge.size, leavesFrom)))
    return fail({ code: "log_ahead", publishedSize: edge.size });
  const grown = await writeTiles(files, edge, leavesFrom, signer.sha256);
  const root = rootOf(grown, signer.sha256);
  if (grown.size === edge.size && note !== null) return ok({ size: edge.size, root, checkpoint: note });
  const checkpoint = { origin: signer.key.name, size: grown.size, root };
  const signed = await signCheckpoint(checkpoint, signer.key, signer.sign, signer.sha256);
  await files.write(checkpointPath, utf8(signed)); // commit point: from here the leaves are public
  return ok({ size: grown.size, root, checkpoint: signed });
}

/** Entries and tiles of all that the caller has, part by part, so that a long backlog does not fill the memory. */
async function writeTiles(files: PublicFiles, from: TreeEdge, leavesFrom: LeavesFrom, sha256: Hash): Promise<TreeEdge> {
  let edge = from;
  for (let leaves = await leavesFrom(edge.size); leaves.length > 0; leaves = await leavesFrom(edge.size)) {
    const grown = integrate(edge, leaves, sha256);
    for (const file of grown.files) await files.write(logPath(file.path), file.bytes);
    edge = grown.edge;
  }
  return edge;
}

/**
 * Compares every leaf of the caller with the published tree; for the start of a process, when the store may have come
 * from a backup. `publishLog` compares only the last bundle.
 */
export async function agreesWithPublished(
  files: PublicFiles,
  leavesFrom: LeavesFrom,
  signer: LogSigner,
): Promise<Result<{ readonly size: number }, PublishFailure>> {
  const published = await readPublished(files, signer);
  if (!published.ok) return published;
  const { size } = published.value.edge;
  let edge = emptyTree;
  while (edge.size < size) {
    const leaves = (await leavesFrom(edge.size)).slice(0, size - edge.size);
    if (leaves.length === 0) return fail({ code: "log_ahead", publishedSize: size });
    edge = integrate(edge, leaves, signer.sha256).edge;
  }
  const same = equalBytes(rootOf(edge, signer.sha256), rootOf(published.value.edge, signer.sha256));
  return same ? ok({ size }) : fail({ code: "log_ahead", publishedSize: size });
}

/** What a record needs to prove its leaf under a published checkpoint. @param leafIndex below the log's size */
export async function proveLeaf(
  files: PublicFiles,
  log: PublishedLog,
  leaf: Bytes,
  leafIndex: number,
  sha256: Hash,
): Promise<Result<LogProof, TileFailure>> {
  const inclusion = await inclusionProof(leafIndex, log.size, (path) => files.read(logPath(path)), sha256);
  return inclusion.ok ? ok({ leaf, leafIndex, inclusion: inclusion.value, checkpoint: log.checkpoint }) : inclusion;
}

/** Last of all: a link answers only when what its record promises is already public. @param sealed see `sealRecord` */
export async function publishRecord(files: PublicFiles, name: string, sealed: Bytes): Promise<void> {
  await files.write(recordPath(name), sealed);
}

type Published = { readonly edge: TreeEdge; readonly note: string | null };

async function readPublished(files: PublicFiles, signer: LogSigner): Promise<Result<Published, PublishFailure>> {
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

/** The newest published bundle against the caller's leaves, so that a store from an old backup is caught before it forks. */
async function holdsPublishedLeaves(files: PublicFiles, size: number, leavesFrom: LeavesFrom): Promise<boolean> {
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
