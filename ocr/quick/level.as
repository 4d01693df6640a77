// Turning a picture so that its lines run level: ocr/decode/skew.ts, levelGrey.

/** One dot from the four around its place; places in 65,536ths of a dot. */
// @ts-ignore: decorator
@inline
function between(from: usize, width: i32, x: i32, y: i32): i32 {
  const at = from + (y >> 16) * width + (x >> 16);
  const right = (x >> 8) & 255;
  const down = (y >> 8) & 255;
  const upper = <i32>load<u8>(at);
  const lower = <i32>load<u8>(at + width);
  const above = (upper << 8) + (<i32>load<u8>(at, 1) - upper) * right;
  const below = (lower << 8) + (<i32>load<u8>(at + width, 1) - lower) * right;
  return ((above << 8) + (below - above) * down + 32768) >> 16;
}

// @ts-ignore: decorator
@inline
function fractions(start: i32, step: i32): v128 {
  const four = i32x4.add(i32x4.splat(start), i32x4.mul(i32x4.splat(step), i32x4(0, 1, 2, 3)));
  const next = i32x4.add(four, i32x4.splat(4 * step));
  const mask = i32x4.splat(255);
  return i16x8.narrow_i32x4_u(v128.and(i32x4.shr_u(four, 8), mask), v128.and(i32x4.shr_u(next, 8), mask));
}

// @ts-ignore: decorator
@inline
function along(at: usize, right: v128): v128 {
  const one = v128.load_ext<u8>(at);
  const other = v128.load_ext<u8>(at, 1);
  return i16x8.add(i16x8.shl(one, 8), i16x8.mul(i16x8.sub(other, one), right)); // never above 65,280
}

/** A row of `count` dots. Eight at once where the places of eight lie side by side in one row, which they do but for where a row is left. */
export function levelRow(from: usize, to: usize, width: i32, count: i32, x: i32, y: i32, stepX: i32, stepY: i32): void {
  const end = to + count;
  while (to + 8 <= end) {
    if (((x + 7 * stepX) >> 16) - (x >> 16) == 7 && (y + 7 * stepY) >> 16 == y >> 16) {
      const at = from + (y >> 16) * width + (x >> 16);
      const right = fractions(x, stepX);
      const down = fractions(y, stepY);
      const up = i16x8.sub(i16x8.splat(256), down);
      const above = along(at, right);
      const below = along(at + width, right);
      const half = i32x4.splat(32768);
      const low = i32x4.add(i32x4.add(i32x4.extmul_low_i16x8_u(above, up), i32x4.extmul_low_i16x8_u(below, down)), half);
      const high = i32x4.add(
        i32x4.add(i32x4.extmul_high_i16x8_u(above, up), i32x4.extmul_high_i16x8_u(below, down)),
        half,
      );
      const eight = i16x8.narrow_i32x4_u(i32x4.shr_u(low, 16), i32x4.shr_u(high, 16));
      v128.store64_lane(to, i8x16.narrow_i16x8_u(eight, eight), 0);
      x += 8 * stepX;
      y += 8 * stepY;
      to += 8;
    } else {
      for (let i = 0; i < 8; i++, x += stepX, y += stepY, to++) store<u8>(to, between(from, width, x, y));
    }
  }
  for (; to < end; to++, x += stepX, y += stepY) store<u8>(to, between(from, width, x, y));
}
