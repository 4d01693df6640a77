import { countIn, trendIn } from "../../db/stores/statistics.ts";
import type { Actor } from "../core/dossier.ts";
import { localDateOf } from "../core/kernel.ts";
import { daysOfSpan, kindOfSpan, type Span, spanOn } from "../core/statistics/span.ts";
import { withEveryPoint } from "../core/statistics/trend.ts";
import { dayShown } from "../web/pages/statistics/spans.tsx";
import type { Statistics, StatisticsWorld } from "../web/pages/statistics/world.ts";
import { agencyPaper } from "./agency-paper.ts";
import type { House } from "./house.ts";
import { longestPart, statisticsPaper } from "./statistics-wording.ts";
import { longestOfWeek } from "./step-times.ts";

export function statisticsWorld(house: House): StatisticsWorld {
  const count = (span: Span, actor: Actor) => statisticsOf(house, span, actor);
  return {
    now: house.now,
    count,
    longest: (week, actor) => longestOfWeek(house, week, actor),
    report: async (span, actor) => {
      const now = house.now();
      const week = spanOn("week", dayShown(span, localDateOf(now)));
      const paper = statisticsPaper(await count(span, actor));
      const parts = [...paper.parts, ...longestPart(week, await longestOfWeek(house, week, actor))];
      return agencyPaper(house, actor.agencyId, now, { ...paper, parts });
    },
  };
}

async function statisticsOf(house: House, span: Span, { agencyId }: Actor): Promise<Statistics> {
  const asked = { agencyId, ...daysOfSpan(span) };
  const signs = ["day", "week", "month"].includes(kindOfSpan(span)) ? 10 : 7;
  const counts = await countIn(house.sql, { ...asked, now: house.now() });
  return { span, counts, trend: withEveryPoint(await trendIn(house.sql, [agencyId], asked, signs), asked, signs) };
}
