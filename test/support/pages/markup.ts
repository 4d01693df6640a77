import type { Chance } from "../seeded.ts";

/** One side of a sheet as it will be typeset; millimetres. */
export type Sheet = { readonly html: string; readonly widthMm: number; readonly heightMm: number };

/** A paper that nobody issued, with what a reader must find on it. */
export type Paper = {
  readonly kind: string;
  /** By the names of the product's fields, in their normal form. */
  readonly fields: Readonly<Record<string, string>>;
  readonly sheets: readonly Sheet[];
};

/** How one paper is set: chosen once for each, so that no two look alike. */
export type Look = {
  readonly chance: Chance;
  readonly family: string;
  readonly size: number;
  readonly colon: string;
};

const escaped = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** A line or paragraph of the truth. */
export const p = (html: string, style = ""): string => `<p style="${style}">${html}</p>`;
export const t = escaped;

/** A value with its name, so that its box is known. */
export const value = (name: string, text: string, style = ""): string =>
  `<b data-field="${name}" style="font-weight:inherit;${style}">${escaped(text)}</b>`;

export const label = ({ colon }: Look, text: string, valueHtml: string): string => p(`${t(text)}${colon} ${valueHtml}`);

export const columns = (...parts: readonly string[]): string =>
  `<div style="display:flex;justify-content:space-between;gap:8mm">${parts.map((part) => `<div style="flex:1">${part}</div>`).join("")}</div>`;

export const centred = (...lines: readonly string[]): string =>
  `<div style="text-align:center">${lines.join("")}</div>`;

/** Red ring with words on it, over the text; no part of the truth. */
export function seal(office: string, { x, y, mm = 32 }: { x: number; y: number; mm?: number }): string {
  const id = `ring${Math.round(x * 10)}${Math.round(y * 10)}`;
  return `<svg data-over="seal" style="position:absolute;left:${x}mm;top:${y}mm;width:${mm}mm;height:${mm}mm;mix-blend-mode:multiply" viewBox="0 0 100 100" fill="none" stroke="#d3202c">
<circle cx="50" cy="50" r="48" stroke-width="2.6"/><circle cx="50" cy="50" r="33" stroke-width="1.4"/>
<path id="${id}" d="M50 90a40 40 0 1 1 .1 0" stroke="none"/>
<text font-size="9.4" fill="#d3202c" stroke="none"><textPath href="#${id}" startOffset="4%">${escaped(office)} * HƯ CẤU *</textPath></text>
<path d="M50 30l5 14h15l-12 9 4 15-12-9-12 9 4-15-12-9h15z" fill="#d3202c" stroke="none"/></svg>`;
}

/** Strokes of a pen that spell nothing. */
export function signature(chance: Chance, { x, y }: { x: number; y: number }): string {
  let path = `M4 ${20 + chance.below(12)}`;
  for (let i = 0; i < 6; i += 1) {
    const turn = () => chance.below(40);
    path += ` Q${8 + i * 14 + chance.below(9)} ${turn()} ${14 + i * 14} ${turn()}`;
  }
  return `<svg data-over="signature" style="position:absolute;left:${x}mm;top:${y}mm;width:38mm;height:16mm" viewBox="0 0 100 42" fill="none" stroke="#1b2f8a" stroke-width="1.7"><path d="${path}"/></svg>`;
}

export const nation = (underline = true): string =>
  p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "font-weight:700") +
  p("Độc lập - Tự do - Hạnh phúc", `font-weight:700;${underline ? "text-decoration:underline" : ""}`);

export function sheet(
  look: Look,
  body: string,
  more: { widthMm?: number; heightMm?: number; background?: string; margin?: string } = {},
): Sheet {
  const { widthMm = 210, heightMm = 297, background = "#fff", margin = "18mm 18mm 14mm 26mm" } = more;
  const html = `<main style="position:relative;box-sizing:border-box;width:${widthMm}mm;height:${heightMm}mm;padding:${margin};background:${background};font-family:'${look.family}';font-size:${look.size}pt;line-height:1.42;color:#111;overflow:hidden">${body}</main>`;
  return { html, widthMm, heightMm };
}
