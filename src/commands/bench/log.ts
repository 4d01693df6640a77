import { hash } from "node:crypto";
import { type Bytes, hexOf, utf8 } from "../../core/kernel.ts";
import { emptyTree, integrate, rootOf } from "../../core/log/tiles.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { type Extent, tooLittle } from "./extent.ts";
import { type Figure, type Goal, measuredFigure } from "./figure.ts";
import { sideBySide } from "./side-by-side.ts";

export const logGoal = {
  bench: "log hashing",
  goal: ">= 0.8",
  unit: "hashes per CPU second",
} as const satisfies Goal;

const leavesAtOnce = 256;

/** Leaves appended and integrated as the publisher does it, against the same number of one-shot hashes of a node's length. */
export async function logFigure(extent: Extent): Promise<Figure> {
  const { pairs, tiny } = extent;
  const leaves = Array.from({ length: tiny ? 300 : 50_000 }, (_, i) => utf8(`leaf ${i}`.padEnd(100, ".")));
  let hashes = 0;
  const root = append(leaves, (bytes) => {
    hashes++;
    return nodeSha256(bytes);
  });
  const node = new Uint8Array(65);
  const peer = async () => {
    for (let i = 0; i < hashes; i++) hash("sha256", node, "buffer");
  };
  const ours = async () => append(leaves, nodeSha256);
  const perTree = await sideBySide({ ours, peer, documents: 1, pairs, warmUp: { ours: tiny ? 1 : 20, peer: 1 } });
  const measured = { ...perTree, ours: perTree.ours * hashes, peer: perTree.peer * hashes };
  return measuredFigure(logGoal, measured, [hexOf(root)], tooLittle(extent));
}

function append(leaves: readonly Bytes[], sha256: (bytes: Uint8Array) => Bytes): Bytes {
  let edge = emptyTree;
  for (let at = 0; at < leaves.length; at += leavesAtOnce) {
    edge = integrate(edge, leaves.slice(at, at + leavesAtOnce), sha256).edge;
  }
  return rootOf(edge, sha256);
}
