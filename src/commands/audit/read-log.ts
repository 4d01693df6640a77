import { type Bytes, concatBytes, equalBytes, fail, type Hash, ok, type Result } from "../../core/kernel.ts";
import type { LogAudit } from "../../core/log/audit.ts";
import type { Checkpoint } from "../../core/log/checkpoint.ts";
import { decodeLeaf } from "../../core/log/leaf.ts";
import {
  decodeEntries,
  edgePaths,
  emptyTree,
  integrate,
  type PublicFile,
  rootOf,
  type TreeEdge,
  tilePath,
  tileWidth,
} from "../../core/log/tiles.ts";
import type { BelievedCheckpoint, BelievingFailure } from "../../core/record-proof.ts";
import { logPath } from "../../publish/public-files.ts";
import type { PublicSource, SourceFailure } from "./source.ts";

/** What shows in the files themselves, before any leaf's meaning is asked for. */
export type LogCheat =
  | BelievingFailure
  /** The checkpoint promises it. */
  | { readonly code: "tile_missing"; readonly path: string }
  | { readonly code: "entries_malformed"; readonly path: string }
  /** The tile does not follow from the entries. */
  | { readonly code: "tile_wrong"; readonly path: string }
  | { readonly code: "root_differs" }
  | { readonly code: "leaf_malformed"; readonly index: number }
  /** Less is served than this log signed before. */
  | { readonly code: "rollback"; readonly size: number; readonly knownSize: number; readonly known: string }
  /** Two roots of one size, both signed. */
  | { readonly code: "fork"; readonly size: number; readonly known: string }
  /** The first leaves are not those that this log signed before: inserted, changed or taken out. */
  | { readonly code: "history_changed"; readonly knownSize: number; readonly known: string }
  /** They cosigned this history and the other one, which C2SP tlog-witness forbids: whoever relies on them is not protected. */
  | { readonly code: "witnesses_signed_both"; readonly witnesses: readonly string[]; readonly known: string };

/** A checkpoint of the same log from elsewhere or from before, believed under its key. @param known where it came from */
export type KnownCheckpoint = BelievedCheckpoint & { readonly known: string };

/** What a log as it is read now says against what was known. @param roots of the sizes that were asked for */
export function against(
  known: readonly KnownCheckpoint[],
  { size, witnessed }: BelievedCheckpoint,
  roots: ReadonlyMap<number, Bytes>,
): readonly LogCheat[] {
  return known.flatMap((one): LogCheat[] => {
    const { size: knownSize, root, known: from } = one;
    if (knownSize > size) return [{ code: "rollback", size, knownSize, known: from }];
    const same = equalBytes(roots.get(knownSize) ?? root, root);
    if (same) return [];
    const witnesses = one.witnessed.cosigned.filter((name) => witnessed.cosigned.includes(name));
    return [
      knownSize === size ? { code: "fork", size, known: from } : { code: "history_changed", knownSize, known: from },
      ...(witnesses.length > 0 ? [{ code: "witnesses_signed_both", witnesses, known: from } as const] : []),
    ];
  });
}

/**
 * Walks the whole log, bundle after bundle: each leaf goes to the audit, and every tile and the root are made again
 * from the entries and compared with what is published. C2SP tlog-tiles.
 */
export async function readLog(
  { size, root }: Checkpoint,
  read: PublicSource,
  audit: LogAudit,
  sha256: Hash,
  marks: Marks,
): Promise<Result<null, LogCheat | SourceFailure>> {
  let edge = emptyTree;
  while (edge.size < size) {
    const leaves = await bundleAt(edge.size, size, read);
    if (!leaves.ok) return leaves;
    const understood = giveTo(audit, leaves.value, edge.size);
    if (!understood.ok) return understood;
    const grown: { edge: TreeEdge; files: PublicFile[] } = integrate(edge, leaves.value, sha256);
    const same = await compareTiles(grown.files.filter(isFullTile), read);
    if (!same.ok) return same;
    for (const mark of marks.sizes.filter((at) => at > edge.size && at <= grown.edge.size)) {
      marks.roots.set(mark, rootOf(integrate(edge, leaves.value.slice(0, mark - edge.size), sha256).edge, sha256));
    }
    edge = grown.edge;
  }
  const same = await compareTiles(partialTiles(edge), read);
  if (!same.ok) return same;
  return equalBytes(rootOf(edge, sha256), root) ? ok(null) : fail({ code: "root_differs" });
}

/** Sizes whose roots are wanted on the way, and the roots that were found. */
export type Marks = { readonly sizes: readonly number[]; readonly roots: Map<number, Bytes> };

async function bundleAt(
  first: number,
  size: number,
  read: PublicSource,
): Promise<Result<Bytes[], LogCheat | SourceFailure>> {
  const width = Math.min(tileWidth, size - first);
  const path = logPath(tilePath("entries", first / tileWidth, width));
  const bundle = await readTile(path, read);
  if (!bundle.ok) return bundle;
  const entries = decodeEntries(bundle.value);
  const isWhole = entries.ok && entries.value.length >= width; // the full bundle may stand where the partial one stood
  return isWhole ? ok(entries.value.slice(0, width)) : fail({ code: "entries_malformed", path });
}

function giveTo(audit: LogAudit, leaves: readonly Bytes[], first: number): Result<null, LogCheat> {
  for (const [i, bytes] of leaves.entries()) {
    const leaf = decodeLeaf(bytes);
    if (!leaf.ok) return fail({ code: "leaf_malformed", index: first + i });
    audit.add(leaf.value, first + i);
  }
  return ok(null);
}

const isFullTile = ({ path }: PublicFile) => !path.startsWith("tile/entries/") && !path.includes(".p/");

/** What is not full is only promised at the log's end. */
function partialTiles({ size, levels }: TreeEdge): PublicFile[] {
  return edgePaths(size).levels.flatMap((path, level) =>
    path === null ? [] : [{ path, bytes: concatBytes(...(levels[level] ?? [])) }],
  );
}

async function compareTiles(
  files: readonly PublicFile[],
  read: PublicSource,
): Promise<Result<null, LogCheat | SourceFailure>> {
  for (const { path, bytes } of files) {
    const published = await readTile(logPath(path), read);
    if (!published.ok) return published;
    if (!equalBytes(published.value.subarray(0, bytes.length), bytes)) return fail({ code: "tile_wrong", path });
  }
  return ok(null);
}

/** tlog-tiles "Partial Tiles": a log may drop a partial tile once the full one stands. */
async function readTile(path: string, read: PublicSource): Promise<Result<Bytes, LogCheat | SourceFailure>> {
  const asked = await read(path);
  if (!asked.ok) return asked;
  const full = asked.value === null ? await read(path.replace(/\.p\/\d+$/, "")) : asked;
  if (!full.ok) return full;
  return full.value === null ? fail({ code: "tile_missing", path }) : ok(full.value);
}
