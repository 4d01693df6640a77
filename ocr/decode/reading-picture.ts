import { evenLight } from "./even-light.ts";
import { type Boxes, glyphBoxes } from "./glyphs.ts";
import { greyOf } from "./grey-of.ts";
import { pixelsOf } from "./held-page.ts";
import { greyWithoutSeals, liftGreySeals } from "./lift-seals.ts";
import { type Grey, lookAt, smaller } from "./look.ts";
import type { Corners } from "./plane.ts";
import { sheetCorners } from "./see-corners.ts";
import { sharpened } from "./sharpen.ts";
import { levelGrey, measureSkew } from "./skew.ts";
import type { PageSource } from "./source.ts";
import { straighten } from "./straighten.ts";

/** What an engine is given; never what is certified. */
export type ReadingPicture = {
  readonly grey: Grey;
  readonly dpi: number;
  /** Pixels of `grey` to one of the page. */
  readonly scale: number;
  /** Degrees by which the lines of the page fall to the right; they run level in `grey`. */
  readonly skew: number;
  /** Where the sheet's corners lie on the page, in shares, when `grey` shows the sheet alone; null when it shows the page. */
  readonly corners: Corners | null;
  /** What stands apart in `grey`, in its pixels: to see whether every line of print was read. */
  readonly glyphs: Boxes;
  /** Round red shapes of a seal's size; null where the page has no colours. */
  readonly seals: number | null;
};

const finest = { sheet: 200, card: 300 }; // time follows pixels; 200 dpi grey reads as well as 300, but for the fine print of cards
const cardMm2 = 15_600; // A6; an identity card is 4,600
const coarse = { below: 130, grownTo: 170, sharpest: 0.35 };
const skewDpi = 75;
const leastSkew = 0.1;
const glyphDpi = 100; // letters of small print still stand apart
const glyphContrast = 70;

/** The page in grey at 200 dpi or less, a card at 300, without seals over its text, its lines level. */
export async function makeReadingPicture(source: PageSource): Promise<ReadingPicture> {
  const { scale, blurred } = await scaleFor(source);
  const dpi = source.resolution.dpi * scale;
  const { grey: whole, seals } = await greyOfPage(source, scale, dpi);
  const corners = await sheetCorners(source, whole);
  const seen = corners === null ? whole : sheetAlone(whole, corners);
  const grey = blurred ? sharpened(seen) : seen;
  const small = evenLight(smaller(grey, Math.max(1, Math.round(dpi / skewDpi))));
  const skew = measureSkew(small, inkBelow);
  const isLevel = Math.abs(skew) < leastSkew;
  const level = isLevel ? grey : levelGrey(grey, skew, evenPaper);
  return { grey: level, dpi, scale, skew: isLevel ? 0 : skew, corners, glyphs: glyphsIn(level, dpi), seals };
}

function glyphsIn(grey: Grey, dpi: number): Boxes {
  const times = Math.max(1, Math.round(dpi / glyphDpi));
  return glyphBoxes(evenLight(smaller(grey, times)), evenPaper - glyphContrast, times);
}

// A lamp and a hand leave light and shadow on what a phone sees; scanners light evenly.
function sheetAlone({ width, height, pixels }: Grey, corners: Corners): Grey {
  const straight = straighten({ width, height, channels: 1, pixels }, corners);
  return evenLight({ width: straight.width, height: straight.height, pixels: straight.pixels });
}

const evenPaper = 235;
const inkBelow = evenPaper - 45;

// Small letters are found better when grown; blurred ones also need their edges back.
async function scaleFor(source: PageSource): Promise<{ scale: number; blurred: boolean }> {
  const { dpi } = source.resolution;
  const mm2 = (source.widthPx * source.heightPx * 25.4 ** 2) / dpi ** 2;
  if (dpi >= coarse.below) {
    return { scale: Math.min(1, (mm2 <= cardMm2 ? finest.card : finest.sheet) / dpi), blurred: false };
  }
  const { sharpness } = lookAt(evenLight(await greyOf(source, dpi)));
  return { scale: coarse.grownTo / dpi, blurred: sharpness <= coarse.sharpest };
}

async function greyOfPage(
  source: PageSource,
  scale: number,
  dpi: number,
): Promise<Pick<ReadingPicture, "grey" | "seals">> {
  const drawn = await pixelsOf(source, scale, 0);
  return drawn.channels === 3 ? greyWithoutSeals(drawn, dpi) : { grey: liftGreySeals(drawn, dpi), seals: null };
}
