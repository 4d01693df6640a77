import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import * as fontkit from "fontkit";
import { PDFDocument, type PDFFont, type PDFPage } from "pdf-lib";
import sharp from "sharp";

/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export type Fonts = { readonly regular: PDFFont; readonly bold: PDFFont; readonly italic: PDFFont };

/** Points of a length on paper. */
export const millimetres = (length: number): number => (length * 72) / 25.4;

export type Drawing = {
  readonly widthMillimetres: number;
  readonly heightMillimetres: number;
  readonly draw: (page: PDFPage, fonts: Fonts) => void;
};

/** Draws black (or grey) on white with pdf-lib and rasterises: one octet a pixel, 0 black. */
export async function rasterised(drawing: Drawing, dpi: number) {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit as unknown as RegisteredFontkit);
  const page = document.addPage([millimetres(drawing.widthMillimetres), millimetres(drawing.heightMillimetres)]);
  drawing.draw(page, {
    regular: await document.embedFont(tinos("400Regular/Tinos_400Regular"), { subset: true }),
    bold: await document.embedFont(tinos("700Bold/Tinos_700Bold"), { subset: true }),
    italic: await document.embedFont(tinos("400Regular_Italic/Tinos_400Regular_Italic"), { subset: true }),
  });
  const library = await PDFiumLibrary.init();
  const opened = await library.loadDocument(await document.save());
  const width = Math.round((drawing.widthMillimetres / 25.4) * dpi);
  const height = Math.round((drawing.heightMillimetres / 25.4) * dpi);
  const image = await opened.getPage(0).render({ width, height, colorSpace: "Gray", render: "bitmap" });
  opened.destroy();
  library.destroy();
  return { width: image.width, height: image.height, grey: image.data };
}

/** The same as ink of one colour on nothing: the darker the drawing, the more of it. */
export async function inked(drawing: Drawing, dpi: number, [red, green, blue]: Colour): Promise<Buffer> {
  const { width, height, grey } = await rasterised(drawing, dpi);
  const pixels = Buffer.alloc(width * height * 4);
  for (const [i, shade] of grey.entries()) pixels.set([red, green, blue, 255 - shade], i * 4);
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .withMetadata({ density: dpi })
    .png({ compressionLevel: 9, effort: 10 })
    .toBuffer();
}

// Our declaration of fontkit names what composing needs of it, pdf-lib asks for all it has.
type RegisteredFontkit = Parameters<PDFDocument["registerFontkit"]>[0];

const tinos = (name: string): Uint8Array =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/tinos/${name}.ttf`)));
