import { inflateSync } from "node:zlib";
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
} from "pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import { has, run } from "../../support/tools.ts";
import { composed, onDisk } from "./composed.ts";
import { papers, sampleCopy } from "./sample.ts";

/** Our own structural checks, clause by clause. They are no validation by a full PDF/A checker. */

const name = (text: string) => PDFName.of(text);
let bytes: Uint8Array;
let path: string;
let document: PDFDocument;

beforeAll(async () => {
  const copy = await composed(await sampleCopy([papers.a4Portrait, papers.idCard]));
  bytes = copy.pdf;
  path = onDisk(copy).path;
  document = await PDFDocument.load(bytes, { updateMetadata: false });
});

function streamOf(dict: PDFDict, key: string): PDFRawStream {
  const stream = dict.lookup(name(key));
  if (!(stream instanceof PDFRawStream)) throw new Error(`${key} is no stream`);
  return stream;
}

const everyObject = () => document.context.enumerateIndirectObjects().map(([, object]) => object);
const dictOf = (object: unknown) => (object instanceof PDFRawStream ? object.dict : object);
const everyDict = () =>
  everyObject()
    .map(dictOf)
    .filter((object) => object instanceof PDFDict);
const ofType = (type: string) => everyDict().filter((dict) => dict.get(name("Type")) === name(type));
const xmp = () => {
  const metadata = streamOf(document.catalog, "Metadata");
  return new TextDecoder().decode(metadata.contents);
};
const contentsOf = (page: number) => {
  const stream = streamOf(document.getPage(page).node, "Contents");
  return inflateSync(stream.contents).toString("latin1");
};

describe("ISO 32000-1", () => {
  test.skipIf(!has("qpdf"))("qpdf finds nothing to complain about", () => {
    const { status, output } = run("qpdf", ["--check", path]);
    expect(output).toContain("No syntax or stream encoding errors found");
    expect(status).toBe(0);
  });

  test.skipIf(!has("mutool"))("mutool draws every page without a warning", () => {
    const { status, output } = run("mutool", ["draw", "-q", "-o", "/dev/null", "-F", "txt", path]);
    expect(status).toBe(0);
    expect(output.replace("warning: ICC support is not available", "")).not.toMatch(/warning|error/);
  });

  test("§7.5.4: PDF 1.7 with one classic cross-reference table, nothing after the end", () => {
    const text = Buffer.from(bytes).toString("latin1");
    expect(text.startsWith("%PDF-1.7\n%")).toBe(true);
    expect(text.match(/\nxref\n/g)).toHaveLength(1);
    expect(/\/(ObjStm|XRef)\b/.test(text)).toBe(false);
    expect(text.trimEnd().endsWith("%%EOF")).toBe(true);
  });

  test("§14.7: every piece of every page is tagged or decoration, and the parent tree leads back from each", () => {
    const tree = document.catalog.lookup(name("StructTreeRoot"), PDFDict);
    const numbers = tree.lookup(name("ParentTree"), PDFDict).lookup(name("Nums"), PDFArray);
    for (const [i, page] of document.getPages().entries()) {
      expect(page.node.lookup(name("StructParents"), PDFNumber).asNumber()).toBe(i);
      const parents = numbers.lookup(2 * i + 1, PDFArray);
      const marked = [...contentsOf(i).matchAll(/\/(\w+) <<\/MCID (\d+)>> BDC/g)];
      expect(parents.size()).toBe(marked.length);
      marked.forEach(([, kind, id], order) => {
        expect(Number(id)).toBe(order);
        const element = parents.lookup(order, PDFDict);
        expect(element.get(name("S"))).toBe(name(kind ?? ""));
        expect(element.get(name("Pg"))).toBe(page.ref);
      });
      const outside = contentsOf(i)
        .replace(/(\/\w+ (<<\/MCID \d+>> BDC|BMC))[\s\S]*?EMC/g, "")
        .trim();
      expect(outside).toBe("");
    }
  });

  test("§14.7.4.4: each annotation finds its own element", () => {
    const numbers = document.catalog
      .lookup(name("StructTreeRoot"), PDFDict)
      .lookup(name("ParentTree"), PDFDict)
      .lookup(name("Nums"), PDFArray);
    const found = new Map<number, PDFDict>();
    for (let i = 0; i < numbers.size(); i += 2) {
      const value = numbers.lookup(i + 1);
      if (value instanceof PDFDict) found.set(numbers.lookup(i, PDFNumber).asNumber(), value);
    }
    const annotations = document.getPages().at(-1)?.node.Annots();
    expect(annotations?.size()).toBe(3);
    for (const ref of annotations?.asArray() ?? []) {
      const annotation = document.context.lookup(ref, PDFDict);
      const element = found.get(annotation.lookup(name("StructParent"), PDFNumber).asNumber());
      const kids = element?.lookup(name("K"), PDFArray);
      const last = kids?.lookup(kids.size() - 1, PDFDict);
      expect(last?.get(name("Obj"))).toBe(ref);
    }
  });

  test("§14.9: the document is Vietnamese, every figure has words, the title is shown in the window", () => {
    expect(document.catalog.lookup(name("Lang"), PDFString).asString()).toBe("vi");
    expect(document.catalog.lookup(name("MarkInfo"), PDFDict).toString()).toContain("/Marked true");
    expect(document.catalog.lookup(name("ViewerPreferences"), PDFDict).toString()).toContain("/DisplayDocTitle true");
    const figures = ofType("StructElem").filter((element) => element.get(name("S")) === name("Figure"));
    expect(figures).toHaveLength(5);
    for (const figure of figures)
      expect(figure.lookup(name("Alt"), PDFHexString).decodeText().length).toBeGreaterThan(10);
  });
});

describe("DESIGN decision 1: both signature fields stand empty", () => {
  const fields = () => document.catalog.lookup(name("AcroForm"), PDFDict).lookup(name("Fields"), PDFArray);
  const field = (i: number) => fields().lookup(i, PDFDict);
  const rectangle = (i: number) => field(i).lookup(name("Rect"), PDFArray).asRectangle();
  const mm = (points: number) => (points * 25.4) / 72;

  test("field and widget are one dictionary of their own, unsigned, printable, on the last page, SigFlags 3", () => {
    expect(document.catalog.lookup(name("AcroForm"), PDFDict).lookup(name("SigFlags"), PDFNumber).asNumber()).toBe(3);
    expect(
      fields()
        .asArray()
        .every((ref) => ref instanceof PDFRef),
    ).toBe(true);
    expect([0, 1].map((i) => field(i).lookup(name("T"), PDFString).asString())).toEqual(["officer", "agency"]);
    for (const i of [0, 1]) {
      expect(field(i).get(name("FT"))).toBe(name("Sig"));
      expect(field(i).get(name("Subtype"))).toBe(name("Widget"));
      expect(field(i).lookup(name("F"), PDFNumber).asNumber()).toBe(4);
      expect(field(i).get(name("P"))).toBe(document.getPages().at(-1)?.ref);
      expect(field(i).get(name("V"))).toBeUndefined();
      expect(document.getPages().at(-1)?.node.Annots()?.asArray()).toContain(fields().get(i));
    }
  });

  test("NĐ 30/2020: the seal has its actual size and covers a third of the signature, on its left, at its height", () => {
    const [officer, agency] = [rectangle(0), rectangle(1)];
    expect(
      [officer.width, officer.height, agency.width, agency.height].map((points) => Math.round(mm(points) * 10) / 10),
    ).toEqual([50, 20, 35, 35]);
    const covered = agency.x + agency.width - officer.x;
    expect(covered / officer.width).toBeCloseTo(1 / 3, 2);
    expect(agency.x).toBeLessThan(officer.x);
    expect(agency.y + agency.height / 2).toBeCloseTo(officer.y + officer.height / 2, 1);
  });

  test.skipIf(!has("pdfsig"))("pdfsig sees two unsigned fields", () => {
    expect(run("pdfsig", [path]).output).toMatch(/does not contain any signatures|is not signed/);
  });
});

describe("ISO 19005-2 (own checks of structure)", () => {
  test("§6.1.3: the trailer has an identifier and no encryption", () => {
    expect(document.context.trailerInfo.ID).toBeInstanceOf(PDFArray);
    expect(document.context.trailerInfo.Encrypt).toBeUndefined();
  });

  test("§6.2.3: one sRGB output intent; §6.2.4.3: only grey and RGB are used", () => {
    const intents = document.catalog.lookup(name("OutputIntents"), PDFArray);
    expect(intents.size()).toBe(1);
    const intent = intents.lookup(0, PDFDict);
    expect(intent.get(name("S"))).toBe(name("GTS_PDFA1"));
    const profile = streamOf(intent, "DestOutputProfile");
    expect(inflateSync(profile.contents).subarray(12, 20).toString("latin1")).toBe("mntrRGB ");
    for (let page = 0; page < document.getPageCount(); page++)
      expect(contentsOf(page)).not.toMatch(/ [kK]\n| (cs|CS|sh) /);
  });

  test("§6.2.11: every font is embedded, a tagged subset, with Unicode for each code", () => {
    const fonts = ofType("Font").filter((font) => font.get(name("Subtype")) === name("Type0"));
    expect(fonts).toHaveLength(4);
    for (const font of fonts) {
      const map = inflateSync(streamOf(font, "ToUnicode").contents).toString("latin1");
      expect(map).not.toMatch(/<(0000|FEFF|FFFE)>$/im);
      const blocks = [...map.matchAll(/^(\d+) beginbfchar$/gm)].map(([, count]) => Number(count));
      expect(Math.max(...blocks)).toBeLessThanOrEqual(100);
      const cidFont = font.lookup(name("DescendantFonts"), PDFArray).lookup(0, PDFDict);
      const descriptor = cidFont.lookup(name("FontDescriptor"), PDFDict);
      expect(String(descriptor.lookup(name("FontName")))).toMatch(/^\/[A-Z]{6}\+Tinos/);
      expect(streamOf(descriptor, "FontFile2").contents.length).toBeGreaterThan(1000);
      expect(cidFont.get(name("CIDToGIDMap"))).toBeDefined();
    }
  });

  test.skipIf(!has("pdffonts"))("§6.2.11.4.1: pdffonts says embedded, subset and Unicode of each", () => {
    const rows = run("pdffonts", [path]).output.trim().split("\n").slice(2);
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  test("§6.2.11.8: no text shows the missing glyph, code 0", () => {
    for (let page = 0; page < document.getPageCount(); page++) {
      for (const [, codes] of contentsOf(page).matchAll(/<([0-9a-f]+)> Tj/g)) {
        expect(codes?.match(/.{4}/g)).not.toContain("0000");
      }
    }
  });

  test("§6.3.2, §6.3.3: each annotation is printed, none hidden; each widget has a normal appearance and nothing else", () => {
    for (const annotation of ofType("Annot")) {
      expect(annotation.lookup(name("F"), PDFNumber).asNumber()).toBe(4);
      if (annotation.get(name("Subtype")) !== name("Widget")) continue;
      const appearance = annotation.lookup(name("AP"), PDFDict);
      expect(appearance.keys()).toEqual([name("N")]);
      expect(appearance.get(name("N"))).toBeInstanceOf(PDFRef);
      expect(streamOf(appearance, "N").dict.get(name("Subtype"))).toBe(name("Form"));
    }
  });

  test("§6.4, §6.5, §6.8: no scripts, no actions but links, no embedded files, no XFA, no NeedAppearances", () => {
    const text = Buffer.from(bytes).toString("latin1");
    expect(/\/(JavaScript|JS|Launch|EmbeddedFiles|XFA|NeedAppearances|OpenAction|AA)\b/.test(text)).toBe(false);
  });

  test("§6.6.2: the packet is plain, says PDF/A-2a, and agrees with the information dictionary", () => {
    expect(streamOf(document.catalog, "Metadata").dict.get(name("Filter"))).toBeUndefined();
    expect(xmp()).toContain("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    expect(xmp()).toContain("<xmp:CreateDate>2026-11-22T03:15:30Z</xmp:CreateDate>");
    expect(document.getTitle()).toBe(
      "Bản sao chứng thực số 12, quyển số 01/2026-SCTĐT/BS: Giấy chứng nhận hoàn thành khóa học số 0457/GCN (hư cấu)",
    );
    expect(xmp()).toContain(`<rdf:li xml:lang="x-default">${document.getTitle()}</rdf:li>`);
    expect(document.getCreationDate()?.toISOString()).toBe("2026-11-22T03:15:30.000Z");
  });

  test("§6.6.2.3: each property of our own is described in the packet; Law on Electronic Transactions Art. 12: it names who converted", () => {
    const used = new Set([...xmp().matchAll(/<ct:(\w+)>/g)].map(([, property]) => property));
    const described = [...xmp().matchAll(/<pdfaProperty:name>(\w+)</g)].map(([, property]) => property);
    expect(described).toEqual([...used]);
    expect(xmp()).toContain("<ct:ConvertedBy>Trần Văn Hư Cấu</ct:ConvertedBy>");
    expect(xmp()).toContain("<ct:ConvertingAgency>Ủy ban nhân dân phường Bình Minh (hư cấu)</ct:ConvertingAgency>");
  });
});
