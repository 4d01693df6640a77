import { type Bytes, equalBytes, type Hash } from "../kernel.ts";

const leafPrefix = 0x00; // RFC 9162 §2.1.1: keeps a leaf from passing for a node
const nodePrefix = 0x01;

export const leafHash = (leaf: Uint8Array, sha256: Hash): Bytes => leafHashes([leaf], sha256)[0] ?? new Uint8Array();

/** In the order of the leaves. All inputs are written over one another, see {@link pairHasher}. RFC 9162 §2.1.1. */
export function leafHashes(leaves: readonly Uint8Array[], sha256: Hash): Bytes[] {
  const input = new Uint8Array(leaves.reduce((most, { length }) => Math.max(most, 1 + length), 1));
  input[0] = leafPrefix;
  return leaves.map((leaf) => {
    input.set(leaf, 1);
    return sha256(input.subarray(0, 1 + leaf.length));
  });
}

/**
 * Hash of a node from its two children of 32 bytes, which stand side by side in `row` from that byte on, written into `row`
 * from `to` on; for many nodes after one another. RFC 9162 §2.1.1.
 *
 * All its inputs are written over one another in the same 65 bytes: making them anew costs more than hashing them. The
 * hash is synchronous and keeps nothing of what it was given. Nor is an array made for each hash, where `into` is there: the
 * 255 of one tile were 58 KiB, and every hundredth proof waited for such things to be collected.
 */
export function pairHasher(sha256: Hash): (row: Uint8Array, at: number, to: number) => void {
  const write = sha256.into ?? ((bytes, target, to) => target.set(sha256(bytes), to));
  const input = new Uint8Array(65);
  input[0] = nodePrefix;
  return (row, at, to) => {
    for (let i = 0; i < 64; i++) input[1 + i] = row[at + i] ?? 0; // without a view that would be thrown away
    write(input, row, to);
  };
}

export const nodeHash = (left: Uint8Array, right: Uint8Array, sha256: Hash): Bytes => nodeHasher(sha256)(left, right);

/** For a path of nodes one above the other: its inputs are written over one another, as those of `pairHasher`. */
function nodeHasher(sha256: Hash): (left: Uint8Array, right: Uint8Array) => Bytes {
  const input = new Uint8Array(65);
  input[0] = nodePrefix;
  return (left, right) => {
    input.set(left, 1);
    input.set(right, 33);
    return sha256(input);
  };
}

/** Largest power of two smaller than `size`, which is 2 or more. RFC 9162 §2.1.1. */
export function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2; // multiplication, not shifts: sizes pass 2^31
  return power;
}

/** Merkle Tree Hash over leaf hashes, RFC 9162 §2.1.1; of no leaves it is the hash of nothing. */
export function treeHash(leafHashes: readonly Uint8Array[], sha256: Hash): Bytes {
  const [first] = leafHashes;
  if (first === undefined) return sha256(new Uint8Array());
  if (leafHashes.length === 1) return new Uint8Array(first);
  const split = splitPoint(leafHashes.length);
  return nodeHash(treeHash(leafHashes.slice(0, split), sha256), treeHash(leafHashes.slice(split), sha256), sha256);
}

export type Inclusion = {
  readonly index: number;
  readonly size: number;
  /** hash of the leaf, see `leafHash` */
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

/** RFC 9162 §2.1.3.2. False for any index, size or proof that does not lead to this root. */
export function verifyInclusion({ index, size, leaf, proof, root }: Inclusion, sha256: Hash): boolean {
  if (!isWithin(index, size) || !proof.every((hash) => hash.length === 32)) return false;
  let running: Uint8Array = leaf;
  const hashPair = nodeHasher(sha256);
  const reachesTop = climb(index, size - 1, proof, (side, sibling) => {
    running = side === "left" ? hashPair(sibling, running) : hashPair(running, sibling);
  });
  return reachesTop && equalBytes(running, root);
}

export type Consistency = {
  readonly first: { readonly size: number; readonly root: Uint8Array };
  readonly second: { readonly size: number; readonly root: Uint8Array };
  readonly proof: readonly Uint8Array[];
};

/** RFC 9162 §2.1.4.2: the second tree is the first with leaves added after its last. An empty first tree agrees with any. */
export function verifyConsistency({ first, second, proof }: Consistency, sha256: Hash): boolean {
  if (first.size > second.size || !proof.every((hash) => hash.length === 32)) return false;
  if (first.size === second.size) return proof.length === 0 && equalBytes(first.root, second.root);
  if (first.size === 0) return proof.length === 0;
  const [seed, ...rest] = isPowerOfTwo(first.size) ? [first.root, ...proof] : proof;
  return seed !== undefined && bothRootsFollow(seed, rest, { first, second }, sha256);
}

function bothRootsFollow(
  seed: Uint8Array,
  rest: readonly Uint8Array[],
  { first, second }: Pick<Consistency, "first" | "second">,
  sha256: Hash,
): boolean {
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [oldRoot, newRoot] = [seed, seed];
  const reachesTop = climb(node, last, rest, (side, sibling) => {
    if (side === "left") oldRoot = nodeHash(sibling, oldRoot, sha256); // what stands to the right came later
    newRoot = side === "left" ? nodeHash(sibling, newRoot, sha256) : nodeHash(newRoot, sibling, sha256);
  });
  return reachesTop && equalBytes(oldRoot, first.root) && equalBytes(newRoot, second.root);
}

type Side = "left" | "right";

/**
 * The walk that both proofs share, RFC 9162 §2.1.3.2 steps 4 and 5.
 *
 * @param join takes the next sibling and the side on which it stands
 * @returns whether the proof ended exactly at the top of the tree
 */
function climb(
  from: number,
  lastLeaf: number,
  proof: readonly Uint8Array[],
  join: (side: Side, sibling: Uint8Array) => void,
): boolean {
  let [node, last] = [from, lastLeaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    const fromLeft = node % 2 === 1 || node === last;
    join(fromLeft ? "left" : "right", sibling);
    while (fromLeft && node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    [node, last] = [half(node), half(last)];
  }
  return last === 0;
}

const half = (n: number) => Math.floor(n / 2);
const isWithin = (index: number, size: number) =>
  Number.isSafeInteger(size) && Number.isSafeInteger(index) && index >= 0 && index < size;

function isPowerOfTwo(n: number): boolean {
  return n === 1 || (n > 1 && splitPoint(n) * 2 === n);
}
