import { degrees, grayscale, type PDFFont, type PDFPage } from "pdf-lib";
import { type Drawing, type Fonts, millimetres } from "./sample-ink.ts";

export type SealText = {
  /** Around the upper and lower half, read from outside in, left to right. */
  readonly above: string;
  readonly below: string;
  /** Lines in the middle, with their sizes in points; the first is the topmost. */
  readonly middle: readonly { readonly text: string; readonly size: number }[];
};

/** A round seal of 35 mm, the size that a commune's has (LAW 5.1), to be inked red. */
export function sealDrawing(seal: SealText): Drawing {
  const side = 35;
  return { widthMillimetres: side, heightMillimetres: side, draw: (page, fonts) => draw(page, fonts, seal) };
}

function draw(page: PDFPage, fonts: Fonts, seal: SealText): void {
  const centre = page.getWidth() / 2;
  for (const ring of [
    { radius: 17, width: 0.7 },
    { radius: 16.1, width: 0.25 },
    { radius: 10.6, width: 0.35 },
  ]) {
    page.drawCircle({
      x: centre,
      y: centre,
      size: millimetres(ring.radius),
      borderWidth: millimetres(ring.width),
      borderColor: grayscale(0),
    });
  }
  drawArc(page, fonts.bold, seal.above, { size: 7.8, radius: millimetres(12.2), below: false });
  drawArc(page, fonts.bold, seal.below, { size: 6.2, radius: millimetres(14.1), below: true });
  drawStars(page, centre);
  drawMiddle(page, fonts.bold, seal, centre);
}

type Arc = { readonly size: number; readonly radius: number; readonly below: boolean };

/** Text along a circle, centred on its top or bottom; each sign is turned to stand on it. `radius` is the baseline's. */
function drawArc(page: PDFPage, font: PDFFont, text: string, { size, radius, below }: Arc): void {
  const centre = page.getWidth() / 2;
  const spacing = size * 0.06;
  const signs = [...text].map((sign) => ({ sign, width: font.widthOfTextAtSize(sign, size) + spacing }));
  const total = signs.reduce((sum, { width }) => sum + width, 0);
  const turn = below ? 1 : -1;
  let along = -total / 2;
  for (const { sign, width } of signs) {
    const angle = turn * ((along + width / 2) / radius); // from the vertical, counter-clockwise
    const [outX, outY] = below ? [Math.sin(angle), -Math.cos(angle)] : [-Math.sin(angle), Math.cos(angle)];
    const [rightX, rightY] = [Math.cos(angle), Math.sin(angle)];
    page.drawText(sign, {
      x: centre + outX * radius - (rightX * (width - spacing)) / 2,
      y: centre + outY * radius - (rightY * (width - spacing)) / 2,
      size,
      font,
      rotate: degrees((angle * 180) / Math.PI),
    });
    along += width;
  }
}

/** Two small stars part the halves; a real seal has its own signs there. */
function drawStars(page: PDFPage, centre: number): void {
  for (const side of [-1, 1]) {
    const x = centre + side * millimetres(13.35);
    page.drawSvgPath(starPath(millimetres(1.1)), { x, y: centre - millimetres(1.2), color: grayscale(0) });
  }
}

function starPath(radius: number): string {
  const points = Array.from({ length: 10 }, (_, i) => {
    const reach = i % 2 === 0 ? radius : radius * 0.4;
    const angle = (i * Math.PI) / 5;
    return `${(Math.sin(angle) * reach).toFixed(3)} ${(-Math.cos(angle) * reach).toFixed(3)}`;
  });
  return `M${points.join("L")}Z`;
}

function drawMiddle(page: PDFPage, font: PDFFont, { middle }: SealText, centre: number): void {
  const leading = 1.3;
  const height = middle.reduce((sum, { size }) => sum + size * leading, 0);
  let y = centre + height / 2;
  for (const { text, size } of middle) {
    y -= size * leading;
    page.drawText(text, { x: centre - font.widthOfTextAtSize(text, size) / 2, y: y + size * 0.35, size, font });
  }
}
