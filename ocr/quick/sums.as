// Sums of squares of dots: ocr/decode/look.ts (making smaller) and ocr/decode/round-shapes.ts (ink in cells).

/**
 * The sum of each square of `times` by `times` dots, in 32 bits. Down first, sixteen columns at once, then along.
 *
 * @param room for a row of sums of 16 bits, with sixteen more
 * @param times at most 257: a column's sum is of 16 bits
 */
export function sumSquares(from: usize, to: usize, room: usize, stride: i32, columns: i32, rows: i32, times: i32): void {
  const width = columns * times;
  for (let row = 0; row < rows; row++, from += stride * times) {
    for (let x = 0; x < width; x += 16) {
      let low = i16x8.splat(0);
      let high = i16x8.splat(0);
      let at = from + x;
      for (let y = 0; y < times; y++, at += stride) {
        const dots = v128.load(at);
        low = i16x8.add(low, i16x8.extend_low_i8x16_u(dots));
        high = i16x8.add(high, i16x8.extend_high_i8x16_u(dots));
      }
      v128.store(room + (x << 1), low);
      v128.store(room + (x << 1), high, 16);
    }
    let along = room;
    for (let column = 0; column < columns; column++, to += 4) {
      let sum: u32 = 0;
      for (const end = along + (times << 1); along < end; along += 2) sum += <u32>load<u16>(along);
      store<u32>(to, sum);
    }
  }
}
