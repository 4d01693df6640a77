// Levels of a component's blocks: ocr/jpeg/coefficients.ts, transform.ts and thrift.ts, of which this is a copy in the same order of sums.

/** What stands at the address of a component's thrift: 64 steps, then these, each a double; then lengths of codes and the zigzag order, in bytes. */
const leastPerBit: usize = 512;
const sharePerBit: usize = 520;
const mostPerBit: usize = 528;
const meanStep: usize = 536;
const quiet: usize = 544;
const codeBits: usize = 552;
const zigzag: usize = 808;

const samples = memory.data(512, 16);
const turned = memory.data(512, 16);
const coefficients = memory.data(512, 16);
const sizes = memory.data(512, 16);
const energy = memory.data(512, 16);
const cheapest = memory.data(512, 16);
const chosen = memory.data(256, 16);
const before = memory.data(256, 16);
const candidates = memory.data(256, 16);

const farthest: i32 = 12;
const busy: i32 = 40;
const zeroRunBits: i32 = 11;
const endBits: f64 = 4;

/**
 * @param plane whole blocks of floats
 * @param means a double a block
 * @param places where a block's 64 levels begin, counted from the first that was ever written; -1 where all are zero
 * @param written how many were written before this strip
 * @returns how many are written then
 */
export function addBlocks(
  plane: usize,
  width: i32,
  height: i32,
  thrift: usize,
  means: usize,
  places: usize,
  levels: usize,
  written: i32,
): i32 {
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8, means += 8, places += 4) {
      const start = plane + ((top * width + left) << 2);
      const isAny = addBlock(start, width << 2, thrift, means, levels);
      store<i32>(places, isAny ? written : -1);
      if (!isAny) continue;
      written += 64;
      levels += 128;
    }
  }
  return written;
}

function addBlock(start: usize, stride: i32, thrift: usize, means: usize, levels: usize): bool {
  let sums = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (let y = 0, row = start; y < 8; y++, row += stride) {
    for (let x = 0; x < 32; x += 8) {
      const two = f64x2.promote_low_f32x4(v128.load64_zero(row + x));
      sums = f64x2.add(sums, two);
      squares = f64x2.add(squares, f64x2.mul(two, two));
    }
  }
  const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  const square = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  store<f64>(means, sum / 8 / load<f64>(thrift, meanStep));
  if (square - (sum * sum) / 64 < load<f64>(thrift, quiet)) return false;
  for (let y = 0, row = start; y < 8; y++, row += stride)
    for (let x = 0; x < 8; x++) store<f64>(samples + (((y << 3) + x) << 3), <f64>load<f32>(row + (x << 2)));
  halfTransform(samples, turned);
  halfTransform(turned, coefficients);
  memory.fill(levels, 0, 128);
  return chooseLevels(thrift, levels);
}

const c1: f64 = 0.4903926402016152;
const c2: f64 = 0.46193976625564337;
const c3: f64 = 0.4157348061512726;
const c4: f64 = 0.3535533905932738;
const c5: f64 = 0.2777851165098011;
const c6: f64 = 0.1913417161825449;
const c7: f64 = 0.09754516100806412;

function halfTransform(from: usize, to: usize): void {
  for (let row = 0; row < 8; row++, from += 64, to += 8) {
    const s0 = load<f64>(from);
    const s1 = load<f64>(from, 8);
    const s2 = load<f64>(from, 16);
    const s3 = load<f64>(from, 24);
    const s4 = load<f64>(from, 32);
    const s5 = load<f64>(from, 40);
    const s6 = load<f64>(from, 48);
    const s7 = load<f64>(from, 56);
    const a0 = s0 + s7;
    const a1 = s1 + s6;
    const a2 = s2 + s5;
    const a3 = s3 + s4;
    const outer = a0 - a3;
    const inner = a1 - a2;
    store<f64>(to, c4 * (a0 + a3 + (a1 + a2)));
    store<f64>(to, c4 * (a0 + a3 - (a1 + a2)), 256);
    store<f64>(to, c2 * outer + c6 * inner, 128);
    store<f64>(to, c6 * outer - c2 * inner, 384);
    const b0 = s0 - s7;
    const b1 = s1 - s6;
    const b2 = s2 - s5;
    const b3 = s3 - s4;
    store<f64>(to, c1 * b0 + c3 * b1 + c5 * b2 + c7 * b3, 64);
    store<f64>(to, c3 * b0 - c7 * b1 - c1 * b2 - c5 * b3, 192);
    store<f64>(to, c5 * b0 - c1 * b1 + c7 * b2 + c3 * b3, 320);
    store<f64>(to, c7 * b0 - c5 * b1 + c3 * b2 - c1 * b3, 448);
  }
}

function chooseLevels(thrift: usize, levels: usize): bool {
  const found = roundAll(thrift);
  if (found > busy) {
    for (let i = 1; i <= found; i++) setLevel(candidate(i), thrift, levels);
    return true;
  }
  const last = found == 0 ? 0 : lastLevel(found, thrift);
  for (let k = last; k > 0; k = <i32>load<u8>(before + k)) setLevel(k, thrift, levels);
  return last > 0;
}

// @ts-ignore: decorator
@inline
function candidate(i: i32): i32 {
  return <i32>load<u8>(candidates + i);
}

// @ts-ignore: decorator
@inline
function at64(table: usize, k: i32): f64 {
  return load<f64>(table + (k << 3));
}

// @ts-ignore: decorator
@inline
function coefficient(k: i32, thrift: usize): f64 {
  return at64(coefficients, <i32>load<u8>(thrift + k, zigzag));
}

function setLevel(k: i32, thrift: usize, levels: usize): void {
  const size = load<i16>(chosen + (k << 1));
  store<i16>(levels + (k << 1), coefficient(k, thrift) < 0 ? -size : size);
}

function roundAll(thrift: usize): i32 {
  let count = 0;
  let sum: f64 = 0;
  for (let k = 1; k < 64; k++) {
    const size = Math.abs(coefficient(k, thrift));
    const step = at64(thrift, k);
    store<f64>(sizes + (k << 3), size);
    sum += size * size;
    store<f64>(energy + (k << 3), sum);
    if (2 * size < step) continue;
    store<i16>(chosen + (k << 1), <i16>(<i32>Math.floor(size / step + 0.5)));
    count++;
    store<u8>(candidates + count, k);
  }
  return count;
}

function lastLevel(found: i32, thrift: usize): i32 {
  const all = at64(energy, 63);
  const bit = Math.min(
    Math.max(load<f64>(thrift, sharePerBit) * all, load<f64>(thrift, leastPerBit)),
    load<f64>(thrift, mostPerBit),
  );
  let least = all;
  let last = 0;
  for (let i = 1; i <= found; i++) {
    const k = candidate(i);
    choose(i, at64(thrift, k), bit, thrift);
    const total = at64(cheapest, k) + all - at64(energy, k) + (k < 63 ? bit * endBits : 0);
    if (total >= least) continue;
    least = total;
    last = k;
  }
  return last;
}

function choose(i: i32, step: f64, bit: f64, thrift: usize): void {
  const k = candidate(i);
  const size = at64(sizes, k);
  const nearest = <i32>load<i16>(chosen + (k << 1));
  const below = at64(energy, k - 1);
  const lowest = max(1, nearest - 1);
  let least: f64 = Infinity;
  for (let tried = nearest; tried >= lowest; tried--) {
    const category = 32 - clz(tried);
    const away = size - <f64>tried * step;
    const own = away * away + bit * <f64>category + below;
    for (let j = max(0, i - farthest); j < i; j++) {
      const from = candidate(j);
      const zeros = k - from - 1;
      const bits = zeroRunBits * (zeros >> 4) + <i32>load<u8>(thrift + (((zeros & 15) << 4) | category), codeBits);
      const cost = at64(cheapest, from) - at64(energy, from) + own + bit * <f64>bits;
      if (cost >= least) continue;
      least = cost;
      store<i16>(chosen + (k << 1), <i16>tried);
      store<u8>(before + k, from);
    }
  }
  store<f64>(cheapest + (k << 3), least);
}
