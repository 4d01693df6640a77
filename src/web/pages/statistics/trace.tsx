import type { WorkingCalendar } from "../../../core/calendar.ts";
import type { Instant } from "../../../core/kernel.ts";
import { isLast } from "../../../core/stages.ts";
import { type StandardTimes, type TraceLine, traceOf, waitingSince } from "../../../core/statistics/step-trace.ts";
import { Card, Table, Tag } from "../../design/content.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { shortTimeText } from "../../design/time.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { guardedPage, type Route } from "../../route.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { lengthText, type StatisticsSpeech, statisticsSpeech } from "./texts.ts";

type TraceWorld = Pick<OfficialsWorld, "dossier" | "calendar" | "now"> & { readonly standards: StandardTimes };

/** `/dossiers/<id>/steps`: who did what, when, and how long it took. STAT-3. */
export const tracePages = (world: TraceWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/steps",
    demands: ["receiver", "comparer", "signer", "clerk"],
    handle: (c, person) =>
      withDossier(c, person, world, async (view) => {
        const clock = { calendar: await world.calendar(actorOf(person)), now: world.now() };
        return c.html(<TracePage frame={personFrame(c, person)} view={view} standards={world.standards} {...clock} />);
      }),
  }),
];

type Props = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly standards: StandardTimes;
  readonly calendar: WorkingCalendar;
  readonly now: Instant;
};

const TracePage = ({ frame, view, standards, calendar, now }: Props) => {
  const speech = statisticsSpeech(frame.language);
  const { say } = speech;
  const waiting = isLast(view.dossier.status) ? null : waitingSince(view.events, calendar, now);
  const columns = ["traceStep", "traceWho", "traceFrom", "traceTo", "traceTook", "traceStandard"] as const;
  const rows = traceOf(view.events, calendar, standards).map((line) => rowOf(line, speech));
  const still =
    waiting === null
      ? []
      : [
          [
            say("traceStill"),
            "–",
            shortTimeText(waiting.from, frame.language),
            "–",
            lengthText(waiting.workedSeconds, frame.language),
            "–",
          ],
        ];
  return (
    <Page frame={frame} title={say("tracePage")} wide scripts={["app"]}>
      <a class="way-back" href={pathOf(view)}>
        ‹ {view.dossier.title}
      </a>
      <h1>{say("tracePage")}</h1>
      <p class="hint">{say("traceLead")}</p>
      {rows.length + still.length === 0 ? (
        <p class="nothing">{say("traceNothing")}</p>
      ) : (
        <Card>
          <Table
            caption={say("tracePage")}
            columns={columns.map((word) => ({ label: say(word) }))}
            rows={[...rows, ...still]}
          />
        </Card>
      )}
    </Page>
  );
};

const rowOf = (line: TraceLine, { say, language }: StatisticsSpeech) => [
  say(`trace_${line.step}`),
  line.by ?? say("traceNobody"),
  shortTimeText(line.from, language),
  shortTimeText(line.to, language),
  <>
    {lengthText(line.workedSeconds, language)} {line.isOver && <Tag tone="care">{say("traceOver")}</Tag>}
  </>,
  line.standardMinutes === null ? say("traceNone") : lengthText(line.standardMinutes * 60, language),
];
