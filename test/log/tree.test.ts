import fc from "fast-check";
import { expect, test } from "vitest";
import type { Bytes } from "../../src/core/kernel.ts";
import {
  leafHash,
  nodeHash,
  splitPoint,
  treeHash,
  verifyConsistency,
  verifyInclusion,
} from "../../src/core/log/merkle.ts";
import { consistencyProof, inclusionProof, readEdge } from "../../src/core/log/tile-proofs.ts";
import { decodeEntries, emptyTree, integrate, rootOf, tilePath } from "../../src/core/log/tiles.ts";
import { sha256, someLeaves } from "./memory-files.ts";

function publishedTree(size: number, batches: readonly number[] = [size]) {
  const files = new Map<string, Bytes>();
  const leaves = someLeaves(size);
  let edge = emptyTree;
  for (const [i, batch] of batches.entries()) {
    const from = batches.slice(0, i).reduce((sum, n) => sum + n, 0);
    const grown = integrate(edge, leaves.slice(from, from + batch), sha256);
    for (const file of grown.files) files.set(file.path, file.bytes);
    edge = grown.edge;
  }
  return { files, leaves, edge, read: async (path: string) => files.get(path) ?? null };
}

/** The definition of RFC 9162 §2.1.3.1, word by word over the leaves: a second opinion about the tiles. */
function naivePath(index: number, hashes: readonly Bytes[]): Bytes[] {
  if (hashes.length <= 1) return [];
  const k = splitPoint(hashes.length);
  const [left, right] = [hashes.slice(0, k), hashes.slice(k)];
  return index < k
    ? [...naivePath(index, left), treeHash(right, sha256)]
    : [...naivePath(index - k, right), treeHash(left, sha256)];
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("RFC 6962 §2.1: the published roots of the eight reference leaves", () => {
  const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf, "hex"), sha256));
  expect(hex(treeHash([], sha256))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(hex(treeHash(hashes.slice(0, 1), sha256))).toBe(
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  );
  expect(hex(treeHash(hashes, sha256))).toBe("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
});

test("RFC 9162 §2.1.3: every leaf of every tree of 1 to 70 proves its root, and no other index does", async () => {
  for (let size = 1; size <= 70; size++) {
    const tree = publishedTree(size);
    const hashes = tree.leaves.map((leaf) => leafHash(leaf, sha256));
    const root = treeHash(hashes, sha256);
    expect(rootOf(tree.edge, sha256)).toEqual(root);
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(index, size, tree.read, sha256);
      if (!proof.ok) throw new Error(proof.failure.path);
      expect(proof.value).toEqual(naivePath(index, hashes));
      const proves = (claimed: number) =>
        verifyInclusion({ index: claimed, size, leaf: hashes[index] as Bytes, proof: proof.value, root }, sha256);
      expect(Array.from({ length: size }, (_, i) => i).filter(proves)).toEqual([index]);
    }
  }
});

test.each([
  255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537,
])("tlog-tiles: in a tree of %i leaves the leaves at every border prove the root from tiles alone", async (size) => {
  const tree = publishedTree(size);
  const hashes = tree.leaves.map((leaf) => leafHash(leaf, sha256));
  const root = treeHash(hashes, sha256);
  expect(rootOf(tree.edge, sha256)).toEqual(root);
  const borders = [0, 1, 127, 128, 254, 255, 256, 257, 65_279, 65_280, 65_535, 65_536, size - 2, size - 1];
  for (const index of borders.filter((i) => i >= 0 && i < size)) {
    const proof = await inclusionProof(index, size, tree.read, sha256);
    if (!proof.ok) throw new Error(proof.failure.path);
    const leaf = hashes[index] as Bytes;
    expect(verifyInclusion({ index, size, leaf, proof: proof.value, root }, sha256)).toBe(true);
    expect(verifyInclusion({ index: index ^ 1, size, leaf, proof: proof.value, root }, sha256)).toBe(false);
  }
});

test("appending in any batches gives the same tiles and root as building at once", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), (batches) => {
      const size = batches.reduce((sum, n) => sum + n, 0);
      const grown = publishedTree(size, batches);
      const built = publishedTree(size);
      expect(rootOf(grown.edge, sha256)).toEqual(
        treeHash(
          grown.leaves.map((l) => leafHash(l, sha256)),
          sha256,
        ),
      );
      expect(grown.edge).toEqual(built.edge);
      for (const [path, bytes] of built.files) expect(grown.files.get(path)).toEqual(bytes);
    }),
    { numRuns: 60 },
  );
});

test("the right edge read back from published tiles appends as the one kept in memory", async () => {
  for (const size of [1, 255, 256, 300, 65_536, 65_800]) {
    const tree = publishedTree(size);
    const edge = await readEdge(size, tree.read);
    expect(edge).toEqual({ ok: true, value: tree.edge });
  }
});

test("RFC 9162 §2.1.4: every older tree proves to be the start of every newer one; a forked one does not", async () => {
  const tree = publishedTree(40);
  const rootAt = (size: number) =>
    treeHash(
      tree.leaves.slice(0, size).map((l) => leafHash(l, sha256)),
      sha256,
    );
  for (let second = 1; second <= 40; second++) {
    const part = publishedTree(second);
    for (let first = 1; first <= second; first++) {
      const proof = await consistencyProof(first, second, part.read, sha256);
      if (!proof.ok) throw new Error(proof.failure.path);
      const claim = { first: { size: first, root: rootAt(first) }, second: { size: second, root: rootAt(second) } };
      expect(verifyConsistency({ ...claim, proof: proof.value }, sha256)).toBe(true);
      const forked = { size: first, root: nodeHash(rootAt(first), rootAt(first), sha256) };
      expect(verifyConsistency({ ...claim, first: forked, proof: proof.value }, sha256)).toBe(false);
    }
  }
});

test("tlog-tiles: a tree of 70,000 leaves has exactly the tiles that the specification lists", () => {
  const { files } = publishedTree(70_000);
  const names = [...files.keys()].filter((path) => !path.startsWith("tile/entries/"));
  const full0 = Array.from({ length: 273 }, (_, n) => tilePath(0, n, 256));
  expect(names.sort()).toEqual(
    [...full0, "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"].sort(),
  );
  expect(tilePath(0, 1_234_067, 256)).toBe("tile/0/x001/x234/067");
});

test("tlog-tiles: entry bundles hold the leaves themselves, in order", () => {
  const tree = publishedTree(300);
  const bundles = ["tile/entries/000", "tile/entries/001.p/44"].map((path) =>
    decodeEntries(tree.files.get(path) as Bytes),
  );
  expect(bundles.flatMap((bundle) => (bundle.ok ? bundle.value : []))).toEqual(tree.leaves);
});

test("a proof from a tree with a missing or shortened tile is refused, never guessed", async () => {
  const tree = publishedTree(300);
  tree.files.set("tile/0/000", new Uint8Array(8191));
  const proof = await inclusionProof(3, 300, tree.read, sha256);
  expect(proof).toEqual({ ok: false, failure: { code: "tile_missing", path: "tile/0/000" } });
});
