import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReaders, type Readers } from "../../../ocr/readers.ts";
import { composeCopy } from "../../../signing/compose/compose-copy.ts";
import { type CopyToCompose, type OriginalPage, usualAppearances } from "../../../signing/compose/copy-to-compose.ts";
import type { Fonts } from "../../../signing/compose/typeface.ts";
import { measureReservation } from "../../../signing/seal/measure.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import type { Bytes, Instant, LocalDate } from "../../core/kernel.ts";
import { type BenchScan, scansAsPdf } from "../../development/bench-scan.ts";
import { samplePaths } from "../../development/sample.ts";
import { loadFonts } from "../../fonts.ts";
import { nodePrimitives } from "../../primitives-node.ts";
import { readSignatureImage } from "../../wiring/images.ts";
import { tell } from "../output.ts";
import { type BenchAuthority, benchAuthority, benchNow } from "./bench-authority.ts";
import { costSideBySide, median } from "./cost.ts";
import { type Extent, scanFor, tinyInput, tooLittle } from "./extent.ts";
import { type Figure, type Goal, limitFigure, measuredFigure, missingFigure } from "./figure.ts";
import { pdfsigObjection } from "./pdfsig.ts";
import { digestsOf } from "./reading.ts";

export const copyGoals = {
  cpu: { bench: "copy CPU", goal: "<= 0.25", unit: "CPU seconds" },
  bytes: { bench: "copy bytes", goal: "<= 0.5", unit: "bytes" },
} as const satisfies Record<string, Goal>;

export const sizeGoals = {
  page: { bench: "size page", goal: "<= 120 kB", unit: "bytes" },
  peer: { bench: "size OCRmyPDF", goal: "<= 0.5", unit: "bytes" },
  overhead: { bench: "size overhead", goal: "<= 90 kB", unit: "bytes" },
} as const satisfies Record<string, Goal>;

const everyGoal = [...Object.values(copyGoals), ...Object.values(sizeGoals)];

/**
 * Scans at 200 dpi to the sealed copy, against OCRmyPDF, which makes a searchable PDF/A of the same scans and signs nothing.
 * Sizes are the same each time: the peer is run once for them, and in pairs for its CPU alone.
 */
export async function copyFigures(wants: (goal: Goal) => boolean, extent: Extent): Promise<Figure[]> {
  const scans: BenchScan[] = [];
  for (let page = 0; page < (extent.tiny ? 1 : 3); page++) scans.push(await scanFor(extent, page, 200));
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-bench-"));
  const authority = await benchAuthority();
  const readers = openReaders({ processes: 1 });
  try {
    const bench = { scans, authority, readers, fonts: await loadFonts(), folder, extent };
    const copy = await sealedCopy(bench); // warm; its bytes are judged
    const figures = [...(await againstPeer(bench, copy, wants)), ...(await sizes(bench, copy, wants))];
    return everyGoal.filter(wants).flatMap((goal) => figures.filter(({ bench: name }) => name === goal.bench));
  } finally {
    readers.stop();
    await authority.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Bench = {
  readonly scans: readonly BenchScan[];
  readonly authority: BenchAuthority;
  readonly readers: Readers;
  readonly fonts: Fonts;
  readonly folder: string;
  readonly extent: Extent;
};

type SealedCopy = { readonly pdf: Bytes; readonly pages: readonly number[] };

/** Read, composed, signed by both with timestamps: what the citizen gets. */
async function sealedCopy({ scans, authority, readers, fonts }: Bench): Promise<SealedCopy> {
  const pages: OriginalPage[] = [];
  for (const { jpeg } of scans) pages.push(...(await pagesOf(readers, jpeg)));
  const composed = await composeCopy(benchCopy(pages, "1"), fonts);
  if (!composed.ok) throw new Error(`the bench cannot compose: ${composed.failure.code}`);
  const officer = await seal(composed.value.pdf, "officer", authority);
  return { pdf: await seal(officer, "agency", authority), pages: pages.map(({ image }) => image.length) };
}

async function pagesOf(readers: Readers, jpeg: Bytes): Promise<readonly OriginalPage[]> {
  const options = { signal: new AbortController().signal, deadlineSeconds: 120 };
  const read = await readers.readScan({ bytes: jpeg, fileName: null, declaredType: null }, options);
  if (!read.ok) throw new Error(`the bench cannot read: ${read.failure.code}`);
  return read.value.pages;
}

async function seal(pdf: Bytes, fieldName: "officer" | "agency", authority: BenchAuthority): Promise<Bytes> {
  const appearance = await readSignatureImage(fieldName === "officer" ? samplePaths.signature : samplePaths.seal);
  const key = authority[fieldName];
  const reserved = measureReservation({ ...key, sampleToken: await authority.sampleToken() }, nodePrimitives);
  if (!reserved.ok) throw new Error(`the bench cannot measure: ${reserved.failure.code}`);
  const request = { pdf, fieldName, claimedTime: benchNow(), reservedBytes: reserved.value, appearance };
  const sealed = await sealSignature(request, authority.world(key, true));
  if (!sealed.ok) throw new Error(`the bench cannot seal: ${sealed.failure.code}`);
  return sealed.value.pdf;
}

/** A copy of invented pages under an invented number. */
export const benchCopy = (pages: readonly OriginalPage[], number: string): CopyToCompose => ({
  certificate: {
    number,
    book: "01/2026-SCTĐT/BS",
    date: "2026-11-22" as LocalDate,
    agency: "Ủy ban nhân dân phường Thử Nghiệm (hư cấu)",
    place: "Phường Thử Nghiệm",
    officer: { name: "Trần Văn Hư Cấu", titleLines: ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"] },
  },
  original: { title: `Giấy thử số ${number} (hư cấu)`, facts: [{ label: "số", value: number }], pages },
  linkUrl: `https://kiemtra.example.vn/v/${number.padStart(26, "0")}`,
  signedCodeUrl: `https://kiemtra.example.vn/v/${number.padStart(26, "0")}#${"hEShASahBEtkZXZl".repeat(16)}`,
  composedAt: "2026-11-22T03:15:30Z" as Instant,
  development: false,
  appearances: usualAppearances,
});

type Wants = (goal: Goal) => boolean;

async function againstPeer(bench: Bench, copy: SealedCopy, wants: Wants): Promise<Figure[]> {
  const { scans, folder, extent } = bench;
  const goals = [copyGoals.cpu, copyGoals.bytes, sizeGoals.peer];
  if (!goals.some(wants)) return [];
  if (extent.tiny) return goals.map((goal) => missingFigure(goal, tinyInput)); // it takes seconds to start
  writeFileSync(join(folder, "scans.pdf"), await scansAsPdf(scans));
  tell("OCRmyPDF: its file");
  const peerFile = ocrmypdf(folder);
  if (peerFile === null) return goals.map((goal) => missingFigure(goal, "ocrmypdf with Vietnamese is not installed"));
  const cpu = wants(copyGoals.cpu) ? [await cpuAgainstPeer(bench, copy)] : [];
  return [...cpu, ...bytesAgainstPeer(bench, copy, peerFile.length)];
}

async function cpuAgainstPeer(bench: Bench, copy: SealedCopy): Promise<Figure> {
  const { scans, folder, extent } = bench;
  const sides = {
    ours: () => sealedCopy(bench),
    peer: async () => ocrmypdf(folder),
    pairs: extent.pairs,
    unit: "cpu",
    name: copyGoals.cpu.bench,
  } as const;
  const objection = pdfsigObjection(copy.pdf, 2) ?? tooLittle(extent);
  return measuredFigure(copyGoals.cpu, await costSideBySide(sides), digestsOf(scans), objection);
}

function bytesAgainstPeer({ scans }: Bench, copy: SealedCopy, peerBytes: number): Figure[] {
  const objection = pdfsigObjection(copy.pdf, 2);
  const bytes = { ours: copy.pdf.length, peer: peerBytes, ratio: copy.pdf.length / peerBytes, pairs: 1 };
  const each = { ...bytes, ours: median(copy.pages), peer: peerBytes / scans.length };
  return [
    measuredFigure(copyGoals.bytes, bytes, digestsOf(scans), objection),
    measuredFigure(sizeGoals.peer, { ...each, ratio: each.ours / each.peer }, digestsOf(scans), objection),
  ];
}

function ocrmypdf(folder: string): Uint8Array | null {
  const made = join(folder, "ocrmypdf.pdf");
  const args = ["-l", "vie", "--output-type", "pdfa", "--jobs", "1", "--quiet", join(folder, "scans.pdf"), made];
  const env = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: folder, OMP_THREAD_LIMIT: "1", LANG: "C.UTF-8" };
  const ended = spawnSync("ocrmypdf", args, { env, timeout: 300_000 });
  return ended.status === 0 && existsSync(made) ? readFileSync(made) : null;
}

/** The overhead is of a copy of one page: what every copy carries, and the words of that page. */
async function sizes(bench: Bench, copy: SealedCopy, wants: Wants): Promise<Figure[]> {
  const { scans, extent } = bench;
  if (![sizeGoals.page, sizeGoals.overhead].some(wants)) return [];
  const single = scans.length === 1 ? copy : await sealedCopy({ ...bench, scans: scans.slice(0, 1) });
  const objection = pdfsigObjection(single.pdf, 2) ?? (extent.tiny ? tinyInput : null);
  const overhead = single.pdf.length - (single.pages[0] ?? 0);
  return [
    limitFigure(sizeGoals.page, median(copy.pages), 120_000, digestsOf(scans), objection),
    limitFigure(sizeGoals.overhead, overhead, 90_000, digestsOf(scans), objection),
  ];
}
