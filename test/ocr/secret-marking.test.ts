import { expect, test } from "vitest";
import type { Word } from "../../ocr/pages.ts";
import { secretMarking } from "../../ocr/paper/secret-marking.ts";

const line = (number: number, ...parts: readonly (readonly [x: number, text: string])[]): Word[] =>
  parts.map(([x, text]) => ({
    ...{ text, x, y: number * 40, width: text.length * 12, height: 24 },
    ...{ confidence: 90, line: number, block: 0 },
  }));

test.each([
  [[[100, "MẬT"]], "MẬT"],
  [[[100, "|MẬT]"]], "MẬT"],
  [
    [
      [100, "TỐI"],
      [146, "MẬT"],
    ],
    "TỐI MẬT",
  ],
  [
    [
      [100, "TUYET"],
      [168, "MAT"],
    ],
    "TUYỆT MẬT",
  ],
  [
    [
      [100, "TỐI"],
      [146, "MẬT"],
      [700, "Giả"],
      [750, "Sơn,"],
    ],
    "TỐI MẬT",
  ],
  [[[100, "Mật"]], null],
  [
    [
      [100, "MẶT"],
      [146, "TRƯỚC"],
    ],
    null,
  ],
  [[[100, "MẮT"]], null],
  [
    [
      [100, "BẢO"],
      [146, "MẬT"],
      [190, "THÔNG"],
      [260, "TIN"],
    ],
    null,
  ],
] as const)("Law 29/2018/QH14 Art. 8: %j is told as %s", (parts, told) => {
  expect(secretMarking(line(0, ...parts))).toBe(told);
});
