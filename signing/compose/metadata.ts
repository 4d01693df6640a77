import {
  type PDFArray,
  type PDFContext,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFRawStream,
  type PDFRef,
  PDFString,
} from "pdf-lib";
import { hexOf, type Instant, type Sha256, utf8 } from "../../src/core/kernel.ts";
import type { CopyToCompose } from "./copy-to-compose.ts";
import { packedStream } from "./packed-stream.ts";
import { srgbProfile } from "./srgb-profile.ts";
import { fileTitle, madeFromPaper } from "./wording.ts";

const tool = "chungthuc";

/** What a file says of itself besides its pages. */
export type FileFacts = {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  /** The file's own dates, nothing else. */
  readonly composedAt: Instant;
  /** BCP 47; Vietnamese where not said. */
  readonly language?: "vi" | "en";
  readonly own: readonly Property[];
};

/** One of our own properties; `xml` is escaped already. */
export type Property = { readonly name: string; readonly type: string; readonly says: string; readonly xml: string };

/** The copy's: made from paper, by whom. Law on Electronic Transactions 2023 Art. 12. */
export const copyFacts = (copy: CopyToCompose, pageDigests: readonly Sha256[]): FileFacts => ({
  title: fileTitle(copy.certificate, copy.original.title),
  author: copy.certificate.agency,
  subject: madeFromPaper,
  composedAt: copy.composedAt,
  own: ownProperties(copy, pageDigests),
});

/**
 * What makes the file say that it is a PDF/A-2a: XMP (ISO 19005-2 §6.6), output intent (§6.2.3), file
 * identifier (§6.1.3), language, title shown in the window.
 *
 * @param identity 16 bytes or more drawn from the content, so that equal files are equal in every byte
 */
export function writeFileMetadata(document: PDFDocument, facts: FileFacts, identity: Uint8Array): void {
  const { context } = document;
  context.trailerInfo.ID = fileIdentifier(context, identity);
  writeFacts(document, facts, context.register(metadataStream(context, facts, identity)));
}

/** The same without what differs from file to file of the same facts. @param packet where the XMP will stand */
export function writeFacts({ context, catalog }: PDFDocument, facts: FileFacts, packet: PDFRef): void {
  context.trailerInfo.Info = context.register(informationOf(context, facts));
  catalog.set(PDFName.of("Metadata"), packet);
  catalog.set(PDFName.of("OutputIntents"), context.obj([writeOutputIntent(context)]));
  catalog.set(PDFName.of("Lang"), PDFString.of(facts.language ?? "vi"));
  catalog.set(PDFName.of("ViewerPreferences"), context.obj({ DisplayDocTitle: true }));
  catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
}

export function fileIdentifier(context: PDFContext, identity: Uint8Array): PDFArray {
  const identifier = PDFHexString.of(hexOf(identity.subarray(0, 16)));
  return context.obj([identifier, identifier]);
}

/** Not compressed: tools that know no PDF find it as plain text (ISO 19005-2 §6.6.2.1 permits both). */
export const metadataStream = (context: PDFContext, facts: FileFacts, identity: Uint8Array): PDFRawStream =>
  context.stream(utf8(xmpOf(facts, uuidOf(identity))), { Type: "Metadata", Subtype: "XML" });

function informationOf(context: PDFContext, { title, author, subject, composedAt }: FileFacts) {
  const date = PDFString.of(`D:${composedAt.replace(/[-:TZ]/g, "")}Z`);
  return context.obj({
    Title: PDFHexString.fromText(title),
    Author: PDFHexString.fromText(author),
    Subject: PDFHexString.fromText(subject),
    Creator: PDFString.of(tool),
    Producer: PDFString.of(tool),
    CreationDate: date,
    ModDate: date,
  });
}

function writeOutputIntent(context: PDFContext): PDFRef {
  const profile = packedStream(context, srgbProfile(), { N: 3 });
  return context.register(
    context.obj({
      Type: "OutputIntent",
      S: "GTS_PDFA1",
      OutputConditionIdentifier: PDFString.of("sRGB IEC61966-2.1"),
      Info: PDFString.of("sRGB IEC61966-2.1"),
      DestOutputProfile: profile,
    }),
  );
}

/** Our own properties. A name only: nothing is fetched from it. */
const namespace = "urn:uuid:0f6a4be2-6d0c-4c55-9d3e-5b1f6f4f2a71#";

export const textProperty = (name: string, says: string, value: string): Property => ({
  name,
  type: "Text",
  says,
  xml: escaped(value),
});

function ownProperties(copy: CopyToCompose, pageDigests: readonly Sha256[]): Property[] {
  const { certificate } = copy;
  const bag = pageDigests.map((digest) => `<rdf:li>${digest}</rdf:li>`).join("");
  const text = textProperty;
  return [
    text("Conversion", "That the copy was made from a paper original", madeFromPaper),
    text("ConvertedBy", "Person who certified the copy", certificate.officer.name),
    text("ConvertingAgency", "Agency that certified the copy", certificate.agency),
    text("CertificateNumber", "Number in the register", certificate.number),
    text("Book", "Book of the register", certificate.book),
    text("CertificationDate", "Calendar day in Vietnam, ISO 8601", certificate.date),
    text("CheckAt", "Public page where the copy is checked", copy.linkUrl),
    { name: "Pages", type: "Integer", says: "Pages of the original", xml: String(pageDigests.length) },
    {
      name: "PageDigests",
      type: "seq Text",
      says: "SHA-256 of each page image stream",
      xml: `<rdf:Seq>${bag}</rdf:Seq>`,
    },
    ...(copy.development ? [text("Development", "The copy has no legal value", "true")] : []),
  ];
}

function xmpOf(facts: FileFacts, uuid: string): string {
  const properties = facts.own;
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    description('xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"', [
      "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
    ]),
    description('xmlns:dc="http://purl.org/dc/elements/1.1/"', dublinCore(facts)),
    description('xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"', [
      ...["CreateDate", "ModifyDate", "MetadataDate"].map((name) => `<xmp:${name}>${facts.composedAt}</xmp:${name}>`),
      `<xmp:CreatorTool>${tool}</xmp:CreatorTool><pdf:Producer>${tool}</pdf:Producer>`,
    ]),
    description('xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"', [`<xmpMM:DocumentID>uuid:${uuid}</xmpMM:DocumentID>`]),
    description(
      `xmlns:ct="${namespace}"`,
      properties.map(({ name, xml }) => `<ct:${name}>${xml}</ct:${name}>`),
    ),
    extensionSchema(properties),
    "</rdf:RDF></x:xmpmeta>",
    '<?xpacket end="r"?>',
  ].join("\n");
}

const dublinCore = ({ title, author, subject, language = "vi" }: FileFacts): string[] => [
  "<dc:format>application/pdf</dc:format>",
  `<dc:title>${alternative(title)}</dc:title>`,
  `<dc:description>${alternative(subject)}</dc:description>`,
  `<dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator>`,
  `<dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>`,
];

/** Properties outside the standard schemas must be described in the packet itself, ISO 19005-2 §6.6.2.3. */
function extensionSchema(properties: readonly Property[]): string {
  const described = properties.map(
    ({ name, type, says }) =>
      `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name>` +
      `<pdfaProperty:valueType>${type}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>` +
      `<pdfaProperty:description>${says}</pdfaProperty:description></rdf:li>`,
  );
  const spaces =
    'xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" ' +
    'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"';
  return description(spaces, [
    '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">',
    "<pdfaSchema:schema>Certified electronic copy of a paper original</pdfaSchema:schema>",
    `<pdfaSchema:namespaceURI>${namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>ct</pdfaSchema:prefix>`,
    `<pdfaSchema:property><rdf:Seq>${described.join("\n")}</rdf:Seq></pdfaSchema:property>`,
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>",
  ]);
}

const description = (spaces: string, lines: readonly string[]): string =>
  [`<rdf:Description rdf:about="" ${spaces}>`, ...lines, "</rdf:Description>"].join("\n");

const alternative = (text: string): string =>
  `<rdf:Alt><rdf:li xml:lang="x-default">${escaped(text)}</rdf:li></rdf:Alt>`;

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character] ?? "");

/** RFC 9562 §5.8: version 8, bits of one's own choosing. */
function uuidOf(identity: Uint8Array): string {
  const bytes = Uint8Array.from(identity.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
