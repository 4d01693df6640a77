import type { Dossier } from "./dossier.ts";
import { type Instant, instantOfSeconds, type LocalDate, localDateOf, secondsOf } from "./kernel.ts";
import { isLast } from "./stages.ts";

/** Working days of an agency. Days off and working Saturdays are announced every year, so both are tables. */
export type WorkingCalendar = {
  readonly daysOff: ReadonlySet<string>;
  /** Rest days that are worked all the same, in exchange for a day off. */
  readonly workedRestDays: ReadonlySet<string>;
  /** End of office hours, Vietnam's wall clock, `17:00`. */
  readonly closesAt: string;
};

const daySeconds = 86_400;
const vietnamOffsetSeconds = 7 * 3600;
const cutOff = "15:00";

/**
 * DEADLINE-1, NĐ 23/2015 Art. 7: the same day for what is received by 15:00 of a working day, else the end of the next
 * working day.
 */
export function deadlineOf(receivedAt: Instant, calendar: WorkingCalendar): Instant {
  const local = instantOfSeconds(secondsOf(receivedAt) + vietnamOffsetSeconds);
  const day = localDateOf(receivedAt);
  const sameDay = isWorkingDay(day, calendar) && local.slice(11, 19) <= `${cutOff}:00`;
  return closingOf(sameDay ? day : nextWorkingDay(day, calendar), calendar);
}

/** What a deadline is held against: a refusal is answered only once its notice is signed. */
type Awaiting = Pick<Dossier, "status" | "openedAt"> & { readonly noticeWaits: boolean };

/** Whether the applicant is still owed an answer. */
export const isAwaited = ({ status, noticeWaits }: Awaiting): boolean => !isLast(status) || noticeWaits;

/** DEADLINE-1: still owed, and its deadline has passed. */
export const isLate = (dossier: Awaiting, calendar: WorkingCalendar, now: Instant): boolean =>
  isAwaited(dossier) && deadlineOf(dossier.openedAt, calendar) < now;

export function isWorkingDay(day: LocalDate, { daysOff, workedRestDays }: WorkingCalendar): boolean {
  const isRestDay = weekdayOf(day) >= 5;
  return !daysOff.has(day) && (!isRestDay || workedRestDays.has(day));
}

export function nextWorkingDay(day: LocalDate, calendar: WorkingCalendar): LocalDate {
  let next = dayAfter(day);
  while (!isWorkingDay(next, calendar)) next = dayAfter(next);
  return next;
}

function closingOf(day: LocalDate, { closesAt }: WorkingCalendar): Instant {
  return instantOfSeconds(secondsOf(`${day}T${closesAt}:00Z` as Instant) - vietnamOffsetSeconds);
}

const dayAfter = (day: LocalDate): LocalDate =>
  instantOfSeconds(secondsOf(`${day}T00:00:00Z` as Instant) + daySeconds).slice(0, 10) as LocalDate;

/** 0 Monday to 6 Sunday; 1970-01-01 was a Thursday. */
const weekdayOf = (day: LocalDate): number => (secondsOf(`${day}T00:00:00Z` as Instant) / daySeconds + 3) % 7;
