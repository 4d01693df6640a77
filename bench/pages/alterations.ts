// How often figures altered on purpose are told, and honest papers left alone: `node --import tsx bench/pages/alterations.ts`.
import { parseArgs } from "node:util";
import type { ReadPage } from "../../ocr/pages.ts";
import { isOfQuality, type Place } from "../../ocr/quality/finding.ts";
import { openReaders } from "../../ocr/readers.ts";
import { alterations } from "../../test/support/pages/altered.ts";
import type { Sent } from "../../test/support/pages/degrade.ts";
import { pictureOfFile } from "../../test/support/pages/raster.ts";
import { type Box, openTypesetter } from "../../test/support/pages/typeset.ts";
import { chanceOf } from "../../test/support/seeded.ts";
import { honest, sheetOf } from "./honest.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "2" },
    each: { type: "string", default: "6" },
    only: { type: "string", default: "" },
  },
});
const setter = await openTypesetter();
const readers = openReaders({ processes: 1 });

type Hint = { readonly what: string; readonly place: Place };

async function hintsOf({ image }: Sent): Promise<readonly Hint[]> {
  const options = { signal: new AbortController().signal, deadlineSeconds: 300 };
  const read = await readers.readScan({ bytes: image, fileName: null, declaredType: null }, options);
  const page = read.ok ? read.value.pages[0] : undefined;
  return page === undefined ? [] : hintsOn(page);
}

function hintsOn({ findings, odd, widthPx, heightPx }: ReadPage): readonly Hint[] {
  const told = findings.flatMap(({ code, place }) =>
    isOfQuality(code) || place === null ? [] : [{ what: code, place }],
  );
  const figures = odd.map(({ x, y, width, height }) => ({
    what: "ODD_FIGURE",
    place: { x: x / widthPx, y: y / heightPx, width: width / widthPx, height: height / heightPx },
  }));
  return [...told, ...figures];
}

/** Whether the middle of the place lies on the figure or less than a line from it. */
async function isThere({ place }: Hint, { sent, at }: { sent: Sent; at: Box }): Promise<boolean> {
  const { width, height } = await pictureOfFile(sent.image);
  const [x, y] = [(place.x + place.width / 2) * width, (place.y + place.height / 2) * height];
  const [across, down] = [Math.abs(x - at.x - at.width / 2), Math.abs(y - at.y - at.height / 2)];
  return across < at.height && down < at.height;
}

const seedOf = (name: string, i: number): number =>
  (Number(values.seed) * 1_000_003 + i * 7919 + name.length * 104_729 + name.charCodeAt(name.length - 1)) >>> 0;

async function alteredRow(name: string): Promise<readonly [number, number]> {
  let [caught, of] = [0, 0];
  const elsewhere: string[] = [];
  for (let i = 0; i < Number(values.each); i += 1) {
    const chance = chanceOf(seedOf(name, i));
    const made = await alterations[name]?.(setter, sheetOf(chance, seedOf(name, i)), chance);
    if (made == null) continue; // a paper without a number
    of += 1;
    const hints = await hintsOf(made.sent);
    const hits = await Promise.all(hints.map((hint) => isThere(hint, made)));
    caught += hits.includes(true) ? 1 : 0;
    elsewhere.push(...hints.filter((_, at) => hits[at] === false).map(({ what }) => `${i}: ${what}`));
  }
  console.log(`| ${name} | ${caught} of ${of} |${elsewhere.length === 0 ? "" : ` elsewhere ${elsewhere.join(", ")}`}`);
  return [caught, of];
}

async function honestRow(name: string): Promise<readonly [number, number]> {
  const told: string[] = [];
  for (let i = 0; i < Number(values.each); i += 1) {
    const seed = seedOf(name, i);
    const sent = await honest[name]?.(setter, chanceOf(seed), seed);
    const hints = sent === undefined ? [] : await hintsOf(sent);
    if (hints.length > 0) told.push(`${i}: ${hints.map(({ what }) => what).join(",")}`);
  }
  const each = Number(values.each);
  console.log(`| ${name} | ${each - told.length} of ${each} |${told.length === 0 ? "" : ` ${told.join("; ")}`}`);
  return [each - told.length, each];
}

async function rows(names: readonly string[], row: (name: string) => Promise<readonly [number, number]>) {
  let [right, of] = [0, 0];
  for (const name of names.filter((one) => new RegExp(values.only, "u").test(one))) {
    const [some, all] = await row(name);
    right += some;
    of += all;
  }
  return `${right} of ${of} (${((100 * right) / Math.max(1, of)).toFixed(1)} %)`;
}

try {
  console.log(`altered figures told where they are: ${await rows(Object.keys(alterations), alteredRow)}`);
  console.log(`honest papers left alone: ${await rows(Object.keys(honest), honestRow)}`);
} finally {
  readers.stop();
  await setter.close();
}
