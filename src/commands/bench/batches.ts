import { composeCopy } from "../../../signing/compose/compose-copy.ts";
import type { OriginalPage } from "../../../signing/compose/copy-to-compose.ts";
import type { ReadWord } from "../../../signing/compose/word-lines.ts";
import { loadFonts } from "../../fonts.ts";
import { benchCopy } from "./copying.ts";
import { costOf } from "./cost.ts";
import { type Extent, scanFor, tinyInput } from "./extent.ts";
import { type Figure, type Goal, limitFigure } from "./figure.ts";
import { digestsOf } from "./reading.ts";

export const batchGoal = {
  bench: "batch-many",
  goal: "<= 25 ms",
  unit: "CPU milliseconds a page",
} as const satisfies Goal;

export const mostGrowth = 64 * 1024 * 1024;

/** Different one-page copies composed one after the other, as a busy day has them; what reading costs is the `read` bench's. */
export async function batchFigure(extent: Extent): Promise<Figure> {
  const { tiny } = extent;
  const fonts = await loadFonts();
  const scans = [await scanFor(extent, 0, 200), await scanFor(extent, 1, 200)];
  const copies = tiny ? 3 : 1000;
  const compose = async (number: number) => {
    const scan = scans[number % scans.length] ?? scans[0];
    if (scan === undefined) throw new Error("a bench has scans");
    const made = await composeCopy(
      benchCopy([pageOf(scan.jpeg, tiny ? 100 : 200, scan.text, number)], String(number)),
      fonts,
    );
    if (!made.ok) throw new Error(`the bench cannot compose: ${made.failure.code}`);
  };
  for (let i = 0; i < Math.min(50, copies); i++) await compose(i); // compiled before it counts
  const before = process.memoryUsage.rss();
  const seconds = await costOf(async () => {
    for (let i = 0; i < copies; i++) await compose(i);
  }, "cpu");
  const grown = process.memoryUsage.rss() - before;
  const objection = grown > mostGrowth ? `memory grew by ${Math.round(grown / 1e6)} MB over ${copies} copies` : null;
  const each = (1000 * seconds) / copies;
  return limitFigure(batchGoal, each, 25, digestsOf(scans), objection ?? (tiny ? tinyInput : null));
}

/** The words where they would stand, some 400 of them; one differs from copy to copy. */
export function pageOf(image: OriginalPage["image"], dpi: number, text: string, number: number): OriginalPage {
  const px = (mm: number) => Math.round((mm / 25.4) * dpi);
  const words = `${text} ${number}`.split("\n").flatMap((line, i) => {
    let x = px(25);
    return line.split(" ").map((word): ReadWord => {
      const read = {
        text: word,
        x,
        y: px(21 + i * 6.2),
        width: px(2.2 * word.length),
        height: px(5),
        confidence: 90,
        line: i,
        block: 0,
      };
      x += read.width + px(1.2);
      return read;
    });
  });
  const [widthPx, heightPx] = [px(210), px(297)];
  return { image, widthPx, heightPx, dpi, words };
}
