import sharp from "sharp";
import { leastDpi } from "../../src/core/coarse-scan.ts";
import type { Finding, FindingCode } from "../quality/finding.ts";
import { placeOf, wholePage } from "../quality/finding.ts";
import { fingerprintOf, packFingerprint } from "../quality/fingerprint.ts";
import { findCut } from "./cut-text.ts";
import { type EdgeWidths, edgeWidths } from "./edge-width.ts";
import { evenLight } from "./even-light.ts";
import { findFoldedCorner } from "./folded-corner.ts";
import { findGlare } from "./glare.ts";
import { greyOf } from "./grey-of.ts";
import { drawRaw, pixelsOf } from "./held-page.ts";
import { type Grey, type Look, lookAt, smaller } from "./look.ts";
import { findGreySeal } from "./lost-colour.ts";
import { lighterPlaces, type Odd, oddSize, overwrittenPlaces } from "./odd-places.ts";
import { paperCells } from "./paper-cells.ts";
import type { Corners } from "./plane.ts";
import { sheetCorners } from "./see-corners.ts";
import { levelGrey, measureSkew } from "./skew.ts";
import type { PageSource } from "./source.ts";
import { type Raw, straighten } from "./straighten.ts";

/** Thresholds were set on pages of one seed and measured on pages of another: docs/quality-gate.md. */
const limits = {
  /** A line of small print is a hundred times this; dust is less. */
  blankInk: 0.00005,
  blurredMm: 0.148,
  blurredPartMm: 0.24,
  /** Edges no sharper than a scan of some 100 dpi has them, whatever the file says. */
  coarseMm: 0.131,
  cornerOut: 0.012,
  cardMm2: 15_600, // A6
  /** Of what the paper around changes by. */
  lighter: 2.4,
  /** Square millimetres of blue on black. */
  overwritten: 0.3,
  mostOdd: 3,
} as const;

const edgeDpi = 200;
export const lookDpi = 150;

export type LookedOver = Look & {
  readonly blank: boolean;
  readonly findings: readonly Finding[];
  readonly corners: Corners | null;
  readonly fingerprint: Uint8Array;
  readonly even: Grey;
};

/** One page looked at for what an official should know of before comparing: each finding with its place, nothing decided. */
export async function lookOver(source: PageSource): Promise<LookedOver> {
  const { dpi } = source.resolution;
  const fine = await greyOf(source, edgeDpi);
  const asScanned = await shrunk(fine, Math.min(1, lookDpi / Math.min(dpi, edgeDpi)));
  const corners = await sheetCorners(source, asScanned);
  const even = evenLight(asScanned);
  const sheet = corners === null ? even : straightGrey(even, corners);
  const look = lookAt(even);
  const blank = look.inkShare < limits.blankInk;
  const edges = blank ? { blurMm: null, worst: null } : edgeWidths(fine, Math.min(dpi, edgeDpi));
  const at = Math.min(dpi, lookDpi);
  const findings = [
    ...(blank ? [finding("BLANK_PAGE")] : []),
    ...sharpnessFindings(edges, dpi, fine),
    ...glareFindings(asScanned, at, corners),
    ...(blank ? [] : edgeFindings(asScanned, even, at, corners)),
    ...(blank || corners !== null ? [] : await colourFindings(source, even, at)), // a photograph has colours of its own light
    ...(blank ? [] : alterationFindings(source)),
  ];
  const fingerprint = blank ? null : fingerprintOf(levelled(sheet), inkBelow);
  return {
    ...look,
    blank,
    findings,
    corners,
    fingerprint: fingerprint === null ? new Uint8Array() : packFingerprint(fingerprint),
    even,
  };
}

const inkBelow = 235 - 70;

const finding = (code: Finding["code"], place: Finding["place"] = null): Finding => ({ code, place, of: null });

async function shrunk({ width, height, pixels }: Grey, scale: number): Promise<Grey> {
  if (scale >= 1) return { width, height, pixels };
  const image = sharp(pixels, { raw: { width, height, channels: 1 } });
  const small = image
    .resize(Math.round(width * scale), Math.round(height * scale), { fit: "fill" })
    .toColourspace("b-w");
  const { data, info } = await small.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
}

function straightGrey({ width, height, pixels }: Grey, corners: Corners): Grey {
  const straight = straighten({ width, height, channels: 1, pixels }, corners);
  return { width: straight.width, height: straight.height, pixels: straight.pixels };
}

function levelled(grey: Grey): Grey {
  const skew = measureSkew(smaller(grey, 2), 235 - 45);
  return Math.abs(skew) < 0.1 ? grey : levelGrey(grey, skew, 235);
}

function sharpnessFindings({ blurMm, worst }: EdgeWidths, dpi: number, size: Grey): readonly Finding[] {
  if (dpi < leastDpi) return [finding("RESOLUTION_TOO_LOW"), ...blurFindings(blurMm, worst, size, 160 / dpi)];
  const blurred = blurFindings(blurMm, worst, size, 1);
  if (blurred.length > 0) return blurred;
  return blurMm !== null && blurMm > limits.coarseMm
    ? [finding("RESOLUTION_TOO_LOW", placeOf(worst?.box ?? whole(size), size))]
    : [];
}

// A coarse scan has wide edges by its dots alone.
function blurFindings(
  blurMm: number | null,
  worst: EdgeWidths["worst"],
  size: Grey,
  allowance: number,
): readonly Finding[] {
  const times = Math.max(1, allowance);
  const isAll = blurMm !== null && blurMm > limits.blurredMm * times;
  const isPart = worst !== null && worst.blurMm > limits.blurredPartMm * times;
  if (!isAll && !isPart) return [];
  return [finding("BLURRED", worst === null ? wholePage : placeOf(worst.box, size))];
}

const squareMm = ({ width, height }: { width: number; height: number }, dpi: number) =>
  (width * height * 25.4 ** 2) / dpi ** 2;
const whole = ({ width, height }: Grey) => ({ x: 0, y: 0, width, height });

function glareFindings(asScanned: Grey, dpi: number, corners: Corners | null): readonly Finding[] {
  const glare = findGlare(asScanned, dpi, corners);
  return glare === null ? [] : [finding("GLARE", placeOf(glare, asScanned))];
}

function edgeFindings(asScanned: Grey, even: Grey, dpi: number, corners: Corners | null): readonly Finding[] {
  if (corners !== null) {
    const out = corners.find(({ x, y }) => [x, y, 1 - x, 1 - y].some((inside) => inside < -limits.cornerOut));
    return out === undefined ? [] : [finding("CORNER_MISSING", around(out.x, out.y))];
  }
  const folded = findFoldedCorner(asScanned, dpi);
  if (folded !== null) return [finding("CORNER_MISSING", placeOf(folded, asScanned))];
  const cut = findCut(even);
  return cut === null ? [] : [finding("CUT_OFF", placeOf(cut, even))];
}

const around = (x: number, y: number) => ({ x: x < 0.5 ? 0 : 0.75, y: y < 0.5 ? 0 : 0.8, width: 0.25, height: 0.2 });

async function colourFindings(source: PageSource, even: Grey, dpi: number): Promise<readonly Finding[]> {
  const colours = async () => (source.isGrey ? null : coloursOf(source, even));
  const seal = await findGreySeal(even, dpi, colours);
  return seal === null ? [] : [finding("COLOUR_LOST", placeOf(seal, even))];
}

/** Of a sheet: plastic glints. A page too large to be held is a drawing. What stands out in many places is the manner of the paper, and none of it is told. */
function alterationFindings({ pixels, resolution }: PageSource): readonly Finding[] {
  if (pixels === null || squareMm(pixels, resolution.dpi) <= limits.cardMm2) return [];
  const cells = paperCells(pixels, resolution.dpi);
  const told = (code: FindingCode, places: readonly Odd[], least: number) => {
    const found = places.filter(({ score }) => score >= least);
    return found.length > limits.mostOdd ? [] : found.map(({ x, y }) => finding(code, placeOf(boxOf(x, y), pixels)));
  };
  const boxOf = (x: number, y: number) => ({
    x: x * cells.side,
    y: y * cells.side,
    width: oddSize.wide * cells.side,
    height: oddSize.tall * cells.side,
  });
  return [
    ...told("LIGHTER_PATCH", lighterPlaces(cells), limits.lighter),
    ...told("OVERWRITTEN", overwrittenPlaces(cells), limits.overwritten),
  ];
}

async function coloursOf(source: PageSource, { width, height }: Grey): Promise<Raw | null> {
  const drawn = await pixelsOf(source, width / source.widthPx, 0);
  if (drawn.channels !== 3) return null;
  if (drawn.width === width && drawn.height === height) return drawn;
  const image = drawRaw(drawn, 1, 0).resize(width, height, { fit: "fill" });
  const { data } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width, height, channels: 3, pixels: data };
}
