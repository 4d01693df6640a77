import { asOnlyWriter, promisedHead, promiseHead } from "../../db/stores/log.ts";
import { type Rebuilt, rebuildLog, type TakenBack } from "../../db/stores/rebuild.ts";
import { type Bytes, equalBytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { decodeLeaf, encodeLeaf } from "../core/log/leaf.ts";
import { decodeEntries, emptyTree, integrate, rootOf, tilePath, tileWidth } from "../core/log/tiles.ts";
import { logPath, type PublicFiles } from "../publish/public-files.ts";
import { type LogDisagreement, readStanding, type StandingLog } from "../publish/standing-log.ts";
import { type LogHouse, leavesOfHouse, logSigner } from "./watched-log.ts";

export type RebuildFailure =
  | LogDisagreement
  | { readonly code: "checkpoint_missing" | "entries_malformed" }
  /** What this store promised and what the source shows are two histories: that cannot be healed by taking leaves back. */
  | { readonly code: "log_forked"; readonly index: number };

export type RebuiltLog = Rebuilt & { readonly size: number; readonly takenBack: number };

/**
 * Takes back from published tiles what this store forgot, after a restore from an old backup. Everything is checked
 * under the log's own key before the first row is written: the source may be anybody's copy.
 *
 * @param read public files as they were published: the newest that can be found (edge, witness's mirror, another backup)
 */
export const rebuildFrom = (house: LogHouse, read: PublicFiles["read"]): Promise<Result<RebuiltLog, RebuildFailure>> =>
  asOnlyWriter(house.sql, () => rebuild(house, read));

async function rebuild(house: LogHouse, read: PublicFiles["read"]): Promise<Result<RebuiltLog, RebuildFailure>> {
  const signer = logSigner(house);
  const standing = await readStanding({ read }, signer);
  if (!standing.ok) return standing;
  const { edge, note } = standing.value;
  if (note === null) return fail({ code: "checkpoint_missing" });
  const walked = await walk(house, read, standing.value);
  if (!walked.ok) return walked;
  const { from, taken } = walked.value;
  const promised = await ownPromise(house);
  if (edge.size < promised) return ok({ size: promised, takenBack: 0, withoutLine: [], decided: [], movedToEnd: 0 }); // an older copy
  // what this store promised stands in the world as it is: it cannot make room
  if (from < promised) return fail({ code: "log_forked", index: from });
  const nothing: Rebuilt = { withoutLine: [], decided: [], movedToEnd: 0 };
  const rebuilt = taken.length === 0 ? nothing : await rebuildLog(house.sql, from, taken, retimed);
  await promiseHead(house.sql, { size: edge.size, root: rootOf(edge, signer.sha256) });
  return ok({ ...rebuilt, size: edge.size, takenBack: taken.length });
}

/** How many leaves the world may have seen from this store: by its own folder, and by what it wrote down before signing. */
async function ownPromise(house: LogHouse): Promise<number> {
  const written = (await promisedHead(house.sql))?.size ?? 0;
  const own = await readStanding(house.publicFiles, logSigner(house));
  if (!own.ok || own.value.note === null) return written;
  const walked = await walk(house, house.publicFiles.read, own.value);
  return Math.max(written, walked.ok ? walked.value.from : 0);
}

type Walked = {
  /** the first index that this store does not have as the source shows it, or the source's size */
  readonly from: number;
  /** the source's leaves from there */
  readonly taken: readonly TakenBack[];
};

/** Every leaf of the source beside this store's own; believed only when all of them lead to the root that the log signed. */
async function walk(
  house: LogHouse,
  read: PublicFiles["read"],
  { edge: { size }, edge: standing }: StandingLog,
): Promise<Result<Walked, RebuildFailure>> {
  const { sha256 } = logSigner(house);
  let edge = emptyTree;
  let from = size;
  const taken: TakenBack[] = [];
  while (edge.size < size) {
    const theirs = await bundle(read, edge.size, size);
    if (!theirs.ok) return theirs;
    if (from === size) from = edge.size + (await differsAt(house, edge.size, theirs.value, size - edge.size));
    const understood = takeInto(taken, theirs.value, edge.size, from);
    if (!understood.ok) return understood;
    edge = integrate(edge, theirs.value, sha256).edge;
  }
  const same = equalBytes(rootOf(edge, sha256), rootOf(standing, sha256));
  return same ? ok({ from, taken }) : fail({ code: "tiles_disagree", publishedSize: size });
}

/** @returns the place of the first leaf that this store lacks or has otherwise; `rest` where all are the same */
async function differsAt(house: LogHouse, first: number, theirs: readonly Bytes[], rest: number): Promise<number> {
  const ours = await leavesOfHouse(house)(first);
  const at = theirs.findIndex((leaf, i) => !equalBytes(leaf, ours[i] ?? new Uint8Array()));
  return at < 0 ? rest : at;
}

function takeInto(
  taken: TakenBack[],
  leaves: readonly Bytes[],
  first: number,
  from: number,
): Result<null, RebuildFailure> {
  for (const [i, bytes] of leaves.entries()) {
    if (first + i < from) continue;
    const leaf = decodeLeaf(bytes);
    if (!leaf.ok) return fail({ code: "entries_malformed" });
    taken.push({ index: first + i, bytes, leaf: leaf.value });
  }
  return ok(null);
}

/** The bundle that begins there, as much of it as a log of that size has. */
async function bundle(
  read: PublicFiles["read"],
  first: number,
  size: number,
): Promise<Result<readonly Bytes[], RebuildFailure>> {
  const width = Math.min(tileWidth, size - first);
  const path = tilePath("entries", first / tileWidth, width);
  const bytes = (await read(logPath(path))) ?? (await read(logPath(tilePath("entries", first / tileWidth, tileWidth))));
  if (bytes === null) return fail({ code: "tile_missing", path });
  const entries = decodeEntries(bytes);
  if (!entries.ok || entries.value.length < width) return fail({ code: "entries_malformed" });
  return ok(entries.value.slice(0, width));
}

/** Times never fall in a log, so a leaf that goes to the end is written at a time that fits there. */
function retimed(bytes: Bytes, time: Instant): Bytes {
  const leaf = decodeLeaf(bytes);
  if (!leaf.ok) throw new Error("a leaf of this store cannot be read");
  return encodeLeaf({ ...leaf.value, time });
}
