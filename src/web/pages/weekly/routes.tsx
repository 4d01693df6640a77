import type { Context } from "hono";
import { parseSpan } from "../../../core/statistics/span.ts";
import type { WeeklyReport } from "../../../core/statistics/weekly.ts";
import { Card, Table } from "../../design/content.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { shortTimeText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import { actorOf } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, guardedRoute, type Route, type WebEnv } from "../../route.ts";
import { csvOf } from "../../spreadsheet/csv.ts";
import { xlsxOf } from "../../spreadsheet/xlsx.ts";
import { rankingTable } from "../province/ranking-table.ts";
import { figuresTable } from "../statistics/table.ts";
import { spanText, statisticsSpeech, toldOf } from "../statistics/texts.ts";
import { weeklySpeech } from "./speech.ts";
import type { ReportOfWeek, WeeklyWorld } from "./world.ts";

const demands = ["signer", "administrator", "province"] as const;

/** Reports of weeks: of the own agency to its head, of the province to who watches. STAT-5. */
export const weeklyPages = (world: WeeklyWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/weekly",
    demands,
    handle: async (c, person) => {
      const name = await world.provinceName(actorOf(person));
      const reports = await world.reports(actorOf(person));
      return c.html(
        <WeeklyPage frame={personFrame(c, person, name ?? undefined)} isProvince={name !== null} reports={reports} />,
      );
    },
  }),
  ...(["pdf", "csv", "xlsx"] as const).map((ending) =>
    guardedPage({
      method: "GET",
      path: `/weekly/:period/report.${ending}`,
      demands,
      handle: (c: C, person: Actor) =>
        withReport(c, person, world, async (report) =>
          c.body(await fileOf(report, ending, c.var.language, () => world.paper(report, actorOf(person))), 200, {
            "content-type": types[ending],
            "content-disposition": `attachment; filename="bao-cao-${report.week}.${ending}"`,
          }),
        ),
    }),
  ),
  guardedRoute({
    method: "GET",
    path: "/api/weekly/:period",
    demands,
    handle: (c, person) => withReport(c, person, world, async (report) => c.json(report)),
  }),
];

type C = Context<WebEnv>;

async function withReport(
  c: C,
  person: Actor,
  world: WeeklyWorld,
  show: (report: WeeklyReport) => Promise<Response>,
): Promise<Response> {
  const week = parseSpan(c.req.param("period") ?? "");
  const report = week.ok ? await world.report(week.value, actorOf(person)) : null;
  return report === null ? refuse(c, { code: "not_found" }) : show(report);
}

const types = {
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

async function fileOf(
  report: WeeklyReport,
  ending: keyof typeof types,
  language: Language,
  paper: () => ReturnType<WeeklyWorld["paper"]>,
) {
  if (ending === "pdf") return paper();
  const table = tableOf(report, language);
  return ending === "csv" ? csvOf(table) : xlsxOf(report.week, table);
}

/** Figures with their definitions, when they were counted, and what the report before told otherwise. */
function tableOf({ week, countedAt, content }: WeeklyReport, language: Language) {
  const { say } = weeklySpeech(language);
  const about = [[say("week"), week], [say("countedAt"), countedAt], []];
  if (content.kind === "province") {
    const { works, name, changed = [] } = content;
    const named = name === undefined ? [] : [[say("province"), name]];
    const rows = changed.map(({ name, figure, was, is }) => [`${name}: ${say(`later_${figure}`)}`, was, is]);
    return [...named, ...about, ...rankingTable(works, language), ...laterTable(rows, language)];
  }
  const speech = statisticsSpeech(language);
  const changed = content.changed.map(({ id, was, is }) => [toldOf(id, speech).name, was ?? "", is ?? ""]);
  return [...about, ...figuresTable(content.counts, language), ...laterTable(changed, language)];
}

function laterTable(rows: readonly (readonly (string | number)[])[], language: Language) {
  const { say } = weeklySpeech(language);
  return rows.length === 0 ? [] : [[], [say("changedTitle"), say("was"), say("is")], ...rows];
}

type Props = { readonly frame: Frame; readonly isProvince: boolean; readonly reports: readonly ReportOfWeek[] };

const WeeklyPage = ({ frame, isProvince, reports }: Props) => {
  const { say, language } = weeklySpeech(frame.language);
  const statistics = statisticsSpeech(language);
  return (
    <Page frame={frame} title={say("title")} scripts={["app"]}>
      <h1>{say("title")}</h1>
      <p class="hint">{say(isProvince ? "leadProvince" : "lead")}</p>
      {reports.length === 0 ? (
        <p class="nothing">{say("none")}</p>
      ) : (
        <Card>
          <Table
            caption={say("title")}
            columns={[say("week"), say("countedAt"), say("files")].map((label) => ({ label }))}
            rows={reports.map(({ week, countedAt }) => [
              spanText(week, statistics),
              shortTimeText(countedAt, language),
              (["pdf", "csv", "xlsx"] as const).map((file) => (
                <>
                  <a class="button quiet" href={`/weekly/${week}/report.${file}`}>
                    {say(file)}
                    <span class="hidden"> {say("ofWeek", { week: spanText(week, statistics) })}</span>
                  </a>{" "}
                </>
              )),
            ])}
          />
        </Card>
      )}
    </Page>
  );
};
