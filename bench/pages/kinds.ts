// Kind, fields and text of papers of our own, apart from the corpus: `node --import tsx bench/pages/kinds.ts`.
import { parseArgs } from "node:util";
import { openReaders } from "../../ocr/readers.ts";
import { textOfWords } from "../../ocr/words.ts";
import { plainReading } from "../../src/commands/corpus/plain-reading.ts";
import { type Measures, measure } from "../../src/commands/corpus/reading-measures.ts";
import { assembled } from "../../test/support/pages/assembled.ts";
import { photoOf, type Sent, scanOf } from "../../test/support/pages/degrade.ts";
import { lookOf, papers } from "../../test/support/pages/papers.ts";
import { families, openTypesetter } from "../../test/support/pages/typeset.ts";
import { chanceOf } from "../../test/support/seeded.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "2" },
    each: { type: "string", default: "3" },
    only: { type: "string", default: "" },
  },
});
const setter = await openTypesetter();
const readers = openReaders({ processes: 1 });
const deadline = { deadlineSeconds: 180 };
type Total = { kinds: number; of: number; right: number; asked: number; ours: Measures[]; plain: Measures[] };
const totals = new Map<string, Total>();

/** What `tesseract -l vie` reads of the same pictures without us; nothing where there is none. */
async function plainText(sent: readonly Sent[]): Promise<string> {
  const texts: string[] = [];
  for (const { image } of sent) texts.push(...((await plainReading(image)) ?? []));
  return texts.join("\n");
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one paper from the typesetter to the figures, told in order
async function one(name: string, seed: number, manner: "flat-bed" | "phone"): Promise<void> {
  const paper = papers[name]?.(lookOf(seed, families()));
  if (paper === undefined) return;
  const chance = chanceOf(seed + (manner === "phone" ? 1 : 0));
  const sent: Sent[] = [];
  const texts: string[] = [];
  for (const sheet of paper.sheets) {
    const printed = await setter.print(sheet, sheet.widthMm < 150 ? 300 : chance.pick([200, 300]));
    sent.push(
      await (manner === "phone"
        ? photoOf(printed, chance, sheet.widthMm < 150 ? { paperDpi: 420 } : {})
        : scanOf(printed, chance)),
    );
    texts.push(printed.text);
  }
  const found = new Map<string, string[]>();
  let [kind, read]: [string | null, string] = [null, ""];
  const uploads = manner === "phone" ? sent.map((page) => [page]) : [sent];
  for (const upload of uploads) {
    const options = { signal: new AbortController().signal, ...deadline };
    const scan = await readers.readScan(
      { bytes: await assembled(upload), fileName: null, declaredType: null },
      options,
    );
    if (!scan.ok) {
      console.log(`  ${name} ${seed} ${manner}: ${JSON.stringify(scan.failure)}`);
      continue;
    }
    kind ??= scan.value.paper.kind;
    for (const field of scan.value.paper.fields) {
      found.set(field.name, [...(found.get(field.name) ?? []), field.normalised, field.value]);
    }
    read += `${scan.value.pages.map(({ words }) => textOfWords(words)).join("\n")}\n`;
  }
  const wrong = Object.entries(paper.fields).filter(([field, wanted]) => found.get(field)?.includes(wanted) !== true);
  const asked = Object.keys(paper.fields).length;
  const [ours, plain] = [read, await plainText(sent)].map((text) => measure(texts.join("\n"), [text], []));
  if (ours === undefined || plain === undefined) return;
  const total = totals.get(manner) ?? { kinds: 0, of: 0, right: 0, asked: 0, ours: [], plain: [] };
  total.of += 1;
  total.kinds += kind === paper.kind ? 1 : 0;
  total.right += asked - wrong.length;
  total.asked += asked;
  total.ours.push(ours);
  total.plain.push(plain);
  totals.set(manner, total);
  const told = wrong.map(([field, wanted]) => `${field} "${found.get(field)?.[0] ?? ""}" for "${wanted}"`);
  console.log(
    `${name} ${seed} ${manner}: ${kind === paper.kind ? "" : `KIND ${kind}; `}fields ${asked - wrong.length}/${asked}; ${errors(ours)}, plain ${errors(plain)}${told.length > 0 ? `; ${told.join(", ")}` : ""}`,
  );
}

function errors({ order, any }: Measures): string {
  return `order ${(100 * order).toFixed(2)} any ${(100 * any).toFixed(2)} %`;
}

/** The middle one of each figure. */
function middle(of: readonly Measures[]): Measures {
  const at = (key: keyof Measures) =>
    of.map((one) => one[key]).toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
  return { order: at("order"), any: at("any"), recall: at("recall") };
}

for (const name of Object.keys(papers)) {
  if (!name.includes(values.only)) continue;
  for (let i = 0; i < Number(values.each); i += 1) {
    const seed = Number(values.seed) * 100_003 + i * 911 + name.length * 7;
    await one(name, seed, "flat-bed");
    await one(name, seed, "phone");
  }
}
for (const [manner, { kinds, of, right, asked, ours, plain }] of totals) {
  const worse = ours.filter(({ any }, i) => any > (plain[i]?.any ?? 0) + 0.003).length;
  console.log(
    `own pages, ${manner}: kind ${kinds} of ${of}, fields ${right} of ${asked} (${((100 * right) / Math.max(1, asked)).toFixed(1)} %), medians ${errors(middle(ours))}, plain ${errors(middle(plain))}; worse than plain by 0.3 points: ${worse}`,
  );
}
readers.stop();
await setter.close();
