import sharp from "sharp";
import type { Readers } from "../../ocr/readers.ts";
import { must, options, textPdf, upload } from "./fixtures.ts";

/** Patches of known colours and three lines of text: what every kind of picture must bring into the copy. */
export const patches = [
  { name: "red", left: 40, rgb: [208, 16, 32] },
  { name: "green", left: 150, rgb: [16, 160, 48] },
  { name: "blue", left: 260, rgb: [32, 64, 208] },
  { name: "grey", left: 370, rgb: [128, 128, 128] },
  { name: "black", left: 480, rgb: [0, 0, 0] },
] as const;

export const patchTop = 30;
export const patchSide = 80;
export const patchDpi = 150;
/** A6. */
export const patchSize = { width: 620, height: 874 } as const;
export const patchWords = ["Phường", "Thử", "Nghiệm", "Nguyễn", "Mẫu", "Đơn", "quyển", "0457"];

const text = ["Phường Thử Nghiệm", "Nguyễn Thị Mẫu Đơn", "Số 0457, quyển số 3 (hư cấu)"];

/** A6 at 150 dpi as PNG in colour. */
export async function patchSheet(readers: Readers): Promise<Buffer> {
  const pdf = await textPdf(text, [297.64, 419.53]);
  const made = must(await readers.makePages(upload(pdf), options({ engine: "none" })));
  const squares = patches.map(({ left, rgb: [r, g, b] }) => ({
    input: { create: { width: patchSide, height: patchSide, channels: 3 as const, background: { r, g, b } } },
    left,
    top: patchTop,
  }));
  const { width, height } = patchSize;
  const sheet = await sharp(made.pages[0]?.image)
    .resize(width, height, { fit: "fill" })
    .toColourspace("srgb")
    .png()
    .toBuffer();
  const whole = await sharp(sheet).composite(squares).png().toBuffer();
  return sharp(whole).removeAlpha().withMetadata({ density: patchDpi }).png().toBuffer();
}

/** Mean colour in the middle of each patch of a picture of any size that shows the whole sheet, by the patch's name. */
export async function patchColours(picture: Uint8Array): Promise<Readonly<Record<string, readonly number[]>>> {
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  const [across, down] = [width / patchSize.width, height / patchSize.height];
  const found: Record<string, readonly number[]> = {};
  for (const { name, left } of patches) {
    const region = {
      left: Math.round((left + 15) * across),
      top: Math.round((patchTop + 15) * down),
      width: Math.round(50 * across),
      height: Math.round(50 * down),
    };
    const part = await sharp(picture).toColourspace("srgb").removeAlpha().extract(region).png().toBuffer();
    const { channels } = await sharp(part).stats();
    const means = channels.map(({ mean }) => mean);
    found[name] = means.length === 3 ? means : [means[0] ?? 0, means[0] ?? 0, means[0] ?? 0];
  }
  return found;
}
