import { fail, type LocalDate, ok, type Result } from "../kernel.ts";

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

/** The standard times as an agency says they are on a day of Vietnam. */
export type StandardsOn = (day: LocalDate) => StandardTimes;

/** What an agency wrote down of one step. Null minutes: it has no standard from that day. */
export type StepTime = {
  readonly step: TracedStep;
  readonly minutes: number | null;
  readonly validFrom: LocalDate;
};

/** The longest standard that can be written down: five digits of minutes. */
export const mostStandardMinutes = 99_999;

/**
 * STAT-3: of each step what was written down for the latest day not after the asked one; of one day, what was written last.
 * A step of which nothing was written for that day is as usual.
 *
 * @param kept in the order of writing
 */
export function standardsBy(kept: readonly StepTime[], usual: StandardTimes): StandardsOn {
  const inOrder = kept.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));
  return (day) => {
    const named = inOrder.filter(({ validFrom }) => validFrom <= day).map(({ step, minutes }) => [step, minutes]);
    return { ...usual, ...Object.fromEntries(named) };
  };
}

/** What a day's times must still be told to become those wanted: steps that say so already are left out. */
export function changesTo(wanted: StandardTimes, from: LocalDate, standing: StandardsOn): readonly StepTime[] {
  const on = standing(from);
  return tracedSteps
    .filter((step) => wanted[step] !== on[step])
    .map((step) => ({ step, minutes: wanted[step], validFrom: from }));
}
