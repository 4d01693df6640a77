import { deflateSync } from "node:zlib";
import { PDFDocument } from "pdf-lib";
import { afterAll, expect, test } from "vitest";
import { openReaders } from "../../ocr/readers.ts";
import { exact, options, textPdf, upload } from "./fixtures.ts";

const readers = openReaders({ processes: 1 });
afterAll(() => readers.stop());

type Stream = { dict: string; data: Uint8Array };

/** A PDF of these objects, 1 is the catalog; the cross-reference table is right unless told otherwise. */
function pdf(objects: Readonly<Record<number, string | Stream>>, trailer = ""): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [Buffer.from("%PDF-1.7\n")];
  const offsets = new Map<number, number>();
  const size = () => parts.reduce((sum, part) => sum + part.length, 0);
  for (const [number, object] of Object.entries(objects)) {
    offsets.set(Number(number), size());
    parts.push(Buffer.from(`${number} 0 obj\n`), bodyOf(object), Buffer.from("\nendobj\n"));
  }
  const start = size();
  const last = Math.max(...offsets.keys());
  const rows = Array.from(
    { length: last },
    (_, i) => `${String(offsets.get(i + 1) ?? 0).padStart(10, "0")} 00000 n \n`,
  );
  parts.push(Buffer.from(`xref\n0 ${last + 1}\n0000000000 65535 f \n${rows.join("")}`));
  parts.push(Buffer.from(`trailer\n<</Size ${last + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`));
  return exact(Buffer.concat(parts));
}

function bodyOf(object: string | Stream): Buffer {
  if (typeof object === "string") return Buffer.from(object);
  const head = `<<${object.dict}/Length ${object.data.length}>>\nstream\n`;
  return Buffer.concat([Buffer.from(head), object.data, Buffer.from("\nendstream")]);
}

const page = (more = "") => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R${more}>>`;
const content: Stream = { dict: "", data: Buffer.from("0 0 0 rg 100 100 300 20 re f") };
const catalog = (more = "") => `<</Type/Catalog/Pages 2 0 R${more}>>`;
const tree = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const plain = { 1: catalog(), 2: tree, 3: page(), 4: content };

const packed = (objects: Readonly<Record<number, string>>): Stream => {
  const entries = Object.entries(objects);
  let offset = 0;
  const header = entries.map(([number, body]) => {
    const place = `${number} ${offset}`;
    offset += body.length + 1;
    return place;
  });
  const head = `${header.join(" ")} `;
  const data = deflateSync(Buffer.from(head + entries.map(([, body]) => body).join(" ")));
  return { dict: `/Type/ObjStm/N ${entries.length}/First ${head.length}/Filter/FlateDecode`, data };
};

async function outcomeOf(bytes: Uint8Array): Promise<string> {
  const made = await readers.makePages(upload(bytes, "scan.pdf"), options({ engine: "none", deadlineSeconds: 10 }));
  if (made.ok) return `${made.value.pages.length} pages`;
  return made.failure.code === "upload_refused" ? made.failure.reason : made.failure.code;
}

test("a plain page is taken", async () => {
  expect(await outcomeOf(pdf(plain))).toBe("1 pages");
  expect(await outcomeOf(await textPdf())).toBe("1 pages");
});

const bomb = deflateSync(deflateSync(Buffer.alloc(200 * 1024 * 1024)));
const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;

test.each([
  [
    "a script on opening, its names written with escapes",
    { ...plain, 1: catalog("/Open#41ction<</S/J#61vaScript/J#53(x)>>") },
    "ACTIVE_CONTENT",
  ],
  ["a script in the names tree", { ...plain, 1: catalog("/Names<</JavaScript 5 0 R>>"), 5: "<<>>" }, "ACTIVE_CONTENT"],
  [
    "a launch named through a reference",
    { ...plain, 3: page("/Annots[<</Subtype/Link/A<</S 5 0 R/F(x)>>>>]"), 5: "/Launch" },
    "ACTIVE_CONTENT",
  ],
  ["a script inside an object stream", { ...plain, 5: packed({ 6: "<</S/JavaScript/JS(x)>>" }) }, "ACTIVE_CONTENT"],
  [
    "an action on opening that asks the network",
    { ...plain, 1: catalog("/OpenAction<</S/URI/URI(http://127.0.0.1:1/)>>") },
    "ACTIVE_CONTENT",
  ],
  ["another file inside", { ...plain, 5: "<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>", 6: content }, "EMBEDDED_FILE"],
  ["a portfolio", { ...plain, 1: catalog("/Collection<<>>") }, "EMBEDDED_FILE"],
  [
    "content taken from a file of this machine",
    { ...plain, 4: { ...content, dict: "/F(/etc/passwd)" } },
    "EXTERNAL_REFERENCE",
  ],
  [
    "layers",
    { ...plain, 1: catalog("/OCProperties<</OCGs[5 0 R]/D<<>>>>"), 5: "<</Type/OCG/Name(x)>>" },
    "OPTIONAL_CONTENT",
  ],
  [
    "a form drawn by the reader",
    { ...plain, 1: catalog("/AcroForm<</NeedAppearances true/Fields[]>>") },
    "FORM_FIELDS",
  ],
  [
    "an XFA form with a script",
    { ...plain, 1: catalog("/AcroForm<</XFA 5 0 R/Fields[]>>/OpenAction<</S/JavaScript/JS(x)>>"), 5: content },
    "XFA_FORM",
  ],
  ["no page", { ...plain, 2: "<</Type/Pages/Kids[]/Count 0>>" }, "NO_PAGES"],
  ["a page tree that bites its tail", { ...plain, 2: "<</Type/Pages/Kids[2 0 R]/Count 1>>" }, "CORRUPT_PDF"],
  [
    "a reference that leads to itself",
    { ...plain, 2: "<</Type/Pages/Kids 5 0 R/Count 1>>", 5: "5 0 R" },
    "CORRUPT_PDF",
  ],
  ["a count that lies", { ...plain, 2: "<</Type/Pages/Kids[3 0 R 5 0 R]/Count 1>>", 5: page() }, "CORRUPT_PDF"],
  ["a page of kilometres", { ...plain, 3: page().replace("595 842", "9999999 99") }, "PAGE_TOO_LARGE"],
  [
    "two layers of packing over 200 MB",
    { ...plain, 4: { dict: "/Filter[/FlateDecode/FlateDecode]", data: bomb } },
    "DECOMPRESSION_LIMIT",
  ],
  [
    "a picture of 10^10 points",
    { ...plain, 5: { dict: "/Subtype/Image/Width 100000/Height 100000", data: Buffer.alloc(9) } },
    "IMAGE_TOO_LARGE",
  ],
  ["arrays nested 5,000 deep", { ...plain, 5: deep }, "CORRUPT_PDF"],
] as const)("hostile input: a PDF with %s is refused", async (_, objects, reason) => {
  expect(await outcomeOf(pdf(objects))).toBe(reason);
});

test("hostile input: encryption is told from the trailer, before anything packed is opened", async () => {
  expect(await outcomeOf(pdf(plain, "/Encrypt<</Filter/Standard/V 1/R 2>>"))).toBe("ENCRYPTED_PDF");
});

test("hostile input: a cut PDF is damaged; bytes after its end make it two things", async () => {
  const whole = pdf(plain);
  expect(await outcomeOf(whole.subarray(0, whole.length - 40))).toBe("CORRUPT_PDF");
  expect(await outcomeOf(Buffer.concat([whole, Buffer.from("PK\u0003\u0004zip")]))).toBe("POLYGLOT");
});

test("hostile input: more pages than the limit are refused before one is drawn", async () => {
  const document = await PDFDocument.create();
  for (let i = 0; i < 201; i += 1) document.addPage([300, 300]);
  expect(await outcomeOf(await document.save())).toBe("TOO_MANY_PAGES");
});
