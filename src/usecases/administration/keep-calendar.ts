import { type CalendarFault, checkedYear, type WorkingYear } from "../../core/calendar.ts";
import type { Actor } from "../../core/dossier.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../../core/kernel.ts";
import { yearOf } from "../../core/register.ts";
import { type Note, noteOf } from "./note.ts";

export type CalendarWorld = {
  readonly now: () => Instant;
  /** The newest version of that year that was kept; null where none was. */
  readonly newest: (actor: Actor, year: number) => Promise<{ ordinal: number; content: WorkingYear } | null>;
  /** One transaction with the note; false where another version came in between. */
  readonly keep: (year: WorkingYear, ordinal: number, note: Note) => Promise<boolean>;
};

export type CalendarFailure =
  | { readonly code: "faulty"; readonly faults: readonly CalendarFault[] }
  | { readonly code: "year_over" }
  | { readonly code: "changed_meanwhile" };

/**
 * An agency's working year from now on. What was received before keeps the hour and day of its slip: DEADLINE-6. Sent
 * twice it is kept once.
 *
 * @param after the version that was looked at; 0 for the proposal
 */
export async function keepCalendar(
  typed: WorkingYear,
  after: number,
  actor: Actor,
  world: CalendarWorld,
): Promise<Result<null, CalendarFailure>> {
  const checked = checkedYear(typed);
  if (!checked.ok) return fail({ code: "faulty", faults: checked.failure });
  const at = world.now();
  if (typed.year < yearOf(localDateOf(at))) return fail({ code: "year_over" });
  const newest = await world.newest(actor, typed.year);
  if (newest !== null && isSameYear(newest.content, checked.value)) return ok(null);
  const kept = await world.keep(
    checked.value,
    after + 1,
    noteOf(actor, "calendar_changed", `${typed.year}, ${after + 1}`, at),
  );
  return kept ? ok(null) : fail({ code: "changed_meanwhile" });
}

function isSameYear(one: WorkingYear, other: WorkingYear): boolean {
  const told = ({ hours, saturdayHours, days, cultureDay, announcement }: WorkingYear) =>
    JSON.stringify([
      hours.map(({ from, to }) => [from, to]),
      saturdayHours.map(({ from, to }) => [from, to]),
      days.map(({ day, kind, note }) => [day, kind, note]),
      cultureDay,
      announcement,
    ]);
  return told(one) === told(other);
}
