import {
  type CalendarDay,
  type CalendarFault,
  dayKinds,
  type Session,
  type WorkingYear,
} from "../../../core/calendar.ts";
import { fail, type LocalDate, ok, type Result } from "../../../core/kernel.ts";
import type { Fault } from "../../design/error-summary.tsx";
import type { Typed } from "../../forms/read-form.ts";
import type { Speech } from "./speech.ts";

/** Rows of a form at most; the table itself may hold fewer (`checkedYear`). */
export const mostRows = 70;

/** The table as fields, a row a day, some empty ones behind. */
export function typedOf({ hours, saturdayHours, days, cultureDay, announcement }: WorkingYear): Typed {
  const rows = days.flatMap(({ day, kind, note }, i) => [
    [`day-${i}`, day],
    [`kind-${i}`, kind],
    [`note-${i}`, note],
  ]);
  return {
    hours: hoursText(hours),
    saturdayHours: hoursText(saturdayHours),
    cultureDay: cultureDay ? "yes" : "",
    announcement,
    ...Object.fromEntries(rows),
  };
}

export const hoursText = (sessions: readonly Session[]): string =>
  sessions.map(({ from, to }) => `${from}-${to}`).join(", ");

/** Rows that were filled in, by their number in the form. */
export function rowsIn(typed: Typed): readonly number[] {
  return Array.from({ length: mostRows }, (_, i) => i).filter((i) => (typed[`day-${i}`] ?? "") !== "");
}

/** The fields as a table; what is no kind of day, or too long, is told at its field. */
export function yearIn(year: number, typed: Typed, say: Speech["say"]): Result<WorkingYear, readonly Fault[]> {
  const faults: Fault[] = [];
  const days = rowsIn(typed).map((i): CalendarDay => {
    const kind = dayKinds.find((one) => one === typed[`kind-${i}`]);
    if (kind === undefined) faults.push({ field: `kind-${i}`, says: say("faultKind", { row: i + 1 }) });
    const note = typed[`note-${i}`] ?? "";
    if (note.length > 200) faults.push({ field: `note-${i}`, says: say("faultNote", { row: i + 1 }) });
    return { day: (typed[`day-${i}`] ?? "") as LocalDate, kind: kind ?? "holiday", note };
  });
  const announcement = typed["announcement"] ?? "";
  if (announcement.length > 300) faults.push({ field: "announcement", says: say("faultAnnouncement") });
  if (faults.length > 0) return fail(faults);
  return ok({
    year,
    hours: sessionsIn(typed["hours"] ?? ""),
    saturdayHours: sessionsIn(typed["saturdayHours"] ?? ""),
    days,
    cultureDay: typed["cultureDay"] === "yes",
    announcement,
  });
}

/** `07:30-11:30, 13:00-17:00`; `7h30` and dashes of any length are what people type too. */
function sessionsIn(text: string): readonly Session[] {
  return text
    .split(/[,;]/u)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [from = "", to = ""] = part.split(/[-–—]/u).map((time) => time.trim());
      return { from: timeIn(from), to: timeIn(to) };
    });
}

function timeIn(text: string): string {
  const [, hour, minute = "00"] = /^(\d{1,2})(?:[:hg.](\d{2})?)?$/iu.exec(text.trim()) ?? [];
  return hour === undefined ? text : `${hour.padStart(2, "0")}:${minute}`;
}

/** Faults of the table at the fields that they stand in. */
export function faultsOf(
  faults: readonly CalendarFault[],
  typed: Typed,
  year: number,
  say: Speech["say"],
): readonly Fault[] {
  const rows = rowsIn(typed);
  return faults.map((fault) => {
    if (fault.code === "too_many_days") return { field: null, says: say(`fault_${fault.code}`) };
    if ("field" in fault) return { field: fault.field, says: say(`fault_${fault.code}`) };
    const row = rows[fault.row] ?? 0;
    return { field: `day-${row}`, says: say(`fault_${fault.code}`, { row: row + 1, year }) };
  });
}
