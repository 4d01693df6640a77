import sharp from "sharp";
import { expect, test } from "vitest";
import { srgbProfile } from "../../../signing/compose/srgb-profile.ts";

const steps = [0, 3, 10, 40, 90, 128, 200, 250, 255];
const colours = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => [red, green, blue] as const)));

/** As JPEG files carry it, ICC.1:2004-10 Annex B.4. */
function withProfile(jpeg: Buffer, profile: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from("ICC_PROFILE\0\u0001\u0001", "latin1"), profile]);
  const length = Buffer.from([(content.length + 2) >> 8, (content.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe2]), length, content, jpeg.subarray(2)]);
}

/** Linear light, where another profile would differ. */
function spoiled(profile: Uint8Array): Uint8Array {
  const copy = Buffer.from(profile);
  copy.writeInt32BE(65536, copy.indexOf("para") + 12);
  return copy;
}

test("IEC 61966-2-1: under our profile every colour stays what it is in sRGB, to two levels; another curve would move it", async () => {
  const raw = { width: 27, height: 27, channels: 3 } as const;
  const jpeg = await sharp(Uint8Array.from(colours.flat()), { raw })
    .resize(216, 216, { kernel: "nearest" })
    .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
    .toBuffer();
  const pixels = async (file: Buffer) => sharp(file).raw().toBuffer();
  const plain = await pixels(jpeg);
  const farthest = async (profile: Uint8Array) => {
    const seen = await pixels(withProfile(jpeg, profile));
    return seen.reduce((most, value, i) => Math.max(most, Math.abs(value - (plain[i] ?? 0))), 0);
  };
  expect(await farthest(srgbProfile())).toBeLessThanOrEqual(2);
  expect(await farthest(spoiled(srgbProfile()))).toBeGreaterThan(20);
});
