// How often a mark of secrecy is told where one stands, and where none does: `node --import tsx bench/pages/hints.ts`.
import { parseArgs } from "node:util";
import { secretMarking } from "../../ocr/paper/secret-marking.ts";
import { openReaders } from "../../ocr/readers.ts";
import { photoOf, scanOf } from "../../test/support/pages/degrade.ts";
import type { Sheet } from "../../test/support/pages/markup.ts";
import { letterOf, lookOf, papers } from "../../test/support/pages/papers.ts";
import { families, openTypesetter } from "../../test/support/pages/typeset.ts";
import { chanceOf } from "../../test/support/seeded.ts";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "2" }, each: { type: "string", default: "12" } },
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

async function told(sheet: Sheet, from: number): Promise<string | null> {
  const chance = chanceOf(from);
  const printed = await setter.print(sheet, 200);
  const { image: jpeg } = from % 2 === 0 ? await scanOf(printed, chance) : await photoOf(printed, chance);
  const options = { signal: new AbortController().signal, deadlineSeconds: 300 };
  const read = await readers.readScan({ bytes: jpeg, fileName: null, declaredType: null }, options);
  return read.ok ? secretMarking(read.value.pages[0]?.words ?? []) : "not read";
}

let [right, degree, wrong, without] = [0, 0, 0, 0];
for (let i = 0; i < each; i += 1) {
  const marking = markings[i % markings.length] ?? "MẬT";
  const from = seed * 1_000_003 + i * 7919;
  const [sheet] = letterOf(lookOf(from, families())).sheets;
  const found = sheet === undefined ? null : await told(stamped(sheet, marking, 22 + (i % 6)), from);
  right += found === null ? 0 : 1;
  degree += found === marking ? 1 : 0;
  console.log(`${marking}: ${found}`);
}
for (const [name, make] of Object.entries(papers)) {
  const from = seed * 1_000_003 + name.length * 104_729;
  for (const sheet of make(lookOf(from, families())).sheets.slice(0, 1)) {
    without += 1;
    const found = await told(sheet, from);
    if (found !== null) console.log(`${name}: ${found}`);
    wrong += found === null ? 0 : 1;
  }
}
console.log(
  `marks told: ${right} of ${each}, with the right degree ${degree}; told where none stands: ${wrong} of ${without}`,
);
readers.stop();
await setter.close();
