import { type Instant, instantOfSeconds, secondsOf } from "../kernel.ts";
import { type CommittedFiles, commitmentFault, committedFiles } from "./audit-commitments.ts";
import type { Leaf, LeafEvent } from "./leaf.ts";

/**
 * What the public log itself proves against the one who keeps it. NĐ 23/2015 Art. 13 (numbers 1, 2, 3 ... without gap
 * through the year, over all books of it) and DESIGN decision 7 (every number issued, voided or in progress).
 */
export type Cheat =
  | { readonly code: "time_falls"; readonly index: number; readonly time: Instant; readonly before: Instant }
  /** A leaf dated after the audit, beyond what clocks differ: it would look young for ever. */
  | { readonly code: "time_in_future"; readonly index: number; readonly time: Instant }
  | ({ readonly code: "number_malformed"; readonly index: number } & Numbered)
  /** Issued, voided or given to paper, though the same number was before; only what went to paper may be voided after it. */
  | ({ readonly code: "number_twice"; readonly index: number; readonly firstIndex: number } & Numbered)
  /** Annulled or superseded, though never issued. */
  | ({ readonly code: "never_issued"; readonly index: number } & Numbered)
  /** A further copy of a number that was not issued, or not the next one of it: copies of a number are numbered too. */
  | ({ readonly code: "copy_out_of_turn"; readonly index: number; readonly copy: number } & Numbered)
  /** More than three days after its number: copies of one number are certified at one time, TT 01/2020 Art. 4(1). */
  | ({
      readonly code: "copy_late";
      readonly index: number;
      readonly copy: number;
      readonly time: Instant;
      readonly since: Instant;
    } & Numbered)
  /** An issued leaf that commits to no copy. */
  | ({ readonly code: "commitment_missing"; readonly index: number } & Numbered)
  /** A number that went to paper, or was given up, and commits to bytes all the same: there is no copy that it could stand for. */
  | ({ readonly code: "commitment_unexpected"; readonly index: number } & Numbered)
  /** Commits to what another leaf commits to: one file would stand for two numbers, or twice for one. Each has a salt of its own. */
  | ({ readonly code: "commitment_twice"; readonly index: number; readonly firstIndex: number } & Numbered)
  /** Logged more than three days after a higher number: inserted late, or back-dated on paper. */
  | ({
      readonly code: "number_late";
      readonly index: number;
      readonly time: Instant;
      readonly since: Instant;
    } & Numbered)
  /** A later number has been public for more than three days; `numbers` are at most the first hundred. */
  | {
      readonly code: "number_missing";
      readonly agencyId: string;
      readonly series: string;
      readonly numbers: readonly number[];
      readonly missing: number;
      /** of the oldest leaf with a later number */
      readonly since: Instant;
    };

type Numbered = { readonly agencyId: string; readonly bookId: string; readonly number: number };

/** One register of one agency through one year, as its leaves tell it. */
export type AuditedSeries = {
  readonly agencyId: string;
  readonly series: string;
  readonly last: number;
  readonly issued: number;
  /** Beside the first of their number. */
  readonly furtherCopies: number;
  readonly voided: number;
  readonly annulled: number;
  readonly superseded: number;
  /** Numbers of a shared series that went to copies on paper, voided ones too. */
  readonly onPaper: number;
  /** Numbers without a leaf whose followers are younger than three days, at most the first hundred. */
  readonly inProgress: readonly number[];
};

export type Findings = { readonly cheats: readonly Cheat[]; readonly series: readonly AuditedSeries[] };

const inProgressSeconds = 3 * 86_400;
const clockToleranceSeconds = 300;
const mostTold = 100;

/** Leaves in their order, one after the other; memory grows with the numbers, not with the bytes of the log. */
export type LogAudit = {
  /** @param index the leaf's place in the log, from 0 */
  readonly add: (leaf: Leaf, index: number) => void;
  readonly findings: () => Findings;
};

/** @param now when the audit is held: how old a leaf is counts from here */
export function auditLog(now: Instant): LogAudit {
  const state: State = { now, cheats: [], series: new Map(), files: committedFiles(), before: null };
  return { add: (leaf, index) => add(state, leaf, index), findings: () => findings(state) };
}

/**
 * Numbers run through the year over all books of one kind, so `01/2026-X` and `02/2026-X` are one series, `2026-X`. A
 * book named otherwise is a series of its own.
 */
function seriesOf(bookId: string): string {
  return /^\d{2,}\/(\d{4}-.+)$/u.exec(bookId)?.[1] ?? bookId;
}

type Entry = {
  /** How many copies of the number have a leaf. */
  copies: number;
  readonly index: number;
  readonly seconds: number;
  readonly event: "issued" | "voided" | "on_paper";
  readonly bookId: string;
};
type Series = {
  readonly agencyId: string;
  readonly series: string;
  readonly numbers: Map<number, Entry>;
  readonly counts: Counts;
};
type Counts = Record<"issued" | "furtherCopies" | "voided" | "annulled" | "superseded" | "onPaper", number>;
type State = {
  readonly now: Instant;
  readonly cheats: Cheat[];
  readonly series: Map<string, Series>;
  readonly files: CommittedFiles;
  before: Instant | null;
};

function add(state: State, leaf: Leaf, index: number): void {
  checkTime(state, leaf.time, index);
  if (leaf.event === "book_opened" || leaf.event === "book_closed") return;
  const { agencyId, bookId, number } = leaf;
  const firstIndex = state.files.firstOf(leaf.commitment, index);
  if (firstIndex !== null) state.cheats.push({ code: "commitment_twice", index, firstIndex, agencyId, bookId, number });
  if (number < 1) state.cheats.push({ code: "number_malformed", index, agencyId, bookId, number });
  else if (leaf.event === "further_copy") noteCopy(state, leaf, leaf.copy ?? 0, index);
  else note(state, leaf, leaf.event, index);
}

function checkTime(state: State, time: Instant, index: number): void {
  const { before, now, cheats } = state;
  if (before !== null && time < before) cheats.push({ code: "time_falls", index, time, before });
  if (secondsOf(time) > secondsOf(now) + clockToleranceSeconds) cheats.push({ code: "time_in_future", index, time });
  state.before = time;
}

type NumberEvent = Exclude<LeafEvent, "book_opened" | "book_closed" | "further_copy">;

function note(state: State, leaf: Leaf, event: NumberEvent, index: number): void {
  const { agencyId, bookId, number } = leaf;
  const series = seriesFor(state, agencyId, seriesOf(bookId));
  const known = series.numbers.get(number);
  const numbered = { index, agencyId, bookId, number };
  series.counts[event === "on_paper" ? "onPaper" : event] += 1;
  if (event === "annulled" || event === "superseded") {
    if (known?.event !== "issued") state.cheats.push({ code: "never_issued", ...numbered });
    return;
  }
  const wrong = commitmentFault(leaf);
  if (wrong !== null) state.cheats.push({ code: wrong, ...numbered });
  const isGivenUp = known?.event === "on_paper" && event === "voided"; // known as paper's until then, and ended with it
  if (isGivenUp) series.numbers.set(number, { ...known, event });
  else if (known !== undefined) state.cheats.push({ code: "number_twice", firstIndex: known.index, ...numbered });
  else series.numbers.set(number, { copies: 1, index, seconds: secondsOf(leaf.time), event, bookId });
}

/** Anybody with the agency's key could make another copy of an old number: the log shows it by place and time. ADR 0060 */
function noteCopy(state: State, leaf: Leaf, copy: number, index: number): void {
  const { agencyId, bookId, number, time } = leaf;
  const series = seriesFor(state, agencyId, seriesOf(bookId));
  const known = series.numbers.get(number);
  const numbered = { index, agencyId, bookId, number };
  series.counts.furtherCopies += 1;
  if (leaf.commitment.length === 0) state.cheats.push({ code: "commitment_missing", ...numbered });
  if (known?.event !== "issued" || copy !== known.copies + 1) {
    state.cheats.push({ code: "copy_out_of_turn", copy, ...numbered });
  }
  if (known === undefined) return;
  known.copies += 1;
  if (secondsOf(time) - known.seconds > inProgressSeconds) {
    state.cheats.push({ code: "copy_late", copy, ...numbered, time, since: instantOfSeconds(known.seconds) });
  }
}

function seriesFor(state: State, agencyId: string, series: string): Series {
  const key = JSON.stringify([agencyId, series]);
  const known = state.series.get(key);
  if (known !== undefined) return known;
  const counts = { issued: 0, furtherCopies: 0, voided: 0, annulled: 0, superseded: 0, onPaper: 0 };
  const made: Series = { agencyId, series, numbers: new Map(), counts };
  state.series.set(key, made);
  return made;
}

function findings(state: State): Findings {
  const gaps = [...state.series.values()].map((series) => gapsOf(series, secondsOf(state.now)));
  return {
    cheats: [...state.cheats, ...gaps.flatMap(({ late, cheat }) => (cheat === null ? late : [...late, cheat]))],
    series: gaps.map(({ told }) => told),
  };
}

/**
 * Walked from the highest number down, so that each gap meets the oldest leaf above it: a gap is as old as that. What
 * no one wrote costs no memory, since a log may claim any number.
 */
function gapsOf(series: Series, nowSeconds: number): { late: Cheat[]; cheat: Cheat | null; told: AuditedSeries } {
  const numbers = [...series.numbers.keys()].toSorted((a, b) => b - a);
  const missing = newGap();
  const inProgress = newGap();
  const late: Cheat[] = [];
  let oldestAbove = Number.POSITIVE_INFINITY;
  for (const [i, number] of numbers.entries()) {
    const entry = series.numbers.get(number);
    if (entry !== undefined && entry.seconds - oldestAbove > inProgressSeconds && late.length < mostTold) {
      late.push(lateNumber(series, number, entry, oldestAbove));
    }
    oldestAbove = Math.min(oldestAbove, series.numbers.get(number)?.seconds ?? oldestAbove);
    const below = numbers[i + 1] ?? 0;
    const gap = nowSeconds - oldestAbove > inProgressSeconds ? missing : inProgress;
    widen(gap, below + 1, number - 1, oldestAbove);
  }
  const { agencyId, counts } = series;
  const told = { agencyId, series: series.series, last: numbers[0] ?? 0, ...counts, inProgress: inProgress.lowest };
  return { late: late.reverse(), cheat: missing.count === 0 ? null : missingNumbers(series, missing), told };
}

function lateNumber(
  { agencyId }: Series,
  number: number,
  { index, seconds, bookId }: Entry,
  sinceSeconds: number,
): Cheat {
  const [time, since] = [instantOfSeconds(seconds), instantOfSeconds(sinceSeconds)];
  return { code: "number_late", index, agencyId, bookId, number, time, since };
}

type Gap = { count: number; lowest: number[]; sinceSeconds: number };
const newGap = (): Gap => ({ count: 0, lowest: [], sinceSeconds: Number.POSITIVE_INFINITY });

function widen(gap: Gap, from: number, to: number, seconds: number): void {
  if (to < from) return;
  gap.count += to - from + 1;
  gap.sinceSeconds = Math.min(gap.sinceSeconds, seconds);
  const lowest = Array.from({ length: Math.min(mostTold, to - from + 1) }, (_, i) => from + i);
  // each gap that is met lies below those before it
  gap.lowest = [...lowest, ...gap.lowest].slice(0, mostTold);
}

function missingNumbers({ agencyId, series }: Series, gap: Gap): Cheat {
  const since = instantOfSeconds(gap.sinceSeconds);
  return { code: "number_missing", agencyId, series, numbers: gap.lowest, missing: gap.count, since };
}
