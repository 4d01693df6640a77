/** Writes JBIG2 as copiers do, for tests: ITU-T T.88 with the arithmetic coder of its figures E.1 to E.12. */

const rows =
  "5601 1 1 1|3401 2 6 0|1801 3 9 0|0ac1 4 12 0|0521 5 29 0|0221 38 33 0|5601 7 6 1|5401 8 14 0|4801 9 14 0|3801 10 14 0|3001 11 17 0|2401 12 18 0|1c01 13 20 0|1601 29 21 0|5601 15 14 1|5401 16 14 0|5101 17 15 0|4801 18 16 0|3801 19 17 0|3401 20 18 0|3001 21 19 0|2801 22 19 0|2401 23 20 0|2201 24 21 0|1c01 25 22 0|1801 26 23 0|1601 27 24 0|1401 28 25 0|1201 29 26 0|1101 30 27 0|0ac1 31 28 0|09c1 32 29 0|08a1 33 30 0|0521 34 31 0|0441 35 32 0|02a1 36 33 0|0221 37 34 0|0141 38 35 0|0111 39 36 0|0085 40 37 0|0049 41 38 0|0025 42 39 0|0015 43 40 0|0009 44 41 0|0005 45 42 0|0001 45 43 0|5601 46 46 0";
const table = rows.split("|").map((row) => {
  const [qe = "", likelier, other, swap] = row.split(" ");
  return { qe: Number.parseInt(qe, 16), likelier: Number(likelier), other: Number(other), swap: swap === "1" };
});

/** The coder of the figures; `#last` is the byte that a carry may still change. */
class ArithmeticEncoder {
  readonly #out: number[] = [];
  readonly #contexts = new Map<number, { state: number; likelier: number }>();
  #last = 0;
  #interval = 0x8000;
  #code = 0;
  #count = 12;

  bit(context: number, value: number): void {
    const learnt = this.#contexts.get(context) ?? { state: 0, likelier: 0 };
    this.#contexts.set(context, learnt);
    const { qe, likelier, other, swap } = table[learnt.state] ?? { qe: 0, likelier: 0, other: 0, swap: false };
    const isLikelier = value === learnt.likelier;
    this.#interval -= qe;
    if (isLikelier && this.#interval >= 0x8000) {
      this.#code += qe;
      return;
    }
    if (this.#interval < qe === isLikelier) this.#interval = qe;
    else this.#code += qe;
    if (!isLikelier && swap) learnt.likelier = value;
    learnt.state = isLikelier ? likelier : other;
    do {
      this.#interval *= 2;
      this.#code *= 2;
      this.#count -= 1;
      if (this.#count === 0) this.#byteOut();
    } while (this.#interval < 0x8000);
  }

  end(): Uint8Array {
    const top = this.#code + this.#interval;
    this.#code = Math.floor(this.#code / 0x10000) * 0x10000 + 0xffff;
    if (this.#code >= top) this.#code -= 0x8000;
    for (let i = 0; i < 2; i += 1) {
      this.#code *= 2 ** this.#count;
      this.#byteOut();
    }
    const bytes = [...this.#out.slice(1), this.#last];
    return Uint8Array.from(this.#last === 0xff ? [...bytes, 0xac] : [...bytes, 0xff, 0xac]);
  }

  #byteOut(): void {
    if (this.#last !== 0xff && this.#code >= 0x8000000) {
      this.#last += 1;
      this.#code -= this.#last === 0xff ? 0x8000000 : 0;
      this.#code %= 0x8000000;
    }
    const bits = this.#last === 0xff ? 20 : 19;
    this.#out.push(this.#last);
    this.#last = Math.floor(this.#code / 2 ** bits);
    this.#code %= 2 ** bits;
    this.#count = bits === 20 ? 7 : 8;
  }
}

export type Dots = {
  readonly width: number;
  readonly height: number;
  readonly black: (x: number, y: number) => boolean;
};

const nominal = {
  0: [
    [3, -1],
    [-3, -1],
    [2, -2],
    [-2, -2],
  ],
  1: [[3, -1]],
  2: [[2, -1]],
  3: [[2, -1]],
} as const;

/** Lowest bit first, T.88 figures 3 to 6; a letter is an adaptive neighbour. */
const contexts = {
  0: "-1,0 -2,0 -3,0 -4,0 a 2,-1 1,-1 0,-1 -1,-1 -2,-1 b c 1,-2 0,-2 -1,-2 d",
  1: "-1,0 -2,0 -3,0 a 2,-1 1,-1 0,-1 -1,-1 -2,-1 2,-2 1,-2 0,-2 -1,-2",
  2: "-1,0 -2,0 a 1,-1 0,-1 -1,-1 -2,-1 1,-2 0,-2 -1,-2",
  3: "-1,0 -2,0 -3,0 -4,0 a 1,-1 0,-1 -1,-1 -2,-1 -3,-1",
} as const;
const repeatContext = { 0: 0x9b25, 1: 0x0795, 2: 0x00e5, 3: 0x0195 } as const;

type Form = {
  readonly template: 0 | 1 | 2 | 3;
  readonly repeats: boolean;
  readonly adaptive?: readonly (readonly [number, number])[];
};

/** Body of a generic region segment behind its place: flags, adaptive neighbours, dots. §7.4.6. */
export function dotsCoded(
  { width, height, black }: Dots,
  { template, repeats, adaptive = nominal[template] }: Form,
): Uint8Array {
  const offsets = contexts[template]
    .split(" ")
    .map((one) => adaptive["abcd".indexOf(one)] ?? one.split(",").map(Number))
    .map(([dx = 0, dy = 0]) => ({ dx, dy }));
  const at = (x: number, y: number) => (x >= 0 && x < width && y >= 0 && y < height && black(x, y) ? 1 : 0);
  const coder = new ArithmeticEncoder();
  let last = 0;
  for (let y = 0; y < height; y += 1) {
    const same = Array.from({ length: width }, (_, x) => at(x, y) === at(x, y - 1)).every(Boolean) ? 1 : 0;
    if (repeats) coder.bit(repeatContext[template], same ^ last);
    last = same;
    if (repeats && same === 1) continue;
    for (let x = 0; x < width; x += 1)
      coder.bit(
        offsets.reduce((context, { dx, dy }, i) => context | (at(x + dx, y + dy) << i), 0),
        at(x, y),
      );
  }
  return Uint8Array.from([
    (template << 1) | (repeats ? 8 : 0),
    ...adaptive.flat().map((one) => one & 255),
    ...coder.end(),
  ]);
}

const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** §7.2 with one byte of page association, nothing referred to. */
const segment = (number: number, type: number, data: ArrayLike<number>) => [
  ...u32(number),
  type,
  0,
  1,
  ...u32(data.length),
  ...Array.from(data),
];

export type PlacedRegion = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly meets?: number;
  readonly body: Uint8Array;
};

/** A page embedded in a PDF. @param body of each region, behind its place */
export function jbig2Page(width: number, height: number | null, regions: readonly PlacedRegion[]): Uint8Array {
  const page = [...u32(width), ...u32(height ?? 0xffffffff), ...u32(0), ...u32(0), 0, height === null ? 0x80 : 0, 0xff];
  const parts = regions.map(({ x, y, width: w, height: h, meets = 0, body }, i) =>
    segment(i + 1, 38, [...u32(w), ...u32(h), ...u32(x), ...u32(y), meets, ...body]),
  );
  return Uint8Array.from([...segment(0, 48, page), ...parts.flat()]);
}
