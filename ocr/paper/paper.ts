import { byLine } from "../layout/segments.ts";
import type { Word, Words } from "../pages.ts";
import { type CardCode, readCardCode } from "./card-code.ts";
import { crossChecks } from "./cross-checks.ts";
import type { FieldSpec } from "./field-specs.ts";
import { identityCard, kindOf, type PaperKind } from "./kinds.ts";
import { type Found, valuesOf } from "./label-finder.ts";
import { signerName } from "./signer.ts";
import { type Check, readValue } from "./values.ts";

export type FieldBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** One value as printed. It aids search and the register; the official's comparison is never replaced by it (LAW 9). */
export type Field = {
  readonly name: string;
  readonly value: string;
  /** Dates `dd/MM/yyyy`, numbers without spaces, names with single ones; else as `value`. */
  readonly normalised: string;
  /** From 1. */
  readonly page: number;
  /** Around the words, in pixels of the page. */
  readonly box: FieldBox;
  /** 0 to 100, of the word read worst. */
  readonly confidence: number;
  readonly checks: readonly Check[];
  /** A check failed: a person should look again. It refuses nothing. */
  readonly lookAgain: boolean;
};

export type Paper = { readonly kind: PaperKind | null; readonly fields: readonly Field[] };

const doubtful = 60;

/** Words of one page in reading order, and its QR code where one was read. */
export type PageRead = Pick<Words, "words" | "code">;

/** Kind and fields of one paper from its pages. The first page that has a value gives it. */
export function readPaper(pages: readonly PageRead[]): Paper {
  const lined = pages.map(({ words }) => linesOf(words));
  const code = cardCodeOf(pages);
  const told = kindOfLines(lined.flat());
  const kind = told ?? (code === null ? null : identityCard); // a title in fine print is read worse than a code
  if (kind === null) return { kind: null, fields: [] };
  const fields = new Map<string, Field>();
  for (const [i, lines] of lined.entries()) {
    for (const found of foundOn(lines, kind.fields)) {
      const field = fieldOf(found, i + 1);
      if (field !== null && !fields.has(field.name)) fields.set(field.name, field);
    }
  }
  const mrz = lined.flat().map((line) => line.map(({ text }) => text).join(""));
  const checked = crossChecks([...fields.values()], { lines: mrz, code: kind.kind === "can_cuoc" ? code : null });
  return { kind: kind.kind, fields: checked.map(withDoubt) };
}

/** Whether a page names itself an identity card, which has a code. */
export const isIdentityCard = (words: readonly Word[]): boolean =>
  kindOfLines(linesOf(words))?.kind === identityCard.kind;

const linesOf = (words: readonly Word[]) => [...byLine(words.flatMap(apartAtColon)).values()];

const kindOfLines = (lines: readonly (readonly Word[])[]) =>
  kindOf(lines.map((line) => line.map(({ text }) => text).join(" ")));

const cardCodeOf = (pages: readonly PageRead[]): CardCode | null =>
  pages.map(({ code }) => (code === null ? null : readCardCode(code))).find((code) => code !== null) ?? null;

/** `Sex:Nam` as two words, each with its share of the box: engines lose narrow gaps. Times and links keep their colons. */
function apartAtColon(word: Word): readonly Word[] {
  const [, label = "", value = ""] = /^(\P{N}*\p{L}:)([^/].*)$/u.exec(word.text) ?? [];
  if (value === "") return [word];
  const width = (word.width * label.length) / word.text.length;
  return [
    { ...word, text: label, width },
    { ...word, text: value, x: word.x + width, width: word.width - width },
  ];
}

function foundOn(lines: readonly (readonly Word[])[], specs: readonly FieldSpec[]): readonly Found[] {
  const patterns = specs.flatMap((spec) =>
    spec.pattern === undefined ? [] : matchOf(lines.flat(), spec, spec.pattern),
  );
  const signers = specs.filter((spec) => spec.signer === true).map((spec) => ({ spec, words: signerName(lines) }));
  return [...valuesOf(lines, specs), ...patterns, ...signers];
}

/** Words under the first group of a pattern, on the page's text with one space between words. */
function matchOf(words: readonly Word[], spec: FieldSpec, pattern: RegExp): readonly Found[] {
  const text = words.map((word) => word.text).join(" ");
  const [from, to] = new RegExp(pattern.source, `${pattern.flags}d`).exec(text)?.indices?.[1] ?? [];
  if (from === undefined || to === undefined) return [];
  let at = 0;
  const under: Word[] = [];
  for (const word of words) {
    const end = at + word.text.length;
    const [first, last] = [Math.max(from, at), Math.min(to, end)];
    if (first < last) under.push({ ...word, text: word.text.slice(first - at, last - at) });
    at = end + 1;
  }
  return [{ spec, words: under }];
}

function fieldOf({ spec, words }: Found, page: number): Field | null {
  const printed = words.map(({ text }) => text).join(" ");
  const { value, normalised, checks } = readValue(printed, spec.form);
  if (value === "") return null;
  const confidence = Math.round(Math.min(...words.map((word) => word.confidence)));
  return { name: spec.name, value, normalised, page, box: boxOf(words), confidence, checks, lookAgain: false };
}

function boxOf(words: readonly Word[]): FieldBox {
  const [x, y] = [Math.min(...words.map((word) => word.x)), Math.min(...words.map((word) => word.y))];
  const right = Math.max(...words.map((word) => word.x + word.width));
  const bottom = Math.max(...words.map((word) => word.y + word.height));
  return { x, y, width: right - x, height: bottom - y };
}

const witnessed = 97;

/** What print and code say alike was read rightly, however badly it is printed. */
function withDoubt(field: Field): Field {
  const agrees = field.checks.some(({ check, passed }) => check === "code_equals" && passed);
  const confidence = agrees ? Math.max(field.confidence, witnessed) : field.confidence;
  const checks = [...field.checks, { check: "read_with_confidence", passed: confidence >= doubtful } as const];
  return { ...field, confidence, checks, lookAgain: checks.some(({ passed }) => !passed) };
}
