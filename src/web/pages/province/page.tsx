import type { LocalDate } from "../../../core/kernel.ts";
import { measured, type RankMeasure, rankBy, rankMeasures, together } from "../../../core/statistics/ranking.ts";
import type { Span } from "../../../core/statistics/span.ts";
import { Card, SummaryList, Table } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Trend } from "../statistics/chart.tsx";
import { Spans } from "../statistics/spans.tsx";
import { percentText, spanText, statisticsSpeech } from "../statistics/texts.ts";
import { DossierTable } from "./pressing.tsx";
import { type ProvinceSpeech, provinceSpeech } from "./speech.ts";
import type { ProvinceView, ProvinceWork } from "./world.ts";

type Props = {
  readonly frame: Frame;
  readonly view: ProvinceView;
  readonly by: RankMeasure;
  readonly today: LocalDate;
};

/** `/province/<span>`: what presses now, what was done in the span, who did how much, and since when. */
export const ProvincePage = ({ frame, view, by, today }: Props) => {
  const speech = provinceSpeech(frame.language);
  const statistics = statisticsSpeech(frame.language);
  const { say } = speech;
  const hrefOf = (span: Span) => `/province/${span}${by === "acts" ? "" : `?by=${by}`}`;
  return (
    <Page frame={frame} title={`${view.province.name}, ${spanText(view.span, statistics)}`} wide scripts={["app"]}>
      <h1>{view.province.name}</h1>
      <p class="hint">{say("lead")}</p>
      <p>
        <a href="/weekly">{statistics.say("weekly")}</a>
      </p>
      {view.works.length === 0 ? (
        <p class="nothing">{say("nobody")}</p>
      ) : (
        <>
          <Pressing view={view} speech={speech} />
          <DossierTable {...{ dossiers: view.longest, speech }} title={say("longestTitle")} works={view.works} />
          <Spans span={view.span} today={today} speech={statistics} hrefOf={hrefOf} />
          <Whole works={view.works} speech={speech} />
          <Ranking view={view} by={by} speech={speech} />
          <Trend points={view.trend} speech={statistics} title={say("trendLaunch")} />
          <Files span={view.span} speech={speech} />
        </>
      )}
    </Page>
  );
};

const Files = ({ span, speech: { say } }: { readonly span: Span; readonly speech: ProvinceSpeech }) => (
  <Card title={say("files")}>
    <Buttons>
      {(["csv", "xlsx"] as const).map((file) => (
        <LinkButton href={`/province/${span}/ranking.${file}`} look="quiet">
          {say(file)}
        </LinkButton>
      ))}
    </Buttons>
  </Card>
);

const numbers = (labels: readonly string[]) => labels.map((label, i) => ({ label, number: i > 0 }));

type PressingProps = { readonly view: ProvinceView; readonly speech: ProvinceSpeech };

/** At this moment; the agency with the most that is late first. */
const Pressing = ({ view, speech: { say } }: PressingProps) => {
  const weightOf = ({ late, petitionsLate, atRisk, petitionsSoon }: ProvinceWork) =>
    (late + petitionsLate) * 1_000_000 + atRisk + petitionsSoon;
  const pressing = view.works.filter((work) => weightOf(work) > 0).toSorted((a, b) => weightOf(b) - weightOf(a));
  if (pressing.length === 0) return <p class="nothing">{say("pressingNone")}</p>;
  return (
    <Card>
      <Table
        caption={say("pressingTitle")}
        columns={numbers([say("agency"), say("late"), say("atRisk"), say("petitionsLate"), say("petitionsSoon")])}
        rows={pressing.map((work) => [
          <AgencyLink work={work} span={view.span} />,
          work.late,
          work.atRisk,
          work.petitionsLate,
          work.petitionsSoon,
        ])}
        fold={false}
      />
    </Card>
  );
};

const AgencyLink = ({ work: { agencyId, name }, span }: { work: ProvinceWork; span: Span }) => (
  <a href={`/province/${span}/agencies/${agencyId}`}>{name}</a>
);

const Whole = ({ works, speech }: { readonly works: readonly ProvinceWork[]; readonly speech: ProvinceSpeech }) => {
  const { say } = speech;
  const all = together(works);
  return (
    <Card title={say("whole")}>
      <SummaryList
        rows={[
          [say("agencies"), works.length],
          [say("acts"), all.electronic + all.paper],
          [say("actsElectronic"), all.electronic],
          [say("answered"), all.answered],
          [say("onTimeRate"), rateText(measured(all, "onTimeRate"), speech)],
          [say("electronicShare"), rateText(measured(all, "electronicShare"), speech)],
        ]}
      />
    </Card>
  );
};

const rateText = (percent: number | null, { say, language }: ProvinceSpeech): string =>
  percent === null ? say("nothing") : percentText(percent, language);

type RankingProps = { readonly view: ProvinceView; readonly by: RankMeasure; readonly speech: ProvinceSpeech };

const Ranking = ({ view, by, speech }: RankingProps) => {
  const { say } = speech;
  const before = new Map(rankBy(view.before, by).map(({ work, place }) => [work.agencyId, place]));
  const labels = [
    ...[say("agency"), say("place"), say("placeBefore"), say("acts"), say("actsElectronic")],
    ...[say("onTimeRate"), say("electronicShare")],
  ];
  return (
    <Card title={say("rankTitle")}>
      <nav class="choices abreast screen" aria-label={say("rankBy")}>
        <span>{say("rankBy")}:</span>
        {rankMeasures.map((measure) =>
          measure === by ? (
            <b>{say(`by_${measure}`)}</b>
          ) : (
            <a href={`/province/${view.span}?by=${measure}`}>{say(`by_${measure}`)}</a>
          ),
        )}
      </nav>
      <p class="hint">{say(`how_${by}`)}</p>
      <div class="ranked">
        <Table
          caption={`${say("rankBy")} ${say(`by_${by}`)}`}
          columns={numbers(labels)}
          rows={rankBy(view.works, by).map(({ work, place }) => [
            <AgencyLink work={work} span={view.span} />,
            place ?? say("noPlace"),
            before.get(work.agencyId) ?? say("noPlace"),
            work.electronic + work.paper,
            work.electronic,
            rateText(measured(work, "onTimeRate"), speech),
            rateText(measured(work, "electronicShare"), speech),
          ])}
          fold={false}
        />
      </div>
    </Card>
  );
};
