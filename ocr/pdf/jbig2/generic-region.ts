import { ArithmeticDecoder } from "./arithmetic.ts";

/** Black dots are 1, one byte each, row by row. */
export type Bitmap = { readonly width: number; readonly height: number; readonly dots: Uint8Array };

type Offset = readonly [dx: number, dy: number];

/** A region coded dot by dot. ITU-T T.88 §6.2. */
export type CodedRegion = {
  readonly width: number;
  readonly height: number;
  readonly template: 0 | 1 | 2 | 3;
  /** A row may be told to repeat the one above. */
  readonly repeats: boolean;
  /** Four of template 0, one of the others. */
  readonly adaptive: readonly Offset[];
  readonly data: Uint8Array;
};

/** Neighbours whose dots make the context, from its lowest bit; a number stands for an adaptive one. Figures 3 to 6. */
const templates: readonly (readonly (Offset | number)[])[] = [
  [
    ...([
      [-1, 0],
      [-2, 0],
      [-3, 0],
      [-4, 0],
    ] as const),
    0,
    ...([
      [2, -1],
      [1, -1],
      [0, -1],
      [-1, -1],
      [-2, -1],
    ] as const),
    1,
    2,
    ...([
      [1, -2],
      [0, -2],
      [-1, -2],
    ] as const),
    3,
  ],
  [
    ...([
      [-1, 0],
      [-2, 0],
      [-3, 0],
    ] as const),
    0,
    ...([
      [2, -1],
      [1, -1],
      [0, -1],
      [-1, -1],
      [-2, -1],
    ] as const),
    ...([
      [2, -2],
      [1, -2],
      [0, -2],
      [-1, -2],
    ] as const),
  ],
  [
    ...([
      [-1, 0],
      [-2, 0],
    ] as const),
    0,
    ...([
      [1, -1],
      [0, -1],
      [-1, -1],
      [-2, -1],
    ] as const),
    ...([
      [1, -2],
      [0, -2],
      [-1, -2],
    ] as const),
  ],
  [
    ...([
      [-1, 0],
      [-2, 0],
      [-3, 0],
      [-4, 0],
    ] as const),
    0,
    ...([
      [1, -1],
      [0, -1],
      [-1, -1],
      [-2, -1],
      [-3, -1],
    ] as const),
  ],
];

/** Contexts in which it is told whether a row repeats the one above. Figures 8 to 11. */
const repeatContexts = [0x9b25, 0x0795, 0x00e5, 0x0195] as const;

const margin = 128; // an adaptive neighbour is at most as far to either side, and as far above

/** How many dots {@link decodeRegion} holds at once, besides those of the region. */
export const framedDots = ({ width, height }: Pick<Bitmap, "width" | "height">): number =>
  (width + 2 * margin) * (height + margin);

/** §6.2.5.7. Dots outside the region are white. */
export function decodeRegion(region: CodedRegion): Bitmap {
  const { width, height, template, repeats } = region;
  const stride = width + 2 * margin;
  const framed = new Uint8Array(stride * (height + margin));
  const neighbours = neighboursOf(region, stride);
  const decoder = new ArithmeticDecoder(region.data, 1 << neighbours.length);
  let repeated = 0;
  for (let y = 0; y < height; y += 1) {
    const row = stride * (y + margin) + margin;
    if (repeats) repeated ^= decoder.bit(repeatContexts[template]);
    if (repeated === 1) framed.copyWithin(row, row - stride, row - stride + width);
    else decodeRow(framed, row, width, { decoder, neighbours });
  }
  const dots = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = stride * (y + margin) + margin;
    dots.set(framed.subarray(row, row + width), y * width);
  }
  return { width, height, dots };
}

type Coder = { readonly decoder: ArithmeticDecoder; readonly neighbours: Int32Array };

function decodeRow(framed: Uint8Array, row: number, width: number, { decoder, neighbours }: Coder): void {
  for (let at = row; at < row + width; at += 1) {
    let context = 0;
    for (let bit = 0; bit < neighbours.length; bit += 1) context |= (framed[at + (neighbours[bit] ?? 0)] ?? 0) << bit;
    framed[at] = decoder.bit(context);
  }
}

const neighboursOf = ({ template, adaptive }: CodedRegion, stride: number): Int32Array =>
  Int32Array.from(templates[template] ?? [], (one) => {
    const [dx, dy] = typeof one === "number" ? (adaptive[one] ?? [0, 0]) : one;
    return dy * stride + dx;
  });
