import type { Raw } from "../decode/straighten.ts";
import { type Loops, quickLoops } from "../quick/loops.ts";
import type { Levels } from "./coefficients.ts";
import { filled, stripRows, toBlocks } from "./planes.ts";
import { codeBits, type Thrift } from "./thrift.ts";
import { zigzag } from "./zigzag.ts";

type Coding = { readonly luma: Thrift; readonly chroma: Thrift; readonly halved: boolean };

/** The components' blocks by the quick loops; null where there are none, or the picture has other than three channels. */
export function quickBlocks(raw: Raw, { luma, chroma, halved }: Coding): readonly Levels[] | null {
  const { width, height, channels } = raw;
  const stride = toBlocks(width);
  const loops = channels === 3 ? quickLoops((3 + 3 * 4 + 3) * stripRows * stride) : null;
  if (loops === null) return null;
  const room = roomFor(loops, stride);
  loops.bytes(room.thrifts[0], thriftBytes).set(packed(luma));
  loops.bytes(room.thrifts[1], thriftBytes).set(packed(chroma));
  const times = halved ? 2 : 1;
  const blocks = [
    new Gathered(width, height, 1),
    new Gathered(width, height, times),
    new Gathered(width, height, times),
  ];
  for (let top = 0; top < height; top += stripRows) {
    const rows = Math.min(stripRows, height - top);
    takeStrip(loops, room, { raw, top, rows, halved });
    blocks.forEach((component, i) => {
      const [across, down] = i === 0 ? [width, rows] : [Math.ceil(width / times), Math.ceil(rows / times)];
      const plane = room.planes[i] ?? 0;
      filled(floats(loops, plane, toBlocks(across) * toBlocks(down)), across, down);
      component.take(loops, room, { plane, thrift: room.thrifts[i === 0 ? 0 : 1], across, down });
    });
  }
  return blocks;
}

type Room = {
  readonly rgb: number;
  readonly planes: readonly number[];
  readonly thrifts: readonly [number, number];
  readonly means: number;
  readonly places: number;
  readonly levels: number;
};

function roomFor(loops: Loops, stride: number): Room {
  const blocks = (stride / 8) * (stripRows / 8);
  const plane = 4 * stride * stripRows;
  const [rgb = 0, luma = 0, blue = 0, red = 0, first = 0, second = 0, means = 0, places = 0, levels = 0] = loops.room(
    ...[3 * stride * stripRows, plane, plane, plane, thriftBytes, thriftBytes, 8 * blocks, 4 * blocks, 128 * blocks],
  );
  return { rgb, planes: [luma, blue, red], thrifts: [first, second], means, places, levels };
}

const floats = (loops: Loops, at: number, length: number): Float32Array =>
  new Float32Array(loops.bytes(at, 4).buffer, at, length);

const thriftBytes = 69 * 8 + 256 + 64;

/** As `blocks.as` finds it. */
function packed({ steps, perBit }: Thrift): Uint8Array {
  const quiet = (Math.min(...steps.subarray(1)) / 2) ** 2;
  const told = Float64Array.of(...steps, perBit.least, perBit.share, perBit.most, steps[0] ?? 1, quiet);
  const bytes = new Uint8Array(thriftBytes);
  bytes.set(new Uint8Array(told.buffer));
  bytes.set(codeBits, 69 * 8);
  bytes.set(zigzag, 69 * 8 + 256);
  return bytes;
}

type Strip = { readonly raw: Raw; readonly top: number; readonly rows: number; readonly halved: boolean };

function takeStrip(loops: Loops, { rgb, planes }: Room, { raw, top, rows, halved }: Strip): void {
  const { width, pixels } = raw;
  const [luma = 0, blue = 0, red = 0] = planes;
  const row = 3 * width;
  loops.bytes(rgb, rows * row).set(pixels.subarray(top * row, (top + rows) * row));
  for (let y = 0; y < rows; y += 1) {
    const [from, to] = [rgb + y * row, 4 * y * toBlocks(width)];
    loops.brightness(from, luma + to, width);
    if (!halved) loops.colours(from, blue + to, red + to, width);
  }
  const stride = 4 * toBlocks((width + 1) >> 1);
  for (let y = 0; halved && y < rows; y += 2) {
    const upper = rgb + y * row;
    const lower = y + 1 < rows ? upper + row : upper; // the last row counts twice
    loops.halvedColours(upper, lower, blue + (y >> 1) * stride, red + (y >> 1) * stride, width);
  }
}

type Part = { readonly plane: number; readonly thrift: number; readonly across: number; readonly down: number };

/** A component's blocks as its strips come. */
class Gathered implements Levels {
  readonly means: Float64Array;
  readonly at: Int32Array;
  levels = new Int16Array(64 * 1024);
  #added = 0;
  #used = 0;

  /** @param times by how much the component is smaller than the picture */
  constructor(width: number, height: number, times: number) {
    const count = Math.ceil(width / (8 * times)) * Math.ceil(height / (8 * times));
    this.means = new Float64Array(count);
    this.at = new Int32Array(count);
  }

  take(loops: Loops, { means, places, levels }: Room, { plane, thrift, across, down }: Part): void {
    const [width, height] = [toBlocks(across), toBlocks(down)];
    const count = (width * height) / 64;
    const used = loops.addBlocks(plane, width, height, thrift, means, places, levels, this.#used);
    this.means.set(new Float64Array(loops.bytes(means, 8).buffer, means, count), this.#added);
    this.at.set(new Int32Array(loops.bytes(places, 4).buffer, places, count), this.#added);
    this.#grow(used);
    const fresh = used - this.#used;
    this.levels.set(new Int16Array(loops.bytes(levels, 2).buffer, levels, fresh), this.#used);
    this.#added += count;
    this.#used = used;
  }

  #grow(needed: number): void {
    if (needed <= this.levels.length) return;
    const larger = new Int16Array(Math.max(needed, 2 * this.levels.length));
    larger.set(this.levels.subarray(0, this.#used));
    this.levels = larger;
  }
}
