import { afterAll, beforeAll, expect, test } from "vitest";
import type { EngineName, FinalPage } from "../../ocr/pages.ts";
import { openReaders } from "../../ocr/readers.ts";
import { nativeTesseract } from "../../ocr/resources.ts";
import { textOfWords, wordsOfAnswer, wordsOfTsv } from "../../ocr/words.ts";
import { lines, must, options, textPdf, upload } from "./fixtures.ts";

const readers = openReaders({ processes: 1 });
let page: FinalPage;

beforeAll(async () => {
  const made = must(await readers.makePages(upload(await textPdf()), options({ engine: "none" })));
  const [first] = made.pages;
  if (first === undefined) throw new Error("no page");
  page = first;
});
afterAll(() => readers.stop());

const engines: EngineName[] = nativeTesseract() === null ? ["tesseract.js"] : ["tesseract", "tesseract.js"];

test.each(engines)("%s reads Vietnamese with every tone and mark, in reading order, in NFC", async (engine) => {
  const { words, engine: used } = must(await readers.readWords(page, options({ engine })));
  expect(used).toBe(engine);
  const text = textOfWords(words);
  expect(text).toBe(text.normalize("NFC"));
  const read = text.split("\n").filter((line) => line !== "");
  for (const line of lines.slice(0, 7)) expect(read).toContain(line);
  expect(read.indexOf(lines[1] ?? "")).toBeLessThan(read.indexOf(lines[5] ?? ""));
});

test.each(engines)("%s says no letter that Vietnamese does not have: each Ngày is read as one", async (engine) => {
  const { words } = must(await readers.readWords(page, options({ engine })));
  const read = textOfWords(words).split("\n");
  expect(read.filter((line) => line === lines[3])).toHaveLength(3);
  expect(words.filter(({ text }) => /[ÄÏÑÖØŒŠŸƑäïñöøœšÿƒ£¿]/u.test(text))).toEqual([]);
});

test.each(engines)("%s gives boxes in pixels of the final page, around the words' ink", async (engine) => {
  const { words } = must(await readers.readWords(page, options({ engine })));
  const name = words.find((word) => word.text === "Nguyễn");
  expect(name?.confidence).toBeGreaterThan(80);
  // Set at 60 pt from the left and 128 pt from the top, after "Họ và tên: ".
  const scale = page.dpi / 72;
  expect(Math.abs((name?.x ?? 0) - 126 * scale)).toBeLessThan(12 * scale);
  expect(Math.abs((name?.y ?? 0) + (name?.height ?? 0) - 132 * scale)).toBeLessThan(6 * scale);
  for (const word of words) {
    expect(word.x + word.width).toBeLessThanOrEqual(page.widthPx);
    expect(word.y + word.height).toBeLessThanOrEqual(page.heightPx);
  }
});

test("reading a whole upload gives pages with words, and tells progress to the end", async () => {
  const told: string[] = [];
  const onProgress = (done: number, total: number) => told.push(`${done}/${total}`);
  const scan = must(await readers.readScan(upload(await textPdf()), options({ onProgress })));
  expect(scan).toMatchObject({ type: "pdf", pages: [{ number: 1, blank: false }] });
  expect(scan.pages[0]?.words.length).toBeGreaterThan(150);
  expect(told).toEqual(["1/2", "2/2"]);
});

test("TSV: words keep their lines and blocks by running numbers; empty ones are left out", () => {
  const row = (block: number, line: number, text: string) =>
    `5\t1\t${block}\t1\t${line}\t1\t10\t20\t30\t40\t96.5\t${text}`;
  const tsv = ["level\tpage_num", row(1, 1, "Số:"), row(1, 2, "12"), row(1, 2, " "), row(2, 1, "Ho\u0323")].join("\n");
  const words = wordsOfTsv(tsv);
  expect(words.map(({ text, line, block }) => [text, line, block])).toEqual([
    ["Số:", 0, 0],
    ["12", 1, 0],
    ["Họ", 2, 1],
  ]);
  expect(words[0]).toMatchObject({ x: 10, y: 20, width: 30, height: 40, confidence: 96.5 });
});

test("TSV: signs that look like those of our papers are taken for them, so that dates and machine-readable lines keep theirs", () => {
  const row = (text: string) => `5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\t${text}`;
  const read = wordsOfTsv(["12⁄2020", "P<VNM‹‹", "Ðơn"].map(row).join("\n")).map(({ text }) => text);
  expect(read).toEqual(["12/2020", "P<VNM<<", "Đơn"]);
});

test("decision 17: an answer of a reading process that is no list of words within the picture is not taken", () => {
  const word = { text: "a", x: 0, y: 0, width: 5, height: 5, confidence: 90, line: 0, block: 0 };
  const size = { width: 100, height: 100 };
  expect(wordsOfAnswer({ words: [word] }, size)).toEqual([word]);
  for (const wrong of [{ ...word, x: 1e9 }, { ...word, y: -1 }, { ...word, text: 5 }, { ...word, line: "0" }, null]) {
    expect(wordsOfAnswer({ words: [wrong] }, size)).toBeNull();
  }
  expect(wordsOfAnswer(null, size)).toBeNull();
});
