import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as fontkit from "fontkit";
import { PDFDocument } from "pdf-lib";
import sharp from "sharp";
import type { Upload } from "../../ocr/pages.ts";
import type { ReadOptions } from "../../ocr/readers.ts";

export const lines = [
  "ỦY BAN NHÂN DÂN PHƯỜNG THỬ NGHIỆM (hư cấu)",
  "GIẤY XÁC NHẬN",
  "Họ và tên: Nguyễn Thị Mẫu Đơn (hư cấu)",
  "Ngày mười lăm tháng sáu năm hai nghìn không trăm hai mươi sáu",
  "Nơi thường trú: thôn Gò Đồi, xã Bình Giả, huyện Thử, tỉnh Vĩnh Hư Cấu",
  "Được cấp để bổ túc hồ sơ, có giá trị đến hết quý bốn",
  "Người lập phiếu đã đối chiếu kỹ với sổ gốc và chịu trách nhiệm",
  "Những chữ khó đọc: ẵm, ngẫm nghĩ, khuỷu, ngoằn ngoèo, thuở, quẫy",
];

const read = (request: string) => readFileSync(createRequire(import.meta.url).resolve(request));

/** A page of Vietnamese text, A4 upright, made here. */
export async function textPdf(text: readonly string[] = lines, size: [number, number] = [595.28, 841.89]) {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit as never);
  const font = await pdf.embedFont(read("@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"), { subset: true });
  const page = pdf.addPage(size);
  for (let paragraph = 0; paragraph < 3; paragraph += 1) {
    text.forEach((line, i) => {
      page.drawText(line, { x: 60, y: size[1] - 80 - 24 * i - 230 * paragraph, size: 14, font });
    });
  }
  return exact(await pdf.save());
}

/** The same page as a picture of 200 dpi in colour, with a red mark, without any metadata. */
export async function textPicture(page: Uint8Array): Promise<Buffer> {
  const seal = `<svg width="300" height="300"><circle cx="150" cy="150" r="120" fill="none" stroke="#c01020" stroke-width="14"/></svg>`;
  return sharp(page)
    .toColourspace("srgb")
    .composite([{ input: Buffer.from(seal), left: 1200, top: 1900 }])
    .jpeg({ quality: 92 })
    .toBuffer();
}

export const exact = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

export const upload = (bytes: Uint8Array, fileName: string | null = null): Upload => ({
  bytes: exact(bytes),
  fileName,
  declaredType: null,
});

export const options = (more: Partial<ReadOptions> = {}): ReadOptions => ({
  signal: new AbortController().signal,
  deadlineSeconds: 60,
  ...more,
});

/** @throws with the failure, where a test counts on success */
export function must<T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.failure));
}

/** Mean colour of a picture's part, 0 to 255 each. */
export async function meanColour(
  jpeg: Uint8Array,
  region: { left: number; top: number; width: number; height: number },
) {
  const { channels } = await sharp(await sharp(jpeg).extract(region).png().toBuffer()).stats();
  return channels.map((channel) => channel.mean);
}
