// How often a hint is told where it should be, and where it should not: `node --import tsx bench/pages/hints.ts`.
import { parseArgs } from "node:util";
import type { ReadPage } from "../../ocr/pages.ts";
import { secretMarking } from "../../ocr/paper/secret-marking.ts";
import { openReaders } from "../../ocr/readers.ts";
import { photoOf, scanOf } from "../../test/support/pages/degrade.ts";
import type { Sheet } from "../../test/support/pages/markup.ts";
import { letterOf, lookOf, papers } from "../../test/support/pages/papers.ts";
import { families, openTypesetter } from "../../test/support/pages/typeset.ts";
import { chanceOf } from "../../test/support/seeded.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "2" },
    each: { type: "string", default: "12" },
    only: { type: "string", default: "" },
  },
});
const [seed, each] = [Number(values.seed), Number(values.each)];
const setter = await openTypesetter();
const readers = openReaders({ processes: 1 });
const markings = ["MẬT", "TỐI MẬT", "TUYỆT MẬT"] as const;

function stamped(sheet: Sheet, marking: string, leftMm: number): Sheet {
  const place = `position:absolute;left:${leftMm}mm;top:46mm;transform:rotate(${(leftMm % 5) - 2}deg)`;
  const look = "border:.6mm solid #b3122a;color:#b3122a;font-weight:700;font-size:13pt;padding:.6mm 3mm";
  return { ...sheet, html: `${sheet.html}<div style="${place};${look}">${marking}</div>` };
}

async function readOf(sheet: Sheet, from: number): Promise<ReadPage | null> {
  const chance = chanceOf(from);
  const printed = await setter.print(sheet, 200);
  const { image: jpeg } = from % 2 === 0 ? await scanOf(printed, chance) : await photoOf(printed, chance);
  const options = { signal: new AbortController().signal, deadlineSeconds: 300 };
  const read = await readers.readScan({ bytes: jpeg, fileName: null, declaredType: null }, options);
  return read.ok ? (read.value.pages[0] ?? null) : null;
}

const told = async (sheet: Sheet, from: number): Promise<string | null> => {
  const page = await readOf(sheet, from);
  return page === null ? "not read" : secretMarking(page.words);
};

async function stampedLetters(): Promise<string> {
  let [right, degree] = [0, 0];
  for (let i = 0; i < each; i += 1) {
    const marking = markings[i % markings.length] ?? "MẬT";
    const from = seed * 1_000_003 + i * 7919;
    const [sheet] = letterOf(lookOf(from, families())).sheets;
    const found = sheet === undefined ? null : await told(stamped(sheet, marking, 22 + (i % 6)), from);
    right += found === null ? 0 : 1;
    degree += found === marking ? 1 : 0;
    console.log(`${marking}: ${found}`);
  }
  return `marks told: ${right} of ${each}, with the right degree ${degree}`;
}

async function plainPapers(): Promise<string> {
  let [wrong, of] = [0, 0];
  for (const [name, make] of Object.entries(papers)) {
    const from = seed * 1_000_003 + name.length * 104_729;
    const [sheet] = make(lookOf(from, families())).sheets;
    const found = sheet === undefined ? null : await told(sheet, from);
    if (found !== null) console.log(`${name}: ${found}`);
    of += 1;
    wrong += found === null ? 0 : 1;
  }
  return `told where none stands: ${wrong} of ${of}`;
}

const without = (sheet: Sheet, over: string): Sheet => ({
  ...sheet,
  html: sheet.html.replace(new RegExp(`<svg data-over="${over}"[\\s\\S]*?</svg>`, "gu"), ""),
});

/** Each paper that is signed: as it is, without its seal, without its signature. A page whose signer was not read is told apart. */
async function marks(): Promise<void> {
  const counts = { asIs: 0, sealWrong: 0, signatureWrong: 0, noSeal: 0, sealTold: 0, noSignature: 0, signatureTold: 0 };
  for (const [name, make] of Object.entries(papers)) {
    const from = seed * 1_000_003 + name.length * 104_729 + name.charCodeAt(0);
    const { fields, sheets } = make(lookOf(from, families()));
    const sheet = sheets.find(
      ({ html }) => html.includes('data-over="seal"') && html.includes('data-over="signature"'),
    );
    if (fields["nguoi_ky"] === undefined || sheet === undefined) continue;
    const missing = async (one: Sheet) => (await readOf(one, from))?.missing ?? [];
    const [asIs, noSeal, noSignature] = [
      await missing(sheet),
      await missing(without(sheet, "seal")),
      await missing(without(sheet, "signature")),
    ];
    console.log(`${name}: as it is [${asIs}], without seal [${noSeal}], without signature [${noSignature}]`);
    counts.asIs += 1;
    counts.sealWrong += asIs.includes("SEAL_NOT_SEEN") ? 1 : 0;
    counts.signatureWrong += asIs.includes("SIGNATURE_NOT_SEEN") ? 1 : 0;
    counts.noSeal += 1;
    counts.sealTold += noSeal.includes("SEAL_NOT_SEEN") ? 1 : 0;
    counts.noSignature += 1;
    counts.signatureTold += noSignature.includes("SIGNATURE_NOT_SEEN") ? 1 : 0;
  }
  const { asIs, sealWrong, signatureWrong, noSeal, sealTold, noSignature, signatureTold } = counts;
  console.log(`missing seal: told of ${sealTold} of ${noSeal}; of ${sealWrong} of ${asIs} that have one`);
  console.log(
    `missing signature: told of ${signatureTold} of ${noSignature}; of ${signatureWrong} of ${asIs} that have one`,
  );
}

if (values.only !== "marks") console.log(`${await stampedLetters()}; ${await plainPapers()}`);
if (values.only !== "secrecy") await marks();
readers.stop();
await setter.close();
