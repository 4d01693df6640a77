import { examinePdf } from "../../../signing/examine/examine.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import { type Bytes, hexOf } from "../../core/kernel.ts";
import { nodePrimitives, nodeSha256 } from "../../primitives-node.ts";
import { type BenchAuthority, benchAuthority, benchNow } from "./bench-authority.ts";
import { benchPdf } from "./bench-pdf.ts";
import { type Extent, tooLittle } from "./extent.ts";
import { type Figure, type Goal, type Measured, measuredFigure, missingFigure } from "./figure.ts";
import { newFloors } from "./floors.ts";
import { pdfsigObjection } from "./pdfsig.ts";
import { openPeer, type Peer } from "./peers.ts";
import { sideBySide, untilCompiled } from "./side-by-side.ts";

const unit = "documents per CPU second";
export const sealingGoals = {
  sealB: { bench: "seal-b floor", goal: ">= 0.7", unit },
  sealBLibpdf: { bench: "seal-b @libpdf/core", goal: ">= 3", unit },
  sealBSignpdf: { bench: "seal-b @signpdf/signpdf", goal: ">= 30", unit },
  sealFull: { bench: "seal-full floor", goal: ">= 0.4", unit },
  sealFullLibpdf: { bench: "seal-full @libpdf/core", goal: ">= 4", unit },
  examine: { bench: "examine", goal: ">= 0.3", unit },
  release: { bench: "release", goal: ">= 0.35", unit },
} as const satisfies Record<string, Goal>;

/** Everything around signatures on one 1 MB, three-page PDF, with throw-away keys. Benches that are not wanted are left out. */
export async function sealingFigures(wants: (goal: Goal) => boolean, extent: Extent): Promise<Figure[]> {
  // Copies are sealed inside the service: in a process of a third of its heap, V8 collects it whole for every dozen buffers of a
  // megabyte, on threads of its own, and what is measured is that.
  await import("../../service.ts");
  const authority = await benchAuthority();
  try {
    const bench = workbench(authority, extent);
    const figures: Figure[] = [];
    if (wants(sealingGoals.sealB)) figures.push(...(await sealB(bench)));
    if (wants(sealingGoals.sealFull)) figures.push(...(await sealFull(bench)));
    if (wants(sealingGoals.examine)) figures.push(await examining(bench));
    if (wants(sealingGoals.release)) figures.push(await release(bench));
    return figures;
  } finally {
    await authority.end();
  }
}

type Workbench = ReturnType<typeof workbench>;

/** What the benches share: the file, what is done to it, and how a figure is told. */
function workbench(authority: BenchAuthority, extent: Extent) {
  const { pairs, tiny } = extent;
  const pdf = benchPdf(tiny ? 20 : 340);
  const inputs = [hexOf(nodeSha256(pdf))];
  const told = (goal: Goal, measured: Measured, objection: string | null, given = inputs): Figure =>
    measuredFigure(goal, measured, given, objection ?? tooLittle(extent));
  const turns = (documents: number) => ({
    ...{ documents: tiny ? 1 : documents, pairs },
    warmUp: tiny ? { ours: 1, peer: 1 } : untilCompiled,
  });
  const sealOnce = () => seal(pdf, "officer", authority.officer, authority, false);
  const sealBoth = async () => {
    const officer = await seal(pdf, "officer", authority.officer, authority, true);
    return seal(officer, "agency", authority.agency, authority, true);
  };
  const examine = (sealed: Bytes) => examinePdf(sealed, { anchors: authority.anchors, at: benchNow() }, nodePrimitives);
  return { authority, pdf, floors: newFloors(), told, turns, sealOnce, sealBoth, examine };
}

async function sealB(bench: Workbench): Promise<Figure[]> {
  const { pdf, floors, sealOnce } = bench;
  const objection = pdfsigObjection(await sealOnce(), 1);
  const peer = async () => floors.signOnce(pdf);
  const measured = await sideBySide({ ours: sealOnce, peer, ...bench.turns(100) });
  const sides = ({ sealB }: Peer) => ({ ours: sealOnce, peer: () => sealB(pdf), signatures: 1 });
  return [
    bench.told(sealingGoals.sealB, measured, objection),
    await againstPeer(bench, sealingGoals.sealBLibpdf, "libpdf", sides),
    await againstPeer(bench, sealingGoals.sealBSignpdf, "signpdf", sides),
  ];
}

async function sealFull(bench: Workbench): Promise<Figure[]> {
  const { pdf, floors, sealBoth } = bench;
  const objection = pdfsigObjection(await sealBoth(), 2);
  const peer = async () => floors.signTwice(pdf);
  const measured = await sideBySide({ ours: sealBoth, peer, ...bench.turns(25) });
  const sides = ({ sealFull }: Peer) => sealFull && { ours: sealBoth, peer: () => sealFull(pdf), signatures: 2 };
  return [
    bench.told(sealingGoals.sealFull, measured, objection),
    await againstPeer(bench, sealingGoals.sealFullLibpdf, "libpdf", sides),
  ];
}

async function examining(bench: Workbench): Promise<Figure> {
  const lasting = await bench.authority.extend(await bench.sealBoth());
  const { document, signatures } = await bench.examine(lasting);
  const levels = signatures.map(({ level }) => level).join(" ");
  const isWhole = document.status === "PASSED" && levels === "B-LTA B-LTA TS";
  const objection = isWhole ? pdfsigObjection(lasting, 2) : `the input is ${document.status}, ${levels}`;
  const peer = async () => bench.floors.examineLasting(lasting);
  const measured = await sideBySide({ ours: () => bench.examine(lasting), peer, ...bench.turns(50) });
  return bench.told(sealingGoals.examine, measured, objection, [hexOf(nodeSha256(lasting))]);
}

async function release({ pdf, floors, ...bench }: Workbench): Promise<Figure> {
  const objection = pdfsigObjection(await bench.sealBoth(), 2);
  const ours = async () => {
    const { document } = await bench.examine(await bench.sealBoth());
    if (document.status !== "PASSED") throw new Error("the bench's own output is not PASSED");
  };
  const peer = async () => {
    floors.signTwice(pdf);
    floors.examineTwo(pdf);
  };
  return bench.told(sealingGoals.release, await sideBySide({ ours, peer, ...bench.turns(20) }), objection);
}

type PeerSides = {
  readonly ours: () => Promise<Bytes>;
  readonly peer: () => Promise<Bytes>;
  /** Of the peer's file, that `pdfsig` must find valid. */
  readonly signatures: number;
};

/** What `npm ci` in `bench` installs. */
const peerPackages = { libpdf: "@libpdf/core", signpdf: "@signpdf/signpdf" } as const;

async function againstPeer(
  { authority, told, turns }: Workbench,
  goal: Goal,
  name: keyof typeof peerPackages,
  sidesOf: (peer: Peer) => PeerSides | undefined,
): Promise<Figure> {
  const other = await openPeer(name, authority.peerKeys);
  const sides = other === null ? undefined : sidesOf(other);
  if (sides === undefined) return missingFigure(goal, `${peerPackages[name]} is not installed`);
  const objection = pdfsigObjection(await sides.peer(), sides.signatures);
  return told(goal, await sideBySide({ ...sides, ...turns(10) }), objection && `the peer's: ${objection}`);
}

async function seal(
  pdf: Bytes,
  fieldName: string,
  key: KeyHolder,
  { world }: BenchAuthority,
  hasTimestamp: boolean,
): Promise<Bytes> {
  const request = { pdf, fieldName, claimedTime: benchNow(), reservedBytes: 8000 };
  const sealed = await sealSignature(request, world(key, hasTimestamp));
  if (!sealed.ok) throw new Error(`the bench cannot seal: ${sealed.failure.code}`);
  return sealed.value.pdf;
}
