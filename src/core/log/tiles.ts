import { type Bytes, concatBytes, fail, type Hash, ok, type Result } from "../kernel.ts";
import { leafHashes, nodeHash, pairHasher } from "./merkle.ts";

/** C2SP tlog-tiles: 256 hashes a tile, each tile's root is one hash of the level above. */
export const tileWidth = 256;
export const hashBytes = 32;

/** A file below the log's address, ready to write. */
export type PublicFile = { readonly path: string; readonly bytes: Bytes };

/**
 * All that appending needs of a tree: its size, the hashes of the rightmost, not yet full tile of every level, and the
 * rightmost, not yet full bundle of entries.
 */
export type TreeEdge = {
  readonly size: number;
  /** by level from 0; `floor(size / 256^level) mod 256` hashes in each */
  readonly levels: readonly (readonly Bytes[])[];
  /** the last `size mod 256` leaves */
  readonly entries: readonly Bytes[];
};

export const emptyTree: TreeEdge = { size: 0, levels: [], entries: [] };

/** How many hashes of that level a tree has: only full tiles rise to the next. */
export const hashesAtLevel = (size: number, level: number): number => Math.floor(size / tileWidth ** level);

/** `tile/<L>/<N>[.p/<W>]` with N in three-digit path elements: 1234067 is `x001/x234/067`. */
export function tilePath(level: number | "entries", index: number, width: number): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0");
  const elements = digits.match(/\d{3}/g) ?? [];
  const place = elements.map((element, i) => (i < elements.length - 1 ? `x${element}` : element)).join("/");
  return `tile/${level}/${place}${width < tileWidth ? `.p/${width}` : ""}`;
}

/** Where the right edge of a tree of that size stands: hash tiles by level, then the bundle of entries. */
export function edgePaths(size: number): { levels: (string | null)[]; entries: string | null } {
  const levels: (string | null)[] = [];
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) levels.push(edgePath(level, hashesAtLevel(size, level)));
  return { levels, entries: edgePath("entries", size) };
}

/** Splits a tile into its hashes; null when it is not `width` hashes long. */
export function hashesOfTile(tile: Uint8Array, width: number): Bytes[] | null {
  if (tile.length !== width * hashBytes) return null;
  return Array.from({ length: width }, (_, i) => new Uint8Array(tile.subarray(i * hashBytes, (i + 1) * hashBytes)));
}

/** A bundle: each entry after its length in two bytes, big-endian. */
export function encodeEntries(entries: readonly Uint8Array[]): Bytes {
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 255;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

export function decodeEntries(bundle: Uint8Array): Result<Bytes[], { code: "malformed_entries" }> {
  const entries: Bytes[] = [];
  for (let at = 0; at < bundle.length; ) {
    const length = (bundle[at] ?? 0) * 256 + (bundle[at + 1] ?? 0);
    if (at + 2 + length > bundle.length) return fail({ code: "malformed_entries" });
    entries.push(new Uint8Array(bundle.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  return ok(entries);
}

/** Root of the tree from its right edge alone. RFC 9162 §2.1.1; of an empty tree the hash of nothing. */
export function rootOf(edge: TreeEdge, sha256: Hash): Bytes {
  let root: Bytes | null = null;
  for (const hashes of edge.levels) {
    for (const subtree of perfectSubtrees(hashes, sha256).reverse()) {
      root = root === null ? subtree : nodeHash(subtree, root, sha256);
    }
  }
  return root ?? sha256(new Uint8Array());
}

/**
 * Adds leaves to a tree. Touches the right edge only: the cost is that of the new leaves, whatever the tree's size.
 *
 * @param leaves in the order of their indices, each at most 65,535 bytes (what a bundle can carry)
 * @returns files to write, entries first, then tiles from the leaves upwards: each is final or partial, none is ever
 *   changed later, so writing them again after a crash is harmless
 */
export function integrate(
  edge: TreeEdge,
  leaves: readonly Bytes[],
  sha256: Hash,
): { edge: TreeEdge; files: PublicFile[] } {
  if (leaves.some((leaf) => leaf.length > 0xffff))
    throw new RangeError("a leaf is longer than an entry bundle can say");
  if (leaves.length === 0) return { edge, files: [] };
  const entries = grow("entries", edge.entries, leaves, edge.size, encodeEntries);
  const files = entries.files;
  const levels: (readonly Bytes[])[] = [];
  let rising = leafHashes(leaves, sha256);
  for (let level = 0; rising.length > 0 || level < edge.levels.length; level++) {
    const before = edge.levels[level] ?? [];
    const grown = grow(level, before, rising, hashesAtLevel(edge.size, level), (hashes) => concatBytes(...hashes));
    files.push(...grown.files);
    levels.push(grown.rest);
    rising = grown.full.map((hashes) => perfectHash(hashes, sha256));
  }
  return { edge: { size: edge.size + leaves.length, levels, entries: entries.rest }, files };
}

type Grown = { files: PublicFile[]; full: Bytes[][]; rest: Bytes[] };

/** Fills tiles from the last partial one; writes every tile that became full and the new partial one, if it changed. */
function grow(
  level: number | "entries",
  before: readonly Bytes[],
  added: readonly Bytes[],
  countBefore: number,
  encode: (items: readonly Bytes[]) => Bytes,
): Grown {
  const items = [...before, ...added];
  const firstTile = Math.floor(countBefore / tileWidth);
  const grown: Grown = { files: [], full: [], rest: [] };
  for (let at = 0; at < items.length; at += tileWidth) {
    const tile = items.slice(at, at + tileWidth);
    if (tile.length === tileWidth) grown.full.push(tile);
    else grown.rest = tile;
    const path = tilePath(level, firstTile + at / tileWidth, tile.length);
    if (added.length > 0) grown.files.push({ path, bytes: encode(tile) });
  }
  return grown;
}

function edgePath(level: number | "entries", count: number): string | null {
  const width = count % tileWidth;
  return width === 0 ? null : tilePath(level, Math.floor(count / tileWidth), width);
}

/** Largest first, as the tree has them from the left: 5 hashes are a subtree of 4 and one of 1. */
function perfectSubtrees(hashes: readonly Bytes[], sha256: Hash): Bytes[] {
  const subtrees: Bytes[] = [];
  for (let at = 0, width = tileWidth; width >= 1; width /= 2) {
    if (hashes.length - at >= width) {
      subtrees.push(perfectHash(hashes.slice(at, at + width), sha256));
      at += width;
    }
  }
  return subtrees;
}

/** Root over a power of two of hashes. */
function perfectHash(hashes: readonly Bytes[], sha256: Hash): Bytes {
  if (!Number.isInteger(Math.log2(hashes.length))) throw new RangeError("not a power of two");
  const row = concatBytes(...hashes);
  const hashPair = pairHasher(sha256);
  for (let width = hashes.length; width > 1; width /= 2) {
    for (let i = 0; i < width; i += 2) hashPair(row, i * hashBytes, (i / 2) * hashBytes); // never ahead of what is read
  }
  return row.slice(0, hashBytes);
}
