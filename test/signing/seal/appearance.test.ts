import { deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildAppearance, type SignatureImage } from "../../../signing/seal/appearance.ts";

const deflate = (bytes: Uint8Array) => new Uint8Array(deflateSync(bytes));
const red = [200, 10, 20];
const blue = [10, 20, 200];

/** Three pixels a row, so that a row ends in the middle of an octet. */
const picture: SignatureImage = {
  widthPixels: 3,
  heightPixels: 2,
  rgb: Uint8Array.from([red, [255, 255, 255], blue, blue, [1, 2, 3], red].flat()),
  alpha: Uint8Array.from([255, 0, 128, 8, 0, 9]),
};

function streamsOf(image: SignatureImage): { head: string; data: number[] }[] {
  const built = buildAppearance(image, { width: 30, height: 20 }, 5, deflate);
  if (!built.ok) throw new Error(built.failure.code);
  return built.value.objects.map(({ body }) => {
    const text = Buffer.from(body).toString("latin1");
    const start = text.indexOf("stream\n") + "stream\n".length;
    return { head: text.slice(0, start), data: [...inflateSync(body.subarray(start))] };
  });
}

test("ISO 32000-2 §8.9.3: a seal's transparency has sixteen steps, two pixels an octet, each row from an octet of its own", () => {
  const [, , mask] = streamsOf(picture);
  expect(mask?.head).toContain("/Width 3 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 4");
  expect(mask?.data).toEqual([0xf0, 0x80, 0x00, 0x10]);
});

test("what can be seen keeps its colour; what cannot takes the colour before it, and so weighs nothing", () => {
  const [, image] = streamsOf(picture);
  expect(image?.data).toEqual([red, red, blue, blue, blue, red].flat());
  expect(picture.rgb[3]).toBe(255);
});

test("ISO 32000-2 §11.6.5.2: ink of one colour is one dot under a mask of its own size, whatever hides where nothing is seen", () => {
  const rgb = Uint8Array.from([[1, 2, 3], [255, 255, 255], blue, blue, [1, 2, 3], blue].flat());
  const [, image, mask] = streamsOf({ ...picture, rgb, alpha: Uint8Array.from([0, 0, 128, 8, 0, 9]) });
  expect(image?.head).toContain("/Width 1 /Height 1 /ColorSpace /DeviceRGB");
  expect(image?.data).toEqual(blue);
  expect(mask?.head).toContain("/Width 3 /Height 2 /ColorSpace /DeviceGray");
});

test("an opaque picture has no mask and every byte it had", () => {
  const [, image, mask] = streamsOf({ ...picture, alpha: null });
  expect(mask).toBeUndefined();
  expect(image?.data).toEqual([...picture.rgb]);
});
