import { PDFiumLibrary } from "@hyzyla/pdfium";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, describe, expect, test } from "vitest";
import type { OriginalPage } from "../../../signing/compose/copy-to-compose.ts";
import type { ReadWord } from "../../../signing/compose/word-lines.ts";
import { has, run } from "../../support/tools.ts";
import { type OpenPdf, openPdf, textOf } from "../pdfa/open-pdf.ts";
import { type Element, structureOf } from "../pdfa/structure-walk.ts";
import { composed, onDisk } from "./composed.ts";
import { drawnPage, papers, sampleCopy } from "./sample.ts";

/** A page as the reading gives it: a two-column head, a title in tall capitals, text, a table, places of signature. */
const rows: readonly {
  readonly block: number;
  readonly height: number;
  readonly cells: readonly [number, string][];
}[] = [
  { block: 0, height: 24, cells: [[120, "ỦY BAN NHÂN DÂN"]] },
  { block: 0, height: 24, cells: [[120, "PHƯỜNG BÌNH MINH"]] },
  { block: 1, height: 24, cells: [[800, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]] },
  { block: 1, height: 24, cells: [[860, "Độc lập - Tự do - Hạnh phúc"]] },
  { block: 2, height: 40, cells: [[500, "GIẤY XÁC NHẬN (HƯ CẤU)"]] },
  { block: 3, height: 24, cells: [[120, "Xác nhận bà Nguyễn Thị Hường Giang đã nộp đủ các khoản sau:"]] },
  {
    block: 4,
    height: 24,
    cells: [
      [120, "Khoản"],
      [700, "Ngày nộp"],
      [1200, "Số tiền"],
    ],
  },
  {
    block: 4,
    height: 24,
    cells: [
      [120, "Học phí"],
      [700, "12/03/2020"],
      [1200, "1.250.000"],
    ],
  },
  {
    block: 4,
    height: 24,
    cells: [
      [120, "Lệ phí thi"],
      [700, "14/03/2020"],
      [1200, "300.000"],
    ],
  },
  { block: 5, height: 24, cells: [[120, "Lớp 9 A , hạng 1 / 4 5 -"]] },
  { block: 6, height: 24, cells: [[900, "HIỆU TRƯỞNG"]] },
];

function wordsOf(): ReadWord[] {
  const tops = [200, 240, 200, 240, 400, 520, 620, 670, 720, 820, 920];
  return rows.flatMap(({ block, height, cells }, line) =>
    cells.flatMap(([left, text]) => {
      let x = left;
      return text.split(" ").map((word) => {
        const width = Math.round(word.length * height * 0.5);
        const read = { text: word, x, y: tops[line] ?? 0, width, height, confidence: 90, line, block };
        x += width + Math.round(height * 0.4);
        return read;
      });
    }),
  );
}

const wanted = rows.map(({ cells }) => cells.map(([, text]) => text).join(" ")).join(" ");
/** As Firefox searches and copies: its pieces of text, a line end where it says one. */
async function textByPdfJs(bytes: Uint8Array, number: number): Promise<string> {
  const task = getDocument({ data: bytes.slice(), useSystemFonts: false, verbosity: 0 });
  const page = await (await task.promise).getPage(number);
  const { items } = await page.getTextContent({ disableNormalization: true });
  await task.destroy();
  return items.map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : "")).join("");
}

const collapsed = (text: string) => text.replace(/\s+/g, " ").trim();

describe("a screen reader can follow the copy", () => {
  let pdf: OpenPdf;
  let path: string;
  let bytes: Uint8Array;

  beforeAll(async () => {
    const page: OriginalPage = { ...(await drawnPage(papers.a4Portrait)), words: wordsOf() };
    const base = await sampleCopy([]);
    const copy = await composed({
      ...base,
      original: { ...base.original, pages: [page, await drawnPage(papers.idCard)] },
    });
    bytes = copy.pdf;
    path = onDisk(copy).path;
    pdf = openPdf(copy.pdf);
  });

  const sections = () => structureOf(pdf).flatMap(({ children }) => children);
  const shape = ({ kind, children }: Element): string =>
    children.length === 0 ? kind : `${kind}(${children.map(shape).join(" ")})`;

  test("ISO 32000-1 §14.8: each page begins with its number as a heading, then the picture, then what was read, then the strip", () => {
    expect(sections().map(shape)).toEqual([
      "Sect(H1 Figure P P H2 P Table(TR(TH TH TH) TR(TD TD TD) TR(TD TD TD)) P P P P P P Figure)",
      expect.stringMatching(/^Sect\(H1 Figure (P )+Figure\)$/),
      expect.stringMatching(/^Sect\((P )+H1 P P P H2 (P )+Form Form P Figure H2 Link P P\)$/),
    ]);
  });

  test("the title stands in the window, the language is Vietnamese, pictures and fields say what they are", () => {
    expect(textOf(pdf.get(pdf.catalog, "Lang"))).toBe("vi");
    const [picture] = sections()[0]?.children.filter(({ kind }) => kind === "Figure") ?? [];
    expect(textOf(pdf.get(picture?.object ?? pdf.catalog, "Alt"))).toBe("Ảnh chụp trang 1 trên 2 của bản chính");
    const forms = sections()[2]?.children.filter(({ kind }) => kind === "Form") ?? [];
    expect(forms.map(({ object }) => textOf(pdf.get(object, "Alt")))).toEqual([
      "Chữ ký số của người thực hiện chứng thực",
      "Chữ ký số của cơ quan thực hiện chứng thực",
    ]);
  });

  test.skipIf(!has("pdftotext"))("what the official confirmed of the paper stands on the attestation sheet", () => {
    const text = collapsed(run("pdftotext", ["-f", "3", "-l", "3", path, "-"]).output);
    expect(text).toContain(
      "Đã đối chiếu với bản chính: số: 0457/GCN (hư cấu); họ tên: Nguyễn Thị Hường Giang (hư cấu).",
    );
  });

  test.skipIf(!has("pdftotext"))(
    "poppler in content order, PDFium (Chromium) and pdf.js (Firefox) give the same words in reading order, single signs too, in NFC",
    async () => {
      const poppler = run("pdftotext", ["-raw", "-enc", "UTF-8", "-f", "1", "-l", "1", path, "-"]).output;
      const library = await PDFiumLibrary.init();
      const document = await library.loadDocument(bytes);
      const pdfium = document.getPage(0).getText();
      document.destroy();
      library.destroy();
      const firefox = await textByPdfJs(bytes, 1);
      for (const text of [poppler, pdfium, firefox]) {
        expect(collapsed(text)).toContain(wanted);
        expect(text).toBe(text.normalize("NFC"));
      }
      expect(collapsed(pdfium)).toBe(collapsed(poppler));
      expect(collapsed(firefox)).toBe(collapsed(poppler));
    },
  );

  test("a line that falls by two degrees keeps its words on its own baseline", async () => {
    const fallen = wordsOf().map((word) => ({ ...word, y: Math.round(word.y + word.x * Math.tan(Math.PI / 90)) }));
    const page: OriginalPage = { ...(await drawnPage(papers.a4Portrait)), words: fallen };
    const base = await sampleCopy([]);
    const copy = await composed({ ...base, original: { ...base.original, pages: [page] } });
    if (has("pdftotext")) {
      const text = run("pdftotext", ["-raw", "-f", "1", "-l", "1", onDisk(copy).path, "-"]).output;
      expect(collapsed(text)).toContain("Xác nhận bà Nguyễn Thị Hường Giang đã nộp đủ các khoản sau:");
    }
    expect(
      structureOf(openPdf(copy.pdf))
        .flatMap(({ children }) => children)[0]
        ?.children.map(({ kind }) => kind),
    ).toContain("H2");
  });

  test("a fact that cannot be drawn or has no room is left out, and hinders no copy", async () => {
    const base = await sampleCopy([papers.idCard]);
    const withFacts = (facts: { label: string; value: string }[]) =>
      composed({ ...base, original: { ...base.original, facts } });
    const long = await withFacts([{ label: "nơi cấp", value: "Sở Giáo dục ".repeat(300) }]);
    const odd = await withFacts([
      { label: "số", value: "漢 1" },
      { label: "họ tên", value: "Trần Thử (hư cấu)" },
    ]);
    if (!has("pdftotext")) return;
    const textIn = (copy: typeof odd) => run("pdftotext", ["-f", "2", "-l", "2", onDisk(copy).path, "-"]).output;
    expect(textIn(long)).not.toContain("đối chiếu với bản chính:");
    expect(collapsed(textIn(odd))).toContain("Đã đối chiếu với bản chính: họ tên: Trần Thử (hư cấu).");
  });
});
