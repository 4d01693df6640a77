import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPdf } from "../../../signing/format/pdf/file.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { smallPdf } from "../seal/small-pdf.ts";
import { fileOf } from "./appended.ts";
import { examine, makeSealedCopy, type SealedCopy } from "./sealed-copy.ts";

const at = "2026-11-22T00:00:00Z" as Instant;
const { CHUNGTHUC_CORPUS: folder } = process.env;

type Mutation = { readonly where: number; readonly what: "flip" | "cut" | "copy" | "insert"; readonly byte: number };
const mutations = fc.array(
  fc.record({
    where: fc.double({ min: 0, max: 1, noNaN: true }),
    what: fc.constantFrom("flip" as const, "cut" as const, "copy" as const, "insert" as const),
    byte: fc.integer({ min: 0, max: 255 }),
  }),
  { minLength: 1, maxLength: 6 },
);

function mutate(pdf: Bytes, list: readonly Mutation[]): Bytes {
  let bytes = Buffer.from(pdf);
  for (const { where, what, byte } of list) {
    const offset = Math.floor(where * bytes.length);
    const [before, after] = [bytes.subarray(0, offset), bytes.subarray(offset)];
    if (what === "flip") bytes[offset] = byte;
    else if (what === "cut") bytes = Buffer.concat([before, after.subarray(byte)]);
    else if (what === "copy") bytes = Buffer.concat([before, after.subarray(0, 8 * byte), after]);
    else bytes = Buffer.concat([before, Buffer.from([byte]), after]);
  }
  return new Uint8Array(bytes);
}

const file = (body: string) => new Uint8Array(Buffer.from(`%PDF-1.7\n${body}`, "latin1"));

describe("hostile bytes", () => {
  test.each([
    { attack: "no bytes", pdf: new Uint8Array() },
    { attack: "a header alone", pdf: file("") },
    { attack: "startxref that leads to itself", pdf: file("startxref\n9\n%%EOF") },
    { attack: "/Prev that leads to itself", pdf: file("xref\n0 0\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF") },
    { attack: "a table of a billion rows", pdf: file("xref\n0 999999999\ntrailer\n<<>>\nstartxref\n9\n%%EOF") },
    { attack: "arrays in arrays", pdf: file(`xref\n0 0\ntrailer\n${"[".repeat(100_000)}\nstartxref\n9\n%%EOF`) },
    {
      attack: "strings in strings",
      pdf: file(`xref\n0 0\ntrailer\n<</A ${"(".repeat(100_000)}>>\nstartxref\n9\n%%EOF`),
    },
  ])("$attack gets a typed refusal", async ({ pdf }) => {
    const examination = await examine(pdf, { anchors: [], at });
    expect(examination.code).toBe("PARSE_ONLY");
    expect(examination.document.status).toBeNull();
  });

  test("a chain of a hundred thousand lengths, references, kids or fields ends", async () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => `<</Length ${i + 2} 0 R>>\nstream\nx\nendstream`);
    const kids = Array.from({ length: 50_000 }, (_, i) => `<</Kids[${i + 3} 0 R ${i + 4} 0 R]>>`);
    const references = Array.from({ length: 50_000 }, (_, i) => `${i + 3} 0 R`);
    const files = [
      fileOf(chain),
      fileOf(["<</Pages 2 0 R/AcroForm<</Fields[2 0 R]>>>>", ...kids]),
      fileOf(["<</AcroForm 2 0 R>>", ...references]),
    ];
    for (const pdf of files) {
      const start = performance.now();
      expect((await examine(pdf, { anchors: [], at })).code).toMatch(/UNSIGNED|PARSE_ONLY/);
      expect(performance.now() - start).toBeLessThan(5000);
    }
  });

  test("overlapping objects that each run to the end of the file cost no more than the budget", async () => {
    const size = 400_000;
    const rows = Array.from({ length: 4000 }, () => "0000000009 00000 n \n").join("");
    const body = `%PDF-1.7\n1 0 obj (${"a".repeat(size)}`;
    const table = `xref\n0 4000\n${rows}trailer\n<</Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF`;
    const read = readPdf(new Uint8Array(Buffer.from(body + table, "latin1")), nodePrimitives);
    if (!read.ok) throw new Error(read.failure.code);
    const start = performance.now();
    for (let number = 0; number < 4000; number++) read.value.object(number, 0);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("readPdf and every object of it: no mutation of a file throws", async () => {
    for (const useObjectStreams of [false, true]) {
      const pdf = await smallPdf({ useObjectStreams });
      fc.assert(
        fc.property(mutations, (list) => {
          const read = readPdf(mutate(pdf, list), nodePrimitives);
          if (read.ok)
            for (let number = 0; number < 40; number++) read.value.object(number, read.value.revisions.length - 1);
        }),
        { numRuns: 500 },
      );
    }
  });

  test.skipIf(folder === undefined)("examinePdf: no mutation of a real file throws, hangs or is PASSED", async () => {
    const root = join(folder ?? "", "pades");
    const files = readdirSync(root).filter((name) => name.endsWith(".pdf"));
    const all = files
      .map((name) => new Uint8Array(readFileSync(join(root, name))))
      .filter(({ length }) => length < 60_000);
    await fc.assert(
      fc.asyncProperty(fc.nat(), mutations, async (pick, list) => {
        const pdf = mutate(all[pick % all.length] ?? new Uint8Array(), list);
        const start = performance.now();
        const examination = await examine(pdf, { anchors: [], at });
        expect(performance.now() - start).toBeLessThan(5000);
        expect(examination.document.status).not.toBe("PASSED");
      }),
      { numRuns: 600 },
    );
  });
});

describe.skipIf(!has("openssl"))("hostile changes to what we sealed", () => {
  let copy: SealedCopy;
  beforeAll(async () => {
    copy = await makeSealedCopy();
  });
  afterAll(async () => await copy.end());

  const append = (objects: readonly [number, string][], trailer = "") => appendUpdate(copy.sealed, objects, trailer);
  const numberOf = (pattern: RegExp) => Number(pattern.exec(Buffer.from(copy.sealed).toString("latin1"))?.[1]);
  const lastChanges = async (pdf: Bytes) => {
    const examination = await examine(pdf, copy.options);
    expect(examination.document.status).not.toBe("PASSED");
    return examination.signatures.at(-1)?.laterChanges.map(({ kind, class: of }) => `${kind}/${of}`);
  };
  const bodyOf = (number: number) => {
    const text = Buffer.from(copy.sealed).toString("latin1");
    return [...text.matchAll(new RegExp(`\\n${number} 0 obj\\s([\\s\\S]*?)\\sendobj`, "g"))].at(-1)?.[1] ?? "";
  };

  test("incremental saving: bytes that no cross-reference explains are told", async () => {
    const stray = new Uint8Array(Buffer.concat([copy.sealed, Buffer.from("99 0 obj\n<</A 1>>\nendobj\n")]));
    expect(await lastChanges(stray)).toEqual(["unexplained_bytes/forbidden"]);
  });

  test("page content replaced under its old number is told", async () => {
    const contents = numberOf(/\/Contents \[?\s*(\d+) 0 R/);
    const update = append([[contents, "<</Length 1>>\nstream\nn\nendstream"]]);
    expect(await lastChanges(update)).toContain("page_content_changed/forbidden");
  });

  test("rewriting an object with the same content is no change", async () => {
    const pages = numberOf(/\/Pages (\d+) 0 R/);
    const examination = await examine(append([[pages, bodyOf(pages)]]), copy.options);
    expect(examination).toMatchObject({ code: "INTACT", document: { status: "PASSED" } });
  });

  test("a new appearance over an old signature is told", async () => {
    const field = numberOf(/(\d+) 0 obj\s<<(?:(?!endobj)[\s\S])*?\/FT \/Sig/);
    const update = append([[field, bodyOf(field).replace(/>>$/, "/AP<</N 900 0 R>>>>")]]);
    expect(await lastChanges(update)).toContain("signature_changed/forbidden");
  });

  test("an annotation is permitted, never PASSED; a widget outside the form is forbidden", async () => {
    const page = numberOf(/(\d+) 0 obj\s<<(?:(?!endobj)[\s\S])*?\/Type \/Page\s/);
    const annotated = (item: string) =>
      append([
        [
          page,
          bodyOf(page).replace(/\/Annots \[|\/Annots (\d+) 0 R/, (found, number) =>
            number ? found : "/Annots [901 0 R ",
          ),
        ],
        [901, item],
      ]);
    expect(bodyOf(page)).toMatch(/\/Annots \[/);
    expect(await lastChanges(annotated("<</Subtype/FreeText/Rect[0 0 500 800]>>"))).toEqual([
      "annotation_added/annotation",
    ]);
    expect(await lastChanges(annotated("<</Subtype/Widget/Rect[0 0 500 800]>>"))).toEqual([
      "annotation_added/forbidden",
    ]);
  });

  test("no mutation of a sealed copy is PASSED unless the signed bytes are what they were", async () => {
    const sealed = Buffer.from(copy.sealed);
    const gaps = /<[0-9a-f]{1000,}>/gi;
    const signedPart = (bytes: Uint8Array) =>
      Buffer.from(bytes).subarray(0, sealed.length).toString("latin1").replace(gaps, "<>");
    await fc.assert(
      fc.asyncProperty(mutations, async (list) => {
        const pdf = mutate(copy.sealed, list);
        const { document } = await examine(pdf, copy.options);
        if (document.status === "PASSED") expect(signedPart(pdf)).toBe(signedPart(sealed));
      }),
      { numRuns: 800 },
    );
  });

  test("EN 319 142-1 §5.4: evidence appended afterwards is told as evidence and leaves the verdict", async () => {
    const root = numberOf(/\/Root (\d+) 0 R/);
    const update = append([
      [root, bodyOf(root).replace(/>>$/, "/DSS<</Certs[904 0 R]>>>>")],
      [904, "<</Length 1>>\nstream\nx\nendstream"],
    ]);
    const examination = await examine(update, copy.options);
    expect(examination.document.status).toBe("PASSED");
    expect(examination.signatures.at(-1)?.laterChanges).toEqual([
      { kind: "evidence_added", class: "evidence", at: null },
    ]);
  });

  test("a catalog entry that acts on opening is told", async () => {
    const root = numberOf(/\/Root (\d+) 0 R/);
    const update = append([[root, bodyOf(root).replace(/>>$/, "/OpenAction<</S/JavaScript/JS(x)>>>>")]]);
    expect(await lastChanges(update)).toEqual(["catalog_changed/forbidden"]);
  });

  test("the agency's signature copied into a second dictionary is BAD_STRUCTURE", async () => {
    const value = [
      ...Buffer.from(copy.sealed)
        .toString("latin1")
        .matchAll(/\/V (\d+) 0 R/g),
    ].at(-1)?.[1];
    const form = numberOf(/\/AcroForm (\d+) 0 R/);
    const root = numberOf(/\/Root (\d+) 0 R/);
    const twin = `<</FT/Sig/T(twin)/V 903 0 R>>`;
    const [number, body] = Number.isNaN(form) ? [root, bodyOf(root)] : [form, bodyOf(form)];
    const update = append([
      [number, body.replace(/\/Fields \[/, "/Fields [902 0 R ")],
      [902, twin],
      [903, bodyOf(Number(value))],
    ]);
    const examination = await examine(update, copy.options);
    expect(examination.code).toBe("BAD_STRUCTURE");
    expect(examination.document.status).toBe("FAILED");
  });
});

function appendUpdate(pdf: Bytes, objects: readonly [number, string][], more: string): Bytes {
  const text = Buffer.from(pdf).toString("latin1");
  const previous = [...text.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1];
  const root = /\/Root (\d+ \d+ R)/.exec(text)?.[1];
  const info = /\/Info (\d+ \d+ R)/.exec(text)?.[1];
  let body = "";
  let rows = "";
  for (const [number, object] of objects) {
    rows += `${number} 1\n${String(pdf.length + body.length).padStart(10, "0")} 00000 n \n`;
    body += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const xref = `xref\n${rows}trailer\n<</Size 999/Root ${root}/Info ${info}/Prev ${previous}${more}>>\n`;
  const tail = `${body}${xref}startxref\n${pdf.length + body.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([pdf, Buffer.from(tail, "latin1")]));
}
