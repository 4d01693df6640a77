import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReaders, type Readers } from "../../../ocr/readers.ts";
import { textOfWords } from "../../../ocr/words.ts";
import { hexOf } from "../../core/kernel.ts";
import type { BenchScan } from "../../development/bench-scan.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { errorRate } from "../corpus/error-rate.ts";
import { costSideBySide } from "./cost.ts";
import { type Extent, scanFor, tooLittle } from "./extent.ts";
import { type Figure, type Goal, measuredFigure, missingFigure } from "./figure.ts";

const cpu = "CPU seconds";
export const readingGoals = {
  native: { bench: "read native", goal: "<= 0.8", unit: cpu },
  embedded: { bench: "read embedded", goal: "<= 1.2", unit: cpu },
  workers: { bench: "read two workers", goal: "<= 0.6", unit: "wall seconds" },
} as const satisfies Record<string, Goal>;

type Engine = "tesseract" | "tesseract.js";

/** Six A4 pages at 300 dpi to words, ours with all that we do before, against `tesseract` of this machine, one process a page. */
export async function readingFigures(wants: (goal: Goal) => boolean, extent: Extent): Promise<Figure[]> {
  const scans: BenchScan[] = [];
  for (let page = 0; page < (extent.tiny ? 1 : 6); page++) scans.push(await scanFor(extent, page, 300));
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-bench-"));
  for (const [i, { jpeg }] of scans.entries()) writeFileSync(join(folder, `${i}.jpg`), jpeg);
  try {
    const figures: Figure[] = [];
    if (wants(readingGoals.native))
      figures.push(await againstPlain(readingGoals.native, "tesseract", scans, folder, extent));
    if (wants(readingGoals.embedded))
      figures.push(await againstPlain(readingGoals.embedded, "tesseract.js", scans, folder, extent));
    if (wants(readingGoals.workers)) figures.push(await twoWorkers(scans, extent));
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function againstPlain(
  goal: Goal,
  engine: Engine,
  scans: readonly BenchScan[],
  folder: string,
  extent: Extent,
): Promise<Figure> {
  const plain = () => scans.map((_, i) => plainReading(join(folder, `${i}.jpg`)));
  const said = plain();
  if (said.some((text) => text === null)) return missingFigure(goal, "tesseract with Vietnamese is not installed");
  const readers = openReaders({ processes: 1 });
  try {
    const own = await readAll(readers, scans, engine, 1); // warm; what it read is judged
    const [ours, peer] = [rateOf(scans, own), rateOf(scans, said.map(String))];
    const objection = ours > peer + 1e-9 ? `character error rate ${percent(ours)}, the peer's ${percent(peer)}` : null;
    const sides = {
      ours: () => readAll(readers, scans, engine, 1),
      peer: async () => plain(),
      pairs: extent.pairs,
      unit: "cpu",
      name: goal.bench,
    } as const;
    return measuredFigure(goal, await costSideBySide(sides), digestsOf(scans), objection ?? tooLittle(extent));
  } finally {
    readers.stop();
  }
}

async function twoWorkers(scans: readonly BenchScan[], extent: Extent): Promise<Figure> {
  const goal = readingGoals.workers;
  const readers = openReaders({ processes: 2 });
  try {
    const read = (together: number) => readAll(readers, scans, undefined, together);
    await read(2);
    const sides = {
      ours: () => read(2),
      peer: () => read(1),
      pairs: extent.pairs,
      unit: "wall",
      name: goal.bench,
    } as const;
    return measuredFigure(goal, await costSideBySide(sides), digestsOf(scans), tooLittle(extent));
  } finally {
    readers.stop();
  }
}

/** @param together how many pages are under way at once */
async function readAll(
  readers: Readers,
  scans: readonly BenchScan[],
  engine: Engine | undefined,
  together: number,
): Promise<string[]> {
  const texts: string[] = [];
  const waiting = [...scans.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [i, { jpeg }] = next;
      texts[i] = await readOne(readers, jpeg, engine);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return texts;
}

async function readOne(readers: Readers, jpeg: BenchScan["jpeg"], engine: Engine | undefined): Promise<string> {
  const upload = { bytes: jpeg, fileName: "scan.jpg", declaredType: "image/jpeg" };
  const options = { signal: new AbortController().signal, deadlineSeconds: 120, ...(engine && { engine }) };
  const read = await readers.readScan(upload, options);
  if (!read.ok) throw new Error(`the bench cannot read: ${read.failure.code}`);
  return textOfWords(read.value.pages.flatMap(({ words }) => words));
}

function plainReading(file: string): string | null {
  const args = [file, "stdout", "-l", "vie", "--oem", "1", "--psm", "3"];
  const ended = spawnSync("tesseract", args, {
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", OMP_THREAD_LIMIT: "1" },
    encoding: "utf8",
  });
  return ended.status === 0 ? ended.stdout : null;
}

const seal = ["BENCH (HƯ CẤU)", "KHÔNG CÓ THẬT", "MẪU THỬ"];

const rateOf = (scans: readonly BenchScan[], read: readonly string[]): number =>
  scans.reduce((sum, { text }, i) => sum + errorRate(text, read[i] ?? "", seal).rate, 0) / scans.length;

const percent = (rate: number): string => `${(100 * rate).toFixed(2)} %`;
export const digestsOf = (scans: readonly BenchScan[]): string[] => scans.map(({ jpeg }) => hexOf(nodeSha256(jpeg)));
