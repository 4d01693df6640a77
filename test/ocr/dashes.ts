import type { Grey } from "../../ocr/decode/look.ts";

/** A page of dashes like letters, 620 by 877 dots, from some column on; `paper` is its level. */
export function dashes(left: number, paper: number): Grey {
  const [width, height] = [620, 877];
  const pixels = new Uint8Array(width * height).fill(paper);
  for (let y = 60; y < height - 60; y += 1) {
    if (y % 24 > 8) continue;
    for (let x = left; x < width - 60; x += 1) if (x % 9 < 5) pixels[y * width + x] = 30;
  }
  return { width, height, pixels };
}
