// Even light and smaller pictures: ocr/decode/even-light.ts, ocr/decode/look.ts, ocr/decode/even-half-tones.ts.

const counts = memory.data(1024, 16);

/** The lowest level that is not below so many of a tile's dots; 255 where there is none. */
export function levelAbove(at: usize, stride: i32, width: i32, height: i32, dots: f64): i32 {
  memory.fill(counts, 0, 1024);
  for (let y = 0; y < height; y++, at += stride) {
    for (let x = 0; x < width; x++) {
      const place = counts + (<usize>load<u8>(at + x) << 2);
      store<u32>(place, load<u32>(place) + 1);
    }
  }
  let level = 0;
  for (; level < 255; level++) {
    dots -= <f64>load<u32>(counts + (level << 2));
    if (dots <= 0) break;
  }
  return level;
}

/** A tile's dots against its paper: times 235, through it, at most 255. Writes nothing beside the tile. */
export function lightTile(from: usize, to: usize, stride: i32, width: i32, height: i32, paper: i32): void {
  const through = f32x4.splat(<f32>paper);
  for (let y = 0; y < height; y++, from += stride, to += stride) {
    let x = 0;
    for (; x + 8 <= width; x += 8) {
      const eight = i16x8.mul(v128.load_ext<u8>(from + x), i16x8.splat(235));
      const low = f32x4.div(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(eight)), through);
      const high = f32x4.div(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(eight)), through);
      const lit = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(low), i32x4.trunc_sat_f32x4_s(high));
      v128.store64_lane(to + x, i8x16.narrow_i16x8_u(lit, lit), 0);
    }
    for (; x < width; x++) store<u8>(to + x, min(255, (<i32>load<u8>(from + x) * 235) / paper));
  }
}

// @ts-ignore: decorator
@inline
function pairs(at: usize): v128 {
  return i16x8.extadd_pairwise_i8x16_u(v128.load(at));
}

/** Half the size: each dot the mean of four, rounded down. */
export function halve(from: usize, to: usize, stride: i32, width: i32, height: i32): void {
  for (let y = 0; y < height; y++, from += 2 * stride, to += width) {
    let x = 0;
    for (; x + 8 <= width; x += 8) {
      const sum = i16x8.add(pairs(from + 2 * x), pairs(from + stride + 2 * x));
      const mean = i16x8.shr_u(sum, 2);
      v128.store64_lane(to + x, i8x16.narrow_i16x8_u(mean, mean), 0);
    }
    for (; x < width; x++) {
      const at = from + 2 * x;
      const lower = at + stride;
      const sum = <i32>load<u8>(at) + <i32>load<u8>(at, 1) + <i32>load<u8>(lower) + <i32>load<u8>(lower, 1);
      store<u8>(to + x, sum >> 2);
    }
  }
}

/** 1 where a level lies from `least` to `most`, and those to the right and below too, each less than `unlike` away. Reads a row and up to 16 dots beyond, and writes up to 15 beyond. */
export function evenTones(from: usize, to: usize, width: i32, count: i32, least: i32, most: i32, unlike: i32): void {
  const low = i8x16.splat(<i8>least);
  const high = i8x16.splat(<i8>most);
  const end = to + count;
  for (; to < end; to += 16, from += 16) {
    const here = v128.load(from);
    const right = v128.load(from, 1);
    const below = v128.load(from + width);
    const lowest = i8x16.min_u(here, i8x16.min_u(right, below));
    const highest = i8x16.max_u(here, i8x16.max_u(right, below));
    const within = v128.and(i8x16.ge_u(lowest, low), i8x16.le_u(highest, high));
    const across = i8x16.sub(i8x16.max_u(here, right), i8x16.min_u(here, right));
    const down = i8x16.sub(i8x16.max_u(here, below), i8x16.min_u(here, below));
    const alike = i8x16.lt_u(i8x16.max_u(across, down), i8x16.splat(<i8>unlike));
    v128.store(to, v128.and(v128.and(within, alike), i8x16.splat(1)));
  }
}
