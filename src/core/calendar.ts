import type { WorkingCalendar } from "./deadlines.ts";

/**
 * Days off of Bộ luật Lao động 2019 Art. 112, with the compensation of Art. 111(3), as far as they follow from the law
 * and the lunar calendar; which Tết days and which day beside 2 September is announced every year and must be checked
 * then (docs/legal-rules.md, DEADLINE-1). 24 November 2026 is left a working day until the labour law says otherwise.
 */
const daysOff = [
  // 2026: Tết 17 February, Giỗ Tổ on Sunday 26 April
  ["2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"],
  ["2026-04-27", "2026-04-30", "2026-05-01", "2026-09-01", "2026-09-02"],
  // 2027: Tết Saturday 6 February, 1 May on a Saturday
  ["2027-01-01", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"],
  ["2027-04-16", "2027-04-30", "2027-05-03", "2027-09-02", "2027-09-03"],
].flat();

export const usualCalendar: WorkingCalendar = {
  daysOff: new Set(daysOff),
  workedRestDays: new Set(),
  closesAt: "17:00",
};
