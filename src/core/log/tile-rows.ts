import type { Bytes, Hash } from "../kernel.ts";
import { pairHasher } from "./merkle.ts";
import { hashBytes } from "./tiles.ts";

/**
 * A tile's hashes, then the hashes of their pairs, and so on up to its root; of a partial tile what is whole. One piece of
 * memory: 511 hashes apart cost the garbage collector more than making them cost.
 */
export type TileRows = { readonly width: number; readonly bytes: Bytes };

/** @param tile 1 to 256 hashes */
export function rowsOfTile(tile: Bytes, sha256: Hash): TileRows {
  const width = tile.length / hashBytes;
  const bytes = new Uint8Array(countOf(width) * hashBytes);
  bytes.set(tile);
  const hashPair = pairHasher(sha256);
  let [from, to] = [0, width];
  for (let row = width; row > 1; row = Math.floor(row / 2)) {
    for (let i = 0; i + 1 < row; i += 2, to++) hashPair(bytes, (from + i) * hashBytes, to * hashBytes);
    from += row;
  }
  return { width, bytes };
}

/** Root over `width` of the tile's hashes, a power of two, from `first`, a multiple of it. */
export function hashInTile(rows: TileRows, first: number, width: number): Bytes {
  let [from, row] = [0, rows.width];
  for (let under = 1; under < width; under *= 2) [from, row] = [from + row, Math.floor(row / 2)];
  if (first + width > rows.width) throw new RangeError("not a subtree of the tile");
  const at = (from + first / width) * hashBytes;
  return rows.bytes.slice(at, at + hashBytes);
}

function countOf(width: number): number {
  return width <= 1 ? width : width + countOf(Math.floor(width / 2));
}

/** Keeps the tiles that were asked for last. @param most some 16 KiB each */
export function newestTiles(most: number) {
  const kept = new Map<string, TileRows>();
  return {
    get: (path: string): TileRows | undefined => {
      const rows = kept.get(path);
      if (rows !== undefined) put(kept, path, rows);
      return rows;
    },
    set: (path: string, rows: TileRows): void => {
      put(kept, path, rows);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}

function put(kept: Map<string, TileRows>, path: string, rows: TileRows): void {
  kept.delete(path); // a map remembers the order in which keys were added
  kept.set(path, rows);
}
