import type { Corners, Spot } from "../decode/plane.ts";
import type { Turn } from "../pages.ts";

/** A place on a page in shares of its width and height, 0 to 1, from the top left. */
export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What an official should look at on a page; none of it refuses. */
export type FindingCode =
  | "BLANK_PAGE"
  | "RESOLUTION_TOO_LOW"
  | "BLURRED"
  | "GLARE"
  | "CUT_OFF"
  | "CORNER_MISSING"
  | "COLOUR_LOST"
  | "DUPLICATE_PAGE"
  | AlterationHint;

/** Signs that something may have been altered on the paper: told to look there again, never why a scan is not taken. */
export type AlterationHint = "LIGHTER_PATCH" | "OVERWRITTEN";

/** What is wrong with the scan, not with the paper. */
export type QualityCode = Exclude<FindingCode, AlterationHint>;

export const isOfQuality = (code: FindingCode): code is QualityCode =>
  code !== "LIGHTER_PATCH" && code !== "OVERWRITTEN";

export type Finding = {
  readonly code: FindingCode;
  /** Null: the whole page. */
  readonly place: Place | null;
  /** Of a duplicate: the page that it repeats, from 1 in the upload. */
  readonly of: number | null;
};

export const wholePage: Place = { x: 0, y: 0, width: 1, height: 1 };

/** Where a place comes to lie when the page is turned clockwise. */
export function turnPlace({ x, y, width, height }: Place, turn: Turn): Place {
  switch (turn) {
    case 0:
      return { x, y, width, height };
    case 90:
      return { x: 1 - y - height, y: x, width: height, height: width };
    case 180:
      return { x: 1 - x - width, y: 1 - y - height, width, height };
    case 270:
      return { x: y, y: 1 - x - width, width: height, height: width };
  }
}

/** The place in shares of a box in pixels. */
export function placeOf(
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  { width, height }: { readonly width: number; readonly height: number },
): Place {
  return { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
}

/** The same corners on the page turned clockwise, again beginning at its top left. */
export function turnCorners([a, b, c, d]: Corners, turn: Turn): Corners {
  const moved = ({ x, y }: Spot): Spot =>
    turn === 0
      ? { x, y }
      : turn === 90
        ? { x: 1 - y, y: x }
        : turn === 180
          ? { x: 1 - x, y: 1 - y }
          : { x: y, y: 1 - x };
  const [first, second, third, fourth] = [moved(a), moved(b), moved(c), moved(d)];
  if (turn === 90) return [fourth, first, second, third];
  if (turn === 180) return [third, fourth, first, second];
  return turn === 270 ? [second, third, fourth, first] : [first, second, third, fourth];
}
