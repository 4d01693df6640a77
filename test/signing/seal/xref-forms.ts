import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument, PDFHexString, PDFName, StandardFonts } from "pdf-lib";
import type { Bytes } from "../../../src/core/kernel.ts";

/** The ways in which ISO 32000-2 §7.5 lets a file say where its objects stand. */
export const xrefForms = ["table", "stream", "hybrid", "linearised table", "linearised stream", "hidden form"] as const;
export type XrefForm = (typeof xrefForms)[number];

/** Two pages without a signature field; "hidden form" has a form whose fields stand in arrays of their own. */
export async function pdfInForm(form: XrefForm): Promise<Bytes> {
  if (form === "hybrid") return hybridPdf();
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const text of ["Ban sao (fictional)", "2"])
    pdf.addPage([595.2755905511812, 841.8897637795276]).drawText(text, { x: 50, y: 780, font });
  if (form === "hidden form") addForm(pdf);
  const plain = await pdf.save({ useObjectStreams: form === "hidden form", addDefaultPage: false });
  const streams = form.endsWith("stream") || form === "hidden form" ? "generate" : "disable";
  return form === "table"
    ? new Uint8Array(plain)
    : throughQpdf(plain, [`--object-streams=${streams}`, ...(form.startsWith("linearised") ? ["--linearize"] : [])]);
}

/** A text field; /Fields and /Annots are objects of their own, and all of it in object streams. */
function addForm(pdf: PDFDocument): void {
  const { context } = pdf;
  const page = pdf.getPage(0);
  const field = context.register(
    context.obj({
      Type: "Annot",
      Subtype: "Widget",
      FT: "Tx",
      T: PDFHexString.fromText("note"),
      Rect: [50, 50, 90, 70],
      F: 4,
      P: page.ref,
    }),
  );
  const list = () => context.register(context.obj([field]));
  page.node.set(PDFName.of("Annots"), list());
  pdf.catalog.set(PDFName.of("AcroForm"), context.obj({ Fields: list() }));
}

function throughQpdf(pdf: Uint8Array, options: readonly string[]): Bytes {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-qpdf-"));
  const [from, to] = [join(folder, "from.pdf"), join(folder, "to.pdf")];
  writeFileSync(from, pdf);
  execFileSync("qpdf", [...options, from, to]);
  const made = new Uint8Array(readFileSync(to));
  rmSync(folder, { recursive: true });
  return made;
}

/** §7.5.8.4: old readers see a table in which the font is free; new ones find it in an object stream. No tool here writes such files. */
function hybridPdf(): Bytes {
  let text = "%PDF-1.5\n%\xe2\xe3\xcf\xd3\n";
  const offsets = new Map<number, number>();
  const put = (number: number, body: string) => {
    offsets.set(number, text.length);
    text += `${number} 0 obj\n${body}\nendobj\n`;
  };
  const stream = (entries: string, data: string) =>
    `<< ${entries} /Length ${data.length} >>\nstream\n${data}\nendstream`;
  const page =
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>";
  put(1, "<< /Type /Catalog /Pages 2 0 R >>");
  put(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  put(3, page);
  put(4, stream("", "BT /F 20 Tf 50 780 Td (Ban sao) Tj ET"));
  const hidden = "5 0 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
  put(6, stream("/Type /ObjStm /N 1 /First 4", hidden));
  const row = (type: number, second: number, third: number) =>
    [
      type.toString(16).padStart(2, "0"),
      second.toString(16).padStart(8, "0"),
      third.toString(16).padStart(2, "0"),
    ].join("");
  const rows = `${row(2, 6, 0)}${row(1, offsets.get(6) ?? 0, 0)}>`;
  put(7, stream("/Type /XRef /Size 8 /W [1 4 1] /Index [5 2] /Root 1 0 R /Filter /ASCIIHexDecode", rows));
  const start = text.length;
  const line = (number: number) =>
    number === 0 || number > 4
      ? `0000000000 ${number === 0 ? "65535" : "00000"} f\r\n`
      : `${String(offsets.get(number)).padStart(10, "0")} 00000 n\r\n`;
  text += `xref\n0 8\n${Array.from({ length: 8 }, (_, number) => line(number)).join("")}`;
  text += `trailer\n<< /Size 8 /Root 1 0 R /XRefStm ${offsets.get(7)} >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, "latin1"));
}
