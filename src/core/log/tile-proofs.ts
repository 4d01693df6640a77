import { type Bytes, fail, type Hash, ok, type Result } from "../kernel.ts";
import { nodeHash, splitPoint } from "./merkle.ts";
import { hashInTile, rowsOfTile, type TileRows } from "./tile-rows.ts";
import {
  decodeEntries,
  edgePaths,
  hashBytes,
  hashesAtLevel,
  hashesOfTile,
  type TreeEdge,
  tilePath,
  tileWidth,
} from "./tiles.ts";

/** Reads a file below the log's address, null when there is none. */
export type ReadFile = (path: string) => Promise<Bytes | null>;

/** A tile that a checkpoint of this size promises is missing or has the wrong length. */
export type TileFailure = { readonly code: "tile_missing"; readonly path: string };

/** Tiles with what stands between their hashes and their roots, by path; for one log only. */
export type KnownTiles = {
  readonly get: (path: string) => TileRows | undefined;
  readonly set: (path: string, rows: TileRows) => void;
};

/** Audit path of a leaf, from published tiles alone. RFC 9162 §2.1.3.1. @param index below `size` */
export async function inclusionProof(
  index: number,
  size: number,
  read: ReadFile,
  sha256: Hash,
  known: KnownTiles = new Map(),
): Promise<Result<Bytes[], TileFailure>> {
  const siblings: Range[] = [];
  for (let range: Range = { from: 0, to: size }; range.to - range.from > 1; ) {
    const [left, right] = split(range);
    siblings.unshift(index < left.to ? right : left); // nearest the leaf comes first
    range = index < left.to ? left : right;
  }
  return hashRanges(siblings, { size, read, sha256, known });
}

/** From the tree of `first` leaves to that of `second`, RFC 9162 §2.1.4.1. @param first 1 to `second` */
export async function consistencyProof(
  first: number,
  second: number,
  read: ReadFile,
  sha256: Hash,
  known: KnownTiles = new Map(),
): Promise<Result<Bytes[], TileFailure>> {
  const ranges: Range[] = [];
  let range: Range = { from: 0, to: second };
  while (range.to !== first) {
    const [left, right] = split(range);
    ranges.unshift(first <= left.to ? right : left);
    range = first <= left.to ? left : right;
  }
  if (range.from !== 0) ranges.unshift(range); // a first tree that is a whole subtree is known to the verifier
  return hashRanges(ranges, { size: second, read, sha256, known });
}

/** The right edge of a published tree, for appending to it. */
export async function readEdge(size: number, read: ReadFile): Promise<Result<TreeEdge, TileFailure>> {
  const paths = edgePaths(size);
  const levels: Bytes[][] = [];
  for (const [level, path] of paths.levels.entries()) {
    const width = hashesAtLevel(size, level) % tileWidth;
    const tile = path === null ? new Uint8Array() : await read(path);
    const hashes = tile === null ? null : hashesOfTile(tile, width);
    if (hashes === null) return fail({ code: "tile_missing", path: path ?? "" });
    levels.push(hashes);
  }
  const entries = await readEntries(paths.entries, size % tileWidth, read);
  return entries.ok ? ok({ size, levels, entries: entries.value }) : entries;
}

type Range = { readonly from: number; readonly to: number };
type Tree = { readonly size: number; readonly read: ReadFile; readonly sha256: Hash; readonly known: KnownTiles };

function split({ from, to }: Range): readonly [Range, Range] {
  const middle = from + splitPoint(to - from);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

async function readEntries(path: string | null, width: number, read: ReadFile): Promise<Result<Bytes[], TileFailure>> {
  const bundle = path === null ? new Uint8Array() : await read(path);
  const entries = bundle === null ? null : decodeEntries(bundle);
  const whole = entries?.ok && entries.value.length === width;
  return whole ? ok(entries.value) : fail({ code: "tile_missing", path: path ?? "" });
}

class MissingTile extends Error {}

async function hashRanges(ranges: readonly Range[], tree: Tree): Promise<Result<Bytes[], TileFailure>> {
  const tiles = new Map<string, Promise<TileRows>>(); // of one proof: neighbouring ranges share tiles
  try {
    return ok(await Promise.all(ranges.map((range) => rangeHash(range, tree, tiles))));
  } catch (thrown) {
    if (thrown instanceof MissingTile) return fail({ code: "tile_missing", path: thrown.message });
    throw thrown;
  }
}

async function rangeHash(range: Range, tree: Tree, tiles: Map<string, Promise<TileRows>>): Promise<Bytes> {
  const width = range.to - range.from;
  if (width > 1 && splitPoint(width) * 2 !== width) {
    const [left, right] = await Promise.all(split(range).map((part) => rangeHash(part, tree, tiles)));
    return nodeHash(left ?? new Uint8Array(), right ?? new Uint8Array(), tree.sha256);
  }
  let [level, span] = [0, 1]; // leaves under one hash of the tile level that holds this subtree
  while (span * tileWidth <= width) [level, span] = [level + 1, span * tileWidth];
  const first = range.from / span;
  const rows = await tileOf(level, Math.floor(first / tileWidth), tree, tiles);
  return hashInTile(rows, first % tileWidth, width / span);
}

function tileOf(level: number, index: number, tree: Tree, tiles: Map<string, Promise<TileRows>>): Promise<TileRows> {
  const width = Math.min(tileWidth, hashesAtLevel(tree.size, level) - index * tileWidth);
  const path = tilePath(level, index, width);
  const reading = tiles.get(path) ?? rowsOf(path, tilePath(level, index, tileWidth), width, tree);
  tiles.set(path, reading);
  return reading;
}

/** A partial tile may be kept as well: its width is in its path, and what it holds of the tree never changes. */
async function rowsOf(path: string, fullPath: string, width: number, tree: Tree): Promise<TileRows> {
  const known = tree.known.get(path);
  if (known !== undefined) return known;
  const rows = rowsOfTile(await readTile(path, fullPath, width, tree.read), tree.sha256);
  tree.known.set(path, rows);
  return rows;
}

async function readTile(path: string, fullPath: string, width: number, read: ReadFile): Promise<Bytes> {
  // tlog-tiles "Partial Tiles": a log may drop a partial tile once the full one stands
  const tile = (await read(path)) ?? (await read(fullPath))?.slice(0, width * 32) ?? null;
  if (tile?.length !== width * hashBytes) throw new MissingTile(path);
  return tile;
}
