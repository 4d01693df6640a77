import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inverse, mapped, mapToCorners } from "../../ocr/decode/plane.ts";
import type { FinalPage } from "../../ocr/pages.ts";
import { printedNumber } from "../../ocr/paper/printed-number.ts";
import { turnCorners, turnPlace } from "../../ocr/quality/finding.ts";
import { openReaders, type Readers } from "../../ocr/readers.ts";
import { missingNumbers } from "../../src/core/page-numbers.ts";
import { assembled } from "../support/pages/assembled.ts";
import { photoOf, type Sent, scanOf } from "../support/pages/degrade.ts";
import { lookOf, papers } from "../support/pages/papers.ts";
import { families, openTypesetter, type Printed, type Typesetter } from "../support/pages/typeset.ts";
import { chanceOf } from "../support/seeded.ts";
import { must } from "./fixtures.ts";

describe("places and corners", () => {
  const place = { x: 0.1, y: 0.2, width: 0.3, height: 0.1 };

  test("a place turned a quarter four times is where it was", () => {
    const round = [90, 90, 90, 90].reduce((at) => turnPlace(at, 90), place);
    for (const key of ["x", "y", "width", "height"] as const) expect(round[key]).toBeCloseTo(place[key], 9);
    expect(turnPlace(place, 90)).toMatchObject({ y: 0.1, width: 0.1, height: 0.3 });
  });

  test("corners begin at the top left of the turned page", () => {
    const corners = [
      { x: 0.1, y: 0.1 },
      { x: 0.9, y: 0.1 },
      { x: 0.9, y: 0.8 },
      { x: 0.1, y: 0.8 },
    ] as const;
    for (const turn of [90, 180, 270] as const) {
      const [a, b, c] = turnCorners(corners, turn);
      expect(a.x).toBeLessThan(b.x);
      expect(b.y).toBeLessThan(c.y);
    }
  });

  test("a plane map and its inverse lead back to where one was", () => {
    const map = mapToCorners([
      { x: 0.05, y: 0.1 },
      { x: 0.9, y: 0.02 },
      { x: 0.97, y: 0.95 },
      { x: 0.02, y: 0.88 },
    ]);
    const there = mapped(map, { x: 0.3, y: 0.7 });
    const back = mapped(inverse(map), there);
    expect(back.x).toBeCloseTo(0.3, 9);
    expect(back.y).toBeCloseTo(0.7, 9);
    expect(mapped(map, { x: 0, y: 0 })).toEqual({ x: 0.05, y: 0.1 });
  });
});

describe("a page's own number", () => {
  const wordsAt = (text: string, y: number) =>
    text.split(" ").map((part, i) => {
      const box = { x: 400 + 60 * i, y, width: 50, height: 20 };
      return { text: part, ...box, confidence: 90, line: 0, block: 0 };
    });

  test.each([
    ["Trang 2/5", { number: 2, total: 5 }],
    ["3", { number: 3, total: null }],
    ["- 4 -", { number: 4, total: null }],
    ["2/5", { number: 2, total: 5 }],
    ["7/5", null],
    ["Số 12", null],
  ])("%s in the margin", (text, number) => {
    expect(printedNumber(wordsAt(text, 60), 2339)).toEqual(number);
    expect(printedNumber(wordsAt(text, 1100), 2339)).toBeNull();
  });

  test("COPY-1: what the numbering leaves out is told; a second paper begins again", () => {
    const of = (...numbers: (readonly [number, number | null] | null)[]) =>
      numbers.map((one) => ({ printed: one === null ? null : { number: one[0], total: one[1] } }));
    expect(missingNumbers(of([1, 5], [2, 5], [4, 5]))).toEqual([3, 5]);
    expect(missingNumbers(of(null, [2, null], [4, null]))).toEqual([3]);
    expect(missingNumbers(of(null, [2, null], [3, null], null, [2, null]))).toEqual([]);
    expect(missingNumbers(of(null, null))).toEqual([]);
  });
});

describe("what is wrong with a page is told, with its place; a good one is left alone", () => {
  let [setter, readers]: [Typesetter | null, Readers | null] = [null, null];
  beforeAll(async () => {
    setter = await openTypesetter();
    readers = openReaders({ processes: 1 });
  });
  afterAll(async () => {
    readers?.stop();
    await setter?.close();
  });

  const printed = async (name: string, seed: number): Promise<Printed> => {
    const sheet = papers[name]?.(lookOf(seed, families().slice(0, 1))).sheets[0];
    if (sheet === undefined || setter === null) throw new Error("nothing to print");
    return setter.print(sheet, 200);
  };
  const pagesOf = async (sent: readonly Sent[]): Promise<readonly FinalPage[]> => {
    const upload = { bytes: await assembled(sent), fileName: null, declaredType: null };
    const options = { signal: new AbortController().signal, deadlineSeconds: 120, engine: "none" } as const;
    if (readers === null) throw new Error("no readers");
    return must(await readers.makePages(upload, options)).pages;
  };
  const told = (pages: readonly FinalPage[]) => pages.map(({ findings }) => findings.map(({ code }) => code));

  test("a sheet scanned twice is told of the second; two forms of one print are not the same", async () => {
    const [one, other] = [await printed("birth", 11), await printed("birth", 12)];
    const scans = [await scanOf(one, chanceOf(1)), await scanOf(other, chanceOf(2)), await scanOf(one, chanceOf(3))];
    const pages = await pagesOf(scans);
    expect(told(pages)).toEqual([[], [], ["DUPLICATE_PAGE"]]);
    expect(pages[2]?.findings[0]?.of).toBe(1);
  }, 60_000);

  test("blur and a grey seal are told where they are", async () => {
    const page = await printed("company", 21);
    const [blurred] = await pagesOf([await scanOf(page, chanceOf(4), { blurMm: 0.4 })]);
    expect(blurred?.findings).toMatchObject([{ code: "BLURRED", place: { width: expect.any(Number) } }]);
    const [grey] = await pagesOf([await scanOf(page, chanceOf(5), { grey: true })]);
    const seal = page.over.find(({ what }) => what === "seal");
    const place = grey?.findings.find(({ code }) => code === "COLOUR_LOST")?.place;
    expect(place?.x).toBeCloseTo((seal?.x ?? 0) / page.picture.width, 1);
    expect(place?.y).toBeCloseTo((seal?.y ?? 0) / page.picture.height, 1);
  }, 60_000);

  test("a photograph's sheet is found to within a hundredth of the picture, and seen from above in its own shape", async () => {
    const sent = await photoOf(await printed("death", 31), chanceOf(6), { slant: 1 });
    const [page] = await pagesOf([sent]);
    expect(page?.findings).toEqual([]);
    const { corners, widthPx = 0, heightPx = 1 } = page?.straight ?? {};
    for (const [i, { x, y }] of (sent.corners ?? []).entries()) {
      expect(Math.abs((corners?.[i]?.x ?? 9) - x / (page?.widthPx ?? 1))).toBeLessThan(0.01);
      expect(Math.abs((corners?.[i]?.y ?? 9) - y / (page?.heightPx ?? 1))).toBeLessThan(0.01);
    }
    expect(heightPx / widthPx).toBeGreaterThan(1.3);
    expect(heightPx / widthPx).toBeLessThan(1.52);
  }, 60_000);
});
