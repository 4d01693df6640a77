import type { Grey } from "./look.ts";
import type { Box } from "./round-shapes.ts";

const ink = 150;
const lettersCut = { ofLine: 6, ofColumn: 3 }; // along a side one letter of each line is cut
const stroke = { least: 1, most: 14 }; // across a letter's stroke at 150 dpi; a scanner's dark rim is far longer

/**
 * The strip along the edge of the picture over which the text runs: short dark runs, a line of letters of them, both on the
 * edge itself and a little inside. Null where there is none.
 *
 * @param grey some 150 dpi, evenly lit
 */
export function findCut(grey: Grey): Box | null {
  const { width, height } = grey;
  const inside = 3;
  const deep = Math.round(Math.min(width, height) * 0.06);
  const sides = [
    { lines: [0, inside * width], step: 1, count: width, box: { x: 0, y: 0, width, height: deep } },
    {
      lines: [(height - 1) * width, (height - 1 - inside) * width],
      step: 1,
      count: width,
      box: { x: 0, y: height - deep, width, height: deep },
    },
    { lines: [0, inside], step: width, count: height, box: { x: 0, y: 0, width: deep, height } },
    {
      lines: [width - 1, width - 1 - inside],
      step: width,
      count: height,
      box: { x: width - deep, y: 0, width: deep, height },
    },
  ];
  const cut = sides.find(({ lines, step, count }) =>
    lines.every(
      (start) => strokesAlong(grey, start, step, count) >= (step === 1 ? lettersCut.ofLine : lettersCut.ofColumn),
    ),
  );
  return cut?.box ?? null;
}

function strokesAlong({ pixels }: Grey, start: number, step: number, count: number): number {
  let strokes = 0;
  let run = 0;
  for (let i = 0; i <= count; i += 1) {
    if (i < count && (pixels[start + i * step] ?? 255) < ink) {
      run += 1;
      continue;
    }
    if (run >= stroke.least && run <= stroke.most) strokes += 1;
    run = 0;
  }
  return strokes;
}
