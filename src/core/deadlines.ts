import { isWorkingDay, nextWorkingDay, type Session, sessionsOf, type WorkingCalendar } from "./calendar.ts";
import { deadlineLawOn } from "./deadline-law.ts";
import type { Dossier } from "./dossier.ts";
import { type Instant, instantOfSeconds, type LocalDate, localDateOf, localTimeOf, secondsOf } from "./kernel.ts";
import { isLast } from "./stages.ts";
import { dayBefore } from "./weekdays.ts";

/**
 * DEADLINE-1, NĐ 23/2015 Art. 7: the same day for what is received by 15:00 of a working day, else the end of the next
 * working day. What comes after that day's own closing is next day's too.
 */
export function deadlineOf(receivedAt: Instant, calendar: WorkingCalendar): Instant {
  const day = localDateOf(receivedAt);
  const { cutOff } = deadlineLawOn(day);
  const isInTime = localTimeOf(receivedAt).slice(11, 19) <= `${cutOff}:00`;
  const isSameDay = isInTime && isWorkingDay(day, calendar) && receivedAt <= closingOf(day, calendar);
  return closingOf(isSameDay ? day : nextWorkingDay(day, calendar), calendar);
}

/**
 * DEADLINE-2, NĐ 23/2015 Art. 21: the end of the so-manieth working day after the one that was promised.
 *
 * @param workingDays 1 or more; how many the law allows is `deadlineLawOn`
 */
export function extendedBy(dueAt: Instant, workingDays: number, calendar: WorkingCalendar): Instant {
  let day = localDateOf(dueAt);
  for (let i = 0; i < workingDays; i++) day = nextWorkingDay(day, calendar);
  return closingOf(day, calendar);
}

/** The end of that day's working time; of a day off, of the next working day. */
export function endOfDay(day: LocalDate, calendar: WorkingCalendar): Instant {
  return closingOf(isWorkingDay(day, calendar) ? day : nextWorkingDay(day, calendar), calendar);
}

/** What a deadline is held against: a refusal is answered only once its notice is signed. */
type Awaiting = Pick<Dossier, "status" | "dueAt"> & { readonly noticeWaits: boolean };

/** Whether the applicant is still owed an answer. */
export const isAwaited = ({ status, noticeWaits }: Omit<Awaiting, "dueAt">): boolean => !isLast(status) || noticeWaits;

export type Standing = "in_time" | "at_risk" | "late" | "answered";

const riskSeconds = 2 * 3600;

/** DEADLINE-4: still owed, and its deadline has passed (late), or passes within two hours of work (at risk). */
export function standingOf(dossier: Awaiting, calendar: WorkingCalendar, now: Instant): Standing {
  if (!isAwaited(dossier)) return "answered";
  if (dossier.dueAt < now) return "late";
  return now >= riskFrom(dossier.dueAt, calendar) ? "at_risk" : "in_time";
}

/** Two hours of work before that instant: the hours of days off and of the night do not count. */
export function riskFrom(dueAt: Instant, calendar: WorkingCalendar): Instant {
  let day = localDateOf(dueAt);
  for (let left = riskSeconds, i = 0; i < 60; i++, day = dayBefore(day)) {
    for (const session of sessionsOf(day, calendar).toReversed()) {
      const from = secondsOf(instantOn(day, session.from));
      const worked = Math.min(secondsOf(dueAt), secondsOf(instantOn(day, session.to))) - from;
      if (worked >= left) return instantOfSeconds(from + worked - left);
      left -= Math.max(0, worked);
    }
  }
  return dueAt;
}

function closingOf(day: LocalDate, calendar: WorkingCalendar): Instant {
  const last: Session | undefined = sessionsOf(day, calendar).at(-1);
  if (last === undefined) throw new Error("a day off has no closing time");
  return instantOn(day, last.to);
}

const vietnamOffsetSeconds = 7 * 3600;

/** @param time `17:00`, Vietnam's wall clock */
/** @param time `09:30`, by Vietnam's clock */
export const instantOn = (day: LocalDate, time: string): Instant =>
  instantOfSeconds(secondsOf(`${day}T${time}:00Z` as Instant) - vietnamOffsetSeconds);
