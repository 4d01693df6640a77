import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { openBrowser } from "../browser.ts";
import type { Sheet } from "./markup.ts";

/** Three bytes a pixel, rows from the top. */
export type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A sheet as a printer would make it, with what stands on it. */
export type Printed = {
  readonly picture: Picture;
  readonly dpi: number;
  /** Lines and paragraphs in reading order; seals, signatures and photographs are no part of it. */
  readonly text: string;
  /** Where each field's value stands, in pixels. */
  readonly boxes: Readonly<Record<string, Box>>;
  /** Where seals, signatures, photographs and codes lie. */
  readonly over: readonly (Box & { readonly what: string })[];
};

export type Typesetter = {
  readonly print: (sheet: Sheet, dpi: number) => Promise<Printed>;
  readonly close: () => Promise<void>;
};

const here = dirname(fileURLToPath(import.meta.url));
const inBench = join(here, "../../../bench/node_modules/@expo-google-fonts");
const inProduct = join(here, "../../../node_modules/@expo-google-fonts");

const faces = [
  ["Source Serif 4", "source-serif-4", "SourceSerif4"],
  ["Lora", "lora", "Lora"],
  ["EB Garamond", "eb-garamond", "EBGaramond"],
  ["Be Vietnam Pro", "be-vietnam-pro", "BeVietnamPro"],
  ["Roboto", "roboto", "Roboto"],
] as const;
const machineReadable = "/usr/share/fonts/opentype/ocr-b/OCRB.otf";

type Face = { readonly family: string; readonly weight: number; readonly style: string; readonly file: string };

function faceFiles(): readonly Face[] {
  const own = existsSync(inBench) ? faces.map((face) => [...face, inBench] as const) : [];
  const all = own.length > 0 ? own : [["Tinos", "tinos", "Tinos", inProduct] as const];
  const made = all.flatMap(([family, folder, name, root]) =>
    [
      [400, "Regular", "normal"],
      [700, "Bold", "normal"],
      [400, "Regular_Italic", "italic"],
      [700, "Bold_Italic", "italic"],
    ].map(([weight, cut, style]): Face => {
      const [slope, end] =
        style === "italic" ? [`${weight}${cut}`, `${weight}${cut}`] : [`${weight}${cut}`, `${weight}${cut}`];
      return {
        family,
        weight: Number(weight),
        style: String(style),
        file: join(root, folder, slope, `${name}_${end}.ttf`),
      };
    }),
  );
  return [...made, { family: "OCR B", weight: 400, style: "normal", file: machineReadable }].filter(({ file }) =>
    existsSync(file),
  );
}

/** Families for text; Tinos alone where the packages of `bench/` are not installed. */
export const families = (): readonly string[] =>
  [...new Set(faceFiles().map(({ family }) => family))].filter((one) => one !== "OCR B");

/** Whether the face of machine-readable lines (Debian: fonts-ocr-b) is on this machine. */
export const hasMachineReadable = (): boolean => existsSync(machineReadable);

export async function openTypesetter(): Promise<Typesetter> {
  const browser = await openBrowser();
  const pages = new Map<number, Promise<Page>>();
  const pageFor = (dpi: number) => {
    const known = pages.get(dpi) ?? blankPage(browser, dpi);
    pages.set(dpi, known);
    return known;
  };
  return { print: async (sheet, dpi) => print(await pageFor(dpi), sheet, dpi), close: () => browser.close() };
}

const address = "http://pages.invalid/";

async function blankPage(browser: Browser, dpi: number): Promise<Page> {
  const files = faceFiles();
  const context = await browser.newContext({ deviceScaleFactor: dpi / 96, viewport: { width: 1180, height: 1180 } });
  await context.route("**/*", (route) => {
    const at = /\/face\/(\d+)$/.exec(route.request().url())?.[1];
    const file = at === undefined ? undefined : files[Number(at)]?.file;
    if (file !== undefined) return route.fulfill({ body: readFileSync(file), contentType: "font/ttf" });
    const rules = files.map(
      ({ family, weight, style }, i) =>
        `@font-face{font-family:'${family}';font-weight:${weight};font-style:${style};src:url(${address}face/${i})}`,
    );
    const body = `<!doctype html><meta charset="utf-8"><style>*{margin:0}${rules.join("")}body{background:#fff}</style><body>`;
    return route.fulfill({ body, contentType: "text/html; charset=utf-8" });
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

type Measured = Pick<Printed, "text" | "over"> & { readonly boxes: readonly (Box & { readonly name: string })[] };

// Runs in the page: one line of truth a paragraph; text under `data-over` lies over the text and is no part of it.
const measure = `(() => {
  const boxOf = (element) => { const r = element.getBoundingClientRect(); return { x: r.x, y: r.y, width: r.width, height: r.height }; };
  const text = [...document.querySelectorAll("p")].map((p) => p.innerText.replace(/\\s+/g, " ").trim()).filter((line) => line !== "").join("\\n");
  const boxes = [...document.querySelectorAll("[data-field]")].map((e) => ({ name: e.dataset.field, ...boxOf(e) }));
  const over = [...document.querySelectorAll("[data-over]")].map((e) => ({ what: e.dataset.over, ...boxOf(e) }));
  return document.fonts.ready.then(() => ({ text, boxes, over }));
})()`;

async function print(page: Page, { html, widthMm, heightMm }: Sheet, dpi: number): Promise<Printed> {
  await page.evaluate(`document.body.innerHTML = ${JSON.stringify(html)}; document.fonts.ready.then(() => null)`);
  const measured = (await page.evaluate(measure)) as Measured;
  const clip = { x: 0, y: 0, width: (widthMm / 25.4) * 96, height: (heightMm / 25.4) * 96 };
  const png = await page.screenshot({ clip, type: "png", timeout: 120_000 }); // on a busy machine
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const scaled = ({ x, y, width, height }: Box): Box => {
    const [s, r] = [dpi / 96, Math.round];
    return { x: r(x * s), y: r(y * s), width: r(width * s), height: r(height * s) };
  };
  return {
    picture: { width: info.width, height: info.height, pixels: new Uint8Array(data) },
    dpi,
    text: measured.text.normalize("NFC"),
    boxes: Object.fromEntries(measured.boxes.map(({ name, ...box }) => [name, scaled(box)])),
    over: measured.over.map(({ what, ...box }) => ({ what, ...scaled(box) })),
  };
}
