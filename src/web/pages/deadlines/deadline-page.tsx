import type { Child } from "hono/jsx";
import type { WorkingCalendar } from "../../../core/calendar.ts";
import type { DeadlineStep } from "../../../core/deadline-steps.ts";
import type { Standing } from "../../../core/deadlines.ts";
import type { Instant } from "../../../core/kernel.ts";
import { daysLeft } from "../../../usecases/move-deadline.ts";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText, shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { DossierView } from "../../officials/world.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { DeadlineNotice, standingOfView } from "./notice.tsx";
import { deadlineSpeech, type Speech } from "./speech.ts";

export type DeadlineView = {
  readonly view: DossierView;
  readonly steps: readonly DeadlineStep[];
  readonly calendar: WorkingCalendar;
  readonly now: Instant;
};

type Props = { readonly frame: Frame; readonly deadline: DeadlineView; readonly mayMove: boolean };

/** Everything that was appointed for one dossier, and what may be done about it now. */
export const DeadlinePage = ({ frame, deadline, mayMove }: Props) => {
  const speech = deadlineSpeech(frame.language);
  const { say, language } = speech;
  const { view, steps, calendar, now } = deadline;
  const standing = standingOfView(view, calendar, now);
  return (
    <Page frame={frame} title={say("title")} wide scripts={["app"]}>
      <WayBack view={view} speech={speech} />
      <h1>{say("title")}</h1>
      <DeadlineNotice {...{ view, language, now, calendar }} linked={false} />
      <Card>
        <SummaryList rows={factsOf(deadline, standing, speech)} />
      </Card>
      {mayMove && <Ways deadline={deadline} standing={standing} speech={speech} />}
      <Card>
        <Table
          caption={say("steps")}
          columns={[say("stepColumn"), say("dueColumn"), say("whyColumn"), say("whoColumn"), say("slipColumn")].map(
            (label) => ({ label }),
          )}
          rows={steps.map((step) => rowOf(step, view, speech))}
        />
        <p class="hint">{say("promiseStands")}</p>
      </Card>
    </Page>
  );
};

export const WayBack = ({ view, speech: { say } }: { view: DossierView; speech: Speech }) => (
  <>
    <a class="way-back" href={pathOf(view)}>
      ‹ {say("toDossier")}
    </a>
    <p>
      <b>{view.dossier.title}</b> · {peopleOf(view)}
    </p>
  </>
);

/** Most people bring their own papers, and are then named once. */
const peopleOf = ({ dossier: { holderName, applicantName } }: DossierView): string =>
  [...new Set([holderName, applicantName])].join(" · ");

const toneOf = { in_time: "good", at_risk: "care", late: "bad", answered: "neutral" } as const;

function factsOf({ view: { dossier } }: DeadlineView, standing: Standing, { say, language }: Speech) {
  const rows: (readonly [string, Child])[] = [
    [say("received"), shortTimeText(dossier.openedAt, language)],
    [
      say("dueNow"),
      <>
        <b>{shortTimeText(dossier.dueAt, language)}</b> <Tag tone={toneOf[standing]}>{say(`standing_${standing}`)}</Tag>
      </>,
    ],
  ];
  return dossier.againAt === null ? rows : [...rows, [say("again"), shortTimeText(dossier.againAt, language)] as const];
}

type WaysProps = { readonly deadline: DeadlineView; readonly standing: Standing; readonly speech: Speech };

export const wayNames = ["extension", "agreement", "apology"] as const;
export type WayName = (typeof wayNames)[number];

/** Only what the law leaves: extending and agreeing before it is late, apologising once it is. */
export function openWays({ view, steps, calendar, now }: DeadlineView): readonly WayName[] {
  const standing = standingOfView(view, calendar, now);
  if (standing === "answered") return [];
  const { againAt } = view.dossier;
  if (standing === "late") return againAt !== null && againAt >= now ? [] : ["apology"];
  return daysLeft(view.dossier, steps) > 0 ? ["extension", "agreement"] : ["agreement"];
}

const Ways = ({ deadline, standing, speech: { say } }: WaysProps) => {
  if (standing === "answered") return <Notice tone="neutral" title={say("nothingOwed")} />;
  const open = openWays(deadline);
  const days = daysLeft(deadline.view.dossier, deadline.steps);
  const words = { extension: "extendLink", agreement: "agreeLink", apology: "apologyLink" } as const;
  return open.length === 0 ? null : (
    <Buttons>
      {open.map((way) => (
        <LinkButton
          href={pathOf(deadline.view, `/deadline/${way}`)}
          look={way === "agreement" ? "quiet" : "main"}
          starts={way !== "agreement"}
        >
          {say(words[way], { days })}
        </LinkButton>
      ))}
    </Buttons>
  );
};

function rowOf(step: DeadlineStep, view: DossierView, { say, language }: Speech): Child[] {
  const days = step.kind === "extended" ? step.workingDays : 0;
  const path = step.kind === "promised" ? "/slip.pdf" : `/deadline/${step.ordinal}.pdf`;
  const who = { decided: step.decidedBy, recorded: step.recordedBy, at: shortTimeText(step.at, language) };
  return [
    `${step.ordinal}. ${say(`step_${step.kind}`, { days })}`,
    <span class="number">{shortTimeText(step.dueAt, language)}</span>,
    whyText(step, { say, language }),
    say(step.kind === "promised" ? "whoPromised" : "whoText", who),
    <a href={pathOf(view, path)}>
      {say("slipOpen")}
      <span class="hidden"> {say("slipOf", { ordinal: step.ordinal })}</span>
    </a>,
  ];
}

function whyText(step: DeadlineStep, { say }: Pick<Speech, "say" | "language">): string {
  if (step.kind === "promised") return "–";
  if (step.kind === "extended") return say(step.reason);
  if (step.kind === "apology") return step.reason;
  return say("agreedText", { with: step.agreedWith, on: dayText(step.agreedOn), paper: step.agreement });
}
