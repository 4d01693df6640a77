import sharp from "sharp";
import type { SignatureImage } from "../../signing/seal/appearance.ts";

/** Our own configured picture, PNG with transparency (NĐ 30/2020 Appendix I). Never a file from outside. */
export async function readSignatureImage(path: string): Promise<SignatureImage> {
  const { data, info } = await sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const pixels = info.width * info.height;
  const rgb = new Uint8Array(3 * pixels);
  const alpha = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    rgb.set(data.subarray(4 * i, 4 * i + 3), 3 * i);
    alpha[i] = data[4 * i + 3] ?? 0;
  }
  return { widthPixels: info.width, heightPixels: info.height, rgb, alpha };
}
