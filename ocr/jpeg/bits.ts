import type { Codes } from "./codes.ts";
import type { Tokens } from "./tokens.ts";

/** A scan's coded data: codes and what follows them, most significant bit first, a zero byte behind each of ones, filled up with ones. T.81 §B.1.1.5. */
export function writeBits({ list, followers }: Tokens, { code, bits }: Codes): Uint8Array {
  const following = Uint8Array.from({ length: 256 }, (_, symbol) => followers(symbol));
  const writer = new BitWriter(8 * list.length + 16); // a token is of at most 32 bits, and each of its bytes may need a zero
  for (let i = 0; i < list.length; i += 1) {
    const token = list[i] ?? 0; // a loop by iterator makes an object of each
    const symbol = token & 255;
    writer.put(code[symbol] ?? 0, bits[symbol] ?? 0);
    writer.put(token >>> 8, following[symbol] ?? 0);
  }
  return writer.end();
}

class BitWriter {
  readonly #bytes: Uint8Array;
  #length = 0;
  #waiting = 0;
  #count = 0;

  constructor(most: number) {
    this.#bytes = new Uint8Array(most);
  }

  /** @param length at most 16: with the 7 bits that may wait they fit into 31 */
  put(value: number, length: number): void {
    this.#waiting = (this.#waiting << length) | value;
    this.#count += length;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#byte((this.#waiting >> this.#count) & 255);
    }
    this.#waiting &= (1 << this.#count) - 1;
  }

  end(): Uint8Array {
    if (this.#count > 0) this.put((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return this.#bytes.slice(0, this.#length);
  }

  #byte(value: number): void {
    this.#bytes[this.#length] = value;
    this.#length += value === 255 ? 2 : 1; // the array is zeros
  }
}
