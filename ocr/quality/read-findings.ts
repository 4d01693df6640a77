import type { Corners, Spot } from "../decode/plane.ts";
import type { Finding, FindingCode, Place } from "./finding.ts";

const codes: readonly unknown[] = [
  "BLANK_PAGE",
  "RESOLUTION_TOO_LOW",
  "BLURRED",
  "GLARE",
  "CUT_OFF",
  "CORNER_MISSING",
  "COLOUR_LOST",
  "DUPLICATE_PAGE",
  "LIGHTER_PATCH",
  "OVERWRITTEN",
] satisfies FindingCode[];
const most = 20;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** Findings as another process told them; null when they are none. */
export function readFindings(value: unknown): readonly Finding[] | null {
  if (!Array.isArray(value) || value.length > most) return null;
  const found = value.map(readFinding);
  return found.every((one) => one !== null) ? found : null;
}

function readFinding(value: unknown): Finding | null {
  const { code, place, of } = (value ?? {}) as { readonly [key in keyof Finding]?: unknown };
  if (!codes.includes(code)) return null;
  const read = place === null ? null : readPlace(place);
  if (read === undefined) return null;
  return { code: code as FindingCode, place: read, of: isNumber(of) && of >= 1 ? Math.round(of) : null };
}

function readPlace(value: unknown): Place | undefined {
  const { x, y, width, height } = (value ?? {}) as { readonly [key in keyof Place]?: unknown };
  if (!isNumber(x) || !isNumber(y) || !isNumber(width) || !isNumber(height)) return undefined;
  const [left, top] = [within(x), within(y)];
  return { x: left, y: top, width: within(x + width) - left, height: within(y + height) - top };
}

const within = (share: number): number => Math.max(0, Math.min(1, share));

/** Corners as another process told them; undefined when they are none. */
export function readCorners(value: unknown): Corners | null | undefined {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) return undefined;
  const [a, b, c, d, more] = value.map(readSpot);
  return a && b && c && d && more === undefined ? [a, b, c, d] : undefined;
}

function readSpot(value: unknown): Spot | undefined {
  const { x, y } = (value ?? {}) as { readonly [key in keyof Spot]?: unknown };
  return isNumber(x) && isNumber(y) && Math.abs(x) < 3 && Math.abs(y) < 3 ? { x, y } : undefined;
}
