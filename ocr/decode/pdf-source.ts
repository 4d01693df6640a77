import { type PDFiumDocument, PDFiumLibrary } from "@hyzyla/pdfium";
import { leastDpi } from "../../src/core/coarse-scan.ts";
import { readJpegHeader } from "../headers/jpeg.ts";
import { limits } from "../limits.ts";
import { faxAsTiff } from "../pdf/fax-tiff.ts";
import { inspectPdf } from "../pdf/inspect.ts";
import { type PdfObjects, resolve, scanObjects } from "../pdf/objects.ts";
import { scannedDpi } from "../pdf/page-pictures.ts";
import { type PdfPage, readPages } from "../pdf/page-tree.ts";
import { findPagePicture, type PagePicture } from "../pdf/scan-page.ts";
import { isDict } from "../pdf/values.ts";
import { Refusal } from "../reason-codes.ts";
import { dotsOfRendered } from "./dots.ts";
import { drawRaw } from "./held-page.ts";
import { openPicture } from "./image-source.ts";
import { checkLayers, jbig2AsTiff } from "./jbig2-dots.ts";
import type { PageSource, UploadSource } from "./source.ts";

let library: Promise<PDFiumLibrary> | undefined;

/** Loads the renderer ahead of the first PDF. One instance serves the process; the process is the unit that is thrown away. */
export function warmPdf(): Promise<PDFiumLibrary> {
  library ??= PDFiumLibrary.init();
  return library;
}

export async function openPdf(bytes: Uint8Array): Promise<UploadSource> {
  const objects = scanObjects(bytes);
  const refused = inspectPdf(objects);
  if (refused !== null) throw new Refusal(refused);
  const pages = readPages(objects);
  if (pages.length === 0) throw new Refusal("NO_PAGES");
  for (const page of pages) checkSize(page);
  const document = await load(bytes);
  if (document.getPageCount() !== pages.length) throw new Refusal("CORRUPT_PDF");
  return {
    pages: pages.length,
    page: (number) => openPage(objects, pages, document, number),
    close: () => document.destroy(),
  };
}

async function load(bytes: Uint8Array): Promise<PDFiumDocument> {
  const renderer = await warmPdf();
  try {
    return await renderer.loadDocument(bytes);
  } catch {
    throw new Refusal("CORRUPT_PDF");
  }
}

function checkSize({ box }: PdfPage): void {
  if (Math.max(box.width, box.height) > limits.pagePoints) throw new Refusal("PAGE_TOO_LARGE");
  if (Math.min(box.width, box.height) < 72) throw new Refusal("IMAGE_TOO_SMALL");
}

async function openPage(
  objects: PdfObjects,
  pages: readonly PdfPage[],
  document: PDFiumDocument,
  number: number,
): Promise<PageSource> {
  const page = pages[number - 1];
  if (page === undefined) throw new Refusal("NO_PAGES");
  const picture = findPagePicture(objects, page);
  const kept = picture === null ? null : await openAsItIs(picture, page);
  if (kept !== null) return kept;
  const storedBytes = picture?.kind === "other" && picture.lossless ? picture.storedBytes : null;
  return { ...(await render(document, number, renderDpi(objects, page))), storedBytes };
}

/** The page's picture past the renderer; null where its bytes cannot be kept, or its dots cannot be told. */
async function openAsItIs(picture: PagePicture, page: PdfPage): Promise<PageSource | null> {
  if (picture.kind === "jpeg") {
    const header = readJpegHeader(picture.jpeg);
    if (header === null || !fits(header, picture.dpi.x, page)) return null;
    const known = { dpi: rounded(picture.dpi.x), source: "metadata" } as const;
    const source = await openPicture(picture.jpeg, { said: null, isJpeg: true, known });
    return source.keepable === null ? null : source;
  }
  const dpi = rounded(Math.max(picture.dpi.x, picture.dpi.y));
  if (picture.kind === "jbig2") checkLayers(picture.jbig2);
  if (picture.kind === "other" || dpi > limits.dotsDpi) return null;
  try {
    const known = { dpi, source: "metadata" } as const;
    const tiff = picture.kind === "fax" ? faxAsTiff(picture.fax) : await jbig2AsTiff(picture.jbig2);
    const source = await openPicture(tiff, { said: picture.dpi, isJpeg: false, known });
    return (await source.dots?.(0)) == null ? null : source;
  } catch {
    return null; // what a strict decoder doubts is left to the renderer, which shows what every reader shows
  }
}

const rounded = (dpi: number) => Math.round(dpi * 10) / 10;

// The picture's own header must agree with the page's shape, or the renderer decides what is seen.
function fits(header: { widthPx: number; heightPx: number }, dpi: number, { box }: PdfPage): boolean {
  return (
    Math.abs((header.widthPx * 72) / box.width - dpi) < 1 && Math.abs((header.heightPx * 72) / box.height - dpi) < 5
  );
}

const leastRenderDpi = 72;

/**
 * A page of pictures that are all coarse is drawn as they are, pixel for pixel, and counts as that (SCAN-1). Else as fine as
 * the finest picture on the page, within 200 and 300; what has no picture is drawn at 200.
 */
function renderDpi(objects: PdfObjects, page: PdfPage): number {
  const scanned = scannedDpi(objects, page);
  return scanned !== null && scanned < leastDpi ? Math.max(scanned, leastRenderDpi) : drawnDpi(objects, page);
}

function drawnDpi(objects: PdfObjects, page: PdfPage): number {
  const pictures = resolve(objects, page.resources?.entries.get("XObject"));
  const values = isDict(pictures) ? [...pictures.entries.values()] : [];
  const found = values.map((value) => {
    const picture = resolve(objects, value);
    return isDict(picture) ? Number(resolve(objects, picture.entries.get("Width"))) : 0;
  });
  const finest = (Math.max(0, ...found.filter(Number.isFinite)) * 72) / page.box.width;
  const wanted = Math.min(Math.max(finest, limits.lawfulDpi), limits.finalDpi);
  const square = (page.box.width * page.box.height) / 72 ** 2;
  const affordable = Math.floor(Math.sqrt(limits.renderPixels / square));
  if (affordable < limits.lawfulDpi) throw new Refusal("PAGE_TOO_LARGE");
  return Math.round(Math.min(wanted, affordable));
}

async function render(document: PDFiumDocument, number: number, dpi: number): Promise<PageSource> {
  const page = document.getPage(number - 1);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  if (originalWidth <= 0 || originalHeight <= 0) throw new Refusal("CORRUPT_PDF");
  const width = Math.max(1, Math.round((originalWidth * dpi) / 72));
  const height = Math.max(1, Math.round((originalHeight * dpi) / 72));
  if (width * height > limits.renderPixels * 1.1) throw new Refusal("PAGE_TOO_LARGE");
  const { data } = await page.render({ width, height, scale: 1, render: "bitmap", renderFormFields: true });
  const isGrey = hasNoColour(data);
  return {
    draw: (scale, turn) => drawRaw({ width, height, channels: 4, pixels: data }, scale, turn),
    pixels: null,
    widthPx: width,
    heightPx: height,
    resolution: { dpi: rounded(dpi), source: "metadata" },
    isGrey,
    corners: null,
    storedTurn: 0,
    keepable: null,
    losslessPng: null,
    keepsWhole: false,
    isChromaHalved: false,
    dots: isGrey ? (turn) => dotsOfRendered(data, { width, height }, turn) : null,
    storedBytes: null,
  };
}

function hasNoColour(rgba: Uint8Array): boolean {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) return false;
  }
  return true;
}
