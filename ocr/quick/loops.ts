import { code } from "./code.ts";

// What lib.dom says of it and Node's types do not.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

type At = number;

/** The loops of the `.as` files beside this one, over addresses. Each says there what it does, and of which loop of ours it is a copy. */
type Kernels = {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  base(): At;
  levelRow(from: At, to: At, width: number, count: number, x: number, y: number, stepX: number, stepY: number): void;
  countEdges(at: At, count: number, step: number, counts: At): void;
  luminance(rgb: At, channels: number, to: At, count: number, tables: At): void;
  greyAndRed(rgb: At, grey: At, red: At, count: number): void;
  levelAbove(at: At, stride: number, width: number, height: number, dots: number): number;
  lightTile(from: At, to: At, stride: number, width: number, height: number, paper: number): void;
  halve(from: At, to: At, stride: number, width: number, height: number): void;
  sumSquares(from: At, to: At, room: At, stride: number, columns: number, rows: number, times: number): void;
  evenTones(from: At, to: At, width: number, count: number, least: number, most: number, unlike: number): void;
  brightness(rgb: At, to: At, count: number): void;
  colours(rgb: At, blue: At, red: At, count: number): void;
  halvedColours(upper: At, lower: At, blue: At, red: At, width: number): void;
  addBlocks(
    plane: At,
    width: number,
    height: number,
    thrift: At,
    means: At,
    places: At,
    levels: At,
    written: number,
  ): number;
};

export type Loops = Omit<Kernels, "memory" | "base"> & {
  /** Addresses of so many bytes each. What an earlier call gave is given up: a loop is asked and its answer taken before the next. */
  room(...bytes: readonly number[]): readonly At[];
  /** What lies there, until room is asked for again. */
  bytes(at: At, length: number): Uint8Array;
};

const pageBytes = 65_536;
const slack = 64; // loops read and write some bytes beyond an end
const most = 96 * 1024 * 1024; // what was used once stays taken

const besides = 128 * 1024; // what lies between the pieces of a room, and small tables

let opened: (Loops & { readonly clear: () => void; readonly has: (bytes: number) => boolean }) | null | undefined;

/**
 * Loops over pixels in WebAssembly, many at once (SIMD of 128 bits). Null where the machine has none, has no memory left, or the work is
 * larger than what is kept for it: then our own loops do it, which give the same bytes.
 *
 * @param bytes that the work will ask room for
 */
export function quickLoops(bytes: number): Loops | null {
  if (opened === undefined) opened = open();
  return bytes > most || opened?.has(bytes + besides) !== true ? null : opened;
}

/** Nothing of one upload lies open to the next. */
export function clearLoops(): void {
  opened?.clear();
}

function open() {
  try {
    const module = new WebAssembly.Module(Buffer.from(code, "base64"));
    return loopsOf(new WebAssembly.Instance(module).exports as Kernels);
  } catch {
    return null; // a processor without such instructions
  }
}

function loopsOf({ memory, base, ...kernels }: Kernels) {
  const start = base();
  let used = start;
  const growTo = (end: number) => {
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  };
  return {
    ...kernels,
    has: (bytes: number) => {
      try {
        growTo(start + bytes);
        return true;
      } catch {
        return false; // the machine's memory is spent, or the process may have no more
      }
    },
    room: (...bytes: readonly number[]) => {
      let end = start;
      const places = bytes.map((length) => {
        const at = (end + 15) & ~15;
        end = at + length + slack;
        return at;
      });
      growTo(end);
      used = Math.max(used, end);
      return places;
    },
    bytes: (at: At, length: number) => new Uint8Array(memory.buffer, at, length),
    clear: () => {
      new Uint8Array(memory.buffer, start, used - start).fill(0);
      used = start;
    },
  };
}
