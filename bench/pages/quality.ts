// How often pages degraded on purpose are told, and good ones left alone: `node --import tsx bench/pages/quality.ts`.
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { FinalPage } from "../../ocr/pages.ts";
import { openReaders, type Readers } from "../../ocr/readers.ts";
import { assembled } from "../../test/support/pages/assembled.ts";
import { openTypesetter } from "../../test/support/pages/typeset.ts";
import { defects, good, type Sample, sampleOf } from "./defects.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "2" },
    each: { type: "string", default: "20" },
    only: { type: "string", default: "" },
    keep: { type: "string" },
  },
});
const [seed, each] = [Number(values.seed), Number(values.each)];

type Row = { readonly name: string; readonly right: number; readonly of: number; readonly told: readonly string[] };

const codesOf = (page: FinalPage | undefined): readonly string[] =>
  page?.findings.map(({ code }) => code) ?? ["not read"];

async function judge(readers: Readers, sample: Sample): Promise<readonly string[]> {
  const upload = { bytes: await assembled(sample.pages), fileName: null, declaredType: null };
  const options = { signal: new AbortController().signal, deadlineSeconds: 120, engine: "none" } as const;
  let made = await readers.makePages(upload, options);
  for (let tries = 0; tries < 3 && !made.ok && made.failure.code === "decode_timeout"; tries += 1) {
    made = await readers.makePages(upload, options); // a busy machine says nothing of the page
  }
  return made.ok ? codesOf(made.value.pages[sample.of - 1]) : [JSON.stringify(made.failure)];
}

const isRight = (told: readonly string[], wanted: string | null): boolean =>
  wanted === null ? told.length === 0 : wanted.split("|").some((code) => told.some((one) => one.includes(code)));

const setter = await openTypesetter();
const readers = openReaders({ processes: 1 });
const rows: Row[] = [];
try {
  for (const [name, make] of [...Object.entries(defects), ...Object.entries(good)]) {
    if (!name.includes(values.only)) continue;
    const told: string[] = [];
    let right = 0;
    for (let i = 0; i < each; i += 1) {
      const from = (seed * 1_000_003 + i * 7919 + name.length * 104_729) >>> 0;
      const sample = await sampleOf(make, setter, from);
      const codes = await judge(readers, sample);
      const hit = isRight(codes, sample.wanted);
      if (hit) right += 1;
      else told.push(`${i}: ${codes.join(",") || "nothing"}`);
      if (values.keep !== undefined && !hit) keep(values.keep, `${name}-${i}`.replace(/[^\p{L}\d]+/gu, "_"), sample);
    }
    rows.push({ name, right, of: each, told });
    console.log(`| ${name} | ${right} of ${each} |${told.length === 0 ? "" : ` ${told.join("; ")}`}`);
  }
} finally {
  readers.stop();
  await setter.close();
}

function keep(folder: string, name: string, sample: Sample): void {
  mkdirSync(folder, { recursive: true });
  const page = sample.pages[sample.of - 1];
  if (page !== undefined) writeFileSync(`${folder}/${name}.jpg`, page.jpeg);
}

const sum = (of: readonly Row[], key: "right" | "of") => of.reduce((all, row) => all + row[key], 0);
const share = (of: readonly Row[]) => ((100 * sum(of, "right")) / Math.max(1, sum(of, "of"))).toFixed(1);
const [bad, fine] = [rows.filter(({ name }) => name in defects), rows.filter(({ name }) => name in good)];
console.log(`degraded pages caught: ${sum(bad, "right")} of ${sum(bad, "of")} (${share(bad)} %)`);
console.log(`good pages left alone: ${sum(fine, "right")} of ${sum(fine, "of")} (${share(fine)} %)`);
