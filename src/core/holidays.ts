import type { CalendarDay, WorkingCalendar, WorkingYear } from "./calendar.ts";
import type { LocalDate } from "./kernel.ts";
import { dayAfter, daysAfter, weekdayOf } from "./weekdays.ts";

/**
 * First day of the lunar year and 10th of its third month, computed at UTC+7 (new moons and the sun's longitude; LAW 8.1;
 * test/core/holidays.test.ts computes them again).
 */
const lunarDays: Readonly<Record<number, readonly [newYear: string, hungKings: string]>> = {
  2026: ["2026-02-17", "2026-04-26"],
  2027: ["2027-02-06", "2027-04-16"],
  2028: ["2028-01-26", "2028-04-04"],
  2029: ["2029-02-13", "2029-04-23"],
  2030: ["2030-02-02", "2030-04-12"],
  2031: ["2031-01-23", "2031-04-01"],
  2032: ["2032-02-11", "2032-04-19"],
  2033: ["2033-01-31", "2033-04-09"],
  2034: ["2034-02-19", "2034-04-28"],
  2035: ["2035-02-08", "2035-04-17"],
};

/** A day off as far as it is known beforehand. */
export type ProposedDay = CalendarDay & {
  /** Follows from the law and the calendar alone; else the yearly announcement may say another day. */
  readonly isSure: boolean;
};

/**
 * Days off of Bộ luật Lao động 2019 Art. 112 with the compensation of Art. 111(3). Which five days of Tết and which day
 * beside 2 September is announced every year: proposed are the eve of Tết to its fourth day, and the day that makes the
 * longer rest. Days after 2035 have no lunar dates here.
 */
export function proposedDays(year: number): readonly ProposedDay[] {
  const named = namedDays(year);
  return withCompensation(named).toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** What an agency works by before its administrator says otherwise: a 40-hour week of Monday to Friday. LAW 8.1. */
export const proposedYear = (year: number): WorkingYear => ({
  year,
  hours: [
    { from: "07:30", to: "11:30" },
    { from: "13:00", to: "17:00" },
  ],
  saturdayHours: [],
  days: proposedDays(year).map(({ day, kind, note }) => ({ day, kind, note })),
  cultureDay: false,
  announcement: "",
});

/** Years as kept, the proposal for all others. */
export function calendarOf(kept: readonly WorkingYear[]): WorkingCalendar {
  const years = new Map(kept.map((one) => [one.year, one]));
  return {
    yearOf: (year) => {
      const known = years.get(year) ?? { ...proposedYear(year), ...hoursBefore(kept, year) };
      years.set(year, known);
      return known;
    },
  };
}

/** Hours go on from year to year until somebody changes them. */
function hoursBefore(kept: readonly WorkingYear[], year: number): Partial<WorkingYear> {
  const before = kept.filter((one) => one.year < year).toSorted((a, b) => b.year - a.year)[0];
  return before === undefined ? {} : { hours: before.hours, saturdayHours: before.saturdayHours };
}

function namedDays(year: number): ProposedDay[] {
  const [newYear, hungKings] = lunarDays[year] ?? [];
  return [
    holiday(`${year}-01-01`, "Tết Dương lịch", true),
    ...(newYear === undefined ? [] : tetDays(newYear as LocalDate)),
    ...(hungKings === undefined ? [] : [holiday(hungKings, "Giỗ Tổ Hùng Vương (10/3 âm lịch)", true)]),
    holiday(`${year}-04-30`, "Ngày Chiến thắng", true),
    holiday(`${year}-05-01`, "Ngày Quốc tế lao động", true),
    holiday(`${year}-09-02`, "Quốc khánh", true),
    holiday(besideNationalDay(year), "Quốc khánh (ngày liền kề)", false),
  ];
}

const holiday = (day: string, note: string, isSure: boolean): ProposedDay => ({
  day: day as LocalDate,
  kind: "holiday",
  note,
  isSure,
});

const tetDays = (newYear: LocalDate): ProposedDay[] =>
  [-1, 0, 1, 2, 3].map((after) =>
    holiday(
      daysAfter(newYear, after),
      after < 0 ? "Tết Âm lịch (ngày cuối năm)" : `Tết Âm lịch (mùng ${after + 1})`,
      after === 0,
    ),
  );

/** 1 or 3 September, whichever stands nearer to the weekend; the former where it is the same. */
function besideNationalDay(year: number): LocalDate {
  const [before, after] = [`${year}-09-01` as LocalDate, `${year}-09-03` as LocalDate];
  const joinsWeekend = weekdayOf(after) === 4; // 2 and 3 September are Thursday and Friday
  return joinsWeekend ? after : before;
}

/** Art. 111(3): a holiday on a rest day gives the next working day off. */
function withCompensation(days: readonly ProposedDay[]): ProposedDay[] {
  const all = [...days];
  for (const { day, note } of days.filter((one) => weekdayOf(one.day) >= 5)) {
    let free = dayAfter(day);
    while (weekdayOf(free) >= 5 || all.some((one) => one.day === free)) free = dayAfter(free);
    all.push({ day: free, kind: "compensation", note: `Nghỉ bù ${note}`, isSure: false });
  }
  return all;
}
