import { describe, expect, test } from "vitest";
import { sessionsOf } from "../../src/core/calendar.ts";
import { deadlineOf, endOfDay, extendedBy, riskFrom, standingOf } from "../../src/core/deadlines.ts";
import { calendarOf, proposedYear } from "../../src/core/holidays.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { deadlinesHold } from "./deadline-properties.ts";

/** The long form: `npm run deadlines`. */
const runs = Number(process.env["CHUNGTHUC_DEADLINE_RUNS"] ?? 150);
const usual = calendarOf([]);
const vn = (local: string): Instant => new Date(`${local}+07:00`).toISOString().replace(".000Z", "Z") as Instant;

test.each([
  { about: "a Monday at 08:00", at: "2026-11-23T08:00:00", due: "2026-11-23T17:00:00" },
  { about: "a Monday at 15:00 exactly", at: "2026-11-23T15:00:00", due: "2026-11-23T17:00:00" },
  { about: "a Monday one second after 15:00", at: "2026-11-23T15:00:01", due: "2026-11-24T17:00:00" },
  { about: "a Friday evening", at: "2026-11-27T19:00:00", due: "2026-11-30T17:00:00" },
  { about: "a Sunday morning", at: "2026-11-22T09:00:00", due: "2026-11-23T17:00:00" },
  { about: "the last working day before Tết, late", at: "2026-02-13T16:00:00", due: "2026-02-23T17:00:00" },
  { about: "New Year's Eve after 15:00", at: "2027-12-31T15:30:00", due: "2028-01-04T17:00:00" },
])("DEADLINE-1: received on $about, returned by $due", ({ at, due }) => {
  expect(deadlineOf(vn(at), usual)).toBe(vn(due));
});

test(
  "DEADLINE-1: over ten years no deadline is before the receipt, on a day off, or later than the law gives",
  () => {
    deadlinesHold(runs);
  },
  30_000 + 100 * runs,
);

describe("an agency's own calendar", () => {
  const year = proposedYear(2026);
  const own = calendarOf([
    {
      ...year,
      hours: [{ from: "07:00", to: "11:00" }],
      saturdayHours: [{ from: "07:30", to: "10:30" }],
      cultureDay: true,
      days: [
        ...year.days,
        { day: "2026-11-23" as LocalDate, kind: "bridge_off", note: "" },
        { day: "2026-11-29" as LocalDate, kind: "working_rest_day", note: "" },
      ],
    },
  ]);

  test("DEADLINE-1: what comes after that day's own closing is next working day's, though before 15:00", () => {
    expect(deadlineOf(vn("2026-11-26T10:59:59"), own)).toBe(vn("2026-11-26T11:00:00"));
    expect(deadlineOf(vn("2026-11-26T11:00:01"), own)).toBe(vn("2026-11-27T11:00:00"));
  });

  test("DEADLINE-6: bridge days, the day of culture, Saturday hours and swapped rest days count as they stand", () => {
    expect(deadlineOf(vn("2026-11-20T16:00:00"), own)).toBe(vn("2026-11-21T10:30:00"));
    expect(deadlineOf(vn("2026-11-22T09:00:00"), own)).toBe(vn("2026-11-25T11:00:00"));
    expect(deadlineOf(vn("2026-11-28T12:00:00"), own)).toBe(vn("2026-11-29T11:00:00"));
    expect(sessionsOf("2026-11-24" as LocalDate, usual)).toHaveLength(2);
  });

  test("hours go on into the years that nobody has entered yet", () => {
    expect(sessionsOf("2027-03-01" as LocalDate, own)).toEqual([{ from: "07:00", to: "11:00" }]);
  });
});

test("DEADLINE-2: an extension counts working days of the agency, over weekend and Tết", () => {
  expect(extendedBy(vn("2026-11-27T17:00:00"), 1, usual)).toBe(vn("2026-11-30T17:00:00"));
  expect(extendedBy(vn("2026-02-13T17:00:00"), 2, usual)).toBe(vn("2026-02-24T17:00:00"));
});

test("an appointment on a day off is for the next working day", () => {
  expect(endOfDay("2026-11-28" as LocalDate, usual)).toBe(vn("2026-11-30T17:00:00"));
});

describe("DEADLINE-4: at risk two working hours before", () => {
  test.each([
    { due: "2026-11-23T17:00:00", from: "2026-11-23T15:00:00" },
    { due: "2026-11-23T14:00:00", from: "2026-11-23T10:30:00" },
    { due: "2026-11-23T08:30:00", from: "2026-11-20T16:00:00" },
  ])("due $due, at risk from $from on: the night, noon and days off do not count", ({ due, from }) => {
    expect(riskFrom(vn(due), usual)).toBe(vn(from));
  });

  test("in time, at risk, late; a refusal is owed until its notice is signed", () => {
    const owed = { status: "read" as const, dueAt: vn("2026-11-23T17:00:00"), noticeWaits: false };
    const at = (local: string, dossier: Parameters<typeof standingOf>[0] = owed) =>
      standingOf(dossier, usual, vn(local));
    expect(at("2026-11-23T14:59:59")).toBe("in_time");
    expect(at("2026-11-23T15:00:00")).toBe("at_risk");
    expect(at("2026-11-23T17:00:00")).toBe("at_risk");
    expect(at("2026-11-23T17:00:01")).toBe("late");
    expect(at("2026-11-23T17:00:01", { ...owed, status: "released" })).toBe("answered");
    expect(at("2026-11-23T17:00:01", { ...owed, status: "refused", noticeWaits: true })).toBe("late");
  });
});
