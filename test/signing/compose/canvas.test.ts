import { expect, test } from "vitest";
import { grey, openCanvas, pointsPerMm, warningRed } from "../../../signing/compose/canvas.ts";
import { drawQrCode, type QrCode } from "../../../signing/compose/qr.ts";

const sheetMm = 297;
const box = { leftMm: 12.345, topMm: 23.456, widthMm: 34.567, heightMm: 45.678 };
/** Left, bottom, width and height in points. */
const [x, y, width, height] = [
  box.leftMm * pointsPerMm,
  (sheetMm - box.topMm - box.heightMm) * pointsPerMm,
  box.widthMm * pointsPerMm,
  box.heightMm * pointsPerMm,
];

function numbersOf(draw: (canvas: ReturnType<typeof openCanvas>) => void): number[] {
  const canvas = openCanvas(sheetMm);
  draw(canvas);
  return [...canvas.finish().content.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
}

const near = (found: readonly number[], meant: readonly number[]) =>
  meant.forEach((value, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) - value)).toBeLessThanOrEqual(0.000_051);
  });

test("ISO 32000-1 §8.6.5.3: a colour is drawn as it is meant, each of its three parts", () => {
  near(
    numbersOf((canvas) => canvas.rule(box, grey)),
    grey,
  );
  near(
    numbersOf((canvas) => canvas.frame(box, 1, warningRed)),
    warningRed,
  );
});

test("ISO 32000-1 §8.3: what is placed stands there to a ten-thousandth of a point, in both directions", () => {
  near(
    numbersOf((canvas) => canvas.image("Im", box)),
    [width, 0, 0, height, x, y],
  );
  near(
    numbersOf((canvas) => canvas.rule(box, grey)),
    [...grey, x, y, width, height],
  );
  const code: QrCode = { size: 21, isDark: [] };
  const [scale, , , alsoScale] = numbersOf((canvas) => drawQrCode(canvas, code, { ...box, heightMm: box.widthMm }));
  expect(scale).toBe(alsoScale);
});
