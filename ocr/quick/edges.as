// How steep the edges of print are: ocr/decode/edge-width.ts.

const window: i32 = 5;
const leastContrast: i32 = 40;
const leastRise: i32 = 8;
const steps: i32 = 128;

// @ts-ignore: decorator
@inline
function level(at: usize): i32 {
  return <i32>load<u8>(at);
}

/** Where the edge ends that way; 0 where a steeper step is met. */
function endOfRise(start: usize, step: i32, most: i32): usize {
  const sign = most < 0 ? -1 : 1;
  let at = start;
  for (let i = 0; i < window; i++) {
    const rise = sign * (level(at + step) - level(at));
    if (rise > sign * most) return 0;
    if (rise <= 0) break;
    at += step;
  }
  return at;
}

function steepness(at: usize, step: i32): i32 {
  const rise = level(at + step) - level(at);
  const most = rise > 0 ? rise : -rise;
  const low = endOfRise(rise > 0 ? at : at + step, rise > 0 ? -step : step, -most);
  if (low == 0) return -1;
  const high = endOfRise(rise > 0 ? at + step : at, rise > 0 ? step : -step, most);
  if (high == 0) return -1;
  const contrast = level(high) - level(low);
  return contrast < leastContrast ? -1 : min(steps - 1, (steps * most) / contrast);
}

function note(at: usize, step: i32, counts: usize): void {
  const bin = steepness(at, step);
  if (bin < 0) return;
  const place = counts + (bin << 2);
  store<u32>(place, load<u32>(place) + 1);
}

/** Edges of a piece of a row, counted by their steepness. Most of a page is paper: sixteen dots without an edge are passed over at once. */
export function countEdges(at: usize, count: i32, step: i32, counts: usize): void {
  const end = at + count;
  for (; at + 16 <= end; at += 16) {
    const here = v128.load(at);
    const next = v128.load(at + step);
    const rise = i8x16.sub(i8x16.max_u(here, next), i8x16.min_u(here, next));
    let found = i8x16.bitmask(i8x16.ge_u(rise, i8x16.splat(<i8>leastRise)));
    for (; found != 0; found &= found - 1) note(at + ctz(found), step, counts);
  }
  for (; at < end; at++) if (abs(level(at + step) - level(at)) >= leastRise) note(at, step, counts);
}
