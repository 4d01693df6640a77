import { watchedProvince } from "../../db/stores/province-watch.ts";
import { countIn } from "../../db/stores/statistics.ts";
import { keepWeeklyReport, weeklyReport, weeksReported, withoutReport } from "../../db/stores/weekly-reports.ts";
import type { AgencyId } from "../core/ids.ts";
import { daysOfSpan, type Span, spanBefore } from "../core/statistics/span.ts";
import { changedSince, type WeeklyContent, weeksOver, worksChangedSince } from "../core/statistics/weekly.ts";
import type { Province } from "../web/pages/province/world.ts";
import type { WeeklyWorld } from "../web/pages/weekly/world.ts";
import { agencyPaper } from "./agency-paper.ts";
import type { House } from "./house.ts";
import { provinceWorks } from "./province.ts";
import { weeklyPaper } from "./weekly-wording.ts";

const weeksBack = 8; // as long as a service may have stood still and still make what it missed
const mostAtOnce = 500; // the rest an hour later: nothing else waits for reports
const mostListed = 110; // two years

/**
 * STAT-5: a report of each week that is over, of each agency and of each province that is watched, where there is none yet:
 * so a week that was missed is made later, and one that was cut short by a crash again. Harmless when repeated.
 *
 * @returns how many were made
 */
export async function makeWeeklyReports(house: House): Promise<number> {
  let made = 0;
  for (const week of weeksOver(house.now(), weeksBack)) {
    for (const agencyId of await withoutReport(house.sql, week, daysOfSpan(week).before, mostAtOnce - made)) {
      const countedAt = house.now();
      await keepWeeklyReport(house.sql, agencyId, { week, countedAt, content: await contentOf(house, agencyId, week) });
      made += 1;
    }
    if (made >= mostAtOnce) break;
  }
  return made;
}

async function contentOf(house: House, agencyId: AgencyId, week: Span): Promise<WeeklyContent> {
  const before = spanBefore(week);
  const told = (await weeklyReport(house.sql, agencyId, before))?.content;
  const province = await watchedProvince(house.sql, agencyId);
  if (province !== null) return provinceContent(house, province, week, told);
  const count = (span: Span) => countIn(house.sql, { agencyId, ...daysOfSpan(span), now: house.now() });
  const changed = told?.kind === "agency" ? changedSince(before, told.counts, await count(before)) : [];
  return { kind: "agency", counts: await count(week), changed };
}

async function provinceContent(
  house: House,
  { code, name }: Province,
  week: Span,
  told: WeeklyContent | undefined,
): Promise<WeeklyContent> {
  const works = await provinceWorks(house, code, week);
  const changed = told?.kind === "province" ? worksChangedSince(told.works, works.before) : [];
  return { kind: "province", name, ...works, changed };
}

export const weeklyWorld = (house: House): WeeklyWorld => ({
  reports: ({ agencyId }) => weeksReported(house.sql, agencyId, mostListed),
  provinceName: async ({ agencyId }) => (await watchedProvince(house.sql, agencyId))?.name ?? null,
  report: (week, { agencyId }) => weeklyReport(house.sql, agencyId, week),
  paper: async (report, { agencyId }) => {
    const kept = report.content.kind === "province" ? report.content.name : undefined;
    const name = kept ?? (await watchedProvince(house.sql, agencyId))?.name;
    return agencyPaper(house, agencyId, report.countedAt, weeklyPaper(report), name);
  },
});
