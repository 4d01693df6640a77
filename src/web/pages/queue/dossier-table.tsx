import type { WorkingCalendar } from "../../../core/calendar.ts";
import { standingOf } from "../../../core/deadlines.ts";
import { type Instant, localDateOf } from "../../../core/kernel.ts";
import type { ListedDossier } from "../../../core/lists.ts";
import { numberText } from "../../../core/register.ts";
import { Table, Tag } from "../../design/content.tsx";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import type { Role } from "../../route.ts";
import { queueEn } from "../../words/queue.en.ts";
import { type QueueWord, queueVi } from "../../words/queue.vi.ts";
import { feesSpeech } from "../fees/speech.ts";
import { nextStepOf, standOf } from "./next-step.ts";

export const speechIn = speaker({ vi: queueVi, en: queueEn });
export type Speech = SpeechOf<QueueWord>;

/** What deadlines are held against. */
export type Clock = { readonly now: Instant; readonly calendar: WorkingCalendar };

type TableProps = {
  readonly speech: Speech;
  readonly caption: string;
  readonly dossiers: readonly ListedDossier[];
  readonly roles: readonly Role[];
  readonly clock: Clock;
};

/** Dossiers a row each; the last cell is what the reader does next with it. */
export const DossierTable = ({ speech, caption, dossiers, roles, clock }: TableProps) => {
  const { say, language } = speech;
  const first = dossiers.findIndex((dossier) => nextStepOf(dossier, roles).isTurn);
  return (
    <div class="listed">
      <Table
        caption={caption}
        columns={[
          { label: say("paper") },
          { label: say("applicant") },
          { label: say("since") },
          { label: say("due") },
          { label: say("step") },
          { label: say("next") },
        ]}
        rows={dossiers.map((dossier, i) => [
          <Paper speech={speech} dossier={dossier} />,
          dossier.applicantName,
          <span class="number">{shortTimeText(dossier.openedAt, language)}</span>,
          <Due speech={speech} dossier={dossier} clock={clock} />,
          <Stand speech={speech} dossier={dossier} />,
          <Next speech={speech} dossier={dossier} roles={roles} starts={i === first} />,
        ])}
      />
    </div>
  );
};

type CellProps = { readonly speech: Speech; readonly dossier: ListedDossier };

const Paper = ({ speech: { say }, dossier }: CellProps) => {
  const { code, paper, papers } = dossier;
  const facts = [
    papers > 1 ? say("paperOf", { code, paper, papers }) : code,
    dossier.documentNumber,
    dossier.line && say("numbered", { number: numberText(dossier.line.number), book: dossier.line.bookText }),
  ];
  return (
    <>
      <a href={`/dossiers/${dossier.id}`}>{dossier.title}</a>
      <span class="hint">{facts.filter(Boolean).join(" · ")}</span>
    </>
  );
};

const Stand = ({ speech: { say, language }, dossier }: CellProps) => {
  const [tone, word] = standOf(dossier);
  return (
    <span class="due">
      <Tag tone={tone}>{say(word)}</Tag>
      {dossier.unpaidDong > 0 && <Tag tone="care">{feesSpeech(language).say("unpaidTag")}</Tag>}
    </span>
  );
};

type NextProps = CellProps & { readonly roles: readonly Role[]; readonly starts: boolean };

const Next = ({ speech: { say }, dossier, roles, starts }: NextProps) => {
  const { href, word, isTurn } = nextStepOf(dossier, roles);
  return (
    <a class={isTurn ? "button" : "button quiet"} href={href} data-start={starts ? "" : undefined}>
      {say(word)}
      <span class="hidden"> {say("forPaper", { title: dossier.title })}</span>
    </a>
  );
};

/** Late, and what soon will be, by mark, word and colour; DEADLINE-1, DEADLINE-4. */
export const Due = ({ speech: { say, language }, dossier, clock: { now, calendar } }: CellProps & { clock: Clock }) => {
  const standing = standingOf(dossier, calendar, now);
  if (standing === "answered") return <span aria-hidden="true">–</span>;
  const isToday = localDateOf(dossier.dueAt) === localDateOf(now);
  return (
    <span class="due">
      <span class="number">{shortTimeText(dossier.dueAt, language)}</span>
      {standing === "late" && <Tag tone="bad">{say("late")}</Tag>}
      {standing === "at_risk" && <Tag tone="care">{say("atRisk")}</Tag>}
      {standing === "in_time" && isToday && <Tag tone="care">{say("today")}</Tag>}
      {dossier.againAt !== null && (
        <span class="hint">{say("again", { at: shortTimeText(dossier.againAt, language) })}</span>
      )}
    </span>
  );
};
