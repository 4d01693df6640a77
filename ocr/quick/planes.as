// A strip of a picture as planes of brightness and colours: ocr/jpeg/planes.ts.

/** Brightness in thousandths, centred on zero, of dots of three channels. Reads four bytes more than there are. */
export function brightness(rgb: usize, to: usize, count: i32): void {
  const weights = i16x8(299, 587, 299, 587, 299, 587, 299, 587);
  const rest = i16x8(114, 0, 114, 0, 114, 0, 114, 0);
  const end = to + (count << 2);
  for (; to + 16 <= end; to += 16, rgb += 12) {
    const four = v128.load(rgb);
    const redGreen = v128.swizzle(four, i8x16(0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1));
    const blue = v128.swizzle(four, i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1));
    const sum = i32x4.add(i32x4.dot_i16x8_s(redGreen, weights), i32x4.dot_i16x8_s(blue, rest));
    const centred = i32x4.sub(sum, i32x4.splat(128000));
    v128.store(to, f32x4.div(f32x4.convert_i32x4_s(centred), f32x4.splat(1000)));
  }
  for (; to < end; to += 4, rgb += 3) {
    const sum = 299 * <i32>load<u8>(rgb) + 587 * <i32>load<u8>(rgb, 1) + 114 * <i32>load<u8>(rgb, 2) - 128000;
    store<f32>(to, <f32>sum / 1000);
  }
}

// @ts-ignore: decorator
@inline
function blueness(r: v128, g: v128, b: v128): v128 {
  const other = f64x2.sub(f64x2.mul(f64x2.splat(-0.168735892), r), f64x2.mul(f64x2.splat(0.331264108), g));
  return f64x2.add(other, f64x2.mul(f64x2.splat(0.5), b));
}

// @ts-ignore: decorator
@inline
function redness(r: v128, g: v128, b: v128): v128 {
  const first = f64x2.sub(f64x2.mul(f64x2.splat(0.5), r), f64x2.mul(f64x2.splat(0.418687589), g));
  return f64x2.sub(first, f64x2.mul(f64x2.splat(0.081312411), b));
}

// @ts-ignore: decorator
@inline
function pairs(one: v128, other: v128, channel: v128): v128 {
  const both = i16x8.add(v128.swizzle(one, channel), v128.swizzle(other, channel));
  return f64x2.convert_low_i32x4_u(i32x4.extadd_pairwise_i16x8_u(both));
}

/** Both colours of two rows at half their size: the mean of each four dots; of an odd width the last column counts twice. */
export function halvedColours(upper: usize, lower: usize, blue: usize, red: usize, width: i32): void {
  const whole = width >> 1;
  const ofRed = i8x16(0, -1, 3, -1, 6, -1, 9, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const ofGreen = i8x16(1, -1, 4, -1, 7, -1, 10, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const ofBlue = i8x16(2, -1, 5, -1, 8, -1, 11, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const quarter = f64x2.splat(0.25);
  let x = 0;
  for (; x + 2 <= whole; x += 2, upper += 12, lower += 12, blue += 8, red += 8) {
    const one = v128.load(upper);
    const other = v128.load(lower);
    const r = pairs(one, other, ofRed);
    const g = pairs(one, other, ofGreen);
    const b = pairs(one, other, ofBlue);
    v128.store64_lane(blue, f32x4.demote_f64x2_zero(f64x2.mul(blueness(r, g, b), quarter)), 0);
    v128.store64_lane(red, f32x4.demote_f64x2_zero(f64x2.mul(redness(r, g, b), quarter)), 0);
  }
  for (; x < (width + 1) >> 1; x++, upper += 6, lower += 6, blue += 4, red += 4) {
    const next: usize = 2 * x + 1 < width ? 3 : 0;
    const r = f64x2.splat(<f64>four(upper, lower, next));
    const g = f64x2.splat(<f64>four(upper + 1, lower + 1, next));
    const b = f64x2.splat(<f64>four(upper + 2, lower + 2, next));
    store<f32>(blue, <f32>(f64x2.extract_lane(blueness(r, g, b), 0) / 4));
    store<f32>(red, <f32>(f64x2.extract_lane(redness(r, g, b), 0) / 4));
  }
}

function four(upper: usize, lower: usize, next: usize): i32 {
  return <i32>load<u8>(upper) + <i32>load<u8>(upper + next) + <i32>load<u8>(lower) + <i32>load<u8>(lower + next);
}

/** Both colours of each dot. Reads ten bytes more than there are. */
export function colours(rgb: usize, blue: usize, red: usize, count: i32): void {
  const end = blue + (count << 2);
  const ofRed = i8x16(0, -1, -1, -1, 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const ofGreen = i8x16(1, -1, -1, -1, 4, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  const ofBlue = i8x16(2, -1, -1, -1, 5, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
  for (; blue < end; blue += 8, red += 8, rgb += 6) {
    const two = v128.load(rgb);
    const r = f64x2.convert_low_i32x4_u(v128.swizzle(two, ofRed));
    const g = f64x2.convert_low_i32x4_u(v128.swizzle(two, ofGreen));
    const b = f64x2.convert_low_i32x4_u(v128.swizzle(two, ofBlue));
    v128.store64_lane(blue, f32x4.demote_f64x2_zero(blueness(r, g, b)), 0);
    v128.store64_lane(red, f32x4.demote_f64x2_zero(redness(r, g, b)), 0);
  }
}
