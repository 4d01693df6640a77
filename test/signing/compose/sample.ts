import sharp from "sharp";
import { type CopyToCompose, type OriginalPage, usualAppearances } from "../../../signing/compose/copy-to-compose.ts";
import type { Bytes, Instant, LocalDate } from "../../../src/core/kernel.ts";

/** Invented originals, drawn here: nobody's papers. */

const bodyLines = [
  "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
  "Độc lập - Tự do - Hạnh phúc",
  "GIẤY CHỨNG NHẬN (hư cấu)",
  "Họ và tên: Nguyễn Thị Hường Giang",
  "Nơi thường trú: Phường Bình Minh, thành phố Sông Quyên",
  "Đã hoàn thành khóa học vẽ bản đồ cổ",
];

export type PaperSize = { readonly widthPx: number; readonly heightPx: number; readonly dpi: number };

export const papers = {
  a4Portrait: { widthPx: 1654, heightPx: 2339, dpi: 200 },
  a4Landscape: { widthPx: 2339, heightPx: 1654, dpi: 200 },
  idCard: { widthPx: 1011, heightPx: 638, dpi: 300 },
  a5Portrait: { widthPx: 1165, heightPx: 1654, dpi: 200 },
  a3Landscape: { widthPx: 3307, heightPx: 2339, dpi: 200 },
} satisfies Record<string, PaperSize>;

/** A JPEG with lines of Vietnamese and the words that a reader would find there. */
export async function drawnPage(paper: PaperSize, grey = false): Promise<OriginalPage> {
  const { widthPx, heightPx, dpi } = paper;
  const fontPx = Math.round(Math.min(widthPx, heightPx) / 33);
  const leftPx = Math.round(widthPx * 0.08);
  const stepPx = Math.round(fontPx * 1.9);
  const topPx = Math.round(heightPx * 0.1);
  const texts = bodyLines.map(
    (line, i) =>
      `<text x="${leftPx}" y="${topPx + i * stepPx + fontPx}" textLength="${lineWidth(line, fontPx)}">${line}</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">
    <rect width="100%" height="100%" fill="#fbf6e9"/>
    <rect x="8" y="8" width="${widthPx - 16}" height="${heightPx - 16}" fill="none" stroke="#a33" stroke-width="6"/>
    <g font-family="serif" font-size="${fontPx}" fill="#223">${texts.join("")}</g></svg>`;
  const picture = sharp(Buffer.from(svg)).flatten({ background: "#ffffff" });
  const jpeg = await (grey ? picture.toColourspace("b-w") : picture).jpeg({ quality: 70 }).toBuffer();
  const words = bodyLines.flatMap((line, i) => wordsOf(line, leftPx, topPx + i * stepPx, fontPx));
  return { image: new Uint8Array(jpeg) as Bytes, widthPx, heightPx, dpi, words };
}

const lineWidth = (line: string, fontPx: number) => Math.round(line.length * fontPx * 0.5);

function wordsOf(line: string, leftPx: number, topPx: number, fontPx: number) {
  let x = leftPx;
  return line.split(" ").map((text) => {
    const word = {
      text,
      x,
      y: topPx,
      width: text.length * fontPx * 0.5,
      height: Math.round(fontPx * 1.1),
      confidence: 91,
    };
    x += (text.length + 1) * fontPx * 0.5;
    return word;
  });
}

export const sampleLink = "https://kiemtra.example.vn/v/7K2MPXQ4R9TBWC3HJ6NDVEYGFA";

/** As long as a signed code gets: 200 bytes of CWT in base64url behind the link. */
export const sampleSignedCode = `${sampleLink}#${"hEShASahBEtkZXZlbG9wbWVudFiQpAF4HVBoxrDhu51uZyBCw6xuaCBNaW5oIChoxrAgY-G6pXUp".repeat(4).slice(0, 267)}`;

/** As long as the strip and the attestation sheet take: QR versions 5 and 14. */
export const longestLink = `https://kiemtra.example.vn/v/${"7K2MPXQ4R9".repeat(6)}`.slice(0, 84);
export const longestSignedCode = `${longestLink}#${"hEShASah-tEk_XZl".repeat(20)}`.slice(0, 362);

export async function sampleCopy(
  paperList: readonly PaperSize[] = [papers.a4Portrait],
  changes: Partial<CopyToCompose> = {},
): Promise<CopyToCompose> {
  return {
    certificate: {
      number: "12",
      book: "01/2026-SCTĐT/BS",
      date: "2026-11-22" as LocalDate,
      agency: "Ủy ban nhân dân phường Bình Minh (hư cấu)",
      place: "Phường Bình Minh",
      officer: { name: "Trần Văn Hư Cấu", titleLines: ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"] },
    },
    original: {
      title: "Giấy chứng nhận hoàn thành khóa học số 0457/GCN (hư cấu)",
      facts: [
        { label: "số", value: "0457/GCN (hư cấu)" },
        { label: "họ tên", value: "Nguyễn Thị Hường Giang (hư cấu)" },
      ],
      pages: await Promise.all(paperList.map((paper) => drawnPage(paper))),
    },
    linkUrl: sampleLink,
    signedCodeUrl: sampleSignedCode,
    composedAt: "2026-11-22T03:15:30Z" as Instant,
    development: false,
    appearances: usualAppearances,
    ...changes,
  };
}
