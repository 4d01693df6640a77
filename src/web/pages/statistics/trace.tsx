import type { WorkingCalendar } from "../../../core/calendar.ts";
import type { Actor } from "../../../core/dossier.ts";
import type { PersonId } from "../../../core/ids.ts";
import type { Instant } from "../../../core/kernel.ts";
import { isLast } from "../../../core/stages.ts";
import type { Duty } from "../../../core/statistics/duty.ts";
import type { StandardsOn } from "../../../core/statistics/step-times.ts";
import { type TraceLine, traceOf, waitingSince } from "../../../core/statistics/step-trace.ts";
import { Card, Table } from "../../design/content.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { shortTimeText } from "../../design/time.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { guardedPage, type Route } from "../../route.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { dutiesText, lengthCells, workText } from "./step-cells.tsx";
import { type StatisticsSpeech, statisticsSpeech } from "./texts.ts";

/** As whose work a step was done; none where the program did it. */
export type DutyAt = (line: Pick<TraceLine, "step" | "personId" | "to">) => readonly Duty[];

export type TraceRules = { readonly standards: StandardsOn; readonly dutyAt: DutyAt };

type TraceWorld = Pick<OfficialsWorld, "dossier" | "calendar" | "now"> & {
  /** What steps that these people did are held against, in the actor's agency. */
  readonly rules: (actor: Actor, people: readonly (PersonId | null)[]) => Promise<TraceRules>;
};

/** `/dossiers/<id>/steps`: who did what, when, and how long it took. STAT-3. */
export const tracePages = (world: TraceWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/steps",
    demands: ["receiver", "comparer", "signer", "clerk"],
    handle: (c, person) =>
      withDossier(c, person, world, async (view) => {
        const actor = actorOf(person);
        const people = view.events.map(({ personId }) => personId);
        const held = { calendar: await world.calendar(actor), rules: await world.rules(actor, people) };
        return c.html(<TracePage frame={personFrame(c, person)} view={view} now={world.now()} {...held} />);
      }),
  }),
];

type Props = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly rules: TraceRules;
  readonly calendar: WorkingCalendar;
  readonly now: Instant;
};

const TracePage = ({ frame, view, rules, calendar, now }: Props) => {
  const speech = statisticsSpeech(frame.language);
  const { say } = speech;
  const waiting = isLast(view.dossier.status) ? null : waitingSince(view.events, calendar, now);
  const columns = ["traceStep", "traceWho", "traceDuty", "traceFrom", "traceTo", "traceTook", "traceStandard"] as const;
  const rows = traceOf(view.events, calendar, rules.standards).map((line) => rowOf(line, rules.dutyAt(line), speech));
  const still =
    waiting === null
      ? []
      : [
          [
            say("traceStill"),
            "–",
            "–",
            shortTimeText(waiting.from, frame.language),
            "–",
            workText(waiting.workedSeconds, frame.language),
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

const rowOf = (line: TraceLine, duties: readonly Duty[], speech: StatisticsSpeech) => [
  speech.say(`trace_${line.step}`),
  line.by ?? speech.say("traceNobody"),
  dutiesText(duties, speech.language),
  shortTimeText(line.from, speech.language),
  shortTimeText(line.to, speech.language),
  ...lengthCells(line, speech),
];
