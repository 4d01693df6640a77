// How often pages degraded on purpose are told, and good ones left alone: `node --import tsx bench/pages/quality.ts`.
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { FinalPage, ReadPage } from "../../ocr/pages.ts";
import { printedNumber } from "../../ocr/paper/printed-number.ts";
import { openReaders, type Readers } from "../../ocr/readers.ts";
import { missingNumbers } from "../../src/core/page-numbers.ts";
import { assembled } from "../../test/support/pages/assembled.ts";
import { openTypesetter } from "../../test/support/pages/typeset.ts";
import { cpuSecondsOfChildren } from "./child-cpu.ts";
import { defects } from "./defects.ts";
import { good } from "./good.ts";
import { type Sample, sampleOf } from "./samples.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "2,3" },
    each: { type: "string", default: "10" },
    only: { type: "string", default: "" },
    keep: { type: "string" },
  },
});
const seeds = values.seed.split(",").map(Number);
const each = Number(values.each);

type Row = { readonly name: string; readonly right: number; readonly of: number };

const codesOf = (page: FinalPage | undefined): readonly string[] =>
  page?.findings.map(({ code }) => code) ?? ["not read"];

// Which way is up is asked too, as at a counter: that is a part of the time, and a page turned wrongly would show here.
async function judge(readers: Readers, sample: Sample): Promise<readonly string[]> {
  const upload = { bytes: await assembled(sample.pages), fileName: null, declaredType: null };
  const options = { signal: new AbortController().signal, deadlineSeconds: 300 } as const;
  const [from, cpu] = [performance.now(), cpuSecondsOfChildren("decode-worker", "tesseract")];
  const made = await readers.makePages(upload, options);
  if (!made.ok) return [JSON.stringify(made.failure)];
  const { pages } = made.value;
  const used = cpuSecondsOfChildren("decode-worker", "tesseract") - cpu;
  times.push({ wall: (performance.now() - from) / 1000 / pages.length, cpu: used / pages.length });
  if (sample.missing === undefined) return codesOf(pages[sample.of - 1]);
  const read: ReadPage[] = [];
  for (const page of pages) {
    const words = await readers.readWords(page, options);
    if (words.ok) read.push({ ...page, ...words.value });
  }
  const numbers = read.map(({ words, heightPx }) => ({ printed: printedNumber(words, heightPx) }));
  return missingNumbers(numbers).map((number) => `missing ${number}`);
}

function isRight(told: readonly string[], { wanted, missing }: Sample): boolean {
  if (missing !== undefined) return told.join() === `missing ${missing}`;
  return wanted === null ? told.length === 0 : wanted.split("|").some((code) => told.some((one) => one.includes(code)));
}

const times: { readonly wall: number; readonly cpu: number }[] = [];
const setter = await openTypesetter();
const readers = openReaders({ processes: 1 });
const rows: Row[] = [];
try {
  for (const [name, make] of [...Object.entries(defects), ...Object.entries(good)]) {
    if (!isAsked(name)) continue;
    const told: string[] = [];
    for (const seed of seeds) {
      for (let i = 0; i < each; i += 1) {
        const sample = await sampleOf(make, setter, (seed * 1_000_003 + i * 7919 + name.length * 104_729) >>> 0);
        const codes = await judge(readers, sample);
        if (isRight(codes, sample)) continue;
        told.push(`${seed}/${i}: ${codes.join(",") || "nothing"}`);
        if (values.keep !== undefined) keep(values.keep, `${name}-${seed}-${i}`.replace(/[^\p{L}\d]+/gu, "_"), sample);
      }
    }
    const of = seeds.length * each;
    rows.push({ name, right: of - told.length, of });
    console.log(`| ${name} | ${of - told.length} of ${of} |${told.length === 0 ? "" : ` ${told.join("; ")}`}`);
  }
} finally {
  readers.stop();
  await setter.close();
}

/** `scan` is the row of that name; `dpi` all rows that have it in their names. */
function isAsked(name: string): boolean {
  const isName = values.only in defects || values.only in good;
  return isName ? name === values.only : name.includes(values.only);
}

function keep(folder: string, name: string, sample: Sample): void {
  mkdirSync(folder, { recursive: true });
  const page = sample.pages[sample.of - 1];
  if (page !== undefined) writeFileSync(`${folder}/${name}.jpg`, page.image);
}

const sum = (of: readonly Row[], key: "right" | "of") => of.reduce((all, row) => all + row[key], 0);
const share = (of: readonly Row[]) => ((100 * sum(of, "right")) / Math.max(1, sum(of, "of"))).toFixed(1);
const [bad, fine] = [rows.filter(({ name }) => name in defects), rows.filter(({ name }) => name in good)];
console.log(`degraded pages caught: ${sum(bad, "right")} of ${sum(bad, "of")} (${share(bad)} %)`);
console.log(`good pages left alone: ${sum(fine, "right")} of ${sum(fine, "of")} (${share(fine)} %)`);
const at = (key: "wall" | "cpu", share: number) =>
  times
    .map((one) => one[key])
    .toSorted((a, b) => a - b)
    [Math.floor(share * times.length)]?.toFixed(2);
console.log(
  `a page's verdict: CPU seconds median ${at("cpu", 0.5)}, 95 of 100 within ${at("cpu", 0.95)}; by the clock median ${at("wall", 0.5)}, 95 of 100 within ${at("wall", 0.95)}`,
);
