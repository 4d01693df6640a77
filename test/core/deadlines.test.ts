import fc from "fast-check";
import { expect, test } from "vitest";
import { usualCalendar } from "../../src/core/calendar.ts";
import { deadlineOf, isWorkingDay } from "../../src/core/deadlines.ts";
import { type Instant, instantOfSeconds, localDateOf, secondsOf } from "../../src/core/kernel.ts";

test.each([
  { about: "a Monday at 08:00", at: "2026-11-23T01:00:00Z", due: "2026-11-23T10:00:00Z" },
  { about: "a Monday at 15:00 exactly", at: "2026-11-23T08:00:00Z", due: "2026-11-23T10:00:00Z" },
  { about: "a Monday one second after 15:00", at: "2026-11-23T08:00:01Z", due: "2026-11-24T10:00:00Z" },
  { about: "a Friday evening", at: "2026-11-27T12:00:00Z", due: "2026-11-30T10:00:00Z" },
  { about: "a Sunday morning", at: "2026-11-22T02:00:00Z", due: "2026-11-23T10:00:00Z" },
  { about: "the last working day before Tết, late", at: "2026-02-13T09:00:00Z", due: "2026-02-23T10:00:00Z" },
])("DEADLINE-1: received on $about, returned by $due", ({ at, due }) => {
  expect(deadlineOf(at as Instant, usualCalendar)).toBe(due);
});

test("DEADLINE-1: every deadline is the end of a working day, at or after the receipt's day, and never two working days on", () => {
  const seconds = fc.integer({
    min: secondsOf("2026-01-01T00:00:00Z" as Instant),
    max: secondsOf("2027-12-20T00:00:00Z" as Instant),
  });
  fc.assert(
    fc.property(seconds, (at) => {
      const received = instantOfSeconds(at);
      const due = deadlineOf(received, usualCalendar);
      expect(isWorkingDay(localDateOf(due), usualCalendar)).toBe(true);
      expect(secondsOf(due)).toBeGreaterThanOrEqual(at - 9 * 3600);
      const between = countWorkingDays(at, secondsOf(due));
      expect(between).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});

/** Working days strictly after the day of receipt, up to and with the day of the deadline. */
function countWorkingDays(from: number, to: number): number {
  let count = 0;
  for (let at = from + 86_400; localDateOf(instantOfSeconds(at)) <= localDateOf(instantOfSeconds(to)); at += 86_400) {
    if (isWorkingDay(localDateOf(instantOfSeconds(at)), usualCalendar)) count += 1;
  }
  return count;
}
