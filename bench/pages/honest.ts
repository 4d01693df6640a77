import { between, photoOf, type Sent, scanOf } from "../../test/support/pages/degrade.ts";
import { onSecurityPaper, withSheen, yellowed } from "../../test/support/pages/grounds.ts";
import type { Sheet } from "../../test/support/pages/markup.ts";
import { lookOf, papers } from "../../test/support/pages/papers.ts";
import { eachPixel, jpegOf, pictureOfFile } from "../../test/support/pages/raster.ts";
import { families, type Picture, type Printed, type Typesetter } from "../../test/support/pages/typeset.ts";
import type { Chance } from "../../test/support/seeded.ts";
import { cards, paperNames, sealed } from "./samples.ts";

const plain = paperNames.filter((name) => !cards.includes(name) && name !== "passport");

export function sheetOf(chance: Chance, seed: number, from: readonly string[] = plain): Sheet {
  const sheet = papers[chance.pick(from)]?.(lookOf(seed, families())).sheets[0];
  if (sheet === undefined) throw new Error("no such paper");
  return sheet;
}

const dpiOf = (chance: Chance) => chance.pick([200, 200, 300]);
type Honest = (setter: Typesetter, chance: Chance, seed: number) => Promise<Sent>;

/** A paper whose sheet or picture was changed in a way that papers come by honestly. */
const scanned =
  ({
    from = plain,
    html = (sheet) => sheet,
    picture = (page) => page.picture,
  }: {
    from?: readonly string[];
    html?: (sheet: Sheet, chance: Chance) => Sheet;
    picture?: (page: Printed, chance: Chance) => Picture;
  } = {}): Honest =>
  async (setter, chance, seed) => {
    const page = await setter.print(html(sheetOf(chance, seed, from), chance), dpiOf(chance));
    return scanOf({ ...page, picture: picture(page, chance) }, chance);
  };

const value = /(<b data-field="[^"]+" style=")([^"]*)("[^>]*>)([^<]*)(<\/b>)/gu;
const valuesSet =
  (style: (chance: Chance) => string) =>
  (sheet: Sheet, chance: Chance): Sheet => {
    const set = style(chance);
    return { ...sheet, html: sheet.html.replace(value, `$1$2;${set}$3$4$5`) };
  };

const pen = ["#1b2f8a", "#2438a8", "#1c2a66", "#22222a"];
const digitStrokes = [
  "M5 1q-4 3-3 9q3 6 6 0q1-8-3-9",
  "M3 3l3-2v14",
  "M2 4q4-6 7-1q-1 5-7 11l7-1",
  "M2 2q7-2 6 3t-4 3q7 0 5 5t-7 2",
  "M3 1l-1 8h7m-2-4v11",
  "M8 1h-5l-1 6q7-2 6 4t-6 3",
  "M8 1q-6 5-6 10q2 6 5 2q2-5-5-3",
  "M1 2h8l-4 13",
  "M5 8q-5-3 0-6t0 6q-6 3 0 7t0-7",
  "M8 4q-4-5-6 0t6 1l-1 10",
];

const handFigures = (text: string, colour: string, chance: Chance): string =>
  [...text]
    .map((sign) =>
      /\d/u.test(sign)
        ? `<svg viewBox="0 0 10 16" style="width:.52em;height:.9em;vertical-align:-${between(chance, 0.05, 0.2)}em;overflow:visible;mix-blend-mode:multiply" fill="none" stroke="${colour}" stroke-width="${between(chance, 1, 1.5)}" stroke-linecap="round"><path d="${digitStrokes[Number(sign)]}"/></svg>`
        : sign,
    )
    .join("");

/** `ngày 12 tháng 05 năm 20` printed, the figures or the last two of the year by hand. */
function filledByHand(sheet: Sheet, chance: Chance): Sheet {
  const colour = chance.pick(pen);
  const html = sheet.html.replace(/>([^<]*\d[^<]*)</gu, (_, text: string) => {
    const filled = text.replace(/(20|19)?(\d{2})(?!\d)/gu, (all, century = "", two = "") =>
      chance.below(3) === 0 ? all : `${century}${handFigures(two, colour, chance)}`,
    );
    return `>${filled}<`;
  });
  return { ...sheet, html };
}

/** Added over the sheet: a mark with its place in millimetres. */
const withOver = (sheet: Sheet, svg: string): Sheet => ({
  ...sheet,
  html: sheet.html.replace(/<\/main>$/u, `${svg}</main>`),
});

function receivedStamp(sheet: Sheet, chance: Chance): Sheet {
  const [colour, left, top] = [
    chance.pick(["#1f3f9c", "#2a2f86", "#b01f2a"]),
    between(chance, 20, 120),
    between(chance, 15, 220),
  ];
  const hand = handFigures(String(100 + chance.below(900)), chance.pick(pen), chance);
  return withOver(
    sheet,
    `<div data-over="stamp" style="position:absolute;left:${left}mm;top:${top}mm;transform:rotate(${between(chance, -6, 6)}deg);border:.5mm solid ${colour};color:${colour};padding:2mm 4mm;font:700 11pt Roboto,sans-serif;mix-blend-mode:multiply">CÔNG VĂN ĐẾN<br>Số: ${hand} Ngày: ${1 + chance.below(28)}/${1 + chance.below(12)}</div>`,
  );
}

function penMarks(sheet: Sheet, chance: Chance): Sheet {
  const marks = Array.from({ length: 4 + chance.below(8) }, () => {
    const [x, y] = [between(chance, 25, 180), between(chance, 20, 270)];
    const path = chance.pick([
      "M0 8l4 6l10-14",
      "M0 4q20 4 44 0",
      "M0 0l9 12m0-12l-9 12",
      "M4 0q-12 8 0 14t30 0t-6-14t-24 2",
      "M0 0q6 10 12 0t12 4",
    ]);
    return `<svg data-over="mark" style="position:absolute;left:${x}mm;top:${y}mm;width:${between(chance, 4, 14)}mm;overflow:visible;mix-blend-mode:multiply" viewBox="0 0 40 20" fill="none" stroke="${chance.pick(pen)}" stroke-width="1.6"><path d="${path}"/></svg>`;
  });
  return withOver(sheet, marks.join(""));
}

function highlighted(sheet: Sheet, chance: Chance): Sheet {
  let left = 2 + chance.below(3);
  const colour = chance.pick(["#fff26b", "#9dffb0", "#ffc0e8"]);
  return {
    ...sheet,
    html: sheet.html.replace(value, (all, open, style, mid, text, close) =>
      left-- > 0 ? `${open}${style};background:${colour}${mid}${text}${close}` : all,
    ),
  };
}

function labelled(sheet: Sheet, chance: Chance): Sheet {
  const [left, top] = [between(chance, 10, 130), between(chance, 8, 250)];
  const bars = Array.from(
    { length: 40 },
    () =>
      `<i style="display:inline-block;width:${1 + chance.below(3)}px;height:5mm;background:${chance.below(2) ? "#111" : "transparent"}"></i>`,
  ).join("");
  const tinted = sheet.html.replace("background:#fff", `background:${chance.pick(["#f2efe2", "#eef4f0", "#f6eef0"])}`);
  return withOver(
    { ...sheet, html: tinted },
    `<div style="position:absolute;left:${left}mm;top:${top}mm;background:#fff;padding:1mm 2mm;font:8pt Roboto">${bars}<br>${100000 + chance.below(900000)}</div>`,
  );
}

/** Creases of a sheet that lay folded in four: a soft dark side and a light one, paper worn off at the crossing. */
function creased({ picture, dpi }: Printed, chance: Chance): Picture {
  const { width, height } = picture;
  const [across, down, lean] = [
    width * between(chance, 0.45, 0.55),
    height * between(chance, 0.45, 0.55),
    between(chance, -0.01, 0.01),
  ];
  const wide = (between(chance, 0.3, 1) * dpi) / 25.4;
  const depth = between(chance, 8, 30);
  const shade = (far: number) =>
    Math.abs(far) < 3 * wide ? -depth * Math.sin(far / wide) * Math.exp(-((far / wide) ** 2) / 2) : 0;
  return eachPixel(picture, (value, x, y) => {
    const [a, b] = [x - across - lean * y, y - down + lean * x];
    const worn = Math.hypot(a, b) < 2.5 * wide || Math.abs(b) < 0.15 * wide ? 0.5 : 1;
    return 245 - (245 - Math.min(245, value)) * worn + shade(a) + shade(b);
  });
}

/** What machines for offices do to the ground of a page. */
const whitened = (level: number, from: number) => (level >= from ? 255 : (level * 255) / from);

/** Papers that nobody altered, the hard ones among them. */
export const honest: Readonly<Record<string, Honest>> = {
  scan: scanned(),
  "scan of a sealed paper": scanned({ from: sealed }),
  "identity and other cards": async (setter, chance, seed) =>
    scanOf(await setter.print(sheetOf(chance, seed, cards), 300), chance),
  "plastic with a sheen": async (setter, chance, seed) => {
    const page = await setter.print(sheetOf(chance, seed, cards), 300);
    return scanOf({ ...page, picture: withSheen(page.picture, page.dpi, chance) }, chance);
  },
  "thin paper": async (setter, chance, seed) => {
    const dpi = dpiOf(chance);
    const [front, back] = [
      await setter.print(sheetOf(chance, seed), dpi),
      await setter.print(sheetOf(chance, seed + 1), dpi),
    ];
    return scanOf(front, chance, { behind: { other: back.picture, share: between(chance, 0.02, 0.08) } });
  },
  photograph: async (setter, chance, seed) => photoOf(await setter.print(sheetOf(chance, seed), 200), chance),
  "security paper": scanned({ picture: ({ picture, dpi }, chance) => onSecurityPaper(picture, dpi, chance) }),
  "yellowed, stained": scanned({ picture: ({ picture, dpi }, chance) => yellowed(picture, dpi, chance) }),
  creased: scanned({ picture: creased }),
  "white made whiter by the scanner": async (setter, chance, seed) => {
    const page = await setter.print(sheetOf(chance, seed), dpiOf(chance));
    const scan = await pictureOfFile((await scanOf(page, chance)).image);
    const from = between(chance, 190, 235);
    const white = eachPixel(scan, (value) => whitened(value, from));
    return { image: await jpegOf(white, { quality: 74 + chance.below(20), dpi: page.dpi }), corners: null };
  },
  "filled by hand": scanned({ html: filledByHand }),
  "values of another face": scanned({
    html: valuesSet(
      (chance) =>
        `font-family:'${chance.pick(families())}';font-weight:${chance.pick([400, 700])};font-size:${between(chance, 0.9, 1.15)}em`,
    ),
  }),
  "values by a machine of needles": scanned({
    html: valuesSet(
      (chance) =>
        `font-family:'OCR B';position:relative;top:${between(chance, -0.1, 0.15)}em;opacity:${between(chance, 0.6, 0.9)}`,
    ),
  }),
  "incoming stamp": scanned({ html: receivedStamp }),
  "ticks, circles and underlines of a pen": scanned({ html: penMarks }),
  "marked with a highlighter": scanned({ html: highlighted }),
  "label on tinted paper": scanned({ html: labelled }),
};
