import { type Instant, instantOfSeconds, type LocalDate, secondsOf } from "./kernel.ts";

const daySeconds = 86_400;
const midnight = (day: LocalDate): number => secondsOf(`${day}T00:00:00Z` as Instant);

export const daysAfter = (day: LocalDate, days: number): LocalDate =>
  instantOfSeconds(midnight(day) + days * daySeconds).slice(0, 10) as LocalDate;

export const dayAfter = (day: LocalDate): LocalDate => daysAfter(day, 1);
export const dayBefore = (day: LocalDate): LocalDate => daysAfter(day, -1);

/** 0 Monday to 6 Sunday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: LocalDate): number => (midnight(day) / daySeconds + 3) % 7;
