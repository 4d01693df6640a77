import type { PdfObject } from "../../../signing/format/pdf/object.ts";
import { contentsOf, type Operation } from "./content.ts";
import { has, type OpenPdf, ofType, textOf } from "./open-pdf.ts";
import { type Rule, unless } from "./rule.ts";
import { type Element, elementsOf, parentTreeOf } from "./structure-walk.ts";

/** ISO 32000-1 §14.8.4. */
const standardTypes =
  "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split(
    " ",
  );

const annotations = (pdf: OpenPdf): PdfObject[] => pdf.pages.flatMap((page) => pdf.list(page, "Annots"));
const hasRoom = (pdf: OpenPdf, annotation: PdfObject): boolean => {
  const [left, bottom, right, top] = pdf.list(annotation, "Rect").map((side) => pdf.number(side));
  return left !== right || bottom !== top;
};

/** What may hold what, ISO 32000-1 tables 335 to 337, for the types that are used. */
const permittedParents: Record<string, readonly string[]> = {
  TR: ["Table", "TBody", "THead"],
  TD: ["TR"],
  TH: ["TR"],
  LI: ["L"],
  LBody: ["LI"],
  Lbl: ["LI"],
  Sect: ["Document", "Sect"],
};

const painting = new Set("S s f F f* B B* b b* sh Do Tj TJ ' \" EI".split(" "));

type Marked = { readonly ids: number[]; readonly kinds: string[]; readonly outside: string[]; nested: boolean };

/** Marked contents of a page in their order, and what is painted outside of them. */
function markedIn(operations: readonly Operation[]): Marked {
  const found: Marked = { ids: [], kinds: [], outside: [], nested: false };
  let depth = 0;
  for (const operation of operations) {
    const isOpening = operation.operator === "BMC" || operation.operator === "BDC";
    if (isOpening) open(found, operation, depth);
    if (painting.has(operation.operator) && depth === 0) found.outside.push(operation.operator);
    depth += (isOpening ? 1 : 0) - (operation.operator === "EMC" ? 1 : 0);
  }
  return found;
}

function open(found: Marked, { operands: [tag, properties] }: Operation, depth: number): void {
  if (depth > 0) found.nested = true;
  const id = properties?.kind === "dictionary" ? properties.entries.get("MCID") : undefined;
  if (id?.kind !== "number") return;
  found.ids.push(id.value);
  found.kinds.push(tag?.kind === "name" ? tag.value : "");
}

const pageContents = (pdf: OpenPdf) => contentsOf(pdf).slice(0, pdf.pages.length);

/** §6.7 Logical structure: what level A asks beyond U. */
export const structureRules: readonly Rule[] = [
  {
    clause: "6.7.2.2",
    says: "the catalog says that the file is tagged",
    findings: (pdf) => unless(JSON.stringify(pdf.get(pdf.catalog, "MarkInfo", "Marked")).includes("true"), "catalog"),
  },
  {
    clause: "6.7.3.2",
    says: "everything painted on a page is inside a tag or an artifact, and none inside another",
    findings: (pdf) =>
      pageContents(pdf).flatMap(({ where, operations }) => {
        const { outside, nested, ids } = markedIn(operations);
        return unless(outside.length === 0 && !nested && new Set(ids).size === ids.length, where);
      }),
  },
  {
    clause: "6.7.3.3",
    says: "the catalog's structure tree leads to every element, each of which says so and names its parent",
    findings: (pdf) => {
      const elements = elementsOf(pdf);
      const root = pdf.get(pdf.catalog, "StructTreeRoot");
      return [
        ...unless(pdf.name(root, "Type") === "StructTreeRoot" && elements[0]?.kind === "Document", "root"),
        ...unless(ofType(pdf, "StructElem").length === elements.length, "elements"),
        ...elements.flatMap(({ object, parent, kind }) =>
          unless(pdf.name(object, "Type") === "StructElem" && pdf.get(object, "P") === (parent?.object ?? root), kind),
        ),
      ];
    },
  },
  {
    clause: "6.7.3.3",
    says: "each piece of marked content stands in the tree once, and the parent tree leads from it to its element",
    findings: (pdf) => {
      const tree = parentTreeOf(pdf);
      const elements = elementsOf(pdf);
      return pageContents(pdf).flatMap(({ where, operations }, page) => {
        const parents = pdf.list(
          tree.get(pdf.number(pdf.pages[page] ?? pdf.catalog, "StructParents") ?? -1) ?? pdf.catalog,
        );
        const { ids, kinds } = markedIn(operations);
        return ids.flatMap((id, i) => {
          const holders = elements.filter(({ marked }) => marked.some((one) => one.page === page && one.id === id));
          const [holder, ...others] = holders;
          const isFound = holder !== undefined && others.length === 0 && parents[id] === holder.object;
          return unless(isFound && (holder.kind === kinds[i] || kinds[i] === "Span"), `${where} ${id}`);
        });
      });
    },
  },
  {
    clause: "6.7.3.4",
    says: "structure types are the standard ones, each where it may stand",
    findings: (pdf) =>
      elementsOf(pdf).flatMap(({ kind, parent }) =>
        unless(
          standardTypes.includes(kind) && (permittedParents[kind]?.includes(parent?.kind ?? "") ?? true),
          `${kind} in ${parent?.kind}`,
        ),
      ),
  },
  {
    clause: "6.7.3.4",
    says: "headings go down one level at a time",
    findings: (pdf) => {
      const levels = elementsOf(pdf).flatMap(({ kind }) => (/^H[1-6]$/.test(kind) ? [Number(kind[1])] : []));
      return levels.flatMap((level, i) => unless(level <= (levels[i - 1] ?? 0) + 1, `heading ${i + 1}: H${level}`));
    },
  },
  {
    clause: "6.7.4",
    says: "the language of the document is known, and every other language is a tag of BCP 47",
    findings: (pdf) => {
      const languages = [pdf.catalog, ...elementsOf(pdf).map(({ object }) => object)].flatMap((object) =>
        has(object, "Lang") ? [textOf(pdf.get(object, "Lang"))] : [],
      );
      return [
        ...unless(has(pdf.catalog, "Lang"), "catalog"),
        ...languages.flatMap((one) => unless(/^[a-z]{2}(-[A-Z]{2})?$/.test(one ?? ""), String(one))),
      ];
    },
  },
  {
    clause: "6.7.5",
    says: "every figure says in words what it shows, and where it stands",
    findings: (pdf) =>
      elementsOf(pdf).flatMap(({ kind, object }) =>
        kind === "Figure"
          ? unless(
              (textOf(pdf.get(object, "Alt")) ?? "").length > 10 && pdf.list(object, "A", "BBox").length === 4,
              kind,
            )
          : [],
      ),
  },
  {
    clause: "6.7.6",
    says: "every annotation with room stands in the tree (links as Link, fields as Form) and says what it is",
    findings: (pdf) => {
      const tree = parentTreeOf(pdf);
      const elements = elementsOf(pdf);
      return annotations(pdf)
        .filter((one) => hasRoom(pdf, one))
        .flatMap((one) => {
          const holder = elements.find(({ annotations: held }) => held.includes(one));
          const wanted = pdf.name(one, "Subtype") === "Link" ? "Link" : "Form";
          const words = textOf(pdf.get(one, wanted === "Link" ? "Contents" : "TU")) ?? "";
          const isLed = tree.get(pdf.number(one, "StructParent") ?? -1) === holder?.object;
          return unless(holder?.kind === wanted && isLed && words.length > 5, words);
        });
    },
  },
  {
    clause: "6.7.3.1",
    says: "pages with annotations are walked in the order of the structure; the window shows the title",
    findings: (pdf) => [
      ...pdf.pages.flatMap((page, i) =>
        unless(pdf.list(page, "Annots").length === 0 || pdf.name(page, "Tabs") === "S", `page ${i + 1}`),
      ),
      ...unless(
        JSON.stringify(pdf.get(pdf.catalog, "ViewerPreferences", "DisplayDocTitle")).includes("true"),
        "catalog",
      ),
    ],
  },
  {
    clause: "6.7.3.3",
    says: "no element is empty",
    findings: (pdf) => elementsOf(pdf).flatMap((one) => unless(isFull(one), one.kind)),
  },
];

const isFull = ({ children, marked, annotations: held }: Element): boolean =>
  children.length + marked.length + held.length > 0;
