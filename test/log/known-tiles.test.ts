import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { type Bytes, utf8 } from "../../src/core/kernel.ts";
import { inclusionProof } from "../../src/core/log/tile-proofs.ts";
import { newestTiles, rowsOfTile } from "../../src/core/log/tile-rows.ts";
import { emptyTree, integrate } from "../../src/core/log/tiles.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";
import { webSha256 } from "../../src/primitives-web.ts";

const sha256 = (bytes: Uint8Array): Bytes => new Uint8Array(hash("sha256", bytes, "buffer"));

/** A tree that grew step by step, as a log does, with every tile it ever had. */
function grownTree(sizes: readonly number[]) {
  const files = new Map<string, Bytes>();
  let edge = emptyTree;
  for (const size of sizes) {
    const leaves = Array.from({ length: size - edge.size }, (_, i) => utf8(`leaf ${edge.size + i}`));
    const grown = integrate(edge, leaves, sha256);
    for (const { path, bytes } of grown.files) files.set(path, bytes);
    edge = grown.edge;
  }
  return files;
}

test("RFC 9162 §2.1.3: tiles kept in mind change no proof, of whatever size of the growing tree, and spare reading", async () => {
  const sizes = [1, 7, 200, 256, 300, 511, 700];
  const files = grownTree(sizes);
  let reads = 0;
  const read = async (path: string) => {
    reads++;
    return files.get(path) ?? null;
  };
  const known = newestTiles(64);
  const provenTwice = async (index: number, size: number) => {
    const fresh = await inclusionProof(index, size, read, sha256);
    expect(fresh.ok).toBe(true);
    expect(await inclusionProof(index, size, read, sha256, known)).toEqual(fresh);
  };
  for (const size of sizes) for (let index = 0; index < size; index += 13) await provenTwice(index, size);
  reads = 0;
  for (let index = 0; index < 700; index += 13) await inclusionProof(index, 700, read, sha256, known);
  expect(reads).toBe(0);
});

test("what is kept in mind is bounded: the tile asked for longest ago is forgotten first", () => {
  const rows = { width: 1, bytes: new Uint8Array(32) };
  const known = newestTiles(2);
  for (const path of ["a", "b"]) known.set(path, rows);
  known.get("a");
  known.set("c", rows);
  expect(["a", "b", "c"].map((path) => known.get(path) !== undefined)).toEqual([true, false, true]);
});

test("RFC 9162 §2.1.1: a runtime that writes digests in place makes the same rows of every tile as one that returns them", () => {
  expect(nodeSha256.into).toBeDefined();
  for (const width of [1, 2, 3, 5, 128, 255, 256]) {
    const tile = new Uint8Array(32 * width).map((_, i) => (i * 131) & 255);
    const rows = rowsOfTile(tile, nodeSha256);
    expect(rows).toEqual(rowsOfTile(tile, webSha256));
    expect(rows.bytes.subarray(0, tile.length)).toEqual(tile);
  }
});
