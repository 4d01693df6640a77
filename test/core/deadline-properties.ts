import fc from "fast-check";
import { expect } from "vitest";
import {
  type CalendarDay,
  checkedYear,
  isWorkingDay,
  type Session,
  sessionsOf,
  type WorkingCalendar,
  type WorkingYear,
} from "../../src/core/calendar.ts";
import { deadlineOf, extendedBy, riskFrom } from "../../src/core/deadlines.ts";
import { calendarOf, proposedYear } from "../../src/core/holidays.ts";
import {
  type Instant,
  instantOfSeconds,
  type LocalDate,
  localDateOf,
  localTimeOf,
  secondsOf,
} from "../../src/core/kernel.ts";

const years = Array.from({ length: 10 }, (_, i) => 2026 + i);
const firstSecond = secondsOf("2025-12-31T17:00:00Z" as Instant);
const lastSecond = secondsOf("2035-12-31T16:59:59Z" as Instant);

const hours: fc.Arbitrary<readonly Session[]> = fc.constantFrom(
  [
    { from: "07:30", to: "11:30" },
    { from: "13:00", to: "17:00" },
  ],
  [
    { from: "07:00", to: "11:00" },
    { from: "13:30", to: "17:30" },
  ],
  [{ from: "08:00", to: "14:00" }],
);
const saturdays = fc.constantFrom<readonly Session[]>([], [{ from: "07:30", to: "11:30" }]);

/** What an administrator might add: bridge days, swapped rest days, and what does not fit and is left out. */
const added = (year: number): fc.Arbitrary<CalendarDay[]> =>
  fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 364 }).map((i) => dayOfYear(year, i)),
      kind: fc.constantFrom("bridge_off" as const, "working_rest_day" as const, "compensation" as const),
      note: fc.constant(""),
    }),
    { maxLength: 20 },
  );

const dayOfYear = (year: number, i: number): LocalDate =>
  localDateOf(instantOfSeconds(secondsOf(`${year}-01-01T00:00:00Z` as Instant) + i * 86_400));

const aYear = (year: number): fc.Arbitrary<WorkingYear> =>
  fc
    .record({ hours, saturdayHours: saturdays, extra: added(year), cultureDay: fc.boolean() })
    .map(({ hours: own, saturdayHours, extra, cultureDay }) => {
      const base = { ...proposedYear(year), hours: own, saturdayHours, cultureDay };
      let fitting: WorkingYear = base;
      for (const day of extra) {
        const more = checkedYear({ ...fitting, days: [...fitting.days, day] });
        if (more.ok) fitting = more.value;
      }
      return fitting;
    });

const calendars: fc.Arbitrary<WorkingCalendar> = fc.tuple(...years.map(aYear)).map((all) => calendarOf(all));
const instants = fc.integer({ min: firstSecond, max: lastSecond }).map(instantOfSeconds);

/** Near what decides: 15:00, closing times, the turn of days, Tết, the end of a year. */
const edges = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: firstSecond, max: lastSecond }).map((at) => localDateOf(instantOfSeconds(at))),
      fc.constantFrom(...years.flatMap((year) => [`${year}-12-31`, `${year}-02-05`, `${year}-01-01`, `${year}-05-01`])),
    ),
    fc.constantFrom("00:00", "07:30", "11:30", "14:00", "15:00", "17:00", "17:30", "23:59"),
    fc.integer({ min: -1, max: 1 }),
  )
  .map(([day, time, more]) => {
    const at = secondsOf(`${day}T${time}:00Z` as Instant) - 7 * 3600 + more;
    return instantOfSeconds(Math.min(Math.max(at, firstSecond), lastSecond));
  });

/** @param runs how many calendars are tried, each with several receipts */
export function deadlinesHold(runs: number): void {
  const receipts = fc.array(fc.oneof(instants, edges), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(calendars, receipts, fc.integer({ min: 1, max: 2 }), (calendar, all, days) => {
      const sorted = all.toSorted();
      const dues = sorted.map((receivedAt) => deadlineOf(receivedAt, calendar));
      expect(dues).toEqual(dues.toSorted()); // who comes earlier is never promised later
      for (const [i, receivedAt] of sorted.entries()) holds(receivedAt, dues[i] ?? receivedAt, calendar, days);
    }),
    { numRuns: runs },
  );
}

function holds(receivedAt: Instant, dueAt: Instant, calendar: WorkingCalendar, days: number): void {
  expect(dueAt >= receivedAt).toBe(true);
  isClosing(dueAt, calendar);
  const [received, due] = [localDateOf(receivedAt), localDateOf(dueAt)];
  expect(workingDaysBetween(received, due, calendar)).toBeLessThanOrEqual(1);
  if (localTimeOf(receivedAt).slice(11, 19) > "15:00:00" || !isWorkingDay(received, calendar)) {
    expect(due > received).toBe(true);
  }
  const extended = extendedBy(dueAt, days, calendar);
  isClosing(extended, calendar);
  expect(workingDaysBetween(due, localDateOf(extended), calendar)).toBe(days);
  const risk = riskFrom(dueAt, calendar);
  expect(risk < dueAt && secondsOf(dueAt) - secondsOf(risk) >= 7200).toBe(true);
}

/** The end of a working day of the agency. */
function isClosing(at: Instant, calendar: WorkingCalendar): void {
  const day = localDateOf(at);
  expect(isWorkingDay(day, calendar)).toBe(true);
  expect(localTimeOf(at).slice(11, 16)).toBe(sessionsOf(day, calendar).at(-1)?.to);
}

/** Working days after the first, up to and with the last. */
function workingDaysBetween(first: LocalDate, last: LocalDate, calendar: WorkingCalendar): number {
  let count = 0;
  let at = secondsOf(`${first}T00:00:00Z` as Instant);
  const end = secondsOf(`${last}T00:00:00Z` as Instant);
  while (at < end) {
    at += 86_400;
    if (isWorkingDay(instantOfSeconds(at).slice(0, 10) as LocalDate, calendar)) count += 1;
  }
  return count;
}
