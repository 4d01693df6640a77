import type { Readers } from "../../../ocr/readers.ts";
import { textOfWords } from "../../../ocr/words.ts";
import { type Case, failed, notRun, type Outcome } from "./case.ts";
import { type ErrorRate, errorRate } from "./error-rate.ts";
import { bytesOf, type Corpus, type Entry, textOf } from "./manifest.ts";

const deadlineSeconds = 120;
const flatBedRate = 0.02;
const degradedRate = 0.05;

/** Scans with their text: the error rate is measured and told; the kind of paper is not told by the product yet. */
export function scanCases(corpus: Corpus, entries: readonly Entry[], readers: Readers): readonly Case[] {
  const files = new Set(entries.map(({ file }) => file));
  return entries
    .filter(({ file }) => /\.(jpe?g|png|tiff?|webp|pdf)$/i.test(file))
    .map((entry) => ({ folder: "scans-vi", name: entry.file, run: () => run(corpus, entry, files, readers) }));
}

async function run(corpus: Corpus, entry: Entry, files: ReadonlySet<string>, readers: Readers): Promise<Outcome> {
  const truth = truthFileOf(entry.file).find((file) => files.has(file));
  if (truth === undefined) return notRun("no text to compare with");
  const facts = factsBeside(corpus, entry.file, files);
  const upload = { bytes: bytesOf(corpus, entry.file), fileName: entry.file.replace(/^.*\//, ""), declaredType: null };
  const began = performance.now();
  const read = await readers.readScan(upload, { signal: new AbortController().signal, deadlineSeconds });
  const seconds = (performance.now() - began) / 1000;
  if (!read.ok) return failed(`${seconds.toFixed(1)} s`, `not read: ${JSON.stringify(read.failure)}`);
  const pages = read.value.pages.map(({ words }) => textOfWords(words));
  const { rate, edits, characters } = lowestRate(textOf(corpus, truth), pages, facts.overlays);
  const limit = isDegraded(entry, facts) ? degradedRate : flatBedRate;
  const [engine] = read.value.pages.map((page) => page.engine);
  const told = `CER ${percent(rate)} of at most ${percent(limit)} (${edits}/${characters}), ${engine}, ${seconds.toFixed(1)} s`;
  const faults = [
    ...(rate > limit ? [`CER above ${percent(limit)}`] : []),
    ...(facts.kind === null ? [] : [`kind ${facts.kind}: not built`]),
  ];
  return faults.length === 0 ? { status: "passed", told, why: null } : failed(told, faults.join("; "));
}

/** A text may stop before its scan does: then the pages behind it are not asked for. */
function lowestRate(truth: string, pages: readonly string[], overlays: readonly string[]): ErrorRate {
  const rates = pages.map((_, i) => errorRate(truth, pages.slice(0, i + 1).join("\n"), overlays));
  return rates.reduce((best, rate) => (rate.edits < best.edits ? rate : best), errorRate(truth, "", overlays));
}

const percent = (rate: number): string => `${(100 * rate).toFixed(2)} %`;

/** `x.gt.txt` or `x_gt.txt` beside `x.jpg`; `x_v3_dark.jpg` is another picture of the same text. */
function truthFileOf(file: string): readonly string[] {
  const base = file.replace(/\.[^.]+$/, "");
  const original = base.replace(/_v\d+_[a-z]+$/, "");
  return [`${base}.gt.txt`, `${base}_gt.txt`, `${original}.gt.txt`, `${original}_gt.txt`];
}

type Facts = { readonly kind: string | null; readonly overlays: readonly string[]; readonly degradation: string };

function factsBeside(corpus: Corpus, file: string, files: ReadonlySet<string>): Facts {
  const beside = file.replace(/\.[^.]+$/, ".json");
  if (!files.has(beside)) return { kind: null, overlays: [], degradation: "" };
  const facts = JSON.parse(textOf(corpus, beside)) as Readonly<Record<string, unknown>>;
  const { doc_type: kind, overlay_not_in_text: overlays, degradation } = facts;
  return {
    kind: typeof kind === "string" ? kind : null,
    overlays: Array.isArray(overlays) ? overlays.map((overlay) => String(overlay).replace(/^\w+:\s*/, "")) : [],
    degradation: JSON.stringify(degradation ?? ""),
  };
}

/** Whatever is not told to be of a camera or degraded is held to the flat-bed limit. */
const isDegraded = ({ note }: Entry, { degradation }: Facts): boolean =>
  /phone|photo|camera|screenshot|augmentation|blur|perspective|persp|warp/i.test(`${note} ${degradation}`);
