import { PDFDocument, type PDFPage } from "pdf-lib";
import sharp from "sharp";
import { type Bytes, utf8 } from "../core/kernel.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { type Fonts, inked, millimetres } from "./sample-ink.ts";
import { sealDrawing } from "./sample-seal.ts";

/** A page that never was, as a scanner gives it, with the text that stands on it. */
export type BenchScan = { readonly jpeg: Bytes; readonly text: string };

const a4 = { widthMillimetres: 210, heightMillimetres: 297 };
const fullPage = 34;
const syllables =
  "giấy chứng nhận của xã phường tỉnh huyện người dân hộ khẩu sinh ngày tháng năm tại nơi cấp số quyển trang bản chính sao đất ruộng vườn nhà trường lớp học kỳ điểm môn toán văn sử địa lý hóa nhạc thể dục kết quả khá giỏi xếp loại tốt nghiệp được công theo quyết định hội đồng".split(
    " ",
  );

/**
 * The same bytes for the same page and resolution: typeset lines with numbers, a seal, paper that is not white, a skew
 * of a fifth of a degree and grain. All of it is invented.
 *
 * @param lineCount at most 34, which fill the page
 */
export async function benchScan(page: number, dpi: number, lineCount = fullPage): Promise<BenchScan> {
  const lines = Array.from({ length: lineCount }, (_, i) => lineOf(`${page} ${i}`));
  const text = await inked({ ...a4, draw: (sheet, fonts) => drawLines(sheet, fonts, lines) }, dpi, [38, 36, 42]);
  const seal = await inked(sealOf, dpi, [196, 32, 44]);
  const size = { width: pixels(a4.widthMillimetres, dpi), height: pixels(a4.heightMillimetres, dpi) };
  const paper = { r: 250, g: 247, b: 239 };
  const flat = await sharp({ create: { ...size, channels: 3, background: paper } })
    .composite([
      { input: text, blend: "multiply" },
      { input: seal, left: pixels(120, dpi), top: pixels(240, dpi), blend: "multiply" },
    ])
    .png({ compressionLevel: 1 })
    .toBuffer();
  const skewed = await sharp(flat).rotate(0.2, { background: paper }).toBuffer();
  const { data } = await sharp(skewed)
    .extract({ left: 0, top: 0, ...size })
    .removeAlpha()
    .blur(0.5)
    .raw()
    .toBuffer({ resolveWithObject: true });
  addGrain(data, page);
  const scanned = sharp(data, { raw: { ...size, channels: 3 } }).withMetadata({ density: dpi });
  const jpeg = await scanned.jpeg({ quality: 88, chromaSubsampling: "4:2:0" }).toBuffer();
  return { jpeg: new Uint8Array(jpeg), text: lines.join("\n") };
}

/** Several scans as one file: A4 pages, the pictures untouched. */
export async function scansAsPdf(scans: readonly BenchScan[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const [width, height] = [millimetres(a4.widthMillimetres), millimetres(a4.heightMillimetres)];
  for (const { jpeg } of scans)
    pdf.addPage([width, height]).drawImage(await pdf.embedJpg(jpeg), { x: 0, y: 0, width, height });
  return pdf.save();
}

const pixels = (length: number, dpi: number): number => Math.round((length / 25.4) * dpi);

const sealOf = sealDrawing({
  above: "BENCH (HƯ CẤU)",
  below: "KHÔNG CÓ THẬT",
  middle: [{ text: "MẪU THỬ", size: 9.5 }],
});

/** Eight or nine syllables, one of them a number. */
function lineOf(seed: string): string {
  const chance = nodeSha256(utf8(seed));
  const words = [...chance.subarray(0, 12)].map((byte) => syllables[byte % syllables.length] ?? "");
  words[(chance[12] ?? 0) % words.length] = `${chance[13]}/${1900 + (chance[14] ?? 0)}`;
  return words.join(" ");
}

function drawLines(sheet: PDFPage, { regular }: Fonts, lines: readonly string[]): void {
  lines.forEach((line, i) => {
    const y = millimetres(a4.heightMillimetres - 25 - i * 6.2);
    sheet.drawText(line, { x: millimetres(25), y, size: 13, font: regular });
  });
}

/** Four levels up or down, as a scanner's sensor has it. */
function addGrain(rgb: Buffer, seed: number): void {
  let state = seed + 1;
  for (let i = 0; i < rgb.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    rgb[i] = Math.min(255, Math.max(0, (rgb[i] ?? 0) + ((state >>> 24) % 9) - 4));
  }
}
