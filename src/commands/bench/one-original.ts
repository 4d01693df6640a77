import { copyComposer } from "../../../signing/compose/compose-copy.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import type { Bytes } from "../../core/kernel.ts";
import { commitmentOf, encodeLeaf } from "../../core/log/leaf.ts";
import { emptyTree, integrate } from "../../core/log/tiles.ts";
import { benchScan } from "../../development/bench-scan.ts";
import { loadFonts } from "../../fonts.ts";
import { nodePrimitives, nodeSha256 } from "../../primitives-node.ts";
import { withBeginnings } from "../../wiring/beginnings.ts";
import { mostGrowth, pageOf } from "./batches.ts";
import { type BenchAuthority, benchAuthority, benchNow } from "./bench-authority.ts";
import { benchCopy } from "./copying.ts";
import { type Extent, tooLittle } from "./extent.ts";
import { type Figure, type Goal, measuredFigure } from "./figure.ts";
import { newFloors } from "./floors.ts";
import { pdfsigObjection } from "./pdfsig.ts";
import { digestsOf } from "./reading.ts";
import { sideBySide } from "./side-by-side.ts";

export const oneOriginalGoal = {
  bench: "batch-one",
  goal: ">= 0.3",
  unit: "copies per CPU second",
} as const satisfies Goal;

const copies = 1000;

/** A large order: one original of three pages, each copy composed, signed, sealed and put into the log's tree by itself. */
export async function oneOriginalFigure(extent: Extent): Promise<Figure> {
  const { tiny, pairs } = extent;
  await import("../../service.ts"); // copies are sealed inside the service, in its heap
  const authority = await benchAuthority();
  try {
    const order = await openOrder(authority, tiny);
    const objection = pdfsigObjection(await order.next(), 2);
    const floors = newFloors();
    const unsigned = await order.compose();
    const before = process.memoryUsage.rss();
    const measured = await sideBySide({
      ours: order.next,
      peer: async () => floors.signTwice(unsigned),
      documents: tiny ? 1 : copies / 5,
      pairs,
      warmUp: tiny ? { ours: 1, peer: 1 } : { ours: 100, peer: 100 },
    });
    const grown = process.memoryUsage.rss() - before;
    const heavy = grown > mostGrowth ? `memory grew by ${Math.round(grown / 1e6)} MB over ${copies} copies` : null;
    return measuredFigure(oneOriginalGoal, measured, order.inputs, objection ?? heavy ?? tooLittle(extent));
  } finally {
    await authority.end();
  }
}

/** What is made once for all copies, and each next copy of it. */
async function openOrder(authority: BenchAuthority, tiny: boolean) {
  const composeNext = copyComposer(await loadFonts());
  const dpi = tiny ? 100 : 200;
  const scans = await Promise.all((tiny ? [0] : [0, 1, 2]).map((page) => benchScan(page, dpi)));
  const pages = scans.map(({ jpeg, text }) => pageOf(jpeg, dpi, text, 0));
  const { certificate, ...rest } = benchCopy(pages, "12");
  let copy = 0;
  let edge = emptyTree;
  const compose = async (): Promise<Bytes> => {
    copy += 1;
    const link = `https://kiemtra.example.vn/v/${String(copy).padStart(26, "0")}`;
    const links = { linkUrl: link, signedCodeUrl: `${link}${rest.signedCodeUrl.slice(link.length)}` };
    const place = { ordinal: ((copy - 1) % copies) + 1, of: copies };
    const made = await composeNext({ ...rest, ...links, certificate: { ...certificate, copy: place } });
    if (!made.ok) throw new Error(`the bench cannot compose: ${made.failure.code}`);
    return made.value.pdf;
  };
  const next = async (): Promise<Bytes> => {
    const officer = await seal(await compose(), "officer", authority);
    const sealed = await seal(officer, "agency", authority);
    edge = integrate(edge, [leafOf(sealed, ((copy - 1) % 999) + 2)], nodeSha256).edge;
    return sealed;
  };
  return { compose, next, inputs: digestsOf(scans) };
}

const primitives = withBeginnings(nodePrimitives); // as the service has them

function leafOf(sealed: Bytes, copy: number): Bytes {
  const digest = primitives.digest("sha256", sealed);
  const commitment = commitmentOf(new Uint8Array(32), digest, sealed.length, nodeSha256);
  const number = { agencyId: "H00.00", bookId: "01/2026-SCTĐT/BS", number: 12 };
  return encodeLeaf({ event: "further_copy", ...number, time: benchNow(), commitment, copy });
}

async function seal(pdf: Bytes, fieldName: "officer" | "agency", { world, ...keys }: BenchAuthority): Promise<Bytes> {
  const request = { pdf, fieldName, claimedTime: benchNow(), reservedBytes: 8000 };
  const sealed = await sealSignature(request, { ...world(keys[fieldName], true), primitives });
  if (!sealed.ok) throw new Error(`the bench cannot seal: ${sealed.failure.code}`);
  return sealed.value.pdf;
}
