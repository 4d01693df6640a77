import { sessionsOf, type WorkingCalendar } from "../calendar.ts";
import { instantOn } from "../deadlines.ts";
import { fail, type Instant, localDateOf, ok, type Result, secondsOf } from "../kernel.ts";
import { dayAfter } from "../weekdays.ts";

/** Steps that the trace of a dossier tells apart, each ended by an event. */
export const tracedSteps = [
  "scan",
  "compare",
  "number",
  "sign",
  "seal",
  "publish",
  "hand",
  "refuse",
  "notice",
] as const;

export type TracedStep = (typeof tracedSteps)[number];

const endings: Readonly<Record<string, TracedStep>> = {
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

/** In minutes of working time. Null: none is set. */
export type StandardTimes = Readonly<Record<TracedStep, number | null>>;

/** Ours: no text fixes them. Together they fit into half a working day, since the law wants the result the same day (DEADLINE-1). */
export const usualStandards: StandardTimes = {
  ...{ scan: 15, compare: 60, number: 60, sign: 60, seal: 30, publish: 10, hand: 60, refuse: 120, notice: 60 },
};

/** @param text `compare=45,sign=none`: minutes; what it does not name stays as usual */
export function parseStandards(text: string): Result<StandardTimes, { code: "malformed_standards" }> {
  const named: Record<string, number | null> = {};
  for (const pair of text.split(",")) {
    const [, name = "", value = ""] = /^ *([a-z]+)=(none|[1-9]\d{0,4}) *$/.exec(pair) ?? [];
    if (!tracedSteps.some((step) => step === name)) return fail({ code: "malformed_standards" });
    named[name] = value === "none" ? null : Number(value);
  }
  return ok({ ...usualStandards, ...named });
}

type Event = { readonly what: string; readonly at: Instant; readonly by: string | null };

export type TraceLine = {
  readonly step: TracedStep;
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
 * against its standard time. A step that was done again stands again.
 *
 * @param events of the dossier, oldest first
 */
export function traceOf(
  events: readonly Event[],
  calendar: WorkingCalendar,
  standards: StandardTimes,
): readonly TraceLine[] {
  let from = events[0]?.at;
  const lines: TraceLine[] = [];
  for (const { what, at, by } of events) {
    const step = endings[what];
    if (step === undefined || from === undefined) continue;
    const seconds = workedBetween(from, at, calendar);
    const standard = standards[step];
    const isOver = standard !== null && seconds > standard * 60;
    lines.push({ step, by, from, to: at, workedSeconds: seconds, standardMinutes: standard, isOver });
    from = at;
  }
  return lines;
}

/** Since the last step that ended, while something is still to be done: in working time. Null before anything happened. */
export function waitingSince(
  events: readonly Event[],
  calendar: WorkingCalendar,
  now: Instant,
): { readonly from: Instant; readonly workedSeconds: number } | null {
  const from = events.findLast(({ what }) => endings[what] !== undefined)?.at ?? events[0]?.at;
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
