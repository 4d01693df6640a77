import { PDFDocument, PDFHexString, PDFName, rgb, StandardFonts } from "pdf-lib";
import type { SignatureImage } from "../../../signing/seal/appearance.ts";
import type { Bytes } from "../../../src/core/kernel.ts";

/** A page with the two empty signature fields that compose places, and as many more as are asked for. */
export async function smallPdf(options: {
  readonly useObjectStreams: boolean;
  readonly pages?: number;
}): Promise<Bytes> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595, 842]);
  page.drawText("Ban sao (fictional)", {
    x: 50,
    y: 780,
    size: 20,
    color: rgb(0, 0, 0),
    font: await pdf.embedFont(StandardFonts.Helvetica),
  });
  for (let i = 1; i < (options.pages ?? 1); i++) pdf.addPage([595, 842]).drawText(`${i + 1}`, { x: 50, y: 780 });
  const { context } = pdf;
  const field = (name: string, rect: number[]) =>
    context.register(
      context.obj({
        Type: "Annot",
        Subtype: "Widget",
        FT: "Sig",
        T: PDFHexString.fromText(name),
        TU: PDFHexString.fromText("Chữ ký"),
        Rect: rect,
        F: 4,
        P: page.ref,
      }),
    );
  const fields = [field("officer", [50, 100, 250, 200]), field("agency", [300, 100, 400, 200])];
  page.node.set(PDFName.of("Annots"), context.obj(fields));
  pdf.catalog.set(PDFName.of("AcroForm"), context.obj({ Fields: fields, SigFlags: 3 }));
  return new Uint8Array(await pdf.save({ useObjectStreams: options.useObjectStreams, addDefaultPage: false }));
}

/** A red disc on nothing, like a seal. */
export function disc(pixels: number): SignatureImage {
  const rgbBytes = new Uint8Array(3 * pixels * pixels);
  const alpha = new Uint8Array(pixels * pixels);
  for (let i = 0; i < alpha.length; i++) {
    const [x, y] = [(i % pixels) - pixels / 2, Math.floor(i / pixels) - pixels / 2];
    rgbBytes[3 * i] = 200;
    alpha[i] = x * x + y * y < (pixels / 2) ** 2 ? 255 : 0;
  }
  return { widthPixels: pixels, heightPixels: pixels, rgb: rgbBytes, alpha };
}
