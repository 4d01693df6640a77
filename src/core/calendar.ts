import { fail, type LocalDate, ok, parseLocalDate, type Result } from "./kernel.ts";
import { dayAfter, weekdayOf } from "./weekdays.ts";

/** Hours of one stretch of work, Vietnam's wall clock: `07:30` to `11:30`. */
export type Session = { readonly from: string; readonly to: string };

/**
 * How a day differs from its weekday: off by law, off in compensation for a holiday on a rest day (Bộ luật Lao động 2019
 * Art. 111(3)), off between holiday and weekend in exchange for a rest day, and such a rest day that is worked.
 */
export const dayKinds = ["holiday", "compensation", "bridge_off", "working_rest_day"] as const;

export type DayKind = (typeof dayKinds)[number];

export type CalendarDay = { readonly day: LocalDate; readonly kind: DayKind; readonly note: string };

/** One year of an agency's working time, as its administrator has it. LAW 8.1. */
export type WorkingYear = {
  readonly year: number;
  /** Monday to Friday, and rest days that are worked. In order, one at least. */
  readonly hours: readonly Session[];
  /** Every Saturday; empty where it is a rest day. */
  readonly saturdayHours: readonly Session[];
  readonly days: readonly CalendarDay[];
  /** Whether 24 November (Ngày Văn hóa Việt Nam) is a day off: not settled in law, docs/legal-rules.md, open point 8. */
  readonly cultureDay: boolean;
  /** The yearly announcement that the days were held against; empty while they are only proposed. */
  readonly announcement: string;
};

/** Every year has an answer: the agency's own table, or the proposal. */
export type WorkingCalendar = { readonly yearOf: (year: number) => WorkingYear };

/** What differs on that day; null where the weekday decides. */
export function exceptionOn(day: LocalDate, { yearOf }: WorkingCalendar): DayKind | null {
  const { days, cultureDay } = yearOf(yearOfDay(day));
  return days.find((one) => one.day === day)?.kind ?? (cultureDay ? cultureKind(day, days) : null);
}

/** When the agency works that day; empty on a day off. */
export function sessionsOf(day: LocalDate, calendar: WorkingCalendar): readonly Session[] {
  const { hours, saturdayHours } = calendar.yearOf(yearOfDay(day));
  const exception = exceptionOn(day, calendar);
  if (exception === "working_rest_day") return hours;
  if (exception !== null) return [];
  const weekday = weekdayOf(day);
  if (weekday === 5) return saturdayHours;
  return weekday === 6 ? [] : hours;
}

export const isWorkingDay = (day: LocalDate, calendar: WorkingCalendar): boolean =>
  sessionsOf(day, calendar).length > 0;

export function nextWorkingDay(day: LocalDate, calendar: WorkingCalendar): LocalDate {
  let next = dayAfter(day);
  while (!isWorkingDay(next, calendar)) next = dayAfter(next); // `checkedYear` leaves no year without working days
  return next;
}

/** 24 November, or the working day after it that stands in for it on a weekend. */
function cultureKind(day: LocalDate, days: readonly CalendarDay[]): DayKind | null {
  const culture = `${day.slice(0, 4)}-11-24` as LocalDate;
  if (day === culture) return "holiday";
  if (weekdayOf(culture) < 5) return null;
  let stands = dayAfter(culture);
  while (weekdayOf(stands) >= 5 || days.some((one) => one.day === stands)) stands = dayAfter(stands);
  return day === stands ? "compensation" : null;
}

const yearOfDay = (day: LocalDate): number => Number(day.slice(0, 4));

export type CalendarFault =
  | { readonly code: "hours_missing" | "hours_out_of_order"; readonly field: "hours" | "saturdayHours" }
  | { readonly code: "too_many_days" }
  | {
      readonly code: "day_malformed" | "day_of_another_year" | "day_twice" | "rest_day_already" | "no_rest_day";
      /** Counted from 0. */
      readonly row: number;
    };

const mostDays = 60; // four times what any year had; a year keeps working days whatever is typed
const mostSessions = 3;

/** A table as it was typed, held to what a calendar must be: every fault at its row. */
export function checkedYear(typed: WorkingYear): Result<WorkingYear, readonly CalendarFault[]> {
  const faults: CalendarFault[] = [...faultsOfHours(typed), ...typed.days.flatMap((_, row) => faultsOfDay(typed, row))];
  if (typed.days.length > mostDays) faults.push({ code: "too_many_days" });
  if (faults.length > 0) return fail(faults);
  return ok({ ...typed, days: typed.days.toSorted((a, b) => (a.day < b.day ? -1 : 1)) });
}

function faultsOfHours({ hours, saturdayHours }: WorkingYear): CalendarFault[] {
  const faults: CalendarFault[] = hours.length === 0 ? [{ code: "hours_missing", field: "hours" }] : [];
  if (!areInOrder(hours)) faults.push({ code: "hours_out_of_order", field: "hours" });
  if (!areInOrder(saturdayHours)) faults.push({ code: "hours_out_of_order", field: "saturdayHours" });
  return faults;
}

function areInOrder(sessions: readonly Session[]): boolean {
  const times = sessions.flatMap(({ from, to }) => [from, to]);
  const areTimes = times.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time));
  return (
    areTimes && sessions.length <= mostSessions && times.every((time, i) => i === 0 || (times[i - 1] ?? "") < time)
  );
}

function faultsOfDay({ year, days, saturdayHours }: WorkingYear, row: number): CalendarFault[] {
  const typed = days[row];
  if (typed === undefined) return [];
  const { day, kind } = typed;
  if (!parseLocalDate(day).ok) return [{ code: "day_malformed", row }];
  if (yearOfDay(day) !== year) return [{ code: "day_of_another_year", row }];
  if (days.findIndex((one) => one.day === day) < row) return [{ code: "day_twice", row }];
  const weekday = weekdayOf(day);
  const isRestDay = weekday === 6 || (weekday === 5 && saturdayHours.length === 0);
  if (kind === "working_rest_day") return isRestDay ? [] : [{ code: "no_rest_day", row }];
  return isRestDay && kind !== "holiday" ? [{ code: "rest_day_already", row }] : [];
}
