import { grayscale, type PDFFont, type PDFPage } from "pdf-lib";
import sharp from "sharp";
import { type Drawing, type Fonts, inked, millimetres } from "./sample-ink.ts";
import { sealDrawing } from "./sample-seal.ts";
import { headmasterStrokes, signatureDrawing } from "./sample-signature.ts";

const dpi = 200;
const widthMillimetres = 210;
const heightMillimetres = 297;
const pixels = (length: number): number => Math.round((length / 25.4) * dpi);

/**
 * JPEG of a paper that never was: typeset, stamped, signed, then laid on a scanner a little askew, on warm paper with
 * the scanner's noise.
 */
export async function sampleScan(): Promise<Buffer> {
  const size = { width: pixels(widthMillimetres), height: pixels(heightMillimetres) };
  const text = await inked(pageDrawing, dpi, [38, 36, 42]);
  const frame = await inked(frameDrawing, dpi, [126, 84, 40]);
  const seal = await sharp(await inked(schoolSeal, dpi, [196, 32, 44]))
    .rotate(-7, { background: clear })
    .toBuffer();
  const signature = await inked(signatureDrawing(headmasterStrokes), dpi, [32, 48, 140]);
  const paper = sharp({ create: { ...size, channels: 3, background: { r: 251, g: 248, b: 239 } } });
  const flat = await paper
    .composite([
      { input: frame, blend: "multiply" },
      { input: text, blend: "multiply" },
      { input: signature, left: pixels(124), top: pixels(219), blend: "multiply" },
      { input: seal, left: pixels(103), top: pixels(209), blend: "multiply" },
    ])
    .png()
    .toBuffer();
  return scanned(flat, size);
}

const clear = { r: 0, g: 0, b: 0, alpha: 0 };

async function scanned(flat: Buffer, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const background = { r: 251, g: 248, b: 239 };
  const turned = await sharp(flat).rotate(0.22, { background }).toBuffer({ resolveWithObject: true });
  const left = Math.floor((turned.info.width - width) / 2);
  const top = Math.floor((turned.info.height - height) / 2);
  const cut = await sharp(turned.data).extract({ left, top, width, height }).removeAlpha().blur(0.5).raw().toBuffer();
  addNoise(cut, width, height);
  return sharp(cut, { raw: { width, height, channels: 3 } })
    .withMetadata({ density: dpi })
    .jpeg({ quality: 80, chromaSubsampling: "4:4:4", progressive: false })
    .toBuffer();
}

/** Grain, and light that falls off a little towards one edge, as an office scanner's does. */
function addNoise(rgb: Buffer, width: number, height: number): void {
  const random = seededRandom(20_261_122);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const change = (random() + random() - 1) * 4 - 7 * (x / width) ** 3 - 3 * (y / height);
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        rgb[at + channel] = Math.min(255, Math.max(0, (rgb[at + channel] ?? 0) + change));
      }
    }
  }
}

/** Numbers from 0 to 1, always the same ones: a second run makes the same file. Lehmer, modulus 2^31 - 1. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const schoolSeal = sealDrawing({
  above: "TT NGHỀ HOA BAN",
  below: "TỈNH BAN MAI (HƯ CẤU)",
  middle: [
    { text: "MẪU THỬ", size: 9.5 },
    { text: "HƯ CẤU", size: 8 },
  ],
});

const page = { widthMillimetres, heightMillimetres };
const frameDrawing: Drawing = { ...page, draw: drawFrame };
const pageDrawing: Drawing = { ...page, draw: drawPage };

function drawFrame(onto: PDFPage): void {
  for (const { inset, width } of [
    { inset: 11, width: 1.1 },
    { inset: 13.2, width: 0.3 },
  ]) {
    onto.drawRectangle({
      x: millimetres(inset),
      y: millimetres(inset),
      width: millimetres(widthMillimetres - 2 * inset),
      height: millimetres(heightMillimetres - 2 * inset),
      borderWidth: millimetres(width),
      borderColor: grayscale(0),
    });
  }
}

/** Size in points, place of the baseline in millimetres from the top. */
type Line = { readonly text: string; readonly font: keyof Fonts; readonly size: number; readonly top: number };

const middle = widthMillimetres / 2;
const leftColumn = 64;
const rightColumn = 146;

const centred: readonly (Line & { readonly at: number })[] = [
  { text: "UBND TỈNH BAN MAI (HƯ CẤU)", font: "regular", size: 11, top: 27, at: leftColumn },
  { text: "TRUNG TÂM NGHỀ HOA BAN (HƯ CẤU)", font: "bold", size: 11, top: 32.5, at: leftColumn },
  { text: "Số: 128/GCN-TTN", font: "regular", size: 12, top: 42, at: leftColumn },
  { text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", font: "bold", size: 11, top: 27, at: rightColumn },
  { text: "Độc lập - Tự do - Hạnh phúc", font: "bold", size: 12.5, top: 32.8, at: rightColumn },
  { text: "Hoa Ban, ngày 15 tháng 9 năm 2026", font: "italic", size: 12, top: 42, at: rightColumn },
  { text: "GIẤY CHỨNG NHẬN", font: "bold", size: 26, top: 67, at: middle },
  { text: "HOÀN THÀNH KHÓA TẬP HUẤN", font: "bold", size: 16, top: 77, at: middle },
  { text: "GIÁM ĐỐC TRUNG TÂM NGHỀ HOA BAN (HƯ CẤU)", font: "bold", size: 13, top: 93, at: middle },
  { text: "CHỨNG NHẬN", font: "bold", size: 13, top: 100.5, at: middle },
  { text: "LÒ THỊ HOA MẪU (HƯ CẤU)", font: "bold", size: 18, top: 113, at: middle },
  { text: "GIÁM ĐỐC", font: "bold", size: 13, top: 211, at: rightColumn },
  { text: "Cầm Văn Thí Dụ (hư cấu)", font: "bold", size: 13, top: 250, at: rightColumn },
  {
    text: "Giấy mẫu để thử phần mềm, mọi tên người và cơ quan đều là hư cấu",
    font: "italic",
    size: 9,
    top: 279,
    at: middle,
  },
];

const facts: readonly (readonly [label: string, value: string])[] = [
  ["Ngày, tháng, năm sinh:", "02/03/1996"],
  ["Giới tính:", "Nữ"],
  ["Nơi sinh:", "phường Hoa Ban, tỉnh Ban Mai (hư cấu)"],
  ["Đã hoàn thành khóa tập huấn:", "Kỹ thuật số hóa hồ sơ lưu trữ"],
  ["Thời gian:", "từ ngày 03/8/2026 đến ngày 28/8/2026 (80 tiết)"],
  ["Hình thức đào tạo:", "Tập trung"],
  ["Xếp loại:", "Giỏi"],
  ["Quyết định công nhận số:", "45/QĐ-TTN ngày 10/9/2026"],
];

function drawPage(onto: PDFPage, fonts: Fonts): void {
  for (const { at, ...line } of centred) {
    const font = fonts[line.font];
    write(onto, font, line, millimetres(at) - font.widthOfTextAtSize(line.text, line.size) / 2);
  }
  facts.forEach(([label, value], i) => {
    const top = 127 + i * 9.2;
    write(onto, fonts.regular, { text: label, size: 13.5, top }, millimetres(32));
    const valueAt = millimetres(32) + fonts.regular.widthOfTextAtSize(`${label} `, 13.5);
    write(onto, fonts.bold, { text: value, size: 13.5, top }, valueAt);
  });
  write(onto, fonts.regular, { text: "Số vào sổ cấp giấy chứng nhận: 0128/2026", size: 12, top: 216 }, millimetres(28));
  rule(onto, leftColumn, 34.6, 22);
  rule(onto, rightColumn, 35.2, 52);
}

function write(onto: PDFPage, font: PDFFont, line: Pick<Line, "text" | "size" | "top">, x: number): void {
  onto.drawText(line.text, { x, y: millimetres(heightMillimetres - line.top), size: line.size, font });
}

function rule(onto: PDFPage, at: number, top: number, length: number): void {
  const y = millimetres(heightMillimetres - top);
  const [start, end] = [millimetres(at - length / 2), millimetres(at + length / 2)];
  onto.drawLine({ start: { x: start, y }, end: { x: end, y }, thickness: 0.7 });
}
