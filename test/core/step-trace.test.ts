import { expect, test } from "vitest";
import { calendarOf } from "../../src/core/holidays.ts";
import type { Instant } from "../../src/core/kernel.ts";
import {
  parseStandards,
  traceOf,
  usualStandards,
  waitingSince,
  workedBetween,
} from "../../src/core/statistics/step-trace.ts";

const calendar = calendarOf([]);
/** By the clock in Vietnam, in November 2026: the 20th is a Friday. */
const at = (day: number, time: string) => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return `2026-11-${day}T${String(hour - 7).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00Z` as Instant;
};
const event = (what: string, day: number, time: string, by: string | null = "Lê Thị Minh Họa (hư cấu)") => ({
  ...{ what, at: at(day, time), by },
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
  const standards = { ...usualStandards, sign: null };
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
