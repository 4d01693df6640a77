/** Rows of ITU-T T.88 Table E.1: estimate, next state after the likelier symbol, after the other one, and whether they change places. */
const states: readonly (readonly [qe: number, likelier: number, other: number, swap: 0 | 1])[] = [
  [0x5601, 1, 1, 1],
  [0x3401, 2, 6, 0],
  [0x1801, 3, 9, 0],
  [0x0ac1, 4, 12, 0],
  [0x0521, 5, 29, 0],
  [0x0221, 38, 33, 0],
  [0x5601, 7, 6, 1],
  [0x5401, 8, 14, 0],
  [0x4801, 9, 14, 0],
  [0x3801, 10, 14, 0],
  [0x3001, 11, 17, 0],
  [0x2401, 12, 18, 0],
  [0x1c01, 13, 20, 0],
  [0x1601, 29, 21, 0],
  [0x5601, 15, 14, 1],
  [0x5401, 16, 14, 0],
  [0x5101, 17, 15, 0],
  [0x4801, 18, 16, 0],
  [0x3801, 19, 17, 0],
  [0x3401, 20, 18, 0],
  [0x3001, 21, 19, 0],
  [0x2801, 22, 19, 0],
  [0x2401, 23, 20, 0],
  [0x2201, 24, 21, 0],
  [0x1c01, 25, 22, 0],
  [0x1801, 26, 23, 0],
  [0x1601, 27, 24, 0],
  [0x1401, 28, 25, 0],
  [0x1201, 29, 26, 0],
  [0x1101, 30, 27, 0],
  [0x0ac1, 31, 28, 0],
  [0x09c1, 32, 29, 0],
  [0x08a1, 33, 30, 0],
  [0x0521, 34, 31, 0],
  [0x0441, 35, 32, 0],
  [0x02a1, 36, 33, 0],
  [0x0221, 37, 34, 0],
  [0x0141, 38, 35, 0],
  [0x0111, 39, 36, 0],
  [0x0085, 40, 37, 0],
  [0x0049, 41, 38, 0],
  [0x0025, 42, 39, 0],
  [0x0015, 43, 40, 0],
  [0x0009, 44, 41, 0],
  [0x0005, 45, 42, 0],
  [0x0001, 45, 43, 0],
  [0x5601, 46, 46, 0],
];

const column = (of: 0 | 1 | 2 | 3) => Uint16Array.from(states, (state) => state[of]);
const [estimates, afterLikelier, afterOther, swaps] = [column(0), column(1), column(2), column(3)];

/** Decodes bits whose likelihood is learnt by context. ITU-T T.88 Annex E.3; behind the data come ones. */
export class ArithmeticDecoder {
  readonly #data: Uint8Array;
  readonly #state: Uint8Array;
  readonly #likelier: Uint8Array;
  #at = 0;
  #code: number;
  #interval = 0x8000;
  #count = 0;

  /** @param contexts how many there are; each begins at state 0 with 0 for the likelier bit */
  constructor(data: Uint8Array, contexts: number) {
    this.#data = data;
    this.#state = new Uint8Array(contexts);
    this.#likelier = new Uint8Array(contexts);
    this.#code = this.#byte(0) << 16; // INITDEC
    this.#take();
    this.#code <<= 7;
    this.#count -= 7;
  }

  /** E.3.2 */
  bit(context: number): number {
    const state = this.#state[context] ?? 0;
    const estimate = estimates[state] ?? 0;
    const likelier = this.#likelier[context] ?? 0;
    this.#interval -= estimate;
    if (this.#code >>> 16 >= estimate) {
      this.#code = (this.#code - (estimate << 16)) | 0; // 32 bits, whose highest is no sign
      if ((this.#interval & 0x8000) !== 0) return likelier;
      return this.#settle(context, this.#interval >= estimate);
    }
    const isLikelier = this.#interval < estimate;
    this.#interval = estimate;
    return this.#settle(context, isLikelier);
  }

  #settle(context: number, isLikelier: boolean): number {
    const state = this.#state[context] ?? 0;
    const likelier = this.#likelier[context] ?? 0;
    this.#state[context] = (isLikelier ? afterLikelier[state] : afterOther[state]) ?? 0;
    if (!isLikelier && swaps[state] === 1) this.#likelier[context] = 1 - likelier;
    do {
      if (this.#count === 0) this.#take();
      this.#interval <<= 1;
      this.#code <<= 1;
      this.#count -= 1;
    } while ((this.#interval & 0x8000) === 0);
    return isLikelier ? likelier : 1 - likelier;
  }

  /** BYTEIN, figure E.19: after a byte of ones the next one is stuffed, or a marker that ends the data. */
  #take(): void {
    const next = this.#byte(this.#at + 1);
    if (this.#byte(this.#at) !== 0xff) {
      this.#at += 1;
      this.#code += next << 8;
      this.#count = 8;
    } else if (next > 0x8f) {
      this.#code += 0xff00;
      this.#count = 8;
    } else {
      this.#at += 1;
      this.#code += next << 9;
      this.#count = 7;
    }
  }

  #byte(at: number): number {
    return this.#data[at] ?? 0xff;
  }
}
