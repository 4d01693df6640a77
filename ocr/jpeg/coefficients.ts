import type { Plane } from "./planes.ts";
import { chooseLevels, type Thrift } from "./thrift.ts";
import { transform } from "./transform.ts";

const samples = new Float64Array(64);
const coefficients = new Float64Array(64);

/** What a component's scans are made from. */
export type Levels = Pick<Blocks, "means" | "at" | "levels">;

/** A component's blocks, row by row, as strips of it come. T.81 §A.3.3, §A.3.4. */
export class Blocks {
  /** Each block's mean in steps, with its fraction. */
  readonly means: Float64Array;
  /** Where a block's 64 levels begin in `levels`, in zigzag order, the mean's place left at zero; -1 where all are zero. */
  readonly at: Int32Array;
  levels = new Int16Array(64 * 1024);
  readonly #thrift: Thrift;
  readonly #meanStep: number;
  readonly #quiet: number;
  #added = 0;
  #used = 0;

  /** @param count of blocks that will come */
  constructor(thrift: Thrift, count: number) {
    this.#thrift = thrift;
    this.#meanStep = thrift.steps[0] ?? 1;
    this.#quiet = (Math.min(...thrift.steps.subarray(1)) / 2) ** 2;
    this.means = new Float64Array(count);
    this.at = new Int32Array(count);
  }

  add(strip: Plane): void {
    for (let top = 0; top < strip.height; top += 8)
      for (let left = 0; left < strip.width; left += 8) this.#addBlock(strip, top * strip.width + left);
  }

  #addBlock(strip: Plane, start: number): void {
    let [even, odd, evenSquares, oddSquares] = [0, 0, 0, 0]; // every other column, as the quick loop adds them
    const { width, samples: from } = strip;
    for (let row = start; row < start + 8 * width; row += width)
      for (let at = row; at < row + 8; at += 2) {
        const value = from[at] ?? 0;
        const next = from[at + 1] ?? 0;
        even += value;
        odd += next;
        evenSquares += value * value;
        oddSquares += next * next;
      }
    const sum = even + odd;
    const squares = evenSquares + oddSquares;
    this.means[this.#added] = sum / 8 / this.#meanStep;
    // Parseval: no coefficient is larger than all of them together. What cannot reach half a step is not transformed.
    const isQuiet = squares - (sum * sum) / 64 < this.#quiet;
    this.at[this.#added] = !isQuiet && this.#addLevels(strip, start) ? this.#used - 64 : -1;
    this.#added += 1;
  }

  #addLevels({ width, samples: from }: Plane, start: number): boolean {
    for (let i = 0; i < 64; i += 1) samples[i] = from[start + (i >> 3) * width + (i & 7)] ?? 0;
    transform(samples, coefficients);
    if (this.#used === this.levels.length) {
      const larger = new Int16Array(2 * this.#used);
      larger.set(this.levels);
      this.levels = larger;
    }
    const isAny = chooseLevels(coefficients, this.#thrift, this.levels, this.#used);
    if (isAny) this.#used += 64;
    return isAny;
  }
}
