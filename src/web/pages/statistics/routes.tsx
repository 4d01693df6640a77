import type { Context } from "hono";
import { type Bytes, localDateOf } from "../../../core/kernel.ts";
import { indexOf } from "../../../core/statistics/evaluation-index.ts";
import { figuresOf } from "../../../core/statistics/figures.ts";
import { daysOfSpan, parseSpan, type Span, spanOn } from "../../../core/statistics/span.ts";
import { personFrame } from "../../design/frame.ts";
import type { Language } from "../../language.ts";
import { actorOf } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, guardedRoute, type Route, type WebEnv } from "../../route.ts";
import { csvOf } from "../../spreadsheet/csv.ts";
import { xlsxOf } from "../../spreadsheet/xlsx.ts";
import { type LongestOfWeek, longestAnswer, longestTable, longestTitle } from "./longest.tsx";
import { StatisticsPage } from "./page.tsx";
import { dayShown } from "./spans.tsx";
import { figuresTable } from "./table.ts";
import { statisticsSpeech } from "./texts.ts";
import type { Statistics, StatisticsWorld } from "./world.ts";

const readers = ["signer", "administrator"] as const;
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Figures of the agency by day, week, month, quarter, half year and year: page, report, tables, API. STAT-1. */
export const statisticsPages = (world: StatisticsWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/statistics",
    demands: readers,
    handle: (c) => c.redirect(`/statistics/${spanOn("month", localDateOf(world.now()))}`, 303),
  }),
  guardedPage({
    method: "GET",
    path: "/statistics/:period",
    demands: readers,
    handle: (c, person) =>
      withSpan(c, async (span) => {
        const [told, today] = [await world.count(span, actorOf(person)), localDateOf(world.now())];
        const longest = await longestOf(span, person, world);
        return c.html(<StatisticsPage frame={personFrame(c, person)} {...{ told, today, longest }} />);
      }),
  }),
  fileRoute("csv", "text/csv; charset=utf-8", async ({ told, language }) => csvOf(figuresTable(told.counts, language)), world), // biome-ignore format: one line
  fileRoute("xlsx", xlsxType, figuresAndLongest, world),
  guardedPage({
    method: "GET",
    path: "/statistics/:period/figures.pdf",
    demands: readers,
    handle: (c, person) =>
      withSpan(c, async (span) =>
        fileOf(c, await world.report(span, actorOf(person)), "application/pdf", `${span}.pdf`),
      ),
  }),
  guardedPage({
    method: "GET",
    path: "/statistics/:period/longest-steps.csv",
    demands: readers,
    handle: (c, person) =>
      withSpan(c, async (span) => {
        const { week, steps } = await longestOf(span, person, world);
        const table = csvOf(longestTable(steps, c.var.language));
        return fileOf(c, table, "text/csv; charset=utf-8", `buoc-lau-nhat-${week}.csv`);
      }),
  }),
  guardedRoute({
    method: "GET",
    path: "/api/statistics/:period",
    demands: readers,
    handle: (c, person) =>
      withSpan(c, async (span) => {
        const told = await world.count(span, actorOf(person));
        return c.json({ ...answerOf(told), longestSteps: longestAnswer(await longestOf(span, person, world)) });
      }),
  }),
];

/** Of the week that the span, as far as it is over, ends in. The pages of dossiers are not the administrator's. */
async function longestOf(span: Span, person: Actor, world: StatisticsWorld): Promise<LongestOfWeek> {
  const week = spanOn("week", dayShown(span, localDateOf(world.now())));
  const steps = await world.longest(week, actorOf(person));
  return { week, steps, leadsOn: person.roles.includes("signer") };
}

type Made = {
  readonly told: Statistics;
  readonly language: Language;
  readonly longest: () => Promise<LongestOfWeek>;
};
type Make = (made: Made) => Promise<Bytes>;

async function figuresAndLongest({ told: { span, counts }, language, longest }: Made): Promise<Bytes> {
  const { week, steps } = await longest();
  const title = longestTitle(week, statisticsSpeech(language));
  return xlsxOf(span, [...figuresTable(counts, language), [], [title], ...longestTable(steps, language)]);
}

const fileRoute = (ending: "csv" | "xlsx", type: string, make: Make, world: StatisticsWorld): Route =>
  guardedPage({
    method: "GET",
    path: `/statistics/:period/figures.${ending}`,
    demands: readers,
    handle: (c, person) =>
      withSpan(c, async (span) => {
        const told = await world.count(span, actorOf(person));
        const made = await make({ told, language: c.var.language, longest: () => longestOf(span, person, world) });
        return fileOf(c, made, type, `${span}.${ending}`);
      }),
  });

const fileOf = (c: Context<WebEnv>, bytes: Bytes, type: string, ending: string): Response =>
  c.body(bytes, 200, {
    "content-type": type,
    "content-disposition": `attachment; filename="thong-ke-${ending}"`,
  });

const answerOf = ({ span, counts, trend }: Statistics) => ({
  span,
  ...daysOfSpan(span),
  figures: figuresOf(counts).map(({ id, unit, value }) => ({ id, unit, value })),
  index: indexOf(counts),
  trend,
});

async function withSpan(c: Context<WebEnv>, show: (span: Span) => Promise<Response>): Promise<Response> {
  const span = parseSpan(c.req.param("period") ?? "");
  return span.ok ? show(span.value) : refuse(c, { code: "not_found" });
}
