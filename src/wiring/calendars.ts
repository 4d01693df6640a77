import { keepYear, versionsOf, workingYears, workingYearsOf } from "../../db/stores/calendars.ts";
import type { WorkingCalendar } from "../core/calendar.ts";
import { calendarOf } from "../core/holidays.ts";
import type { AgencyId } from "../core/ids.ts";
import { keepCalendar } from "../usecases/administration/keep-calendar.ts";
import type { CalendarPagesWorld } from "../web/pages/calendar/world.ts";
import type { House } from "./house.ts";

/** The agency's working time as it stands now; years nobody has kept are the proposal. */
export const calendarAt = async ({ sql }: Pick<House, "sql">, agencyId: AgencyId): Promise<WorkingCalendar> =>
  calendarOf(await workingYears(sql, agencyId));

/** Of each of these agencies, in one question. */
export async function calendarsOf(
  { sql }: Pick<House, "sql">,
  agencyIds: readonly AgencyId[],
): Promise<(agencyId: AgencyId) => WorkingCalendar> {
  const kept = await workingYearsOf(sql, agencyIds);
  const calendars = new Map([...kept].map(([id, years]) => [id, calendarOf(years)]));
  const proposal = calendarOf([]);
  return (agencyId) => calendars.get(agencyId) ?? proposal;
}

export const calendarPagesWorld = (house: House): CalendarPagesWorld => ({
  now: house.now,
  year: async ({ agencyId }, year) => ({
    content: (await calendarAt(house, agencyId)).yearOf(year),
    versions: await versionsOf(house.sql, agencyId, year),
  }),
  keep: (typed, after, actor) =>
    keepCalendar(typed, after, actor, {
      now: house.now,
      newest: async ({ agencyId }, year) => (await versionsOf(house.sql, agencyId, year))[0] ?? null,
      keep: (...kept) => keepYear(house.sql, ...kept),
    }),
});
