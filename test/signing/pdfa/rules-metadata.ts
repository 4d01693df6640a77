import { has, type OpenPdf, ofType, textOf } from "./open-pdf.ts";
import { type Rule, unless } from "./rule.ts";
import { descendants, parseXml, type XmlElement } from "./xml.ts";

const spaces = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  pdfaid: "http://www.aiim.org/pdfa/ns/id/",
  extension: "http://www.aiim.org/pdfa/ns/extension/",
  schema: "http://www.aiim.org/pdfa/ns/schema#",
  property: "http://www.aiim.org/pdfa/ns/property#",
  dc: "http://purl.org/dc/elements/1.1/",
  xmp: "http://ns.adobe.com/xap/1.0/",
  pdf: "http://ns.adobe.com/pdf/1.3/",
  mm: "http://ns.adobe.com/xap/1.0/mm/",
} as const;

/** Properties of the XMP specification that we use, with the form of their values. */
const predefined: Record<string, "text" | "Alt" | "Seq" | "Bag" | "date"> = {
  [`${spaces.dc}format`]: "text",
  [`${spaces.dc}title`]: "Alt",
  [`${spaces.dc}description`]: "Alt",
  [`${spaces.dc}creator`]: "Seq",
  [`${spaces.dc}language`]: "Bag",
  [`${spaces.xmp}CreateDate`]: "date",
  [`${spaces.xmp}ModifyDate`]: "date",
  [`${spaces.xmp}MetadataDate`]: "date",
  [`${spaces.xmp}CreatorTool`]: "text",
  [`${spaces.pdf}Producer`]: "text",
  [`${spaces.mm}DocumentID`]: "text",
};

const packetOf = (pdf: OpenPdf): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(pdf.decode(pdf.get(pdf.catalog, "Metadata")));
const rootOf = (pdf: OpenPdf): XmlElement => parseXml(packetOf(pdf));
const propertiesOf = (pdf: OpenPdf): XmlElement[] =>
  descendants(rootOf(pdf))
    .filter(
      ({ space, name, attributes }) => space === spaces.rdf && name === "Description" && attributes.has("rdf:about"),
    )
    .flatMap(({ children }) => children);
const property = (pdf: OpenPdf, space: string, name: string) =>
  propertiesOf(pdf).find((one) => one.space === space && one.name === name);

const firstText = (element: XmlElement | undefined): string | undefined =>
  element && descendants(element).find(({ children }) => children.length === 0)?.text;

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(text);

function hasForm(element: XmlElement, form: string): boolean {
  const [only, ...others] = element.children;
  if (form === "text" || form === "date" || form === "Text" || form === "Integer")
    return (
      only === undefined &&
      (form !== "date" || isDate(element.text)) &&
      (form !== "Integer" || /^-?\d+$/.test(element.text))
    );
  const container = /^seq /i.test(form) ? "Seq" : form;
  const isContainer = only?.space === spaces.rdf && only.name === container && others.length === 0;
  const items = only?.children ?? [];
  return (
    isContainer &&
    items.every(
      ({ space, name, attributes }) =>
        space === spaces.rdf && name === "li" && (container !== "Alt" || attributes.has("xml:lang")),
    )
  );
}

/** Our own properties with the types that the packet gives them. */
function described(pdf: OpenPdf): ReadonlyMap<string, string> {
  const schemas = descendants(rootOf(pdf)).filter(({ children }) =>
    children.some(({ space, name }) => space === spaces.schema && name === "namespaceURI"),
  );
  const child = (element: XmlElement, name: string) => element.children.find((one) => one.name === name);
  return new Map(
    schemas.flatMap((schema) =>
      descendants(schema)
        .filter(({ children }) => children.some(({ space, name }) => space === spaces.property && name === "name"))
        .map(
          (one) =>
            [
              `${child(schema, "namespaceURI")?.text}${child(one, "name")?.text}`,
              child(one, "valueType")?.text ?? "",
            ] as const,
        ),
    ),
  );
}

const sameMoment = (info: string | null, xmp: string | undefined): boolean =>
  info !== null &&
  xmp !== undefined &&
  info.replace(/^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z") === xmp;

/** §6.6 Metadata. */
export const metadataRules: readonly Rule[] = [
  {
    clause: "6.6.2.1",
    says: "the catalog has a metadata stream that is not packed, its packet header without bytes or encoding, its XML well-formed",
    findings: (pdf) => {
      const metadata = pdf.get(pdf.catalog, "Metadata");
      const packet = packetOf(pdf);
      const isPacket =
        /^<\?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"\?>\n/.test(packet) &&
        /<\?xpacket end="[rw]"\?>\s*$/.test(packet);
      return unless(
        pdf.name(metadata, "Type") === "Metadata" &&
          pdf.name(metadata, "Subtype") === "XML" &&
          !has(metadata, "Filter") &&
          isPacket &&
          rootOf(pdf) !== null,
        "metadata",
      );
    },
  },
  {
    clause: "6.6.2.3.1",
    says: "every property is of the XMP specification or described in the packet, and has the form that its type wants",
    findings: (pdf) => {
      const own = described(pdf);
      return propertiesOf(pdf).flatMap((one) => {
        if (one.space === spaces.pdfaid || one.space === spaces.extension) return [];
        const form = predefined[`${one.space}${one.name}`] ?? own.get(`${one.space}${one.name}`);
        return unless(form !== undefined && hasForm(one, form), `${one.prefix}:${one.name}`);
      });
    },
  },
  {
    clause: "6.6.2.3.3",
    says: "extension schemas have their prefixes, their fields and no others, and known value types",
    findings: (pdf) =>
      descendants(rootOf(pdf)).flatMap((one) => {
        const wanted = {
          [spaces.schema]: "pdfaSchema",
          [spaces.property]: "pdfaProperty",
          [spaces.extension]: "pdfaExtension",
        }[one.space];
        const fields = [
          "schema",
          "namespaceURI",
          "prefix",
          "property",
          "name",
          "valueType",
          "category",
          "description",
          "schemas",
        ];
        const isKnown = one.name !== "valueType" || ["Text", "Integer", "seq Text"].includes(one.text);
        const isCategory = one.name !== "category" || ["internal", "external"].includes(one.text);
        return wanted === undefined
          ? []
          : unless(
              one.prefix === wanted && fields.includes(one.name) && isKnown && isCategory,
              `${one.prefix}:${one.name}`,
            );
      }),
  },
  {
    clause: "6.6.3",
    says: "the information dictionary says what the packet says: title, author, subject, tools, dates",
    findings: (pdf) => {
      const info = pdf.get(pdf.file.revisions.at(-1)?.trailer ?? pdf.catalog, "Info");
      const pairs = { Title: "title", Author: "creator", Subject: "description" };
      return [
        ...Object.entries(pairs).flatMap(([key, name]) =>
          unless(textOf(pdf.get(info, key)) === firstText(property(pdf, spaces.dc, name)), key),
        ),
        ...unless(textOf(pdf.get(info, "Creator")) === property(pdf, spaces.xmp, "CreatorTool")?.text, "Creator"),
        ...unless(textOf(pdf.get(info, "Producer")) === property(pdf, spaces.pdf, "Producer")?.text, "Producer"),
        ...unless(
          sameMoment(textOf(pdf.get(info, "CreationDate")), property(pdf, spaces.xmp, "CreateDate")?.text),
          "CreationDate",
        ),
        ...unless(
          sameMoment(textOf(pdf.get(info, "ModDate")), property(pdf, spaces.xmp, "ModifyDate")?.text),
          "ModDate",
        ),
      ];
    },
  },
  {
    clause: "6.6.4",
    says: "the packet says part 2 and level A, once, by the prefix of the standard",
    findings: (pdf) => {
      const said = propertiesOf(pdf).filter(({ space }) => space === spaces.pdfaid);
      const shown = said.map(({ prefix, name, text }) => `${prefix}:${name}=${text}`).join();
      return unless(shown === "pdfaid:part=2,pdfaid:conformance=A", shown);
    },
  },
  {
    clause: "6.6.2.1",
    says: "there is no other metadata stream that a validator would read beside it",
    findings: (pdf) => unless(ofType(pdf, "Metadata").length === 1, "metadata streams"),
  },
];
