import type { LocalDate } from "../../../core/kernel.ts";
import { indexOf } from "../../../core/statistics/evaluation-index.ts";
import { type FigureValue, figureGroups, figuresOf } from "../../../core/statistics/figures.ts";
import {
  daysOfSpan,
  kindOfSpan,
  type Span,
  spanAfter,
  spanBefore,
  spanKinds,
  spanOn,
} from "../../../core/statistics/span.ts";
import { dayBefore } from "../../../core/weekdays.ts";
import { Card, Fold, SummaryList, Table } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Trend } from "./chart.tsx";
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

type Props = { readonly frame: Frame; readonly told: Statistics; readonly today: LocalDate };

/** `/statistics/<span>`: what the agency did, for its head. */
export const StatisticsPage = ({ frame, told, today }: Props) => {
  const speech = statisticsSpeech(frame.language);
  const { say } = speech;
  const values = figuresOf(told.counts);
  const path = `/statistics/${told.span}`;
  return (
    <Page frame={frame} title={`${say("title")}, ${spanText(told.span, speech)}`} wide scripts={["app"]}>
      <h1>{say("title")}</h1>
      <p class="hint">{say("lead")}</p>
      <Spans span={told.span} today={today} speech={speech} />
      <Trend points={told.trend} speech={speech} />
      <div class="split">
        {figureGroups.map((group) => (
          <Group title={say(`group_${group}`)} values={values.filter((one) => one.group === group)} speech={speech} />
        ))}
      </div>
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

type SpansProps = { readonly span: Span; readonly today: LocalDate; readonly speech: StatisticsSpeech };

/** Another kind of span goes to the one that today lies in, or that the shown one ends in where it is over. */
const Spans = ({ span, today, speech }: SpansProps) => {
  const { say } = speech;
  const last = dayBefore(daysOfSpan(span).before);
  const day = last < today ? last : today;
  return (
    <>
      <nav class="between screen" aria-label={say("kinds")}>
        {spanKinds.map((kind) =>
          kind === kindOfSpan(span) ? (
            <b>{say(`kind_${kind}`)}</b>
          ) : (
            <a href={`/statistics/${spanOn(kind, day)}`}>{say(`kind_${kind}`)}</a>
          ),
        )}
      </nav>
      <nav class="between" aria-label={spanText(span, speech)}>
        <a href={`/statistics/${spanBefore(span)}`}>{say("before")}</a>
        <b>{spanText(span, speech)}</b>
        {daysOfSpan(span).before > today ? <span /> : <a href={`/statistics/${spanAfter(span)}`}>{say("after")}</a>}
      </nav>
    </>
  );
};

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
