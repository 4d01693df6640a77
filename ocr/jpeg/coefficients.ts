import type { Plane } from "./planes.ts";
import { chooseLevels, type Thrift } from "./thrift.ts";
import { transform } from "./transform.ts";
import { zigzag } from "./zigzag.ts";

const samples = new Float64Array(64);
const rows = new Float64Array(64);
const ordered = new Float64Array(64);

/** A component's blocks, row by row, as strips of it come. T.81 §A.3.3, §A.3.4. */
export class Blocks {
  /** Level of each block's mean. */
  readonly means: number[] = [];
  /** Where a block's 64 levels begin in `levels`, in zigzag order, the mean's place left at zero; -1 where all are zero. */
  readonly at: number[] = [];
  levels = new Int16Array(64 * 1024);
  readonly #thrift: Thrift;
  readonly #quiet: number;
  #used = 0;

  constructor(thrift: Thrift) {
    this.#thrift = thrift;
    this.#quiet = (Math.min(...thrift.steps.subarray(1)) / 2) ** 2;
  }

  /** The strip's last row and column are repeated to fill its last blocks. */
  add(strip: Plane): void {
    for (let top = 0; top < strip.height; top += 8)
      for (let left = 0; left < strip.width; left += 8) {
        take(strip, left, top);
        this.#addBlock();
      }
  }

  #addBlock(): void {
    const sum = sumOf(samples);
    this.means.push(Math.round(sum / 8 / (this.#thrift.steps[0] ?? 1)));
    // Parseval: no coefficient is larger than all of them together. What cannot reach half a step is not transformed.
    const isQuiet = squaresOf(samples) - (sum * sum) / 64 < this.#quiet;
    this.at.push(!isQuiet && this.#addLevels() ? this.#used - 64 : -1);
  }

  #addLevels(): boolean {
    transform(samples, rows);
    for (let k = 1; k < 64; k += 1) ordered[k] = rows[zigzag[k] ?? 0] ?? 0;
    if (this.#used === this.levels.length) {
      const larger = new Int16Array(2 * this.#used);
      larger.set(this.levels);
      this.levels = larger;
    }
    const isAny = chooseLevels(ordered, this.#thrift, this.levels, this.#used);
    if (isAny) this.#used += 64;
    return isAny;
  }
}

function take({ width, height, samples: from }: Plane, left: number, top: number): void {
  for (let y = 0; y < 8; y += 1) {
    const row = Math.min(top + y, height - 1) * width;
    for (let x = 0; x < 8; x += 1) samples[8 * y + x] = from[row + Math.min(left + x, width - 1)] ?? 0;
  }
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < 64; i += 1) sum += values[i] ?? 0;
  return sum;
}

function squaresOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < 64; i += 1) {
    const value = values[i] ?? 0;
    sum += value * value;
  }
  return sum;
}
