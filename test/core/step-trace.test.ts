import { expect, test } from "vitest";
import { calendarOf } from "../../src/core/holidays.ts";
import type { DossierId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { dutyOf } from "../../src/core/statistics/duty.ts";
import { type EndedStep, longestSteps } from "../../src/core/statistics/long-steps.ts";
import { changesTo, parseStandards, standardsBy, usualStandards } from "../../src/core/statistics/step-times.ts";
import { traceOf, waitingSince, workedBetween } from "../../src/core/statistics/step-trace.ts";

const calendar = calendarOf([]);
/** By the clock in Vietnam, in November 2026: the 20th is a Friday. */
const at = (day: number, time: string) => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return `2026-11-${day}T${String(hour - 7).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00Z` as Instant;
};
const event = (what: string, day: number, time: string, by: string | null = "Lê Thị Minh Họa (hư cấu)") => ({
  ...{ what, at: at(day, time), by, personId: null },
});

test("STAT-3: a step is as long as the work between two events: neither the noon, the night nor the weekend count", () => {
  const lengths = [
    workedBetween(at(20, "11:00"), at(20, "14:00"), calendar),
    workedBetween(at(20, "16:30"), at(23, "08:00"), calendar),
    workedBetween(at(21, "08:00"), at(22, "17:00"), calendar),
    workedBetween(at(20, "10:00"), at(20, "09:00"), calendar),
  ];
  const { hours } = calendar.yearOf(2026);
  expect(hours.map(({ from, to }) => `${from}-${to}`)).toEqual(["07:30-11:30", "13:00-17:00"]);
  expect(lengths).toEqual([5400, 3600, 0, 0]);
});

test("STAT-3: who did what, from when to when; what took longer than its standard says so, and what was done again stands again", () => {
  const events = [
    event("opened", 20, "08:00"),
    event("scan_read", 20, "08:10", null),
    event("email_given", 20, "08:20"),
    event("attested", 20, "09:40"),
    event("numbered", 20, "09:40"),
    event("person_signed", 20, "10:00"),
    event("numbered", 20, "10:30"),
  ];
  const standards = () => ({ ...usualStandards, sign: null });
  const lines = traceOf(events, calendar, standards);
  expect(lines.map(({ step, workedSeconds, isOver }) => [step, workedSeconds / 60, isOver])).toEqual([
    ...[
      ["scan", 10, false],
      ["compare", 90, true],
      ["number", 0, false],
      ["sign", 20, false],
      ["number", 30, false],
    ],
  ]);
  expect([lines[0]?.by, lines[1]?.from, lines[1]?.to]).toEqual([null, at(20, "08:10"), at(20, "09:40")]);
  expect(waitingSince(events, calendar, at(20, "11:00"))).toEqual({ from: at(20, "10:30"), workedSeconds: 1800 });
  expect([traceOf([], calendar, standards), waitingSince([], calendar, at(20, "11:00"))]).toEqual([[], null]);
});

test("STAT-3: standard times are configuration; a step that nobody knows, or a time that is none, is refused", () => {
  const read = parseStandards("compare=45, sign=none");
  expect(read).toEqual({ ok: true, value: { ...usualStandards, compare: 45, sign: null } });
  const wrong = ["compare=0", "compare", "xem=5", "", "sign=1.5", "sign=999999"].map((text) => parseStandards(text).ok);
  expect(wrong).toEqual([false, false, false, false, false, false]);
});

test("STAT-3: a step is held against what its agency said for the day on which it ended; what was said last of a day counts", () => {
  const day = (text: string) => text as LocalDate;
  const kept = [
    { step: "compare", minutes: 30, validFrom: day("2026-11-23") },
    { step: "compare", minutes: 90, validFrom: day("2026-11-01") },
    { step: "sign", minutes: 5, validFrom: day("2026-11-20") },
    { step: "sign", minutes: null, validFrom: day("2026-11-20") },
  ] as const;
  const on = standardsBy(kept, usualStandards);
  const said = ["2026-10-31", "2026-11-01", "2026-11-20", "2026-11-23"].map((one) => on(day(one)));
  expect(said.map(({ compare, sign, seal }) => [compare, sign, seal])).toEqual([
    [60, 60, 30],
    [90, 60, 30],
    [90, null, 30],
    [30, null, 30],
  ]);
  const events = [event("opened", 20, "08:00"), event("attested", 20, "09:00"), event("opened", 23, "07:30")];
  const lines = traceOf([...events, event("attested", 23, "08:30")], calendar, on);
  expect(lines.map(({ standardMinutes, isOver }) => [standardMinutes, isOver])).toEqual([
    [90, false],
    [30, true],
  ]);
  const wanted = { ...on(day("2026-11-23")), compare: null, hand: 60 };
  expect(changesTo(wanted, day("2026-11-23"), on)).toEqual([
    { step: "compare", minutes: null, validFrom: "2026-11-23" },
  ]);
});

test("STAT-3: the duty beside a step is one that the step is and that the person had then; else the step's own", () => {
  const change = (role: string, given: boolean, time: string) => ({ role, given, at: at(20, time) });
  const changes = [
    change("signer", true, "08:00"),
    change("administrator", true, "08:00"),
    change("signer", false, "10:00"),
    change("comparer", true, "10:00"),
  ];
  const refused = ["07:59", "09:00", "11:00"].map((time) => dutyOf("refuse", changes, at(20, time)));
  expect(refused).toEqual([["comparer", "signer"], ["signer"], ["comparer"]]);
  expect([dutyOf("seal", changes, at(20, "11:00")), dutyOf("publish", [], at(20, "11:00"))]).toEqual([["clerk"], []]);
});

test("STAT-3: the longest steps go by working time: a night by the clock is not longer than an afternoon at work", async () => {
  const step = (code: string, from: readonly [number, string], to: readonly [number, string]) => ({
    ...{ step: "compare", code, ordinal: 1, personId: null, by: null, dossierId: code as DossierId },
    ...{ from: at(...from), to: at(...to) },
  });
  let asked = 0;
  async function* batches() {
    for (const batch of [
      [step("weekend", [20, "17:00"], [23, "07:30"]), step("night", [19, "16:30"], [20, "08:30"])] as const,
      [step("afternoon", [20, "13:00"], [20, "17:00"]), step("hour", [20, "08:00"], [20, "09:00"])] as const,
      [step("minute", [20, "08:00"], [20, "08:01"])] as const,
    ]) {
      asked += 1;
      yield batch as readonly EndedStep[];
    }
  }
  const rules = { calendar, standards: () => usualStandards };
  const longest = await longestSteps(batches(), rules, 3);
  expect(longest.map(({ code, workedSeconds, isOver }) => [code, workedSeconds / 60, isOver])).toEqual([
    ["afternoon", 240, true],
    ["night", 90, true],
    ["hour", 60, false],
  ]);
  expect(asked).toBe(2);
});
