import type { Word } from "../pages.ts";
import type { FieldSpec, Form } from "./field-specs.ts";
import { fold, isNear, isOneLetterOff } from "./fold.ts";

/** Words of a label's value, and the field it is for. */
export type Found = { readonly spec: FieldSpec; readonly words: readonly Word[] };

type Line = readonly Word[];
type Label = { readonly spec: FieldSpec; readonly parts: readonly string[] };
type Hit = { readonly specs: readonly FieldSpec[]; readonly line: number; readonly from: number; readonly to: number };

const mostLines = 3;
const wrapsFrom = 0.72; // a line that ends before this share of the widest was not broken for want of room

/**
 * What stands behind each label, up to the next label or the end of its line; further where the line was full, or on the
 * line below where nothing stands behind.
 */
export function valuesOf(lines: readonly Line[], specs: readonly FieldSpec[]): readonly Found[] {
  const labels = specs.flatMap((spec) => (spec.labels ?? []).map((label) => ({ spec, parts: partsOf(label) })));
  const ordered = labels.toSorted((a, b) => b.parts.length - a.parts.length);
  const hits = lines.flatMap((line, i) => hitsOf(line, i, ordered));
  const right = Math.max(0, ...lines.flat().map(({ x, width }) => x + width));
  let section: string | undefined;
  return hits.flatMap((hit, i) => {
    const spec = hit.specs.find((one) => one.section === undefined || one.section === section);
    section = hit.specs.find(({ opens }) => opens !== undefined)?.opens ?? section;
    if (spec === undefined || spec.name === "" || isNamedAgain(lines, hit, hits[i + 1])) return [];
    const row = hits.filter(({ line }) => line === hit.line);
    const words =
      isRowOfLabels(lines, row) || isPushedDown(hit, hits)
        ? wordsUnder(lines, hit, row)
        : wordsBehind(lines, hit, hits[i + 1], { fullFrom: wrapsFrom * right, hasFigures: figured.has(spec.form) });
    return [{ spec, words }];
  });
}

/** `Quốc tịch J Nationality:`, the stroke between both names misread: the value stands behind the second. */
function isNamedAgain(lines: readonly Line[], { specs, line, to }: Hit, next: Hit | undefined): boolean {
  if (next?.line !== line || next.from !== to + 1) return false;
  const between = lines[line]?.[to]?.text ?? "";
  return between.length <= 2 && !/\d/u.test(between) && next.specs.some((spec) => specs.includes(spec));
}

const partsOf = (label: string): readonly string[] =>
  label
    .split(/[\s,/]+/u)
    .map(fold)
    .filter((part) => part !== "");

function hitsOf(line: Line, at: number, labels: readonly Label[]): readonly Hit[] {
  const hits: Hit[] = [];
  for (let from = 0; from < line.length; ) {
    const best = labelAt(line, from, labels, matchEnd) ?? labelAt(line, from, labels, looseEnd);
    if (best === undefined) {
      from += 1;
      continue;
    }
    const same = best.label.parts.join();
    const specs = labels.filter(({ parts }) => parts.join() === same).map(({ spec }) => spec);
    hits.push({ specs, line: at, from: withItsNumber(line, from), to: best.to });
    from = best.to;
  }
  return hits;
}

type MatchEnd = (line: Line, from: number, label: Label) => number;

const labelAt = (line: Line, from: number, labels: readonly Label[], end: MatchEnd) =>
  labels.map((label) => ({ label, to: end(line, from, label) })).find(({ to }) => to > 0);

// `6. Họ và tên chủ hộ`, `b) Địa chỉ`: the number of a row belongs to its label, not to a value before it or that came down from the row above.
const withItsNumber = (line: Line, from: number): number => {
  const number = from === 1 ? /^(\d{1,2}[.)]?|[a-zđ]\))$/u : /^\d{1,2}[.)]$/u;
  return number.test(line[from - 1]?.text ?? "") ? from - 1 : from;
};

/** Index behind the label, colon and the name in a second language included; 0 where it does not stand here. */
function matchEnd(line: Line, from: number, { parts, spec }: Label): number {
  let at = from;
  for (let part = 0; part < parts.length; at += 1) {
    const word = line[at];
    if (word === undefined) return 0;
    const pieces = word.text
      .split(/[,/]/u)
      .map(fold)
      .filter((piece) => piece !== "");
    if (pieces.length === 0) continue;
    // `Số/No.:` in one word: behind a stroke stands the name in a second language.
    const own = /\p{L}\/\p{L}/u.test(word.text) ? pieces.slice(0, Math.max(1, parts.length - part)) : pieces;
    if (!own.every((piece, i) => isNear(parts[part + i] ?? "", piece))) return 0;
    part += pieces.length;
  }
  return behindLabel(line, { from, to: at }, parts.length, spec);
}

const fewestLoose = 8; // letters: `Nơi sinh` and `Nơi chết` are told apart by their words only

/**
 * Index behind a long label whose words were run together, cut or misread: `Ngàysinh`, `Có gi trị đến`. One letter in all may differ, and
 * not the first, so that no label is taken for another: `tên vợ` and `tên mẹ` differ in two, `Hạng tốt nghiệp` and `Bằng tốt nghiệp` in the first.
 */
function looseEnd(line: Line, from: number, { parts, spec }: Label): number {
  const wanted = parts.join("");
  if (wanted.length < fewestLoose) return 0;
  let read = "";
  for (let at = from; at < line.length && read.length < wanted.length + 1; at += 1) {
    const [own = ""] = (line[at]?.text ?? "").split("/");
    read += fold(own);
    if (read[0] === wanted[0] && isOneLetterOff(wanted, read))
      return behindLabel(line, { from, to: at + 1 }, parts.length, spec);
    if (line[at]?.text.includes("/")) return 0;
  }
  return 0;
}

type Span = { readonly from: number; readonly to: number };

/** Behind what else belongs to the label that stands there. */
function behindLabel(line: Line, { from, to }: Span, length: number, spec: FieldSpec): number {
  if (line[to]?.text.startsWith("(")) return behindBrackets(line, to);
  if (hasSecondName(line, to)) return behindSecondName(line, to, spec);
  return behindColon(line, from, to, length);
}

/** `Giới tính / Sex`, `Giới tính/Sex`, whichever gap the engine lost. */
function hasSecondName(line: Line, to: number): boolean {
  const last = line[to - 1]?.text ?? "";
  return !last.endsWith(":") && (line[to]?.text.startsWith("/") === true || /\p{L}\/\P{N}*$/u.test(last));
}

const longestName = 5;

/** `Nhãn hiệu (Brand): Giả`; 0 where the bracket is not closed soon. */
function behindBrackets(line: Line, to: number): number {
  const end = line.findIndex(({ text }, i) => i >= to && i < to + longestName && /\)[:;]?$/u.test(text));
  if (end < 0) return 0;
  return /^[:;]$/u.test(line[end + 1]?.text ?? "") ? end + 2 : end + 1;
}

/** `Ngày sinh / Date of birth: 01/01/1990`. Where the colon was lost, the name has as many words as the label that is without marks. */
function behindSecondName(line: Line, to: number, { labels = [] }: FieldSpec): number {
  const ahead = line.slice(to, to + longestName).map(({ text }) => text);
  const other = ahead.findIndex((text, i) => i > 0 && text.includes("/"));
  const colon = (other < 0 ? ahead : ahead.slice(0, other)).findIndex((text) => text.endsWith(":"));
  if (colon >= 0) return to + colon + (ahead[colon + 1]?.endsWith(":") ? 2 : 1); // `Full: name:`
  const name = labels.find((label) => /^[A-Za-z ,]+$/.test(label));
  if (name === undefined) return line.length;
  const begun = /\/\P{N}+$/u.test(line[to - 1]?.text ?? "") ? 1 : 0;
  const alone = line[to]?.text === "/" ? 1 : 0;
  return Math.min(line.length, to + alone - begun + partsOf(name).length);
}

function behindColon(line: Line, from: number, to: number, length: number): number {
  if (/[:;]$/u.test(line[to - 1]?.text ?? "")) return to;
  if (/^[:;]/u.test(line[to]?.text ?? "")) return to + 1;
  return length >= 2 && from <= 1 ? to : 0;
}

/** Two labels and more, one after the other, and nothing behind any of them. */
const isRowOfLabels = (lines: readonly Line[], row: readonly Hit[]): boolean =>
  row.length > 1 && row.every(({ line, to }, i) => to === (row[i + 1]?.from ?? lines[line]?.length));

/** Another label follows at once, and the line below begins with none: this one's value did not fit beside it. */
const isPushedDown = (hit: Hit, hits: readonly Hit[]): boolean =>
  hits.some(({ line, from }) => line === hit.line && from === hit.to) &&
  !hits.some(({ line, from }) => line === hit.line + 1 && from === 0);

/** What stands on the line below between where this label begins and the next does. */
function wordsUnder(lines: readonly Line[], hit: Hit, row: readonly Hit[]): readonly Word[] {
  const [here, below] = [lines[hit.line] ?? [], lines[hit.line + 1] ?? []];
  if (!isJustBelow(here, below)) return [];
  const next = row[row.indexOf(hit) + 1];
  const edgeOf = (at: number) => (here[at]?.x ?? 0) - (here[at]?.height ?? 0);
  const [from, to] = [edgeOf(hit.from), next === undefined ? Number.POSITIVE_INFINITY : edgeOf(next.from)];
  return below.filter(({ x, width }) => x + width / 2 >= from && x + width / 2 < to);
}

const figured: ReadonlySet<Form> = new Set(["date", "year", "personal_number", "tax_code", "score"]);
const hasFigure = ({ text }: Word): boolean => /\d/u.test(text);

function wordsBehind(
  lines: readonly Line[],
  { line, to }: Hit,
  next: Hit | undefined,
  { fullFrom, hasFigures }: { readonly fullFrom: number; readonly hasFigures: boolean },
): readonly Word[] {
  const upToNext = (at: number) => (next?.line === at ? next.from : undefined);
  const behind = upToGap((lines[line] ?? []).slice(to, upToNext(line)));
  const words = hasFigures && !behind.some(hasFigure) ? [] : [...behind]; // a second name that was misread, and no value
  for (let at = line; upToNext(at) === undefined && at < line + mostLines; ) {
    const [here, below] = [lines[at] ?? [], lines[at + 1] ?? []];
    if (words.length > 0 && !isFull(here, fullFrom)) break;
    if (!isJustBelow(here, below)) break;
    at += 1;
    words.push(...below.slice(0, upToNext(at)));
  }
  return words;
}

const wideGap = 4; // heights of a word

/** What stands far to the right on the same line is another column. */
function upToGap(words: readonly Word[]): readonly Word[] {
  const end = words.findIndex(({ x }, i) => {
    const before = words[i - 1];
    return before !== undefined && x - before.x - before.width > wideGap * before.height;
  });
  return end < 0 ? words : words.slice(0, end);
}

function isFull(line: Line, fullFrom: number): boolean {
  const last = line.at(-1);
  return last !== undefined && last.x + last.width >= fullFrom;
}

function isJustBelow(above: Line, below: Line): boolean {
  const [first, second] = [above[0], below[0]];
  if (first === undefined || second === undefined) return false;
  return second.y > first.y && second.y - first.y < 3 * Math.max(first.height, second.height);
}
