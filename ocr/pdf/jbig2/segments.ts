import { type Cursor, cursorOf } from "../../headers/cursor.ts";
import type { CodedRegion } from "./generic-region.ts";

/** Where a region's dots go on the page, and how they meet those that are there. ITU-T T.88 §7.4.1. */
type Placed = { readonly x: number; readonly y: number; readonly meets: "or" | "and" | "xor" | "xnor" | "replace" };

export type Region = Placed &
  (
    | ({ readonly coded: "dots" } & CodedRegion)
    | { readonly coded: "fax"; readonly width: number; readonly height: number; readonly data: Uint8Array }
  );

export type Jbig2Page = {
  readonly width: number;
  /** Null where it is told by its stripes. */
  readonly height: number | null;
  readonly isBlack: boolean;
  readonly regions: readonly Region[];
};

const types = {
  region: 38,
  losslessRegion: 39,
  page: 48,
  endOfPage: 49,
  endOfStripe: 50,
  endOfFile: 51,
  extension: 62,
};
const coded: ReadonlySet<number> = new Set([types.region, types.losslessRegion]);
const known: ReadonlySet<number> = new Set(Object.values(types));
const mostSegments = 10_000;

/**
 * A page that is nothing but regions of dots, as copiers and scanners write it. ITU-T T.88 §7, embedded as ISO 32000-1 §7.4.7 has it.
 *
 * @returns null where anything else is in it: symbols, half-tones and refinements are for the renderer
 */
export function readJbig2(bytes: Uint8Array): Jbig2Page | null {
  const segments = segmentsOf(bytes);
  const pages = segments?.filter(({ type }) => type === types.page) ?? [];
  if (segments === null || !segments.every(({ type }) => known.has(type)) || pages.length !== 1) return null;
  const page = readPage(pages[0]?.data ?? bytes);
  const regions = segments.filter(({ type }) => coded.has(type)).map(({ data }) => readRegion(data));
  const whole = regions.filter((region) => region !== null);
  return page === null || whole.length === 0 || whole.length < regions.length ? null : { ...page, regions: whole };
}

function segmentsOf(bytes: Uint8Array): readonly { readonly type: number; readonly data: Uint8Array }[] | null {
  const view = cursorOf(bytes, "big");
  const found: { type: number; data: Uint8Array }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const segment = readSegment(view, at);
    if (segment === null || found.length > mostSegments) return null;
    found.push({ type: segment.type, data: bytes.subarray(segment.start, segment.end) });
    at = segment.end;
  }
  return found;
}

type Segment = { readonly type: number; readonly start: number; readonly end: number };

/** §7.2. Null where it is cut, or of unknown length. */
function readSegment(view: Cursor, at: number): Segment | null {
  if (at + 11 > view.length) return null;
  const number = view.u32(at);
  const flags = view.u8(at + 4);
  const short = view.u8(at + 5) >> 5;
  const referred = short < 5 ? short : view.u32(at + 5) & 0x1fffffff;
  if (short === 5 || short === 6 || referred > mostSegments) return null;
  const counted = short < 5 ? 1 : 4 + Math.ceil((referred + 1) / 8);
  const size = number <= 256 ? 1 : number <= 65_536 ? 2 : 4;
  const length = at + 5 + counted + referred * size + ((flags & 0x40) === 0 ? 1 : 4);
  if (length + 4 > view.length) return null;
  const start = length + 4;
  const end = start + view.u32(length);
  return end > view.length ? null : { type: flags & 0x3f, start, end };
}

/** §7.4.8 */
function readPage(data: Uint8Array): Omit<Jbig2Page, "regions"> | null {
  if (data.length < 19) return null;
  const view = cursorOf(data, "big");
  const height = view.u32(4);
  return { width: view.u32(0), height: height === 0xffffffff ? null : height, isBlack: (view.u8(16) & 4) !== 0 };
}

const meetings = ["or", "and", "xor", "xnor", "replace"] as const;
const extendedTemplate = 0x10; // twelve adaptive neighbours: nobody is known to write it

/** §7.4.6 */
function readRegion(data: Uint8Array): Region | null {
  if (data.length < 18) return null;
  const view = cursorOf(data, "big");
  const [width, height, x, y] = [view.u32(0), view.u32(4), view.u32(8), view.u32(12)];
  const meets = meetings[view.u8(16) & 7];
  const flags = view.u8(17);
  if (meets === undefined || (flags & extendedTemplate) !== 0) return null;
  const placed = { x, y, meets, width, height };
  if ((flags & 1) !== 0) return { ...placed, coded: "fax", data: data.subarray(18) };
  const template = ((flags >> 1) & 3) as CodedRegion["template"];
  const count = template === 0 ? 4 : 1;
  if (data.length < 18 + 2 * count) return null;
  const adaptive = Array.from(
    { length: count },
    (_, i) => [signed(data[18 + 2 * i]), signed(data[19 + 2 * i])] as const,
  );
  // A neighbour must have been decoded before: to the left in its own row, or in one above. Figure 7.
  if (!adaptive.every(([dx, dy]) => dy < 0 || (dy === 0 && dx < 0))) return null;
  const coded = { coded: "dots", template, repeats: (flags & 8) !== 0, adaptive } as const;
  return { ...placed, ...coded, data: data.subarray(18 + 2 * count) };
}

const signed = (byte: number | undefined): number => ((byte ?? 0) << 24) >> 24;
