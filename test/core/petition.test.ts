import fc from "fast-check";
import { expect, test } from "vitest";
import { isWorkingDay } from "../../src/core/calendar.ts";
import { calendarOf } from "../../src/core/holidays.ts";
import { type Instant, instantOfSeconds, localDateOf, secondsOf } from "../../src/core/kernel.ts";
import {
  parsePetitionCode,
  petitionCodeOf,
  petitionDue,
  petitionStanding,
  shownPetitionCode,
} from "../../src/core/petition.ts";
import { parseDossierCode } from "../../src/core/submission.ts";
import { parseTerms } from "../../src/core/terms.ts";

const usualCalendar = calendarOf([]);
const at = (text: string) => text as Instant;
const year = [secondsOf(at("2026-01-01T00:00:00Z")), secondsOf(at("2027-09-01T00:00:00Z"))] as const;

test("VOICE-2: an answer is due at the end of a working day, as many working days on, and never earlier for what came later", () => {
  const moments = fc.integer({ min: year[0], max: year[1] });
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 0, max: 86_400 * 3 }),
      fc.integer({ min: 1, max: 20 }),
      (second, more, days) => {
        const [first, later] = [second, second + more].map((one) =>
          petitionDue(instantOfSeconds(one), days, usualCalendar),
        );
        expect(isWorkingDay(localDateOf(first as Instant), usualCalendar)).toBe(true);
        expect(secondsOf(first as Instant)).toBeGreaterThanOrEqual(second + (days - 1) * 86_400);
        expect((later as Instant) >= (first as Instant)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test("VOICE-2: ten working days over Tết 2026 end after it", () => {
  // Friday 13 February; 16 to 20 are Tết
  expect(petitionDue(at("2026-02-13T02:00:00Z"), 10, usualCalendar)).toBe("2026-03-06T10:00:00Z");
});

test.each([
  ["2026-11-23T02:00:00Z", "open"],
  ["2026-12-03T02:00:00Z", "soon"],
  ["2026-12-07T10:00:01Z", "late"],
] as const)("VOICE-2: at %s it is %s: late is seen two working days before", (now, standing) => {
  const dueAt = petitionDue(at("2026-11-23T02:00:00Z"), 10, usualCalendar);
  expect(dueAt).toBe("2026-12-07T10:00:00Z");
  expect(petitionStanding({ dueAt, answer: null }, at(now), usualCalendar)).toBe(standing);
  const answer = { words: "", by: "", at: at(now) };
  expect(petitionStanding({ dueAt, answer }, at(now), usualCalendar)).toBe("answered");
});

test("a code is read as people type it, and nothing else is a code", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
      const code = petitionCodeOf(bytes);
      const typed = shownPetitionCode(code)
        .toLowerCase()
        .replaceAll("0", "o")
        .replaceAll("1", "l")
        .replaceAll("-", " ");
      expect(parsePetitionCode(typed)).toBe(code);
    }),
    { numRuns: 200 },
  );
  for (const text of ["", "7K2M-9QXT", "7K2M-9QXT-0AB4-1", "7K2M-9QXT-0AU4"])
    expect(parsePetitionCode(text)).toBeNull();
});

test.each([
  [" h55.242–261123-0004 ", "H55.242-261123-0004"],
  ["000.00.12.h62-201105-0004", "000.00.12.H62-201105-0004"],
  ["H55.242-2611230004", null],
  ["", null],
])("TT 01/2018 Art. 19: %j is read as %j", (typed, code) => {
  expect(parseDossierCode(typed)).toBe(code);
});

test("the term of an answer is configuration, in working days", () => {
  expect(parseTerms("petition=15")).toMatchObject({ ok: true, value: { answer: { petition: 15 } } });
  for (const text of ["petition=never", "petition=366", "petition=0"]) expect(parseTerms(text).ok).toBe(false);
});
