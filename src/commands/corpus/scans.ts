import type { EngineName, ReadScan } from "../../../ocr/pages.ts";
import type { Paper } from "../../../ocr/paper/paper.ts";
import type { Readers } from "../../../ocr/readers.ts";
import { textOfWords } from "../../../ocr/words.ts";
import type { Bytes } from "../../core/kernel.ts";
import { type Case, failed, notRun, type Outcome } from "./case.ts";
import { bytesOf, type Corpus, type Entry, textOf } from "./manifest.ts";
import { plainReading } from "./plain-reading.ts";
import { type Group, percent, type ReadingFigures } from "./reading-figures.ts";
import { type Measures, measure } from "./reading-measures.ts";

const deadlineSeconds = 120;
const limits: Readonly<Record<Group, number>> = { "flat-bed": 0.02, phone: 0.05 };

export type ScanRun = { readonly corpus: Corpus; readonly readers: Readers; readonly figures: ReadingFigures };

/** Scans with their text: error rates of each engine beside plain Tesseract, and the kind where it is told. */
export function scanCases(run: ScanRun, entries: readonly Entry[]): readonly Case[] {
  const files = new Set(entries.map(({ file }) => file));
  return entries
    .filter(({ file }) => /\.(jpe?g|png|tiff?|webp|pdf)$/i.test(file))
    .map((entry) => ({ folder: "scans-vi", name: entry.file, run: () => runOne(run, entry, files) }));
}

async function runOne(run: ScanRun, entry: Entry, files: ReadonlySet<string>): Promise<Outcome> {
  const { corpus, readers } = run;
  const truth = truthFileOf(entry.file).find((file) => files.has(file));
  if (truth === undefined) return notRun("no text to compare with");
  const facts = factsBeside(corpus, entry.file, files);
  const upload = { bytes: bytesOf(corpus, entry.file), fileName: entry.file.replace(/^.*\//, ""), declaredType: null };
  const options = { signal: new AbortController().signal, deadlineSeconds };
  const began = performance.now();
  const read = await readers.readScan(upload, options);
  const seconds = (performance.now() - began) / 1000;
  if (!read.ok) return failed(`${seconds.toFixed(1)} s`, `not read: ${JSON.stringify(read.failure)}`);
  const group: Group = isDegraded(entry, facts) ? "phone" : "flat-bed";
  const note = noterOf(run, { file: entry.file, group, truth: textOf(corpus, truth), overlays: facts.overlays });
  const { engine, measures, told } = note(engineOf(read.value), textsOf(read.value));
  const others = await otherEngines(run, read.value, engine, upload.bytes);
  const beside = others.map(({ name, texts }) => note(name, texts).told);
  const faults = [
    ...(measures.any > limits[group] ? [`CER above ${percent(limits[group])}`] : []),
    ...(facts.kind === null || facts.kind === read.value.paper.kind
      ? []
      : [`kind ${read.value.paper.kind ?? "not told"} in place of ${facts.kind}`]),
  ];
  const fields = facts.kind === null ? [] : [fieldsTold(run, group, { ...facts, kind: facts.kind }, read.value.paper)];
  const all = [group, told, `${seconds.toFixed(1)} s`, ...beside, ...fields].join("; ");
  return faults.length === 0 ? { status: "passed", told: all, why: null } : failed(all, faults.join("; "));
}

/** Exact match of each field that the corpus names, by its printed or its normal form. */
function fieldsTold({ figures }: ScanRun, group: Group, facts: Facts, { kind, fields }: Paper): string {
  const wrong = Object.entries(facts.fields).flatMap(([name, wanted]) => {
    const field = fields.find((one) => one.name === name);
    if (field?.normalised === wanted || field?.value === wanted) return [];
    return [`${name} "${field?.normalised ?? ""}" for "${wanted}"`];
  });
  const asked = Object.keys(facts.fields).length;
  figures.addFields({ group, kindRight: kind === facts.kind, right: asked - wrong.length, asked });
  return [`fields ${asked - wrong.length}/${asked}`, ...wrong].join(", ");
}

type Noted = { readonly engine: string; readonly measures: Measures; readonly told: string };
type Asked = {
  readonly file: string;
  readonly group: Group;
  readonly truth: string;
  readonly overlays: readonly string[];
};

function noterOf({ figures }: ScanRun, { file, group, truth, overlays }: Asked) {
  return (engine: string, texts: readonly string[]): Noted => {
    const measures = measure(truth, texts, overlays);
    figures.addReading({ file, group, engine, ...measures });
    const { order, any, recall } = measures;
    return { engine, measures, told: `${engine} order ${percent(order)} any ${percent(any)} words ${percent(recall)}` };
  };
}

type Reading = { readonly name: string; readonly texts: readonly string[] };

/** The embedded engine on the same final pages, and plain Tesseract on the file, or on the page's picture out of a PDF. */
async function otherEngines(
  { readers }: ScanRun,
  { type, pages }: ReadScan,
  used: string,
  bytes: Bytes,
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  const name: EngineName = "tesseract.js";
  if (used !== name) {
    const texts: string[] = [];
    for (const page of pages) {
      const options = { signal: new AbortController().signal, deadlineSeconds, engine: name };
      const read = await readers.readWords(page, options);
      if (read.ok) texts.push(textOfWords(read.value.words));
    }
    readings.push({ name, texts });
  }
  const plain = await plainReading(type === "pdf" ? (pages[0]?.image ?? bytes) : bytes);
  return plain === null ? readings : [...readings, { name: "plain", texts: plain }];
}

const engineOf = ({ pages }: ReadScan): string => pages[0]?.engine ?? "none";
const textsOf = ({ pages }: ReadScan): readonly string[] => pages.map(({ words }) => textOfWords(words));

/** `x.gt.txt` or `x_gt.txt` beside `x.jpg`; `x_v3_dark.jpg` is another picture of the same text. */
function truthFileOf(file: string): readonly string[] {
  const base = file.replace(/\.[^.]+$/, "");
  const original = base.replace(/_v\d+_[a-z]+$/, "");
  return [`${base}.gt.txt`, `${base}_gt.txt`, `${original}.gt.txt`, `${original}_gt.txt`];
}

type Facts = {
  readonly kind: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly overlays: readonly string[];
  readonly degradation: string;
};

function factsBeside(corpus: Corpus, file: string, files: ReadonlySet<string>): Facts {
  const beside = file.replace(/\.[^.]+$/, ".json");
  if (!files.has(beside)) return { kind: null, fields: {}, overlays: [], degradation: "" };
  const facts = JSON.parse(textOf(corpus, beside)) as Readonly<Record<string, unknown>>;
  const { doc_type: kind, fields, overlay_not_in_text: overlays, degradation } = facts;
  return {
    kind: typeof kind === "string" ? kind : null,
    fields: typeof fields === "object" && fields !== null ? (fields as Record<string, string>) : {},
    overlays: Array.isArray(overlays) ? overlays.map((overlay) => String(overlay).replace(/^\w+:\s*/, "")) : [],
    degradation: JSON.stringify(degradation ?? ""),
  };
}

/** Whatever is not told to be of a camera or degraded is held to the flat-bed limit. */
const isDegraded = ({ note }: Entry, { degradation }: Facts): boolean =>
  /phone|photo|camera|screenshot|augmentation|blur|perspective|persp|warp/i.test(`${note} ${degradation}`);
