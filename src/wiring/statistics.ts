import { countIn, trendIn } from "../../db/stores/statistics.ts";
import type { Actor } from "../core/dossier.ts";
import { daysOfSpan, kindOfSpan, type Span } from "../core/statistics/span.ts";
import { withEveryPoint } from "../core/statistics/trend.ts";
import type { Statistics, StatisticsWorld } from "../web/pages/statistics/world.ts";
import { agencyPaper } from "./agency-paper.ts";
import type { House } from "./house.ts";
import { statisticsPaper } from "./statistics-wording.ts";
import { longestOfWeek } from "./step-times.ts";

export function statisticsWorld(house: House): StatisticsWorld {
  const count = (span: Span, actor: Actor) => statisticsOf(house, span, actor);
  return {
    now: house.now,
    count,
    longest: (week, actor) => longestOfWeek(house, week, actor),
    report: async (span, actor) =>
      agencyPaper(house, actor.agencyId, house.now(), statisticsPaper(await count(span, actor))),
  };
}

async function statisticsOf(house: House, span: Span, { agencyId }: Actor): Promise<Statistics> {
  const asked = { agencyId, ...daysOfSpan(span) };
  const signs = ["day", "week", "month"].includes(kindOfSpan(span)) ? 10 : 7;
  const counts = await countIn(house.sql, { ...asked, now: house.now() });
  return { span, counts, trend: withEveryPoint(await trendIn(house.sql, [agencyId], asked, signs), asked, signs) };
}
