import type { TransactionSql } from "postgres";
import {
  agenciesOfProvince,
  firstDayOf,
  type OwedDossier,
  owedBefore,
  owedDossiers,
  petitionsBefore,
  waitingPetitions,
} from "../../db/stores/province.ts";
import { watchedProvince } from "../../db/stores/province-watch.ts";
import { countIn, trendIn } from "../../db/stores/statistics.ts";
import { actsByAgency, answersByAgency } from "../../db/stores/statistics-by-agency.ts";
import type { WorkingCalendar } from "../core/calendar.ts";
import { standingOf } from "../core/deadlines.ts";
import type { Actor } from "../core/dossier.ts";
import type { AgencyId } from "../core/ids.ts";
import { type Instant, instantOfSeconds, localDateOf, secondsOf } from "../core/kernel.ts";
import { petitionStanding } from "../core/petition.ts";
import type { TrendPoint } from "../core/statistics/counts.ts";
import type { AgencyWork } from "../core/statistics/ranking.ts";
import { daysOfSpan, type Span, spanBefore, spanOn } from "../core/statistics/span.ts";
import { withEveryPoint } from "../core/statistics/trend.ts";
import {
  mostListed,
  type PressingDossier,
  type Province,
  type ProvinceWork,
  type ProvinceWorld,
} from "../web/pages/province/world.ts";
import { calendarsOf } from "./calendars.ts";
import type { House } from "./house.ts";

export const provinceWorld = (house: House): ProvinceWorld => ({
  now: house.now,
  view: async (span, actor) => {
    const province = await provinceOf(house, actor);
    return province && { province, span, ...(await overviewOf(house, province, span)) };
  },
  agency: async (agencyId, span, actor) => {
    const province = await provinceOf(house, actor);
    const own = province === null ? [] : await agenciesOfProvince(house.sql, province.code);
    const agency = own.find((one) => one.agencyId === agencyId);
    if (province === null || agency === undefined) return null;
    return { province, span, ...agency, ...(await ofAgency(house, agencyId, span)) };
  },
});

/** Asked anew each time, so that an agency that watches no more sees nothing at once. AUTH-5. */
const provinceOf = ({ sql }: House, { agencyId }: Pick<Actor, "agencyId">): Promise<Province | null> =>
  watchedProvince(sql, agencyId);

const daySeconds = 86_400;
const laterBy = (now: Instant, days: number): Instant => instantOfSeconds(secondsOf(now) + days * daySeconds);
const riskDays = 14; // two hours of work before a term begin at most so many days before it, holidays and all
const soonDays = 40; // likewise two working days
const mostLongest = 10;

type Asked = {
  readonly agencies: readonly Named[];
  readonly calendarOf: CalendarOf;
  readonly span: Span;
  readonly now: Instant;
};

/** Of all agencies of a province, at one moment of the database. */
async function ofAllAgencies<T>(
  house: House,
  provinceCode: string,
  span: Span,
  ask: (tx: TransactionSql, asked: Asked) => Promise<T>,
) {
  const now = house.now();
  const agencies = await agenciesOfProvince(house.sql, provinceCode);
  const calendarOf = await calendarsOf(house, idsOf(agencies));
  return house.sql.begin("isolation level repeatable read read only", (tx) =>
    ask(tx, { agencies, calendarOf, span, now }),
  );
}

/** Each agency's figures of the span and of the one before, and what presses now. */
export const provinceWorks = (house: House, provinceCode: string, span: Span) =>
  ofAllAgencies(house, provinceCode, span, bothSpans);

async function bothSpans(tx: TransactionSql, { agencies, calendarOf, span, now }: Asked) {
  const pressing = await pressingOf(tx, idsOf(agencies), calendarOf, now);
  const works = await worksIn(tx, agencies, span, now);
  return {
    works: works.map((work): ProvinceWork => ({ ...work, ...pressing(work.agencyId) })),
    before: await worksIn(tx, agencies, spanBefore(span), now),
  };
}

const overviewOf = (house: House, { code }: Province, span: Span) =>
  ofAllAgencies(house, code, span, async (tx, asked) => {
    const { agencies, calendarOf, now } = asked;
    const owed = await owedDossiers(tx, idsOf(agencies), now, mostLongest);
    return {
      ...(await bothSpans(tx, asked)),
      trend: await trendSinceLaunch(tx, idsOf(agencies), now),
      longest: owed.flatMap((dossier) => pressingDossier(dossier, calendarOf(dossier.agencyId), now)),
    };
  });

type Named = { readonly agencyId: AgencyId; readonly name: string };
const idsOf = (agencies: readonly Named[]): readonly AgencyId[] => agencies.map(({ agencyId }) => agencyId);

/** By the questions that an agency's own statistics ask, of all of them at once. STAT-1. */
async function worksIn(
  tx: TransactionSql,
  agencies: readonly Named[],
  span: Span,
  now: Instant,
): Promise<readonly AgencyWork[]> {
  const ids = idsOf(agencies);
  const days = daysOfSpan(span);
  const acts = new Map((await actsByAgency(tx, ids, days)).map((one) => [one.agencyId, one]));
  const answers = new Map((await answersByAgency(tx, ids, { ...days, now })).map((one) => [one.agencyId, one]));
  const nothing = { electronic: 0, paper: 0, paperOnly: 0, answered: 0, answeredInTime: 0, overdue: 0 };
  return agencies.map((agency) => ({
    ...nothing,
    ...acts.get(agency.agencyId),
    ...answers.get(agency.agencyId),
    ...agency,
  }));
}

type CalendarOf = (agencyId: AgencyId) => WorkingCalendar;

async function pressingOf(tx: TransactionSql, ids: readonly AgencyId[], calendarOf: CalendarOf, now: Instant) {
  const owed = (await owedBefore(tx, ids, laterBy(now, riskDays))).map((due) => {
    const awaited = { status: "read", noticeWaits: false, dueAt: due.dueAt } as const;
    return { ...due, standing: standingOf(awaited, calendarOf(due.agencyId), now) };
  });
  const petitions = (await petitionsBefore(tx, ids, laterBy(now, soonDays))).map((due) => ({
    ...due,
    standing: petitionStanding({ dueAt: due.dueAt, answer: null }, now, calendarOf(due.agencyId)),
  }));
  const sum = (dues: readonly { agencyId: AgencyId; count: number; standing: string }[], id: AgencyId, stand: string) =>
    dues.filter((one) => one.agencyId === id && one.standing === stand).reduce((all, { count }) => all + count, 0);
  return (id: AgencyId) => ({
    ...{ late: sum(owed, id, "late"), atRisk: sum(owed, id, "at_risk") },
    ...{ petitionsLate: sum(petitions, id, "late"), petitionsSoon: sum(petitions, id, "soon") },
  });
}

/** None for what is due later. */
function pressingDossier(dossier: OwedDossier, calendar: WorkingCalendar, now: Instant): PressingDossier[] {
  const standing = standingOf(dossier, calendar, now);
  if (standing !== "late" && standing !== "at_risk") return [];
  return [{ ...dossier, standing, lateSeconds: Math.max(0, secondsOf(now) - secondsOf(dossier.dueAt)) }];
}

async function trendSinceLaunch(
  tx: TransactionSql,
  ids: readonly AgencyId[],
  now: Instant,
): Promise<readonly TrendPoint[]> {
  const first = await firstDayOf(tx, ids);
  if (first === null) return [];
  const { from } = daysOfSpan(spanOn("month", first));
  const { before } = daysOfSpan(spanOn("month", localDateOf(now)));
  return withEveryPoint(await trendIn(tx, ids, { from, before }, 7), { from, before }, 7);
}

async function ofAgency(house: House, agencyId: AgencyId, span: Span) {
  const now = house.now();
  const calendar = (await calendarsOf(house, [agencyId]))(agencyId);
  const counts = await countIn(house.sql, { agencyId, ...daysOfSpan(span), now });
  return house.sql.begin("isolation level repeatable read read only", async (tx) => {
    const owed = await owedDossiers(tx, [agencyId], laterBy(now, riskDays), mostListed + 1);
    const petitions = await waitingPetitions(tx, agencyId, laterBy(now, soonDays), mostListed + 1);
    return {
      counts,
      trend: await trendSinceLaunch(tx, [agencyId], now),
      dossiers: owed.flatMap((dossier) => pressingDossier(dossier, calendar, now)),
      petitions: petitions.flatMap((petition) => {
        const standing = petitionStanding({ dueAt: petition.dueAt, answer: null }, now, calendar);
        return standing === "late" || standing === "soon" ? [{ ...petition, standing }] : [];
      }),
    };
  });
}
