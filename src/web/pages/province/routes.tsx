import type { Context } from "hono";
import type { AgencyId } from "../../../core/ids.ts";
import { localDateOf } from "../../../core/kernel.ts";
import { rankBy, rankMeasures } from "../../../core/statistics/ranking.ts";
import { daysOfSpan, parseSpan, type Span, spanOn } from "../../../core/statistics/span.ts";
import { personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import type { Language } from "../../language.ts";
import { actorOf } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, guardedRoute, type Route, type WebEnv } from "../../route.ts";
import { csvOf } from "../../spreadsheet/csv.ts";
import { xlsxOf } from "../../spreadsheet/xlsx.ts";
import { AgencyOfProvincePage } from "./agency-page.tsx";
import { ProvincePage } from "./page.tsx";
import { rankingTable } from "./ranking-table.ts";
import { provinceSpeech } from "./speech.ts";
import type { ProvinceView, ProvinceWorld } from "./world.ts";

const demands = ["province"] as const;

/** Who watches for a province: what is late, the ranking and its trend, one agency at a time. AUTH-5, STAT-4. */
export const provincePages = (world: ProvinceWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/province",
    demands,
    handle: (c) => c.redirect(`/province/${spanOn("month", localDateOf(world.now()))}`, 303),
  }),
  guardedPage({
    method: "GET",
    path: "/province/:period",
    demands,
    handle: (c, person) =>
      withView(c, person, world, (view) => {
        const asked = c.req.query("by");
        const by = rankMeasures.find((measure) => measure === asked) ?? "acts";
        const today = localDateOf(world.now());
        return c.html(
          <ProvincePage frame={personFrame(c, person, view.province.name)} view={view} by={by} today={today} />,
        );
      }),
  }),
  fileRoute("csv", world),
  fileRoute("xlsx", world),
  guardedPage({
    method: "GET",
    path: "/province/:period/agencies/:agency",
    demands,
    handle: (c, person) =>
      withSpan(c, async (span) => {
        const told = await world.agency((c.req.param("agency") ?? "") as AgencyId, span, actorOf(person));
        if (told === null) return refuse(c, { code: "not_found" });
        const today = localDateOf(world.now());
        return c.html(
          <AgencyOfProvincePage frame={personFrame(c, person, told.province.name)} told={told} today={today} />,
        );
      }),
  }),
  guardedRoute({
    method: "GET",
    path: "/api/province/:period",
    demands,
    handle: (c, person) => withView(c, person, world, (view) => c.json(answerOf(view)), "program"),
  }),
];

const types = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

const fileRoute = (ending: keyof typeof types, world: ProvinceWorld): Route =>
  guardedPage({
    method: "GET",
    path: `/province/:period/ranking.${ending}`,
    demands,
    handle: (c, person) =>
      withView(c, person, world, (view) =>
        c.body(fileOf(view, ending, c.var.language), 200, {
          "content-type": types[ending],
          "content-disposition": `attachment; filename="xep-hang-${view.span}.${ending}"`,
        }),
      ),
  });

function fileOf(view: ProvinceView, ending: keyof typeof types, language: Language) {
  const table = rankingTable(view.works, language);
  return ending === "csv" ? csvOf(table) : xlsxOf(view.span, table);
}

const answerOf = ({ province, span, works, trend }: ProvinceView) => ({
  province,
  span,
  ...daysOfSpan(span),
  agencies: works,
  ranking: Object.fromEntries(
    rankMeasures.map((measure) => [
      measure,
      rankBy(works, measure).map(({ work, value, place }) => ({ agencyId: work.agencyId, value, place })),
    ]),
  ),
  trend,
});

type C = Context<WebEnv>;

async function withSpan(c: C, show: (span: Span) => Promise<Response>): Promise<Response> {
  const span = parseSpan(c.req.param("period") ?? "");
  return span.ok ? show(span.value) : refuse(c, { code: "not_found" });
}

/** @param face a page tells an agency that is no province's what to do; a program gets nothing */
const withView = (
  c: C,
  person: Actor,
  world: ProvinceWorld,
  show: (view: ProvinceView) => Response | Promise<Response>,
  face: "page" | "program" = "page",
): Promise<Response> =>
  withSpan(c, async (span) => {
    const view = await world.view(span, actorOf(person));
    if (view !== null) return show(view);
    return face === "page" ? nowhere(c, person) : refuse(c, { code: "not_found" });
  });

function nowhere(c: C, person: Actor) {
  const { say } = provinceSpeech(c.var.language);
  return c.html(
    <Page frame={personFrame(c, person)} title={say("title")} scripts={["app"]}>
      <h1>{say("title")}</h1>
      <p class="nothing">{say("nowhere")}</p>
    </Page>,
    404,
  );
}
