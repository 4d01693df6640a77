import type { Area, Boxes } from "./decode/glyphs.ts";
import type { Grey } from "./decode/look.ts";
import type { Engine, EngineTask } from "./engines/engine.ts";
import { dropNoise } from "./layout/drop-noise.ts";
import { around, isWithin, passedOver } from "./layout/passed-over.ts";
import { type Segment, segmentsOf } from "./layout/segments.ts";
import type { Word } from "./pages.ts";

const most = { lines: 12, doubts: 8 };
const lineSeconds = { cpu: 8, wall: 60 }; // a line takes a tenth of a second; what hangs must not hold up the page
const doubtful = 60;
const sureLine = 85;
const fewestLeft = 0.75; // of the letters of the first reading: a few sure ones are not a better line
const sizeJump = 1.4; // tallest words of both parts; capitals and small letters of one size stay below
const believed = { line: 60, correction: 70, above: 20 };

/** What the first reading was made from, and who may be asked about a part of it. */
export type Again = {
  readonly task: EngineTask;
  readonly glyphs: Boxes;
  /** Reads lines that have no words yet. */
  readonly engine: Engine | null;
  /** A reader with another model, for words in doubt; null where there is none, or where one engine alone is wanted. */
  readonly other: Engine | null;
};

/**
 * The words of a page with what a second look brings: lines that the engine passed over are read by themselves, and words in doubt are
 * read by another model, whose word is taken where it is sure and the first was not. Nothing else is changed; what fails
 * here leaves the first reading as it is.
 */
export async function lookAgain(first: readonly Word[], again: Again): Promise<readonly Word[]> {
  const kept = dropNoise(first);
  const lines = passedOver(again.glyphs, kept).slice(0, most.lines);
  const found: Word[] = [];
  for (const area of lines) {
    const read = await readPart(again.engine, again.task, area);
    const number = 1 + Math.max(-1, ...[...kept, ...found].map((word) => word.line));
    const fresh = dropNoise(read).filter((word) => ![...kept, ...found].some((known) => isSamePlace(word, known)));
    const placed = fresh.map((word) => ({ ...word, line: number + word.line, block: number }));
    if (isBelieved(read)) found.push(...placed);
  }
  const even = await sizesApart([...kept, ...found], again.engine, again.task);
  return again.other === null ? even : withoutDoubts(even, again.other, again.task);
}

/** What is cut out to be read again may hold parts of its neighbours, which have their words already. */
const isSamePlace = (word: Word, known: Word): boolean =>
  known.height < 2 * word.height && (isWithin(word, known) || isWithin(known, word)); // a taller one is a stroke over lines

/**
 * A line of two sizes of print is scaled by the larger, and its small letters are lost: each size is read by itself, and believed
 * where that is surer.
 */
async function sizesApart(words: readonly Word[], engine: Engine | null, task: EngineTask): Promise<readonly Word[]> {
  const runs = segmentsOf(words).flatMap((segment) =>
    leastSure(segment.words) < sureLine ? runsOfOneSize(segment) : [],
  );
  const better = new Map<Word, readonly Word[]>();
  for (const run of runs.slice(0, most.doubts)) {
    const [first] = run;
    const others = words.filter((word) => !run.includes(word));
    const area = around(run);
    const read = dropNoise(await readPart(engine, task, area));
    const alone = read.filter((word) => isWithin(word, area) && !others.some((other) => isSamePlace(word, other)));
    if (first === undefined || meanOf(alone) <= meanOf(run) || isPoorer(alone, run)) continue;
    for (const word of run) better.set(word, []);
    better.set(
      first,
      alone.map((word) => ({ ...word, line: first.line, block: first.block })),
    );
  }
  return words.flatMap((word) => better.get(word) ?? [word]);
}

/** Few sure letters are no better line, nor is one in which a word that was read has gone: the end of a row stands close to its neighbours. */
const isPoorer = (alone: readonly Word[], run: readonly Word[]): boolean =>
  lettersOf(alone) < fewestLeft * lettersOf(run) ||
  run.some(
    (word) => word.confidence >= believed.line && !alone.some((one) => isWithin(one, word) || isWithin(word, one)),
  );

/** The two parts of a line between which its print jumps in size; none where it does not. */
function runsOfOneSize({ words }: Segment): readonly (readonly Word[])[] {
  const cuts = words.slice(1).map((_, i) => [words.slice(0, i + 1), words.slice(i + 1)] as const);
  const tall = (run: readonly Word[]) => Math.max(...run.map(({ height }) => height));
  const jump = ([left, right]: readonly [readonly Word[], readonly Word[]]) =>
    Math.max(tall(left) / tall(right), tall(right) / tall(left));
  const [best] = cuts.toSorted((a, b) => jump(b) - jump(a));
  return best === undefined || jump(best) < sizeJump ? [] : best;
}

const isBelieved = (line: readonly Word[]): boolean => meanOf(line) >= believed.line;

const lettersOf = (words: readonly Word[]): number => words.reduce((sum, { text }) => sum + text.length, 0);

/** Confidence by letters; 0 of nothing. */
function meanOf(words: readonly Word[]): number {
  const letters = lettersOf(words);
  return letters === 0 ? 0 : words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0) / letters;
}

const leastSure = (words: readonly Word[]): number => Math.min(...words.map(({ confidence }) => confidence));

async function withoutDoubts(words: readonly Word[], other: Engine, task: EngineTask): Promise<readonly Word[]> {
  const inDoubt = segmentsOf(words)
    .filter((segment) => segment.words.some(isDoubtful))
    .toSorted((a, b) => leastDoubtful(a) - leastDoubtful(b))
    .slice(0, most.doubts);
  const corrected = new Map<Word, readonly Word[]>();
  for (const segment of inDoubt) {
    const read = await readPart(other, task, around(segment.words));
    for (const word of segment.words.filter(isDoubtful)) corrected.set(word, correctionOf(word, read));
  }
  return words.flatMap((word) => corrected.get(word) ?? [word]);
}

// A stroke between figures is taken for a letter with some confidence.
const isDoubtful = ({ text, confidence }: Word): boolean =>
  (confidence < doubtful && /[\p{L}\p{N}]/u.test(text)) || /\d[Il|!]+\d/u.test(text);
const leastDoubtful = ({ words }: Segment): number => leastSure(words.filter(isDoubtful));

/** What the second model read at the word's place, where it is sure of it; else the word. */
function correctionOf(word: Word, read: readonly Word[]): readonly Word[] {
  const here = read.filter((one) => isWithin(one, word));
  const left = Math.min(...here.map(({ x }) => x));
  const right = Math.max(...here.map(({ x, width }) => x + width));
  const isWhole = Math.abs(left - word.x) + Math.abs(right - word.x - word.width) < word.height;
  const sure = Math.max(believed.correction, word.confidence + believed.above);
  const isSure = here.length > 0 && here.every(({ confidence }) => confidence >= sure);
  return isSure && isWhole ? here.map((one) => ({ ...one, line: word.line, block: word.block })) : [word];
}

/** Words of a part of the picture, read as one line, at their places in the whole; none where it could not be read. */
async function readPart(engine: Engine | null, task: EngineTask, area: Area): Promise<readonly Word[]> {
  const margin = Math.round(0.4 * area.height);
  const left = Math.max(0, Math.round(area.x) - margin);
  const top = Math.max(0, Math.round(area.y) - margin);
  const right = Math.min(task.grey.width, Math.round(area.x + area.width) + margin);
  const bottom = Math.min(task.grey.height, Math.round(area.y + area.height) + margin);
  const grey = cut(task.grey, { x: left, y: top, width: right - left, height: bottom - top });
  const read = await engine?.read({
    ...task,
    grey,
    layout: "lines",
    cpuSeconds: lineSeconds.cpu,
    wallSeconds: Math.min(task.wallSeconds, lineSeconds.wall),
  });
  return read?.ok ? read.value.map((word) => ({ ...word, x: word.x + left, y: word.y + top })) : [];
}

function cut(grey: Grey, { x, y, width, height }: Area): Grey {
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = (y + row) * grey.width + x;
    pixels.set(grey.pixels.subarray(from, from + width), row * width);
  }
  return { width, height, pixels };
}
