import sharp from "sharp";
import { describe, expect, test } from "vitest";
import type { CopyToCompose, OriginalPage } from "../../../signing/compose/copy-to-compose.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { compose } from "./composed.ts";
import { drawnPage, papers, sampleCopy } from "./sample.ts";

const solid = { create: { width: 800, height: 600, channels: 3 as const, background: "#eee" } };
const page = (jpeg: Uint8Array): OriginalPage => ({
  image: new Uint8Array(jpeg) as Bytes,
  widthPx: 800,
  heightPx: 600,
  dpi: 200,
  words: [],
});

async function withPage(changed: OriginalPage): Promise<CopyToCompose> {
  const base = await sampleCopy([papers.idCard]);
  return { ...base, original: { ...base.original, pages: [...base.original.pages, changed] } };
}

describe("ISO 32000-1 §7.4.8: only streams that a PDF shows as the official saw them are embedded", () => {
  test("a WebP is refused", async () => {
    const webp = await sharp(solid).webp().toBuffer();
    expect(await compose(await withPage(page(webp)))).toEqual({
      ok: false,
      failure: { code: "page_not_jpeg", page: 2 },
    });
  });

  test("a JPEG cut before its frame is refused", async () => {
    const cut = (await sharp(solid).jpeg().toBuffer()).subarray(0, 24);
    expect(await compose(await withPage(page(cut)))).toMatchObject({ failure: { code: "page_not_jpeg", page: 2 } });
  });

  test("ISO 19005-2 §6.2.4.3: a CMYK JPEG is refused", async () => {
    const cmyk = await sharp(solid).toColourspace("cmyk").jpeg().toBuffer();
    expect(await compose(await withPage(page(cmyk)))).toMatchObject({
      failure: { code: "page_jpeg_unsupported", page: 2, reason: "colour_components" },
    });
  });

  test("a JPEG that browsers would turn and PDF viewers would not is refused", async () => {
    const turned = await sharp(solid).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await compose(await withPage(page(turned)))).toMatchObject({
      failure: { reason: "turned_by_exif", page: 2 },
    });
    const upright = await sharp(solid).withMetadata({ orientation: 1 }).jpeg().toBuffer();
    expect((await compose(await withPage(page(upright)))).ok).toBe(true);
  });

  test("T.81 §B.2.1: an orientation that hides behind the frame is found, and a second frame is refused", async () => {
    const turned = await sharp(solid).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const exif = segmentAt(turned, turned.indexOf(Buffer.from([0xff, 0xe1])));
    const plain = await sharp(solid).jpeg().toBuffer();
    const frame = segmentAt(plain, plain.indexOf(Buffer.from([0xff, 0xc0])));
    const behind = (more: Buffer) => {
      const at = plain.indexOf(frame) + frame.length;
      return Buffer.concat([plain.subarray(0, at), more, plain.subarray(at)]);
    };
    expect(await compose(await withPage(page(behind(exif))))).toMatchObject({
      failure: { reason: "turned_by_exif", page: 2 },
    });
    expect(await compose(await withPage(page(behind(frame))))).toMatchObject({ failure: { code: "page_not_jpeg" } });
  });

  test("a progressive JPEG is embedded", async () => {
    const progressive = await sharp(solid).jpeg({ progressive: true }).toBuffer();
    expect((await compose(await withPage(page(progressive)))).ok).toBe(true);
  });

  test("a page whose pixels are not those of its stream is refused: its true size would be wrong", async () => {
    const wrong = { ...(await drawnPage(papers.idCard)), widthPx: 1000 };
    expect(await compose(await withPage(wrong))).toMatchObject({
      failure: { code: "page_pixels_differ", page: 2, widthPx: papers.idCard.widthPx },
    });
  });
});

/** Marker, length and data. */
const segmentAt = (jpeg: Buffer, at: number): Buffer => jpeg.subarray(at, at + 2 + jpeg.readUInt16BE(at + 2));

describe("what cannot be said in full is not said in part", () => {
  const certified = async (changes: Partial<CopyToCompose["certificate"]>): Promise<CopyToCompose> => {
    const base = await sampleCopy([papers.idCard]);
    return { ...base, certificate: { ...base.certificate, ...changes } };
  };

  test("COPY: a copy without pages is refused", async () => {
    expect(await compose(await sampleCopy([]))).toEqual({ ok: false, failure: { code: "no_pages" } });
  });

  test("ISO 19005-2 §6.2.11.8: a character that the font lacks is named, not printed as a box", async () => {
    const officer = { name: "Trần 漢 Cấu", titleLines: ["CHỦ TỊCH"] };
    expect(await compose(await certified({ officer }))).toEqual({
      ok: false,
      failure: { code: "character_not_in_font", character: "漢" },
    });
  });

  test("control and direction characters in a name are refused", async () => {
    expect(await compose(await certified({ place: "Phường\u202e Bình" }))).toMatchObject({
      failure: { code: "character_not_in_font" },
    });
  });

  test("a title longer than the sheet is refused, never cut", async () => {
    const base = await sampleCopy([papers.idCard]);
    const title = "Giấy chứng nhận rất dài ".repeat(60);
    expect(await compose({ ...base, original: { ...base.original, title } })).toEqual({
      ok: false,
      failure: { code: "text_does_not_fit", place: "attestation_sheet" },
    });
  });

  test("an agency's name longer than the strip is refused, never cut", async () => {
    expect(await compose(await certified({ agency: "Ủy ban nhân dân phường Bình Minh ".repeat(12) }))).toMatchObject({
      failure: { code: "text_does_not_fit", place: "strip" },
    });
  });

  test.each([
    "javascript:alert(1)",
    "https://",
    "https://a b.vn/",
    "ftp://example.vn/v/1",
    "https://kiểmtra.vn/v/1",
  ])("the link %s is refused", async (linkUrl) => {
    expect(await compose(await sampleCopy([papers.idCard], { linkUrl }))).toEqual({
      ok: false,
      failure: { code: "malformed_link", link: "link" },
    });
  });

  test("DESIGN Sheet: a link that needs more than version 5 is refused with its length", async () => {
    const linkUrl = `https://kiemtra.example.vn/${"x".repeat(60)}`;
    expect(await compose(await sampleCopy([papers.idCard], { linkUrl }))).toEqual({
      ok: false,
      failure: { code: "code_too_long", link: "link", bytes: 87, mostBytes: 84 },
    });
  });

  test("DESIGN Signed code: a code that needs modules under 0.5 mm is refused", async () => {
    const signedCodeUrl = `https://kiemtra.example.vn/#${"x".repeat(400)}`;
    expect(await compose(await sampleCopy([papers.idCard], { signedCodeUrl }))).toMatchObject({
      failure: { code: "code_too_long", link: "signed_code" },
    });
  });

  test("a decomposed name is printed composed, and a bracket in a link ends no string", async () => {
    const base = await certified({ place: "Phường Bình Minh".normalize("NFD") });
    const result = await compose({ ...base, linkUrl: "https://kiemtra.example.vn/v/(a)" });
    expect(result.ok).toBe(true);
  });
});
