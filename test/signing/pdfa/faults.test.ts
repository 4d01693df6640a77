import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sealSignature } from "../../../signing/seal/seal.ts";
import { httpClient } from "../../../src/http.ts";
import { composed } from "../compose/composed.ts";
import { papers, sampleCopy } from "../compose/sample.ts";
import { sealingBy, value } from "../seal/sealing.ts";
import { type ThrowawayPki, throwawayPki } from "../seal/throwaway-pki.ts";
import { type OpenPdf, openPdf } from "./open-pdf.ts";
import { everyRule } from "./rules.ts";
import {
  added,
  both,
  element,
  firstContent,
  redraw,
  rewrite,
  type Spoil,
  subtyped,
  swap,
  typed,
  without,
} from "./spoiling.ts";

/** A rule that nothing breaks checks nothing: each finds its own fault in a file that was good before. */

const before = (text: string) => (data: string) => `${text}\n${data}`;
const catalog = typed("Catalog");
const page = typed("Page");
const image = subtyped("Image");
const widget = subtyped("Widget");
const font = subtyped("Type0");
const cidFont = subtyped("CIDFontType2");
const form = (object: Parameters<typeof page>[0], pdf: OpenPdf) => object === pdf.get(pdf.catalog, "AcroForm");
const unicodeMap = (object: Parameters<typeof page>[0], pdf: OpenPdf) =>
  pdf.objects.some(({ object: one }) => subtyped("Type0")(one, pdf) && pdf.get(one, "ToUnicode") === object);

const faults: readonly (readonly [rule: string, fault: string, spoil: Spoil])[] = [
  ["6.1.2", "another version", swap("%PDF-1.7", "%PDF-2.0")],
  ["6.1.3 every trailer", "no identifier", swap("/ID[", "/IX[")],
  ["6.1.3 no trailer", "something behind the end", ({ bytes }) => Uint8Array.from([...bytes, 10, 37, 10])],
  ["6.1.4", "a space before the subsection", swap("\nxref\n0 ", "\nxref 0 ")],
  ["6.1.6", "an odd number of digits", added("<< /X <abc> >>")],
  ["6.1.7.1 the length", "a length that is wrong", added("<< /Length 3 >>\nstream\nabcd\nendstream")],
  ["6.1.7.1 no stream", "data in another file", rewrite(image, { F: "(other.jpg)" })],
  ["6.1.7.2", "LZW", rewrite(image, { Filter: "/LZWDecode" })],
  ["6.1.8", "a font name that is not UTF-8", rewrite(font, { BaseFont: "/ABCDEF+A#ff#fe" })],
  ["6.1.9", "obj with its dictionary on one line", swap(" 0 obj\n<<", " 0 obj <<")],
  ["6.1.10", "an inline image", redraw(firstContent, before("BI /W 1 /H 1 ID EI"))],
  ["6.1.12", "a certification", rewrite(catalog, { Perms: "<< /DocMDP << >> >>" })],
  ["6.1.13 numbers,", "a number beyond 31 bits", added("<< /X 2147483648 >>")],
  ["6.1.13 at most", "29 saved states", redraw(firstContent, before(`${"q ".repeat(29)}${"Q ".repeat(29)}`))],
  ["6.1.13 each side", "a page of 20,000 units", rewrite(page, { MediaBox: "[0 0 595 20000]" })],
  ["6.2.2 content", "an unknown operator", redraw(firstContent, before("BX foo EX"))],
  ["6.2.2 whatever", "a font that is not there", redraw(firstContent, before("/Zz 9 Tf"))],
  ["6.2.3", "no output intent", rewrite(catalog, { OutputIntents: "[]" })],
  ["6.2.4.3 pictures", "a CMYK picture", rewrite(image, { ColorSpace: "/DeviceCMYK" })],
  ["6.2.4.3 content", "CMYK ink", redraw(firstContent, before("0 0 0 1 k"))],
  ["6.2.5", "a transfer function", rewrite(page, { Resources: "<< /ExtGState << /G << /TR /Identity >> >> >>" })],
  ["6.2.6", "an intent of its own", rewrite(image, { Intent: "/Vivid" })],
  ["6.2.8.1 pictures", "an interpolated picture", rewrite(image, { Interpolate: "true" })],
  ["6.2.8.1 a picture's", "a width that the data do not have", rewrite(image, { Width: "17" })],
  ["6.2.9", "another file's page", rewrite(subtyped("Form"), { Ref: "<< >>" })],
  ["6.2.10", "a blend mode", rewrite(page, { Resources: "<< /ExtGState << /G << /BM /Odd >> >> >>" })],
  ["6.2.11.2", "a font of another type", rewrite(font, { Subtype: "/Type3" })],
  ["6.2.11.3.1", "another encoding", rewrite(font, { Encoding: "/UniJIS-UTF16-H" })],
  ["6.2.11.3.2", "no glyph map", without(cidFont, "CIDToGIDMap")],
  [
    "6.2.11.4.1",
    "a font that lost its tables",
    redraw(
      (object) => object.kind === "stream" && object.dictionary.entries.has("Length1"),
      (data) => data.replace("glyf", "gone"),
    ),
  ],
  ["6.2.11.4.2", "a whole font's name", rewrite(font, { BaseFont: "/Tinos" })],
  [
    "6.2.11.5",
    "widths of another font",
    rewrite((object, pdf) => cidFont(object, pdf) && pdf.list(object, "W").length > 0, { W: "[1 [999 999 999 999]]" }),
  ],
  [
    "6.2.11.7.2",
    "a code that means nothing",
    redraw(unicodeMap, (data) => data.replace(/<0002> <\w+>/, "<0002> <feff>")),
  ],
  [
    "6.2.11.7.3",
    "a character of nobody's",
    redraw(unicodeMap, (data) => data.replace(/<0002> <\w+>/, "<0002> <e000>")),
  ],
  ["6.2.11.8", "a missing glyph", redraw(firstContent, (data) => data.replace(/<[0-9a-f]{4}/, "<0000"))],
  ["6.3.1", "a film", rewrite(widget, { Subtype: "/Movie" })],
  ["6.3.2", "a hidden field", rewrite(widget, { F: "6" })],
  ["6.3.3", "no appearance", without(widget, "AP")],
  ["6.4.1 fields", "an action of a field", rewrite(widget, { AA: "<< >>" })],
  [
    "6.4.1 every field",
    "a field on no page",
    rewrite((object, pdf) => page(object, pdf) && pdf.list(object, "Annots").length > 0, { Annots: "[]" }),
  ],
  ["6.4.2", "an XFA form", rewrite(form, { XFA: "(x)" })],
  ["6.5.1", "a script", added("<< /Type /Action /S /JavaScript /JS (x) >>")],
  ["6.5.2", "an action at opening", rewrite(catalog, { OpenAction: "[]" })],
  ["6.8", "an embedded file", added("<< /Type /EmbeddedFile >>")],
  ["6.9", "optional content", rewrite(catalog, { OCProperties: "<< >>" })],
  ["6.10", "presentation steps", rewrite(page, { PresSteps: "<< >>" })],
  ["6.11", "requirements", rewrite(catalog, { Requirements: "[]" })],
  ["6.6.2.1 the catalog", "a packet that is not closed", swap("</x:xmpmeta>", "</x:xmpmetb>")],
  ["6.6.2.1 there is", "a second packet", added("<< /Type /Metadata >>")],
  [
    "6.6.2.3.1",
    "a property that nothing describes",
    swap("<pdfaProperty:name>Book</pdfaProperty:name>", "<pdfaProperty:name>Bool</pdfaProperty:name>"),
  ],
  [
    "6.6.2.3.3",
    "a prefix of its own",
    both(swap("<pdfaProperty:name>Book</pdfaProperty:name>", "<pdfaProperty:namf>Book</pdfaProperty:namf>")),
  ],
  [
    "6.6.3",
    "two titles",
    swap('<dc:title><rdf:Alt><rdf:li xml:lang="x-default">B', '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">C'),
  ],
  ["6.6.4", "another level", swap("<pdfaid:conformance>A", "<pdfaid:conformance>B")],
  ["6.7.2.2", "not marked", rewrite(catalog, { MarkInfo: "<< /Marked false >>" })],
  [
    "6.7.3.1",
    "tabs in no order",
    rewrite((object, pdf) => page(object, pdf) && pdf.list(object, "Annots").length > 0, { Tabs: "/W" }),
  ],
  ["6.7.3.2", "something painted outside of tags", redraw(firstContent, before("0 0 9 9 re f"))],
  ["6.7.3.3 the catalog's", "an element of no type", without(element("P"), "Type")],
  ["6.7.3.3 each piece", "a piece that nothing names", rewrite(element("P"), { K: "[]" })],
  ["6.7.3.3 no element", "an empty element", rewrite(element("P"), { K: "[]" })],
  ["6.7.3.4 structure", "a type of its own", rewrite(element("P"), { S: "/Absatz" })],
  ["6.7.3.4 headings", "a heading too deep", rewrite(element("H1"), { S: "/H4" })],
  ["6.7.4", "a language that is none", rewrite(catalog, { Lang: "(Vietnamese)" })],
  ["6.7.5", "a picture without words", without(element("Figure"), "Alt")],
  ["6.7.6", "a field that the tree does not hold", rewrite(widget, { StructParent: "0" })],
];

const ruleFor = (key: string) =>
  everyRule.filter(({ clause, says }) => key === clause || `${clause} ${says}`.startsWith(`${key} `));

describe("ISO 19005-2: every rule finds its own fault", () => {
  let good: OpenPdf;
  beforeAll(async () => {
    good = openPdf((await composed(await sampleCopy([papers.idCard], { development: true }))).pdf);
  });

  test.each(faults)("§%s: %s", (key, _, spoil) => {
    const [rule, ...others] = ruleFor(key);
    expect(others).toEqual([]);
    const spoiled = openPdf(spoil(good));
    expect(rule?.findings(good)).toEqual([]);
    expect(() => {
      const found = rule?.findings(spoiled) ?? [];
      if (found.length > 0) throw new Error(found.join());
    }).toThrow();
  });

  test("no rule is without its fault", () => {
    const tried = new Set(faults.flatMap(([key]) => ruleFor(key)));
    const signatureRules = everyRule.filter(({ clause }) => clause === "6.4.3"); // below
    expect(everyRule.filter((rule) => !tried.has(rule) && !signatureRules.includes(rule))).toEqual([]);
  });
});

describe("ISO 19005-2 §6.4.3: what a signature must be", () => {
  let pki: ThrowawayPki;
  let signed: OpenPdf;
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });
  beforeAll(async () => {
    pki = await throwawayPki();
    const { world, request, holder } = sealingBy(pki, http);
    const { pdf } = await composed(await sampleCopy([papers.idCard]));
    const basic = { ...world(holder("officer")), timestamps: null };
    signed = openPdf(value(await sealSignature(request(pdf, "officer"), basic)).pdf);
  }, 60_000);
  afterAll(async () => {
    http.close();
    await pki.end();
  });

  test.each([
    [
      "covers",
      "a byte range that leaves something out",
      (text: string) => text.replace(/\/ByteRange \[0 \d/, "/ByteRange [1 1"),
    ],
    [
      "PKCS",
      "a signature without its certificate",
      (text: string) => text.replace(/(\/Contents <30)82(....)/, "$182$2".replace("82", "81")),
    ],
  ])("a rule that says %s finds %s", (word, _, change) => {
    const rule = everyRule.find(({ clause, says }) => clause === "6.4.3" && says.includes(word));
    const spoiled = openPdf(Uint8Array.from(Buffer.from(change(signed.text), "latin1")));
    expect(rule?.findings(signed)).toEqual([]);
    expect(rule?.findings(spoiled)).toEqual(["officer"]);
  });
});
