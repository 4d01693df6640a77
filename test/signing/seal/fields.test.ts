import { execFileSync } from "node:child_process";
import { createPrivateKey, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument, PDFHexString, PDFName, type PDFRef } from "pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import { examinePdf } from "../../../signing/examine/examine.ts";
import { readPdf } from "../../../signing/format/pdf/file.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { type SealRequest, sealSignature } from "../../../signing/seal/seal.ts";
import { type Bytes, ok } from "../../../src/core/kernel.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { nowInstant } from "./levels.ts";
import { value } from "./sealing.ts";
import { disc } from "./small-pdf.ts";

type Fields = (pdf: PDFDocument, page: PDFRef) => { fields: PDFRef[]; widgets: PDFRef[] };

/** One page with a form of the test's own making. */
async function pdfWith(fields: Fields, form: Record<string, unknown> = {}): Promise<Bytes> {
  const pdf = await PDFDocument.create();
  const page = pdf.addPage([595.2755905511812, 841.8897637795276]);
  const made = fields(pdf, page.ref);
  page.node.set(PDFName.of("Annots"), pdf.context.obj(made.widgets));
  pdf.catalog.set(PDFName.of("AcroForm"), pdf.context.obj({ Fields: made.fields, ...form } as never));
  return new Uint8Array(await pdf.save({ useObjectStreams: false, addDefaultPage: false }));
}

const named = (name: string) => PDFHexString.fromText(name);
const widget = { Type: "Annot", Subtype: "Widget", F: 4, Rect: [50, 50, 150, 100] };

describe.skipIf(!has("openssl"))("fields that others made", () => {
  let key: KeyHolder;
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "chungthuc-fields-"));
    // biome-ignore format: one command
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem", "-outform", "DER", "-out", "crt.der", "-days", "10", "-subj", "/CN=Fields (fictional)"], { cwd: folder, stdio: "pipe" });
    const own = createPrivateKey(readFileSync(join(folder, "key.pem")));
    const certificate = new Uint8Array(readFileSync(join(folder, "crt.der")));
    rmSync(folder, { recursive: true });
    const algorithm = { scheme: "ecdsa", hash: "sha256" } as const;
    key = { certificate, chain: [], algorithm, sign: async (bytes) => ok(new Uint8Array(sign("sha256", bytes, own))) };
  });

  const seal = (pdf: Bytes, fieldName: string, more: Partial<SealRequest> = {}) =>
    sealSignature(
      { pdf, fieldName, claimedTime: nowInstant(), reservedBytes: 2000, appearance: disc(16), ...more },
      { key, timestamps: null, deflate: nodeDeflate, primitives: nodePrimitives },
    );
  const judged = (pdf: Bytes) => {
    const anchors = [{ certificate: key.certificate, purpose: "public" as const }];
    return examinePdf(pdf, { anchors, at: nowInstant() }, nodePrimitives);
  };

  test("ISO 32000-2 §12.7.4.2: a field below another, its type inherited, its widget an object of its own", async () => {
    const pdf = await pdfWith(({ context }, page) => {
      const [parent, child, shown] = [context.nextRef(), context.nextRef(), context.nextRef()];
      context.assign(parent, context.obj({ FT: "Sig", T: named("hội đồng"), Kids: [child] } as never));
      context.assign(child, context.obj({ T: named("chủ tịch"), Parent: parent, Kids: [shown] } as never));
      context.assign(shown, context.obj({ ...widget, Parent: child, P: page }));
      return { fields: [parent], widgets: [shown] };
    });
    const sealed = value(await seal(pdf, "hội đồng.chủ tịch")).pdf;
    const found = await judged(sealed);
    expect(found).toMatchObject({ code: "INTACT", signatures: [{ fieldName: "hội đồng.chủ tịch", intact: true }] });
    // Field, widget, form for /SigFlags, signature, form XObject, picture, mask; and not the parent.
    expect(value(readPdf(sealed, nodePrimitives)).revisions[1]?.entries.size).toBe(7);
  });

  test("ISO 32000-2 §12.7.5.5: a lock of the field is named in its signature, and the examiner holds later filling to it", async () => {
    const pdf = await pdfWith(({ context }, page) => {
      const lock = { Type: "SigFieldLock", Action: "Include", Fields: [named("note")] };
      const field = context.register(
        context.obj({ ...widget, FT: "Sig", T: named("officer"), P: page, Lock: lock } as never),
      );
      const note = context.register(context.obj({ ...widget, FT: "Tx", T: named("note"), P: page } as never));
      return { fields: [field, note], widgets: [field, note] };
    });
    const sealed = value(await seal(pdf, "officer")).pdf;
    const text = Buffer.from(sealed).toString("latin1");
    expect(text).toContain("/TransformMethod /FieldMDP");
    expect(text).toContain("/Action /Include /Fields [<feff006e006f00740065>]");
    expect((await judged(sealed)).code).toBe("INTACT");
  });

  test("numbers and strings of a page that is written again are what they were, to the last bit", async () => {
    const pdf = await pdfWith(() => ({ fields: [], widgets: [] }));
    const place = { page: 1, rectangle: [10, 10, 60, 60] as const };
    const once = value(await seal(pdf, "first", { place })).pdf;
    const twice = value(await seal(once, "second", { place: { page: 1, rectangle: [70, 10, 120, 60] } })).pdf;
    const found = await judged(twice);
    expect(found.code).toBe("INTACT");
    expect(found.signatures[0]?.laterChanges.map(({ kind }) => kind)).toEqual(["signature_added"]);
  });

  test.each<[string, Fields, string, Partial<SealRequest>, unknown]>([
    ["a field that shows itself twice", twoWidgets, "twice", {}, { code: "field_unusable", fieldName: "twice" }],
    ["a text field", textField, "text", {}, { code: "field_unusable", fieldName: "text" }],
    [
      "a new name with a period",
      textField,
      "a.b",
      { place: { page: 1, rectangle: null } },
      { code: "field_unusable", fieldName: "a.b" },
    ],
    [
      "a page that is not there",
      textField,
      "new",
      { place: { page: 9, rectangle: [0, 0, 9, 9] } },
      { code: "pdf_unsuitable", reason: "page_not_found" },
    ],
  ])("%s is a typed refusal", async (_, fields, name, more, failure) => {
    expect(await seal(await pdfWith(fields), name, more)).toEqual({ ok: false, failure });
  });
});

const twoWidgets: Fields = ({ context }, page) => {
  const field = context.nextRef();
  const kids = [1, 2].map(() => context.register(context.obj({ ...widget, Parent: field, P: page })));
  context.assign(field, context.obj({ FT: "Sig", T: named("twice"), Kids: kids } as never));
  return { fields: [field], widgets: kids };
};

const textField: Fields = ({ context }, page) => {
  const field = context.register(context.obj({ ...widget, FT: "Tx", T: named("text"), P: page } as never));
  return { fields: [field], widgets: [field] };
};
