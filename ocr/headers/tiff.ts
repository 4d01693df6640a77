import { fail, ok, type Result } from "../../src/core/kernel.ts";
import { asciiAt, type Cursor, cursorOf, type ImageHeader } from "./cursor.ts";

export type TiffPage = ImageHeader & {
  /** Which directory of the file, from 0: reduced pictures and masks are left out of the pages. */
  readonly directory: number;
  /** Of its pixels as they are packed in the file; 0 where it does not say. */
  readonly storedBytes: number;
};

type TiffFailure = { code: "loop" | "broken" | "too_many" };

const sizeOfType = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** Directories in file order, TIFF 6.0 §2. A link back to a directory already seen is an endless file. */
export function readTiffPages(bytes: Uint8Array, maxDirectories: number): Result<readonly TiffPage[], TiffFailure> {
  const view = cursorOf(bytes, asciiAt(bytes, 0, 2) === "II" ? "little" : "big");
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let at = view.u32(4);
  for (let directory = 0; at !== 0; directory += 1) {
    if (seen.has(at)) return fail({ code: "loop" });
    if (directory >= maxDirectories) return fail({ code: "too_many" });
    if (at < 8 || at + 6 > bytes.length) return fail({ code: "broken" });
    seen.add(at);
    const tags = readTags(view, at);
    if (isPage(tags)) pages.push({ ...pageOf(tags, directory), storedBytes: storedBytes(view, at) });
    at = view.u32(at + 2 + view.u16(at) * 12);
  }
  return pages.length > 0 ? ok(pages) : fail({ code: "broken" });
}

// NewSubfileType: bit 0 is a reduced picture of another, bit 2 a transparency mask.
const isPage = (tags: ReadonlyMap<number, number>) => ((tags.get(254) ?? 0) & 0b101) === 0;

function pageOf(tags: ReadonlyMap<number, number>, directory: number): Omit<TiffPage, "storedBytes"> {
  const unit = tags.get(296) ?? 2; // 2 inch, 3 centimetre, 1 none
  const factor = unit === 3 ? 2.54 : unit === 2 ? 1 : 0;
  const x = (tags.get(282) ?? 0) * factor;
  const y = (tags.get(283) ?? 0) * factor;
  return {
    widthPx: tags.get(256) ?? 0,
    heightPx: tags.get(257) ?? 0,
    dpi: x > 0 && y > 0 && Number.isFinite(x + y) ? { x, y } : null,
    directory,
  };
}

// First value of each entry: all that the fields read here have.
function readTags(view: Cursor, directory: number): Map<number, number> {
  const tags = new Map<number, number>();
  const count = view.u16(directory);
  for (let i = 0; i < count; i += 1) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > view.length) break;
    const type = view.u16(entry + 2);
    const inline = (sizeOfType[type] ?? 0) * view.u32(entry + 4) <= 4;
    tags.set(view.u16(entry), valueAt(view, type, inline ? entry + 8 : view.u32(entry + 8)));
  }
  return tags;
}

const byteCounts = new Set([279, 325]); // of strips, of tiles

/** Sum over strips or tiles. Counts that the file does not hold are not believed. */
function storedBytes(view: Cursor, directory: number): number {
  let sum = 0;
  for (let i = 0; i < view.u16(directory); i += 1) {
    const entry = directory + 2 + 12 * i;
    if (!byteCounts.has(view.u16(entry))) continue;
    const [type, count] = [view.u16(entry + 2), view.u32(entry + 4)];
    const size = sizeOfType[type] ?? 0;
    if (size === 0 || size * count > view.length) return 0;
    const from = size * count <= 4 ? entry + 8 : view.u32(entry + 8);
    for (let k = 0; k < count; k += 1) sum += valueAt(view, type, from + size * k);
  }
  return sum <= view.length ? sum : 0;
}

function valueAt(view: Cursor, type: number, at: number): number {
  if (type === 5) return view.u32(at) / view.u32(at + 4);
  if (type === 3) return view.u16(at);
  return type === 1 ? view.u8(at) : view.u32(at);
}
