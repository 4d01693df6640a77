import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { cpuUsage } from "node:process";
import { type Bytes, hexOf, utf8 } from "../../core/kernel.ts";
import { leafHash, verifyInclusion } from "../../core/log/merkle.ts";
import { inclusionProof } from "../../core/log/tile-proofs.ts";
import { newestTiles } from "../../core/log/tile-rows.ts";
import { emptyTree, integrate, rootOf, type TreeEdge } from "../../core/log/tiles.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { publicFolder } from "../../publish/folder.ts";
import { logPath } from "../../publish/public-files.ts";
import { type Extent, tinyInput } from "./extent.ts";
import { type Figure, type Goal, limitFigure } from "./figure.ts";
import { quantile } from "./quantile.ts";

export const logProofGoals = [
  { bench: "log proof", goal: "< 1 ms", unit: "p99 milliseconds at 10,000,000 leaves" },
  { bench: "log proof cpu", goal: "< 1 ms", unit: "p99 CPU milliseconds at 10,000,000 leaves" },
] as const satisfies readonly Goal[];

const leavesAtOnce = 65_536;
const proofsThatDoNotCount = 500;

type Tree = { readonly size: number; readonly root: Bytes };
type Cost = { readonly wall: number; readonly cpu: number };

/** Inclusion proofs of leaves drawn at random, from tiles in a folder as the service reads them; each is verified. */
export async function logProofFigures({ tiny }: Extent): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "chungthuc-bench-log-"));
  try {
    const tree = await buildTree(folder, tiny ? 3000 : 10_000_000);
    const prove = prover(folder, tree);
    const draw = drawing(tree.size);
    for (let i = 0; i < proofsThatDoNotCount; i++) await prove(draw());
    const costs: Cost[] = [];
    for (let i = 0; i < (tiny ? 50 : 5000); i++) costs.push(await prove(draw()));
    const told = (goal: Goal, milliseconds: number[]) =>
      limitFigure(goal, quantile(milliseconds, 0.99), 1, [hexOf(tree.root)], tiny ? tinyInput : null);
    const [wall, cpu] = logProofGoals;
    return [
      told(
        wall,
        costs.map((cost) => cost.wall),
      ),
      told(
        cpu,
        costs.map((cost) => cost.cpu),
      ),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const leafAt = (index: number): Bytes => utf8(`leaf ${index}`.padEnd(100, "."));

/** Part by part: memory holds one part and the tree's edge, however many leaves there are. */
async function buildTree(folder: string, size: number): Promise<Tree> {
  let edge: TreeEdge = emptyTree;
  const folders = new Set<string>();
  while (edge.size < size) {
    const from = edge.size;
    const leaves = Array.from({ length: Math.min(leavesAtOnce, size - from) }, (_, i) => leafAt(from + i));
    const grown = integrate(edge, leaves, nodeSha256);
    for (const { path, bytes } of grown.files)
      if (!path.startsWith("tile/entries/")) await put(join(folder, logPath(path)), bytes, folders); // no proof needs them
    edge = grown.edge;
  }
  return { size, root: rootOf(edge, nodeSha256) };
}

async function put(place: string, bytes: Bytes, folders: Set<string>): Promise<void> {
  const folder = dirname(place);
  if (!folders.has(folder)) await mkdir(folder, { recursive: true });
  folders.add(folder);
  await writeFile(place, bytes);
}

/** The same leaves in every run. @returns the next index, by a linear congruence (Numerical Recipes §7.1) */
function drawing(size: number): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % size;
  };
}

function prover(folder: string, { size, root }: Tree): (index: number) => Promise<Cost> {
  const { read } = publicFolder(folder);
  const known = newestTiles(512);
  return async (index) => {
    const [began, usedBefore] = [performance.now(), cpuUsage()];
    const proof = await inclusionProof(index, size, (path) => read(logPath(path)), nodeSha256, known);
    const { user, system } = cpuUsage(usedBefore);
    const cost = { wall: performance.now() - began, cpu: (user + system) / 1000 };
    const leaf = leafHash(leafAt(index), nodeSha256);
    const holds = proof.ok && verifyInclusion({ index, size, leaf, proof: proof.value, root }, nodeSha256);
    if (!holds) throw new Error(`the bench's proof of leaf ${index} does not hold`);
    return cost;
  };
}
