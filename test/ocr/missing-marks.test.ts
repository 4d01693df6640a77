import { expect, test } from "vitest";
import { inReadingOrder } from "../../ocr/layout/reading-order.ts";
import type { Word } from "../../ocr/pages.ts";
import { missingMarks } from "../../ocr/paper/missing-marks.ts";

/** Lines as an engine gives them, ten units a letter, at a place of their own; invented people (hư cấu). */
const line = (number: number, x: number, y: number, text: string): Word[] => {
  let at = x;
  return text.split(" ").map((part) => {
    const word = { text: part, x: at, y, width: part.length * 10, height: 24, confidence: 95, line: number, block: 0 };
    at += word.width + 8;
    return word;
  });
};

const signedBy = (...name: Word[]) =>
  inReadingOrder([
    ...line(0, 300, 40, "TRÍCH LỤC KHAI TỬ"),
    ...line(1, 100, 80, "Họ, chữ đệm, tên: TRẦN THỬ NGHIỆM"),
    ...line(2, 600, 200, "KT. CHỦ TỊCH"),
    ...name,
  ]);

const page = signedBy(...line(3, 600, 380, "Lê Giả Định"));
const pen = Uint16Array.of(610, 260, 120, 60);
const letters = Uint16Array.of(600, 382, 12, 18, 614, 382, 12, 18, 600, 202, 40, 20);

test("a page with a seal and a pen's strokes above the signer's name has all its marks", () => {
  expect(missingMarks(page, Uint16Array.of(...letters, ...pen), 1)).toEqual([]);
});

test("a signature that was read as a word is a signature", () => {
  const scribble = { text: "Mh", x: 605, y: 255, width: 130, height: 70, confidence: 55, line: 9, block: 9 };
  expect(missingMarks([...page, scribble], pen, 1)).toEqual([]);
});

test.each([
  {
    glyphs: letters,
    seals: 1,
    told: ["SIGNATURE_NOT_SEEN"],
    why: "print alone is no signature, though bold letters touch",
  },
  {
    glyphs: Uint16Array.of(100, 260, 120, 60),
    seals: 1,
    told: ["SIGNATURE_NOT_SEEN"],
    why: "nor is a stroke far from the name",
  },
  { glyphs: Uint16Array.of(600, 300, 200, 4), seals: 1, told: ["SIGNATURE_NOT_SEEN"], why: "nor is a rule" },
  { glyphs: pen, seals: 0, told: ["SEAL_NOT_SEEN"], why: "no round red shape is no seal" },
  { glyphs: pen, seals: null, told: [], why: "in grey nobody can tell" },
])("hints of what is missing: $why", ({ glyphs, seals, told }) => {
  expect(missingMarks(page, glyphs, seals)).toEqual(told);
});

test("a page on which no signer's name stands is told nothing", () => {
  expect(missingMarks(signedBy(), new Uint16Array(), 0)).toEqual([]);
});
