import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instant, instantOfSeconds, type LocalDate, localDateOf } from "../../src/core/kernel.ts";
import { booksToOpen, bookText, numberText, placeOf, standingOf, yearOf } from "../../src/core/register.ts";

const day = (text: string) => text as LocalDate;

describe("REG-1: numbers as NĐ 23/2015 Art. 13 has them written", () => {
  test.each([
    [1, "01"],
    [9, "09"],
    [10, "10"],
    [123, "123"],
    [100_000, "100000"],
  ])("REG-1: number %d is printed %j", (number, text) => {
    expect(numberText(number)).toBe(text);
  });

  test("REG-1: a book is printed with its ordinal, year and kind", () => {
    expect(bookText({ ordinal: 1, year: 2026, suffix: "SCT/BS" })).toBe("01/2026-SCT/BS");
    expect(bookText({ ordinal: 12, year: 2027, suffix: "SCTĐT/BS" })).toBe("12/2027-SCTĐT/BS");
  });

  test("REG-1: the year of a number is that of the day in Vietnam", () => {
    expect(yearOf(day("2026-12-31"))).toBe(2026);
    expect(yearOf(localDateOf(instantOfSeconds(Date.UTC(2026, 11, 31, 17) / 1000)))).toBe(2027);
  });
});

describe("DATE-1: a copy is good for its printed day only", () => {
  test.each([
    ["2026-11-22", "2026-11-22", "good"],
    ["2026-11-22", "2026-11-23", "compose_again"],
    ["2026-01-01", "2026-12-31", "compose_again"],
    ["2026-12-31", "2027-01-01", "void"],
    ["2026-11-22", "2028-11-22", "void"],
  ] as const)("DATE-1: printed %s, on %s it is %s", (printed, today, standing) => {
    expect(standingOf(day(printed), day(today))).toBe(standing);
  });

  test("DATE-1: a clock that went back does not make another day's copy good", () => {
    expect(standingOf(day("2026-11-22"), day("2026-11-21"))).toBe("compose_again");
    expect(standingOf(day("2027-01-01"), day("2026-12-31"))).toBe("void");
  });

  test("DATE-1: good on no other day, and void exactly when the year is another", () => {
    const anyDay = fc.integer({ min: 0, max: 40_000 }).map((days) => localDateOf(instantOfSeconds(days * 86_400)));
    const holds = (printed: LocalDate, today: LocalDate) => {
      const standing = standingOf(printed, today);
      expect(standing === "good").toBe(printed === today);
      expect(standing === "void").toBe(yearOf(printed) !== yearOf(today));
    };
    fc.assert(fc.property(anyDay, anyDay, holds));
  });
});

test.each([
  ["Ủy ban nhân dân phường Hòa Bán", "Phường Hòa Bán"],
  ["UỶ BAN NHÂN DÂN xã Hòa Bán", "Xã Hòa Bán"],
  ["đặc khu Hòa Bán", "Đặc khu Hòa Bán"],
])("NĐ 30/2020 Appendix I: before the date of %j stands %j", (agency, place) => {
  expect(placeOf(agency)).toBe(place);
});

test("REG-2: in December, and never before, the next year's book of each kind in use waits to be opened; the running year's always", () => {
  const open = (suffix: string, year: number) => ({ suffix, year, closedAt: null });
  const closed = { suffix: "A", year: 2026, closedAt: "2026-06-01T00:00:00Z" as Instant };
  const names = { electronic: "A", paper: "B" };
  const toOpen = (books: Parameters<typeof booksToOpen>[0], today: string) =>
    booksToOpen(books, () => names, today as LocalDate).map(({ suffix, year }) => `${suffix} ${year}`);
  expect(toOpen([], "2026-11-30")).toEqual(["A 2026", "B 2026"]);
  expect(toOpen([open("A", 2026)], "2026-11-30")).toEqual(["B 2026"]);
  expect(toOpen([open("A", 2026)], "2026-12-01")).toEqual(["B 2026", "A 2027"]);
  expect(toOpen([open("A", 2026), open("A", 2027), open("B", 2026)], "2026-12-31")).toEqual(["B 2027"]);
  expect(toOpen([open("A", 2027)], "2027-01-01")).toEqual(["B 2027"]);
  expect(toOpen([closed], "2026-07-01")).toEqual(["A 2026", "B 2026"]);
});
