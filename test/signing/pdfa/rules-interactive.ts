import { parseSignedData } from "../../../signing/format/cms.ts";
import type { PdfObject } from "../../../signing/format/pdf/object.ts";
import { dictionariesOf, has, type OpenPdf, ofType } from "./open-pdf.ts";
import { type Rule, unless } from "./rule.ts";

const annotations = (pdf: OpenPdf): PdfObject[] => pdf.pages.flatMap((page) => pdf.list(page, "Annots"));
const labelOf = (pdf: OpenPdf, annotation: PdfObject): string => {
  const name = pdf.get(annotation, "T");
  return name.kind === "string"
    ? Buffer.from(name.bytes).toString("latin1")
    : (pdf.name(annotation, "Subtype") ?? "annotation");
};
const isEmpty = (pdf: OpenPdf, annotation: PdfObject): boolean => {
  const [left, bottom, right, top] = pdf.list(annotation, "Rect").map((side) => pdf.number(side));
  return left === right && bottom === top;
};
const fields = (pdf: OpenPdf) => pdf.list(pdf.catalog, "AcroForm", "Fields");
const signatures = (pdf: OpenPdf) =>
  fields(pdf).flatMap((field) => {
    const value = pdf.get(field, "V");
    return value.kind === "null" ? [] : [{ label: labelOf(pdf, field), value }];
  });

const bit = (flags: number, position: number): boolean => (flags & (1 << (position - 1))) !== 0;
const [invisible, hidden, print, noView, toggleNoView] = [1, 2, 3, 6, 9];

const permittedAnnotations =
  "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup FileAttachment Widget PrinterMark TrapNet Watermark Redact".split(
    " ",
  );
const permittedActions = ["GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm"];

/** §6.3 Annotations, §6.4 Interactive forms, §6.5 Actions, and the parts that a certified copy never has (§6.8 to §6.11). */
export const interactiveRules: readonly Rule[] = [
  {
    clause: "6.3.1",
    says: "annotations are of the permitted types",
    findings: (pdf) =>
      annotations(pdf).flatMap((one) =>
        unless(permittedAnnotations.includes(pdf.name(one, "Subtype") ?? ""), labelOf(pdf, one)),
      ),
  },
  {
    clause: "6.3.2",
    says: "every annotation is printed and none is hidden",
    findings: (pdf) =>
      annotations(pdf).flatMap((one) => {
        const flags = pdf.number(one, "F");
        const isHidden = [invisible, hidden, noView, toggleNoView].some((position) => bit(flags ?? 0, position));
        return unless(flags !== null && bit(flags, print) && !isHidden, labelOf(pdf, one));
      }),
  },
  {
    clause: "6.3.3",
    says: "an annotation with room has an appearance, which is one stream under N alone",
    findings: (pdf) =>
      annotations(pdf).flatMap((one) => {
        if (!has(one, "AP")) return unless(isEmpty(pdf, one) || pdf.name(one, "Subtype") === "Link", labelOf(pdf, one));
        const appearance = pdf.get(one, "AP");
        const keys = appearance.kind === "dictionary" ? [...appearance.entries.keys()] : [];
        const stream = pdf.get(appearance, "N");
        return unless(
          keys.join() === "N" && stream.kind === "stream" && pdf.name(stream, "Subtype") === "Form",
          labelOf(pdf, one),
        );
      }),
  },
  {
    clause: "6.4.1",
    says: "fields and widgets hold no actions, and viewers are not asked to draw them anew",
    findings: (pdf) => [
      ...fields(pdf).flatMap((field) => unless(!has(field, "A") && !has(field, "AA"), labelOf(pdf, field))),
      ...unless(!has(pdf.get(pdf.catalog, "AcroForm"), "NeedAppearances"), "/NeedAppearances"),
    ],
  },
  {
    clause: "6.4.1",
    says: "every field is a widget on the page that it names (ISO 32000-1 §12.7.3)",
    findings: (pdf) =>
      fields(pdf).flatMap((field) => unless(pdf.list(field, "P", "Annots").includes(field), labelOf(pdf, field))),
  },
  {
    clause: "6.4.2",
    says: "no XFA form, nothing that must be rendered first",
    findings: (pdf) => [
      ...unless(!has(pdf.get(pdf.catalog, "AcroForm"), "XFA"), "/XFA"),
      ...unless(!has(pdf.catalog, "NeedsRendering"), "/NeedsRendering"),
    ],
  },
  {
    clause: "6.4.3",
    says: "the byte range of a signature covers its whole revision but its own Contents",
    findings: (pdf) =>
      signatures(pdf).flatMap(({ label, value }) => {
        const [from, length, rest, tail] = pdf.list(value, "ByteRange").map((item) => pdf.number(item) ?? -1);
        const contents = pdf.get(value, "Contents");
        if (contents.kind !== "string" || rest === undefined || tail === undefined) return [label];
        const isGap = from === 0 && length === contents.start && rest === contents.end;
        const end = pdf.file.revisions.find((revision) => revision.end >= rest)?.end;
        return unless(isGap && rest + tail === end, label);
      }),
  },
  {
    clause: "6.4.3",
    says: "a signature is a PKCS #7 object of one signer with that signer's certificate",
    findings: (pdf) =>
      signatures(pdf).flatMap(({ label, value }) => {
        const contents = pdf.get(value, "Contents");
        if (contents.kind !== "string") return [label];
        const length = Buffer.from(contents.bytes).readUInt16BE(2) + 4;
        const data = parseSignedData(contents.bytes.slice(0, length));
        return unless(data.ok && data.value.signers.length === 1 && data.value.certificates.length > 0, label);
      }),
  },
  {
    clause: "6.5.1",
    says: "actions are of the permitted types",
    findings: (pdf) =>
      dictionariesOf(pdf).flatMap((object) => {
        const isAction = pdf.name(object, "Type") === "Action" || has(object, "A");
        const action = has(object, "A") ? pdf.get(object, "A") : object;
        const kind = action.kind === "dictionary" && !has(action, "O") ? pdf.name(action, "S") : null;
        return isAction && kind !== null ? unless(permittedActions.includes(kind), kind) : [];
      }),
  },
  {
    clause: "6.5.2",
    says: "nothing happens by itself: no actions of catalog or pages",
    findings: (pdf) => [
      ...["AA", "OpenAction"].flatMap((key) => unless(!has(pdf.catalog, key), `catalog /${key}`)),
      ...pdf.pages.flatMap((page, i) => unless(!has(page, "AA"), `page ${i + 1}`)),
    ],
  },
  {
    clause: "6.8",
    says: "no file is embedded",
    findings: (pdf) => [
      ...dictionariesOf(pdf).flatMap((object) =>
        unless(!has(object, "EF") && pdf.name(object, "Type") !== "EmbeddedFile", "file"),
      ),
      ...unless(pdf.get(pdf.catalog, "Names", "EmbeddedFiles").kind === "null", "/EmbeddedFiles"),
    ],
  },
  {
    clause: "6.9",
    says: "no optional content: what is shown is shown to all",
    findings: (pdf) => [
      ...unless(!has(pdf.catalog, "OCProperties"), "catalog"),
      ...ofType(pdf, "OCG").map(() => "group"),
    ],
  },
  {
    clause: "6.10",
    says: "no alternate presentations and no presentation steps",
    findings: (pdf) => [
      ...unless(pdf.get(pdf.catalog, "Names", "AlternatePresentations").kind === "null", "catalog"),
      ...pdf.pages.flatMap((page, i) => unless(!has(page, "PresSteps"), `page ${i + 1}`)),
    ],
  },
  {
    clause: "6.11",
    says: "no requirements that a reader would have to meet",
    findings: (pdf) => unless(!has(pdf.catalog, "Requirements"), "catalog"),
  },
];
