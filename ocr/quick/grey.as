// Colours to grey: ocr/decode/grey-of.ts and ocr/decode/lift-seals.ts.

/** Light added up where it is linear, by tables: three of 256 doubles one after the other, and the levels behind them. */
export function luminance(rgb: usize, channels: i32, to: usize, count: i32, tables: usize): void {
  const levels = tables + 3 * 256 * 8;
  for (const end = to + count; to < end; to++, rgb += channels) {
    const light =
      load<f64>(tables + (<usize>load<u8>(rgb) << 3)) +
      load<f64>(tables + (<usize>load<u8>(rgb, 1) << 3), 2048) +
      load<f64>(tables + (<usize>load<u8>(rgb, 2) << 3), 4096);
    store<u8>(to, load<u8>(levels + <usize>(<i32>(light + 0.5))));
  }
}

/** Eight dots' share of one channel, from both of the loads that hold them. */
// @ts-ignore: decorator
@inline
function channel(low: v128, high: v128, first: v128, second: v128): v128 {
  return v128.or(v128.swizzle(low, first), v128.swizzle(high, second));
}

const plainlyRed: i32 = 35;

/** Grey of three channels, and 1 where the dot is red. What is left over of eight is done one by one. */
export function greyAndRed(rgb: usize, grey: usize, red: usize, count: i32): void {
  const end = grey + count;
  for (; grey + 8 <= end; grey += 8, red += 8, rgb += 24) {
    const low = v128.load(rgb);
    const high = v128.load(rgb, 8); // bytes 8 to 23: eight dots are 24 bytes
    const r = channel(
      low,
      high,
      i8x16(0, -1, 3, -1, 6, -1, 9, -1, 12, -1, 15, -1, -1, -1, -1, -1),
      i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 10, -1, 13, -1),
    );
    const g = channel(
      low,
      high,
      i8x16(1, -1, 4, -1, 7, -1, 10, -1, 13, -1, -1, -1, -1, -1, -1, -1),
      i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 8, -1, 11, -1, 14, -1),
    );
    const b = channel(
      low,
      high,
      i8x16(2, -1, 5, -1, 8, -1, 11, -1, 14, -1, -1, -1, -1, -1, -1, -1),
      i8x16(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 9, -1, 12, -1, 15, -1),
    );
    const sum = i16x8.add(
      i16x8.add(i16x8.mul(r, i16x8.splat(77)), i16x8.mul(g, i16x8.splat(150))),
      i16x8.add(i16x8.mul(b, i16x8.splat(29)), i16x8.splat(128)),
    ); // at most 65,408
    const level = i16x8.shr_u(sum, 8);
    v128.store64_lane(grey, i8x16.narrow_i16x8_u(level, level), 0);
    const isRed = i16x8.gt_s(r, i16x8.add(i16x8.max_s(g, b), i16x8.splat(<i16>plainlyRed)));
    v128.store64_lane(red, i8x16.narrow_i16x8_u(v128.and(isRed, i16x8.splat(1)), isRed), 0);
  }
  for (; grey < end; grey++, red++, rgb += 3) {
    const r = <i32>load<u8>(rgb);
    const g = <i32>load<u8>(rgb, 1);
    const b = <i32>load<u8>(rgb, 2);
    store<u8>(grey, (r * 77 + g * 150 + b * 29 + 128) >> 8);
    store<u8>(red, r > max(g, b) + plainlyRed ? 1 : 0);
  }
}
