import { PDFDocument } from "pdf-lib";
import sharp from "sharp";
import type { Bytes } from "../../../src/core/kernel.ts";
import type { Sent } from "./degrade.ts";

/** One upload: a picture alone as it is, several as a scanner's PDF, each page the size of its picture at the resolution it says. */
export async function assembled(pages: readonly Sent[]): Promise<Bytes> {
  const [first] = pages;
  if (first !== undefined && pages.length === 1) return first.image;
  const pdf = await PDFDocument.create();
  for (const { image: jpeg } of pages) {
    const picture = await pdf.embedJpg(jpeg);
    const { density } = await sharp(jpeg).metadata(); // 72 where nothing is said
    const dpi = density === undefined || density === 72 ? Math.max(picture.width, picture.height) / 11.7 : density;
    const [width, height] = [(picture.width * 72) / dpi, (picture.height * 72) / dpi];
    pdf.addPage([width, height]).drawImage(picture, { x: 0, y: 0, width, height });
  }
  return new Uint8Array(await pdf.save());
}
