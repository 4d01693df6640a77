import { sessionsOf, type WorkingCalendar } from "../calendar.ts";
import { instantOn } from "../deadlines.ts";
import type { PersonId } from "../ids.ts";
import { type Instant, localDateOf, secondsOf } from "../kernel.ts";
import { dayAfter } from "../weekdays.ts";
import type { StandardsOn, TracedStep } from "./step-times.ts";

/** The step that each event ended. */
export const stepEndings: Readonly<Record<string, TracedStep>> = {
  scan_read: "scan",
  attested: "compare",
  numbered: "number",
  paper_numbered: "number",
  person_signed: "sign",
  sealed: "seal",
  released: "publish",
  paper_handed_over: "hand",
  refused: "refuse",
  notice_signed: "notice",
};

type Event = {
  readonly what: string;
  readonly at: Instant;
  readonly personId: PersonId | null;
  readonly by: string | null;
};

export type TraceLine = {
  readonly step: TracedStep;
  /** Null where the program did it. */
  readonly personId: PersonId | null;
  readonly by: string | null;
  readonly from: Instant;
  readonly to: Instant;
  /** Within the agency's own hours. */
  readonly workedSeconds: number;
  readonly standardMinutes: number | null;
  readonly isOver: boolean;
};

/**
 * STAT-3: each step of a dossier, from the end of the one before to the event that ended it, in working time, held
 * against its standard time of the day on which it ended. A step that was done again stands again.
 *
 * @param events of the dossier, oldest first
 */
export function traceOf(
  events: readonly Event[],
  calendar: WorkingCalendar,
  standards: StandardsOn,
): readonly TraceLine[] {
  let from = events[0]?.at;
  const lines: TraceLine[] = [];
  for (const { what, at, personId, by } of events) {
    const step = stepEndings[what];
    if (step === undefined || from === undefined) continue;
    lines.push({ step, personId, by, from, to: at, ...measured({ step, from, to: at }, calendar, standards) });
    from = at;
  }
  return lines;
}

/** How long a step took of the agency's working time, and what it should have taken. */
export function measured(
  { step, from, to }: Pick<TraceLine, "step" | "from" | "to">,
  calendar: WorkingCalendar,
  standards: StandardsOn,
): Pick<TraceLine, "workedSeconds" | "standardMinutes" | "isOver"> {
  const workedSeconds = workedBetween(from, to, calendar);
  const standardMinutes = standards(localDateOf(to))[step];
  return { workedSeconds, standardMinutes, isOver: standardMinutes !== null && workedSeconds > standardMinutes * 60 };
}

/** Since the last step that ended, while something is still to be done: in working time. Null before anything happened. */
export function waitingSince(
  events: readonly Event[],
  calendar: WorkingCalendar,
  now: Instant,
): { readonly from: Instant; readonly workedSeconds: number } | null {
  const from = events.findLast(({ what }) => stepEndings[what] !== undefined)?.at ?? events[0]?.at;
  return from === undefined ? null : { from, workedSeconds: workedBetween(from, now, calendar) };
}

/** Seconds of the agency's working time between two moments; 0 where the second is not after the first. */
export function workedBetween(from: Instant, to: Instant, calendar: WorkingCalendar): number {
  let worked = 0;
  const last = localDateOf(to);
  for (let day = localDateOf(from); day <= last; day = dayAfter(day)) {
    for (const session of sessionsOf(day, calendar)) {
      const begins = Math.max(secondsOf(from), secondsOf(instantOn(day, session.from)));
      const ends = Math.min(secondsOf(to), secondsOf(instantOn(day, session.to)));
      worked += Math.max(0, ends - begins);
    }
  }
  return worked;
}
