import { expect, test } from "vitest";
import { findCut } from "../../ocr/decode/cut-text.ts";
import { dashes } from "./dashes.ts";

test("text that runs over the edge is told; a whole margin and a scanner's dark rim are not", () => {
  expect(findCut(dashes(0, 235))).toMatchObject({ x: 0, y: 0, height: 877 });
  expect(findCut(dashes(60, 235))).toBeNull();
  const rim = dashes(60, 235);
  const dark = { ...rim, pixels: rim.pixels.map((level, i) => (i % rim.width < 8 ? 20 : level)) };
  expect(findCut(dark)).toBeNull();
});
