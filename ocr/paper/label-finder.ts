import type { Word } from "../pages.ts";
import type { FieldSpec } from "./field-specs.ts";
import { fold, isNear } from "./fold.ts";

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
    if (spec === undefined || spec.name === "") return [];
    return [{ spec, words: wordsBehind(lines, hit, hits[i + 1], wrapsFrom * right) }];
  });
}

const partsOf = (label: string): readonly string[] =>
  label
    .split(/[\s,/]+/u)
    .map(fold)
    .filter((part) => part !== "");

function hitsOf(line: Line, at: number, labels: readonly Label[]): readonly Hit[] {
  const hits: Hit[] = [];
  for (let from = 0; from < line.length; ) {
    const best = labels.map((label) => ({ label, to: matchEnd(line, from, label.parts) })).find(({ to }) => to > 0);
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

// `6. Họ và tên chủ hộ`: the number of a row belongs to its label, not to a value that came down from the row above.
const withItsNumber = (line: Line, from: number): number =>
  from === 1 && /^\d{1,2}[.)]?$/u.test(line[0]?.text ?? "") ? 0 : from;

/** Index behind the label, colon and the name in a second language included; 0 where it does not stand here. */
function matchEnd(line: Line, from: number, parts: readonly string[]): number {
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
  return behindColon(line, from, at, parts.length);
}

function behindColon(line: Line, from: number, to: number, length: number): number {
  if (/[:;]$/u.test(line[to - 1]?.text ?? "")) return to;
  if (/^[:;]/u.test(line[to]?.text ?? "")) return to + 1;
  // `Ngày sinh / Date of birth: 01/01/1990`
  if (line[to]?.text.startsWith("/") || line[to - 1]?.text.endsWith("/")) {
    const colon = line.findIndex(({ text }, i) => i >= to && i < to + 5 && text.endsWith(":"));
    return colon < 0 ? line.length : colon + 1;
  }
  return length >= 2 && from <= 1 ? to : 0;
}

function wordsBehind(
  lines: readonly Line[],
  { line, to }: Hit,
  next: Hit | undefined,
  fullFrom: number,
): readonly Word[] {
  const upToNext = (at: number) => (next?.line === at ? next.from : undefined);
  const words = [...(lines[line] ?? []).slice(to, upToNext(line))];
  for (let at = line; upToNext(at) === undefined && at < line + mostLines; ) {
    const [here, below] = [lines[at] ?? [], lines[at + 1] ?? []];
    if (words.length > 0 && !isFull(here, fullFrom)) break;
    if (!isJustBelow(here, below)) break;
    at += 1;
    words.push(...below.slice(0, upToNext(at)));
  }
  return words;
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
