import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import jsqr from "jsqr";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import type { ComposedCopy, CopyToCompose } from "../../../signing/compose/copy-to-compose.ts";
import { has, run } from "../../support/tools.ts";
import { composed, drawn, onDisk, type Picture } from "./composed.ts";
import {
  drawnPage,
  longestLink,
  longestSignedCode,
  papers,
  sampleCopy,
  sampleLink,
  sampleSignedCode,
} from "./sample.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const everyPaper = [papers.a4Portrait, papers.a4Landscape, papers.idCard, papers.a5Portrait, papers.a3Landscape];
const attestationPage = everyPaper.length + 1;

let input: CopyToCompose;
let copy: ComposedCopy;
let path: string;
let folder: string;

beforeAll(async () => {
  input = await sampleCopy(everyPaper, { development: true });
  copy = await composed(input);
  ({ path, folder } = onDisk(copy));
});

describe("DESIGN stage 3: the streams that were confirmed stand in the copy byte for byte", () => {
  test("each page stream has its place and the digest that was confirmed", () => {
    expect(copy.pageStreams.map((stream) => stream.sha256)).toEqual(
      input.original.pages.map((page) => sha256(page.image)),
    );
    for (const [i, { offset, length }] of copy.pageStreams.entries()) {
      expect(copy.pdf.subarray(offset, offset + length)).toEqual(input.original.pages[i]?.image);
    }
  });

  test.skipIf(!has("pdfimages"))("a reader that is not ours takes out the same JPEG files", () => {
    run("pdfimages", ["-all", path, join(folder, "image")]);
    const taken = readdirSync(folder)
      .filter((name) => name.startsWith("image-"))
      .sort();
    expect(taken.map((name) => sha256(readFileSync(join(folder, name))))).toEqual(
      copy.pageStreams.map((page) => page.sha256),
    );
  });

  test("a grey page stays grey", async () => {
    const grey = await sampleCopy([]);
    const page = await drawnPage(papers.idCard, true);
    const text = Buffer.from((await composed({ ...grey, original: { ...grey.original, pages: [page] } })).pdf).toString(
      "latin1",
    );
    expect(/\/ColorSpace ?\/DeviceGray/.test(text)).toBe(true);
    expect(/\/ColorSpace ?\/DeviceRGB/.test(text)).toBe(false);
  });
});

describe("DESIGN Sheet, as drawn", () => {
  test.skipIf(!has("pdftoppm"))(
    "A4 upright is 210 x 321 mm and the original fills its upper 297 mm, to the pixel row",
    async () => {
      const page = await drawn(path, 1, 100);
      expect([page.widthPx, page.heightPx].map((px) => Math.round(px * 0.254))).toEqual([210, 321]);
      const isPaper = (row: number) => page.pixels[(row * page.widthPx + 12) * 4 + 2] !== 255;
      const rowsOfStrip = Math.round(24 / 0.254);
      expect(isPaper(page.heightPx - rowsOfStrip - 20)).toBe(true);
      expect(isPaper(page.heightPx - rowsOfStrip + 12)).toBe(false);
    },
  );

  test.skipIf(!has("pdftoppm"))("nothing is drawn over the original: its pixels are those of the scan", async () => {
    const { image: jpeg } = input.original.pages[0] ?? { image: new Uint8Array() };
    const page = await drawn(path, 1, 200);
    const same = { widthPx: papers.a4Portrait.widthPx, heightPx: papers.a4Portrait.heightPx };
    const scan = await sharp(jpeg).ensureAlpha().raw().toBuffer();
    let differing = 0;
    for (let row = 20; row < same.heightPx - 20; row++) {
      for (let column = 20; column < same.widthPx - 20; column += 3) {
        const inScan = scan[(row * same.widthPx + column) * 4] ?? 0;
        const inCopy = page.pixels[(row * page.widthPx + column) * 4] ?? 0;
        if (Math.abs(inScan - inCopy) > 96) differing += 1;
      }
    }
    expect(differing).toBeLessThan(200); // resampling at the edges of letters, not a letter more or less
  });
});

describe("LAW 3.1: the attestation", () => {
  const textOf = (page: number) =>
    run("pdftotext", ["-f", String(page), "-l", String(page), "-enc", "UTF-8", path, "-"]).output;

  test.skipIf(!has("pdftotext"))("the four lines stand letter for letter, in order, in NFC", () => {
    const lines = textOf(attestationPage)
      .split("\n")
      .map((line) => line.trim());
    const four = [
      "Chứng thực bản sao đúng với bản chính",
      "Số chứng thực 12 quyển số 01/2026-SCTĐT/BS",
      "Ngày 22 tháng 11 năm 2026",
      "Người thực hiện chứng thực ký, ghi rõ họ tên và đóng dấu",
    ];
    const places = four.map((line) => lines.indexOf(line.normalize("NFC")));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test.skipIf(!has("pdftotext"))(
    "Law on Electronic Transactions Art. 12: every page says that it was made from paper, and of which certificate",
    () => {
      for (let page = 1; page <= everyPaper.length; page++) {
        const text = textOf(page);
        expect(text).toContain("BẢN SAO ĐIỆN TỬ ĐƯỢC CHỨNG THỰC TỪ BẢN CHÍNH VĂN BẢN GIẤY");
        expect(text).toContain("Số chứng thực 12, quyển số 01/2026-SCTĐT/BS, ngày 22/11/2026 (UTC+07:00)");
        expect(text).toContain(`Trang ${page}/${everyPaper.length}`);
        expect(text).toContain("Ủy ban nhân dân phường Bình Minh (hư cấu)");
      }
    },
  );

  test.skipIf(!has("pdftotext"))(
    "DESIGN decision 10: a development copy says on every page that it is worthless, another copy on none",
    async () => {
      for (let page = 1; page <= attestationPage; page++) {
        expect(textOf(page)).toContain("THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ");
        expect(textOf(page)).toContain("DEVELOPMENT");
      }
      const real = onDisk(await composed({ ...input, development: false }));
      expect(run("pdftotext", [real.path, "-"]).output).not.toMatch(/THỬ NGHIỆM|DEVELOPMENT/);
    },
  );

  test.skipIf(!has("pdftotext"))(
    "the words read from the original are found in order, with spaces, in NFC, and are not visible",
    () => {
      const text = textOf(1);
      expect(text).toContain("Nơi thường trú: Phường Bình Minh, thành phố Sông Quyên");
      expect(text.indexOf("CỘNG HÒA")).toBeLessThan(text.indexOf("Đã hoàn thành khóa học vẽ bản đồ cổ"));
      expect(text).toBe(text.normalize("NFC"));
    },
  );
});

describe("DESIGN Sheet and Signed code: the codes can be read from print", () => {
  const decoded = ({ pixels, widthPx, heightPx }: Picture) => jsqr.default(pixels, widthPx, heightPx)?.data;
  const zbar = (picture: Picture) => run("zbarimg", ["--quiet", "--raw", picture.path]).output.split("\n")[0];

  test.skipIf(!has("pdftoppm")).each(everyPaper.map((_, i) => i + 1))(
    "at 150 dpi the link is read from the strip of page %i",
    async (page) => {
      const picture = await drawn(path, page, 150);
      if (has("zbarimg")) expect(zbar(picture)).toBe(sampleLink);
      expect(decoded(picture)).toBe(sampleLink);
    },
  );

  test.skipIf(!has("pdftoppm"))("at 150 dpi the one signed code is read from the attestation sheet", async () => {
    const picture = await drawn(path, attestationPage, 150);
    if (has("zbarimg")) expect(zbar(picture)).toBe(sampleSignedCode);
    expect(decoded(picture)).toBe(sampleSignedCode);
  });

  test.skipIf(!has("pdftoppm"))("the longest link and the longest signed code still read", async () => {
    const changes = { linkUrl: longestLink, signedCodeUrl: longestSignedCode };
    const longest = onDisk(await composed({ ...(await sampleCopy()), ...changes }));
    expect(decoded(await drawn(longest.path, 1, 150))).toBe(longestLink);
    expect(decoded(await drawn(longest.path, 2, 150))).toBe(longestSignedCode);
  });
});

test("the same input gives the same bytes, and another certificate another file identifier", async () => {
  const again = await composed(await sampleCopy(everyPaper, { development: true }));
  expect(sha256(again.pdf)).toBe(sha256(copy.pdf));
  const other = await composed({ ...input, certificate: { ...input.certificate, number: "13" } });
  const identifier = (pdf: Uint8Array) => /\/ID ?\[ ?<([0-9a-f]{32})>/i.exec(Buffer.from(pdf).toString("latin1"))?.[1];
  expect(identifier(copy.pdf)).toMatch(/^[0-9a-f]{32}$/i);
  expect(identifier(other.pdf)).not.toBe(identifier(copy.pdf));
});

test("PERFORMANCE size: the fixed part of a one-page copy leaves room for two signatures within 90 kB", async () => {
  const one = await sampleCopy();
  const { pdf } = await composed(one);
  expect(pdf.length - (one.original.pages[0]?.image.length ?? 0)).toBeLessThan(52_000);
});

test("a copy of 40 pages is composed whole, each page with its own number", async () => {
  const one = await drawnPage(papers.idCard);
  const base = await sampleCopy([]);
  const many = await composed({
    ...base,
    original: { ...base.original, pages: Array.from({ length: 40 }, () => one) },
  });
  expect(many.pageStreams).toHaveLength(40);
  if (has("pdfinfo")) expect(run("pdfinfo", [onDisk(many).path]).output).toMatch(/Pages:\s+41/);
});

test("ISO 19005-2 §6.6.2: the packet is well-formed even when names hold markup", async () => {
  const base = await sampleCopy([papers.idCard]);
  const odd = await composed({ ...base, original: { ...base.original, title: "Giấy <b> & \"c\" 'd'" } });
  const text = Buffer.from(odd.pdf).toString("utf8");
  expect(text.includes("Giấy &lt;b&gt; &amp; \"c\" 'd'")).toBe(true);
  if (has("qpdf")) expect(run("qpdf", ["--check", onDisk(odd).path]).status).toBe(0);
});
