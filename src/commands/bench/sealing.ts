import { examinePdf } from "../../../signing/examine/examine.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import { type Bytes, hexOf } from "../../core/kernel.ts";
import { nodePrimitives, nodeSha256 } from "../../primitives-node.ts";
import { type BenchAuthority, benchAuthority, benchNow } from "./bench-authority.ts";
import { benchPdf } from "./bench-pdf.ts";
import { type Figure, type Goal, type Measured, measuredFigure, missingFigure } from "./figure.ts";
import { newFloors } from "./floors.ts";
import { pdfsigObjection } from "./pdfsig.ts";
import { sideBySide } from "./side-by-side.ts";

/** How much is measured: `tiny` only proves that a bench works. */
export type Extent = { readonly pairs: number; readonly tiny: boolean };

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

const peerMissing = (peer: string) => `${peer} is not installed`;

/** Everything around signatures on one 1 MB, three-page PDF, with throw-away keys. Benches that are not wanted are left out. */
export async function sealingFigures(wants: (goal: Goal) => boolean, extent: Extent): Promise<Figure[]> {
  const authority = await benchAuthority();
  try {
    const bench = benchWith(authority, extent);
    const figures: Figure[] = [];
    if (wants(sealingGoals.sealB)) figures.push(...(await bench.sealB()));
    if (wants(sealingGoals.sealFull)) figures.push(...(await bench.sealFull()));
    if (wants(sealingGoals.examine)) figures.push(await bench.examine());
    if (wants(sealingGoals.release)) figures.push(await bench.release());
    return figures;
  } finally {
    await authority.end();
  }
}

function benchWith(authority: BenchAuthority, { pairs, tiny }: Extent) {
  const pdf = benchPdf(tiny ? 20 : 340);
  const floors = newFloors();
  const inputs = [hexOf(nodeSha256(pdf))];
  const told = (goal: Goal, measured: Measured, given: readonly string[], objection: string | null): Figure =>
    measuredFigure(goal, measured, given, objection ?? (tiny ? tinyInput : null));
  const turns = (documents: number) => ({ documents: tiny ? 1 : documents, pairs });
  const sealBoth = async () => {
    const officer = await seal(pdf, "officer", authority.officer, authority, true);
    return seal(officer, "agency", authority.agency, authority, true);
  };
  const examine = (sealed: Bytes) => examinePdf(sealed, { anchors: authority.anchors, at: benchNow() }, nodePrimitives);

  return {
    async sealB(): Promise<Figure[]> {
      const ours = () => seal(pdf, "officer", authority.officer, authority, false);
      const objection = pdfsigObjection(await ours(), 1);
      const peer = async () => floors.signOnce(pdf);
      const measured = await sideBySide({ ours, peer, ...turns(100) });
      const floor = told(sealingGoals.sealB, measured, inputs, objection);
      return [
        floor,
        missingFigure(sealingGoals.sealBLibpdf, peerMissing("@libpdf/core"), floor.ours),
        missingFigure(sealingGoals.sealBSignpdf, peerMissing("@signpdf/signpdf"), floor.ours),
      ];
    },
    async sealFull(): Promise<Figure[]> {
      const objection = pdfsigObjection(await sealBoth(), 2);
      const peer = async () => floors.signTwice(pdf);
      const measured = await sideBySide({ ours: sealBoth, peer, ...turns(25) });
      const floor = told(sealingGoals.sealFull, measured, inputs, objection);
      return [floor, missingFigure(sealingGoals.sealFullLibpdf, peerMissing("@libpdf/core"), floor.ours)];
    },
    async examine(): Promise<Figure> {
      const sealed = await sealBoth();
      const { document } = await examine(sealed);
      const objection = document.status === "PASSED" ? notWhole : `the input is ${document.status}`;
      const peer = async () => floors.examineTwo(sealed);
      const measured = await sideBySide({ ours: () => examine(sealed), peer, ...turns(50) });
      return told(sealingGoals.examine, measured, [hexOf(nodeSha256(sealed))], objection);
    },
    async release(): Promise<Figure> {
      const objection = pdfsigObjection(await sealBoth(), 2);
      const ours = async () => {
        const { document } = await examine(await sealBoth());
        if (document.status !== "PASSED") throw new Error("the bench's own output is not PASSED");
      };
      const peer = async () => {
        floors.signTwice(pdf);
        floors.examineTwo(pdf);
      };
      const measured = await sideBySide({ ours, peer, ...turns(20) });
      return told(sealingGoals.release, measured, inputs, objection);
    },
  };
}

/** A tiny input proves that a bench works; its figure counts for nothing. */
export const tinyInput = "measured on a tiny input";

// The goal is about a file with long-term evidence; without it the figure is told and may not count.
const notWhole = "measured on the B-T file: DSS and document timestamp are not built";

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
