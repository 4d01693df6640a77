import type { WorkingCalendar } from "../calendar.ts";
import type { DossierId } from "../ids.ts";
import { secondsOf } from "../kernel.ts";
import type { StandardsOn } from "./step-times.ts";
import { measured, type TraceLine } from "./step-trace.ts";

/** A step of some dossier, as the clock tells it. */
export type EndedStep = Pick<TraceLine, "step" | "personId" | "by" | "from" | "to"> & {
  readonly dossierId: DossierId;
  /** Of the submission, as the applicant's slip has it. */
  readonly code: string;
  /** Which of its papers. */
  readonly ordinal: number;
};

export type LongStep = EndedStep & Pick<TraceLine, "workedSeconds" | "standardMinutes" | "isOver">;

/**
 * STAT-3: the steps that took most working time, the longest first. No step works longer than the clock says, so whoever
 * gives them longest by the clock first is asked for no more batches than are needed.
 *
 * @param batches of steps, from the longest by the clock
 * @param most how many are wanted
 */
export async function longestSteps(
  batches: AsyncIterable<readonly EndedStep[]>,
  rules: { readonly calendar: WorkingCalendar; readonly standards: StandardsOn },
  most: number,
): Promise<readonly LongStep[]> {
  let longest: readonly LongStep[] = [];
  for await (const batch of batches) {
    const more = batch.map((step) => ({ ...step, ...measured(step, rules.calendar, rules.standards) }));
    longest = [...longest, ...more].toSorted((a, b) => b.workedSeconds - a.workedSeconds).slice(0, most);
    const [least, last] = [longest[most - 1], batch.at(-1)];
    if (least !== undefined && last !== undefined && byTheClock(last) <= least.workedSeconds) break;
  }
  return longest.filter(({ workedSeconds }) => workedSeconds > 0);
}

const byTheClock = ({ from, to }: EndedStep): number => secondsOf(to) - secondsOf(from);
