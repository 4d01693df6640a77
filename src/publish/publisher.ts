import { type Bytes, fail, type Hash, ok, type Result, utf8 } from "../core/kernel.ts";
import { signCheckpoint } from "../core/log/checkpoint.ts";
import { inclusionProof, type TileFailure } from "../core/log/tile-proofs.ts";
import { integrate, rootOf, type TreeEdge } from "../core/log/tiles.ts";
import type { LogProof } from "../core/record.ts";
import { checkpointPath, logPath, type PublicFiles, recordPath } from "./public-files.ts";
import {
  holdsPublishedLeaves,
  type LeavesFrom,
  type LogDisagreement,
  type LogMemory,
  type LogSigner,
  nothingForgotten,
  readStanding,
} from "./standing-log.ts";

/** @param checkpoint the signed note, with the cosignatures that came so far */
export type PublishedLog = { readonly size: number; readonly root: Bytes; readonly checkpoint: string };

/**
 * Integrates leaves that the published checkpoint does not hold yet and signs a new one. One caller at a time.
 *
 * The order survives a crash anywhere: entries and tiles are only ever completed, never changed, and no one asks for
 * them before a checkpoint promises them; the checkpoint is the commit point. Tiles written by an attempt that did not
 * reach it are written again with the same bytes, because leaves keep their indices. Before anything is signed,
 * everybody who remembers the log is asked whether it went further than this store knows; and what is about to be signed
 * is remembered first, so that no checkpoint exists that the store could deny.
 */
export async function publishLog(
  files: PublicFiles,
  leavesFrom: LeavesFrom,
  signer: LogSigner,
  memory: LogMemory,
): Promise<Result<PublishedLog, LogDisagreement>> {
  const standing = await readStanding(files, signer);
  if (!standing.ok) return standing;
  const { edge, note } = standing.value;
  if (!(await holdsPublishedLeaves(files, edge.size, leavesFrom)))
    return fail({ code: "log_ahead", publishedSize: edge.size });
  const isCurrent = note !== null && (await leavesFrom(edge.size)).length === 0;
  if (isCurrent) return ok({ size: edge.size, root: rootOf(edge, signer.sha256), checkpoint: note });
  const remembered = await nothingForgotten(standing.value, memory);
  if (!remembered.ok) return remembered;
  const { awaited } = remembered.value;
  if (awaited > 0) return fail({ code: "witnesses_unheard", awaited });
  const grown = await writeTiles(files, edge, leavesFrom, signer.sha256);
  const head = { size: grown.edge.size, root: rootOf(grown.edge, signer.sha256) };
  await memory.promise(head);
  const signed = await signCheckpoint({ origin: signer.key.name, ...head }, signer.key, signer.sign, signer.sha256);
  await files.write(checkpointPath, utf8(signed)); // commit point: from here the leaves are public
  for (const path of grown.filled) await files.dropPartials?.(logPath(path));
  return ok({ ...head, checkpoint: signed });
}

/** Adds what witnesses answered to the checkpoint that they cosigned. @param lines signature lines, judged before */
export async function publishCosigned(
  files: Pick<PublicFiles, "write">,
  log: PublishedLog,
  lines: readonly string[],
): Promise<PublishedLog> {
  if (lines.length === 0) return log;
  const checkpoint = log.checkpoint + lines.join("");
  await files.write(checkpointPath, utf8(checkpoint));
  return { ...log, checkpoint };
}

type Grown = { readonly edge: TreeEdge; readonly filled: readonly string[] };

/** Entries and tiles of all that the caller has, part by part, so that a long backlog does not fill the memory. */
async function writeTiles(files: PublicFiles, from: TreeEdge, leavesFrom: LeavesFrom, sha256: Hash): Promise<Grown> {
  let edge = from;
  const filled: string[] = [];
  for (let leaves = await leavesFrom(edge.size); leaves.length > 0; leaves = await leavesFrom(edge.size)) {
    const grown = integrate(edge, leaves, sha256);
    for (const file of grown.files) await files.write(logPath(file.path), file.bytes);
    filled.push(...grown.files.map(({ path }) => path).filter((path) => !path.includes(".p/")));
    edge = grown.edge;
  }
  return { edge, filled };
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
