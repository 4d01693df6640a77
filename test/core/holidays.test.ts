import { describe, expect, test } from "vitest";
import { type CalendarDay, checkedYear } from "../../src/core/calendar.ts";
import { proposedDays, proposedYear } from "../../src/core/holidays.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import { weekdayOf } from "../../src/core/weekdays.ts";
import { solarDate } from "./lunar.ts";

const years = Array.from({ length: 10 }, (_, i) => 2026 + i);
const dayOf = (year: number, note: string) => proposedDays(year).find((one) => one.note === note)?.day;

test.each(years)("LAW 8.1: the lunar days of %d are those of the new moons at UTC+7", (year) => {
  expect(dayOf(year, "Tết Âm lịch (mùng 1)")).toBe(solarDate(year, 1, 1));
  expect(dayOf(year, "Giỗ Tổ Hùng Vương (10/3 âm lịch)")).toBe(solarDate(year, 3, 10));
});

test("the computation agrees with years that are known", () => {
  expect([2020, 2023, 2024, 2025].map((year) => solarDate(year, 1, 1))).toEqual([
    "2020-01-25",
    "2023-01-22",
    "2024-02-10",
    "2025-01-29",
  ]);
});

test.each(
  years,
)("Bộ luật Lao động Art. 112: the proposal of %d has eleven days off, none lost on a rest day", (year) => {
  const days = proposedDays(year);
  expect(days.filter(({ kind }) => kind === "holiday")).toHaveLength(11);
  expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
  expect(days.filter(({ day }) => weekdayOf(day) < 5)).toHaveLength(11);
  expect(checkedYear(proposedYear(year)).ok).toBe(true);
});

test("Art. 111(3): a holiday on a rest day gives the next working day off", () => {
  const off = (year: number) => proposedDays(year).map(({ day }) => day);
  expect(off(2026)).toContain("2026-04-27"); // Giỗ Tổ on Sunday
  expect(off(2027)).toEqual(expect.arrayContaining(["2027-02-10", "2027-02-11", "2027-05-03"]));
  expect(off(2028)).toContain("2028-05-02"); // 30 April on Sunday, 1 May off anyway
});

test("what the yearly announcement decides is only proposed: Tết but its first day, the day beside 2 September, compensation", () => {
  const proposed = proposedDays(2027).filter(({ isSure }) => !isSure);
  expect(proposed.map(({ day }) => day)).toEqual([
    "2027-02-05",
    "2027-02-07",
    "2027-02-08",
    "2027-02-09",
    "2027-02-10",
    "2027-02-11",
    "2027-05-03",
    "2027-09-03",
  ]);
});

describe("a table as it is typed", () => {
  const year = { ...proposedYear(2026), days: [] };
  const day = (text: string, kind: CalendarDay["kind"]): CalendarDay => ({ day: text as LocalDate, kind, note: "" });
  const faultsOf = (...days: CalendarDay[]) => {
    const checked = checkedYear({ ...year, days });
    return checked.ok ? [] : checked.failure;
  };

  test.each([
    { days: [day("2026-02-30", "holiday")], faults: [{ code: "day_malformed", row: 0 }] },
    { days: [day("2027-01-01", "holiday")], faults: [{ code: "day_of_another_year", row: 0 }] },
    { days: [day("2026-05-01", "holiday"), day("2026-05-01", "bridge_off")], faults: [{ code: "day_twice", row: 1 }] },
    { days: [day("2026-05-02", "compensation")], faults: [{ code: "rest_day_already", row: 0 }] },
    { days: [day("2026-05-04", "working_rest_day")], faults: [{ code: "no_rest_day", row: 0 }] },
  ])("$faults.0.code is told at its row", ({ days, faults }) => {
    expect(faultsOf(...days)).toEqual(faults);
  });

  test("more days than a year could have are refused: working days are left whatever is typed", () => {
    const many = Array.from({ length: 61 }, (_, i) =>
      day(new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10), "holiday"),
    );
    expect(faultsOf(...many)).toEqual([{ code: "too_many_days" }]);
  });

  test("hours stand in order, and there are some", () => {
    const afternoon = { from: "13:00", to: "17:00" };
    for (const hours of [[], [afternoon, { from: "07:30", to: "11:30" }], [{ from: "25:00", to: "26:00" }]]) {
      expect(checkedYear({ ...year, hours }).ok).toBe(false);
    }
  });
});
