import { entryOf, nameOf, type PdfObject } from "../../../signing/format/pdf/object.ts";
import { contentsOf } from "./content.ts";
import { has, type OpenPdf, ofType, streamsOf, within } from "./open-pdf.ts";
import { type Rule, unless } from "./rule.ts";

const everyValue = (pdf: OpenPdf): { number: number; value: PdfObject }[] => [
  ...pdf.standing.flatMap(({ number, object }) => [...within(object)].map((value) => ({ number, value }))),
  ...pdf.file.revisions.flatMap(({ trailer }) => [...within(trailer)].map((value) => ({ number: 0, value }))),
];

const allowedFilters = ["ASCIIHexDecode", "ASCII85Decode", "FlateDecode", "RunLengthDecode", "CCITTFaxDecode"];
const imageFilters = ["JBIG2Decode", "DCTDecode", "JPXDecode"];

const filtersOf = (pdf: OpenPdf, stream: PdfObject): (string | null)[] => {
  const filter = pdf.get(stream, "Filter");
  if (filter.kind === "null") return [];
  return filter.kind === "array" ? filter.items.map((item) => nameOf(pdf.resolve(item))) : [nameOf(filter)];
};

/** §6.1 File structure. */
export const fileRules: readonly Rule[] = [
  {
    clause: "6.1.2",
    says: "the header stands at byte zero, %PDF-1.n, then one end of line and a comment of four bytes above 127",
    findings: ({ text }) => unless(/^%PDF-1\.[0-7](\r\n|\r|\n)%[\x80-\xff]{4}/.test(text), "header"),
  },
  {
    clause: "6.1.3",
    says: "every trailer has an identifier of two strings; the first names the document in all revisions",
    findings: ({ file, list }) => {
      const ids = file.revisions.map(({ trailer }) =>
        list(trailer, "ID").map((part) => (part.kind === "string" ? Buffer.from(part.bytes).toString("hex") : "")),
      );
      return ids.flatMap((id, i) =>
        unless(id.length === 2 && id[0]?.length === 32 && id[0] === ids[0]?.[0], `trailer ${i}`),
      );
    },
  },
  {
    clause: "6.1.3",
    says: "no trailer names an encryption, and nothing but one end of line follows the last %%EOF",
    findings: ({ file, text }) => [
      ...file.revisions.flatMap(({ trailer }, i) => unless(!has(trailer, "Encrypt"), `trailer ${i}`)),
      ...unless(/%%EOF(\r\n|\r|\n)?$/.test(text), "end of file"),
    ],
  },
  {
    clause: "6.1.4",
    says: "xref and the first subsection header are parted by one end of line; every row has twenty bytes",
    findings: ({ file, text }) =>
      file.revisions.flatMap(({ sections }, i) =>
        sections.flatMap(({ start, isPlain, form }) =>
          unless(
            form === "table" && isPlain && /^xref(\r\n|\r|\n)\d+ \d+\s/.test(text.slice(start, start + 40)),
            `revision ${i}`,
          ),
        ),
      ),
  },
  {
    clause: "6.1.6",
    says: "a hexadecimal string holds an even number of hexadecimal digits and nothing else",
    findings: (pdf) =>
      everyValue(pdf).flatMap(({ number, value }) => {
        if (value.kind !== "string" || !value.hex) return [];
        const digits = pdf.text.slice(value.start + 1, value.end - 1).replace(/\s/g, "");
        return unless(digits.length % 2 === 0 && /^[0-9a-f]*$/i.test(digits), `object ${number}`);
      }),
  },
  {
    clause: "6.1.7.1",
    says: "the length of a stream is what its dictionary says; stream and endstream stand on lines of their own",
    findings: (pdf) =>
      streamsOf(pdf).flatMap(({ number, object, start, end }) => {
        const said = pdf.number(object.dictionary, "Length");
        const whole = pdf.text.slice(start, end);
        const data = object.raw.byteOffset - pdf.bytes.byteOffset - start;
        const isOpened = /stream(\r\n|\n)$/.test(whole.slice(Math.max(0, data - 8), data));
        const isClosed = /^(\r\n|\r|\n)endstream\s/.test(whole.slice(data + (said ?? 0), data + (said ?? 0) + 14));
        return unless(said === object.raw.length && isOpened && isClosed, `object ${number}`);
      }),
  },
  {
    clause: "6.1.7.1",
    says: "no stream lies outside the file",
    findings: (pdf) =>
      streamsOf(pdf).flatMap(({ number, object }) =>
        ["F", "FFilter", "FDecodeParms"].flatMap((key) => unless(!has(object, key), `object ${number} /${key}`)),
      ),
  },
  {
    clause: "6.1.7.2",
    says: "streams are packed with filters of ISO 32000-1 table 6, never LZW or encryption",
    findings: (pdf) =>
      streamsOf(pdf).flatMap(({ number, object }) =>
        filtersOf(pdf, object).flatMap((filter) =>
          unless([...allowedFilters, ...imageFilters].includes(filter ?? ""), `object ${number} ${filter}`),
        ),
      ),
  },
  {
    clause: "6.1.8",
    says: "names of fonts and structure types are valid UTF-8",
    findings: (pdf) =>
      [
        ...ofType(pdf, "Font").map((font) => pdf.name(font, "BaseFont")),
        ...ofType(pdf, "StructElem").map((one) => pdf.name(one, "S")),
      ]
        .map((name) => Buffer.from(name ?? "\xff", "latin1"))
        .flatMap((name) => unless(!name.toString("utf8").includes("\ufffd"), name.toString("latin1"))),
  },
  {
    clause: "6.1.9",
    says: "object number, generation, obj and endobj are parted as the standard wants",
    findings: ({ standing, text }) =>
      standing.flatMap(({ number, start, end }) => {
        const isOpened =
          /(\r|\n)$/.test(text.slice(start - 1, start)) &&
          /^\d+[ \t]\d+[ \t]obj(\r|\n)/.test(text.slice(start, start + 24));
        const isClosed = /(\r|\n)endobj$/.test(text.slice(end - 8, end)) && /^(\r|\n)/.test(text.slice(end, end + 1));
        return unless(isOpened && isClosed, `object ${number}`);
      }),
  },
  {
    clause: "6.1.10",
    says: "there are no inline images",
    findings: (pdf) =>
      contentsOf(pdf).flatMap(({ where, operations }) =>
        unless(
          operations.every(({ operator }) => operator !== "BI"),
          where,
        ),
      ),
  },
  {
    clause: "6.1.12",
    says: "no permissions but those of signatures, and none of ours certifies",
    findings: ({ catalog }) => unless(!has(catalog, "Perms"), "catalog"),
  },
  {
    clause: "6.1.13",
    says: "numbers, strings, names, arrays and dictionaries keep within the limits",
    findings: (pdf) =>
      everyValue(pdf).flatMap(({ number, value }) => unless(isWithinLimits(value), `object ${number}`)),
  },
  {
    clause: "6.1.13",
    says: "at most 8,388,607 objects and 28 saved graphics states inside one another",
    findings: (pdf) => [
      ...unless(pdf.objects.length <= 8_388_607, "objects"),
      ...contentsOf(pdf).flatMap(({ where, operations }) => {
        const depths = operations.reduce<number[]>(
          (all, { operator }) => [...all, (all.at(-1) ?? 0) + (operator === "q" ? 1 : 0) - (operator === "Q" ? 1 : 0)],
          [0],
        );
        return unless(Math.max(...depths) <= 28 && Math.min(...depths) === 0 && depths.at(-1) === 0, where);
      }),
    ],
  },
  {
    clause: "6.1.13",
    says: "each side of a page is 3 to 14,400 units",
    findings: (pdf) =>
      pdf.pages.flatMap((page, i) => {
        const [left = 0, bottom = 0, right = 0, top = 0] = pdf
          .list(page, "MediaBox")
          .map((side) => pdf.number(side) ?? 0);
        return unless(
          [right - left, top - bottom].every((side) => side >= 3 && side <= 14_400),
          `page ${i + 1}`,
        );
      }),
  },
];

function isWithinLimits(value: PdfObject): boolean {
  if (value.kind === "number") return isPossible(value.value);
  if (value.kind === "string") return value.bytes.length < 32_767;
  if (value.kind === "name") return value.value.length <= 127;
  if (value.kind === "dictionary") return [...value.entries.keys()].every((key) => key.length <= 127);
  return value.kind !== "stream" || entryOf(value, "Length").kind === "number";
}

const isPossible = (value: number): boolean =>
  Number.isInteger(value)
    ? value <= 2_147_483_647 && value >= -2_147_483_648
    : Math.abs(value) <= 3.403e38 && Math.abs(value) >= 1.175e-38;
