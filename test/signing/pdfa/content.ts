import { cursorAt, isRegular, peek, skipSpace } from "../../../signing/format/pdf/lexer.ts";
import type { PdfObject } from "../../../signing/format/pdf/object.ts";
import { parseObject } from "../../../signing/format/pdf/parser.ts";
import type { OpenPdf } from "./open-pdf.ts";

export type Operation = { readonly operator: string; readonly operands: readonly PdfObject[] };

/** A content stream as its operators, ISO 32000-1 §7.8.2. */
export function operationsIn(data: Uint8Array): Operation[] {
  const cursor = cursorAt(Uint8Array.from(data), 0);
  const operations: Operation[] = [];
  let operands: PdfObject[] = [];
  for (skipSpace(cursor); peek(cursor) !== undefined; skipSpace(cursor)) {
    const start = cursor.at;
    const isKeyword = /[A-Za-z'"]/.test(String.fromCharCode(peek(cursor) ?? 0));
    if (!isKeyword) {
      const operand = parseObject(cursor, 8);
      if (operand === null) throw new Error(`content stream broken at ${start}`);
      operands.push(operand);
      continue;
    }
    while (isRegular(peek(cursor))) cursor.at++;
    operations.push({ operator: Buffer.from(cursor.bytes.subarray(start, cursor.at)).toString("latin1"), operands });
    operands = [];
  }
  return operations;
}

/** Content streams with the resources that belong to them: pages, form XObjects, appearances. */
export type Content = { readonly where: string; readonly operations: readonly Operation[]; readonly holder: PdfObject };

/** Read once for all rules. */
const known = new WeakMap<OpenPdf, Content[]>();

export function contentsOf(pdf: OpenPdf): Content[] {
  const contents = known.get(pdf) ?? readContents(pdf);
  known.set(pdf, contents);
  return contents;
}

function readContents(pdf: OpenPdf): Content[] {
  const pages = pdf.pages.map((page, i) => ({
    where: `page ${i + 1}`,
    operations: operationsIn(pdf.decode(pdf.get(page, "Contents"))),
    holder: page,
  }));
  const forms = pdf.objects.flatMap(({ number, object }) =>
    pdf.name(object, "Subtype") === "Form"
      ? [{ where: `form ${number}`, operations: operationsIn(pdf.decode(object)), holder: object }]
      : [],
  );
  return [...pages, ...forms];
}

/** One string shown by Tj: the font, the codes, and how. */
export type Shown = {
  readonly where: string;
  readonly font: PdfObject;
  readonly codes: readonly number[];
  readonly mode: number;
};

type TextState = { readonly font: PdfObject; readonly mode: number };

/** Every text that is shown; all of ours are two-byte codes with Tj. */
export const textShown = (pdf: OpenPdf): Shown[] => contentsOf(pdf).flatMap((content) => shownIn(pdf, content));

function shownIn(pdf: OpenPdf, { where, operations, holder }: Content): Shown[] {
  const shown: Shown[] = [];
  const saved: TextState[] = [];
  let state: TextState = { font: holder, mode: 0 };
  for (const operation of operations) {
    const [text] = operation.operands;
    if (operation.operator === "q") saved.push(state);
    if (operation.operator === "Q") state = saved.pop() ?? state;
    if (operation.operator === "Tj" && text?.kind === "string")
      shown.push({ where, ...state, codes: codesIn(text.bytes) });
    state = changed(pdf, holder, state, operation);
  }
  return shown;
}

function changed(pdf: OpenPdf, holder: PdfObject, state: TextState, { operator, operands }: Operation): TextState {
  const [first] = operands;
  if (operator === "Tr" && first?.kind === "number") return { ...state, mode: first.value };
  if (operator !== "Tf" || first?.kind !== "name") return state;
  return { ...state, font: pdf.get(holder, "Resources", "Font", first.value) };
}

const codesIn = (bytes: Uint8Array): number[] =>
  Array.from({ length: bytes.length / 2 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
