import { describe, expect, test } from "vitest";
import { findGlare } from "../../ocr/decode/glare.ts";
import type { Grey } from "../../ocr/decode/look.ts";
import { dashes } from "./dashes.ts";

const dpi = 75;
const middle = { x: 300, y: 400 };

/** Each level of the page through `change`, which is told how far from the middle it stands, in dots. */
const changed = (grey: Grey, change: (level: number, across: number, down: number) => number): Grey => ({
  ...grey,
  pixels: Uint8Array.from(grey.pixels, (level, i) =>
    Math.max(0, Math.min(255, change(level, (i % grey.width) - middle.x, Math.floor(i / grey.width) - middle.y))),
  ),
});

/** A lamp's picture: burnt out up to a radius, then fading over so many dots. */
const lamp = (grey: Grey, radius: number, fade: number): Grey =>
  changed(grey, (level, across, down) => {
    const far = Math.hypot(across, down);
    return level + (far < radius ? 255 : Math.max(0, 80 * (1 - (far - radius) / fade)));
  });

describe("a mirrored lamp", () => {
  test("is told with its place, whether its edge fades or not", () => {
    const found = findGlare(lamp(dashes(60, 200), 40, 12), dpi, null);
    expect(found?.x).toBeGreaterThan(240);
    expect((found?.x ?? 0) + (found?.width ?? 0)).toBeLessThan(360);
    expect(findGlare(lamp(dashes(60, 200), 40, 0.1), dpi, null)).not.toBeNull();
  });

  test("is told on nearly white paper, where only a little darkness is around it", () => {
    expect(findGlare(lamp(dashes(60, 238), 40, 12), dpi, null)).not.toBeNull();
  });

  test("smaller than a few letters is not told", () => {
    expect(findGlare(lamp(dashes(60, 200), 7, 4), dpi, null)).toBeNull();
  });

  test("beside the sheet of a photograph is none of the page's", () => {
    const page = lamp(dashes(60, 200), 40, 12);
    const sheet = (from: number) =>
      [
        { x: 0.05, y: from },
        { x: 0.95, y: from },
        { x: 0.95, y: 0.98 },
        { x: 0.05, y: 0.98 },
      ] as const;
    expect(findGlare(page, dpi, sheet(0.02))).not.toBeNull();
    expect(findGlare(page, dpi, sheet(0.6))).toBeNull();
  });
});

describe("what is no mirrored lamp", () => {
  test("paper itself, dark or white all over", () => {
    for (const paper of [150, 200, 245, 252, 255]) expect(findGlare(dashes(60, paper), dpi, null)).toBeNull();
  });

  test("a sheet lit from one side, white where the light comes from", () => {
    const lit = changed(dashes(60, 255), (level, across) => level * (1.02 - (across + 300) / 3000));
    expect(findGlare(lit, dpi, null)).toBeNull();
  });

  test("white that is printed on coloured paper: a label, a code, the ground of a portrait", () => {
    const label = changed(dashes(60, 200), (level, across, down) =>
      Math.abs(across) < 70 && Math.abs(down) < 40 ? 255 : level,
    );
    const code = changed(dashes(60, 200), (level, across, down) => {
      if (Math.abs(across) > 60 || Math.abs(down) > 60) return level;
      return Math.max(Math.abs(across), Math.abs(down)) < 48 &&
        (Math.floor(across / 6) * 7 + Math.floor(down / 6) * 5) % 3 === 0
        ? 20
        : 255;
    });
    const portrait = changed(dashes(60, 200), (level, across, down) => {
      if (Math.abs(across) > 60 || Math.abs(down) > 80) return level;
      return Math.hypot(across, down + 10) < 34 || (down > 30 && Math.abs(across) < down) ? 90 : 255;
    });
    for (const page of [label, code, portrait]) expect(findGlare(page, dpi, null)).toBeNull();
  });
});
