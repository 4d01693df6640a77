import type { LocalDate } from "../../../core/kernel.ts";
import { indexOf } from "../../../core/statistics/evaluation-index.ts";
import { type FigureValue, figureGroups, figuresOf } from "../../../core/statistics/figures.ts";
import { Card, Fold, SummaryList, Table } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Trend } from "./chart.tsx";
import { type LongestOfWeek, LongestSteps } from "./longest.tsx";
import { Spans } from "./spans.tsx";
import {
  metricOf,
  percentText,
  type StatisticsSpeech,
  spanText,
  statisticsSpeech,
  toldOf,
  valueText,
} from "./texts.ts";
import type { Statistics } from "./world.ts";

type Props = {
  readonly frame: Frame;
  readonly told: Statistics;
  readonly today: LocalDate;
  readonly longest: LongestOfWeek;
};

/** `/statistics/<span>`: what the agency did, for its head. */
export const StatisticsPage = ({ frame, told, today, longest }: Props) => {
  const speech = statisticsSpeech(frame.language);
  const { say } = speech;
  const values = figuresOf(told.counts);
  const path = `/statistics/${told.span}`;
  return (
    <Page frame={frame} title={`${say("title")}, ${spanText(told.span, speech)}`} wide scripts={["app"]}>
      <h1>{say("title")}</h1>
      <p class="hint">{say("lead")}</p>
      <p>
        <a href="/weekly">{say("weekly")}</a>
      </p>
      <Spans span={told.span} today={today} speech={speech} hrefOf={(span) => `/statistics/${span}`} />
      <Trend points={told.trend} speech={speech} />
      <div class="split">
        <Figures values={values} speech={speech} />
      </div>
      <LongestSteps {...longest} file={`${path}/longest-steps.csv`} speech={speech} />
      <Index told={told} speech={speech} />
      <Fold title={say("definitions")}>
        <SummaryList rows={values.map(({ id }) => [toldOf(id, speech).name, toldOf(id, speech).definition] as const)} />
      </Fold>
      <Card title={say("files")}>
        <Buttons>
          {(["pdf", "csv", "xlsx"] as const).map((file) => (
            <LinkButton href={`${path}/figures.${file}`} look="quiet">
              {say(file)}
            </LinkButton>
          ))}
        </Buttons>
      </Card>
    </Page>
  );
};

/** Every figure under its part. */
export const Figures = ({ values, speech }: Omit<GroupProps, "title">) => (
  <>
    {figureGroups.map((group) => (
      <Group
        title={speech.say(`group_${group}`)}
        values={values.filter((one) => one.group === group)}
        speech={speech}
      />
    ))}
  </>
);

type GroupProps = {
  readonly title: string;
  readonly values: readonly FigureValue[];
  readonly speech: StatisticsSpeech;
};

const Group = ({ title, values, speech }: GroupProps) => (
  <Card>
    <Table
      caption={title}
      columns={[{ label: speech.say("figure") }, { label: speech.say("value"), number: true }]}
      rows={values.map((figure) => [toldOf(figure.id, speech).name, valueText(figure, speech)])}
    />
  </Card>
);

const Index = ({ told, speech }: { readonly told: Statistics; readonly speech: StatisticsSpeech }) => {
  const { say, language } = speech;
  const columns = ["figure", "indexShare", "indexPoints", "indexMost"] as const;
  return (
    <Card>
      <Table
        caption={say("indexTitle")}
        columns={columns.map((word) => ({ label: say(word), number: word !== "figure" }))}
        rows={indexOf(told.counts).map(({ id, maxPoints, isKnown, share, points }) => [
          <>
            {say(`idx_${id}`)}
            <br />
            {metricOf(id) !== null && (
              <span class="address">
                {metricOf(id)}
                <br />
              </span>
            )}
            <span class="hint">{say(`how_${id}`)}</span>
          </>,
          share === null ? say(isKnown ? "nothing" : "notHere") : percentText(share, language),
          points === null ? "–" : String(points).replace(".", language === "vi" ? "," : "."),
          maxPoints,
        ])}
      />
      <p class="hint">{say("indexLead")}</p>
    </Card>
  );
};
