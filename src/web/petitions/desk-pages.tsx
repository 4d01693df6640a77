import type { Context } from "hono";
import { z } from "zod";
import type { WorkingCalendar } from "../../core/calendar.ts";
import type { Instant } from "../../core/kernel.ts";
import { type Petition, type PetitionId, petitionBounds, petitionStanding } from "../../core/petition.ts";
import { Card, SummaryList, Table, Tag } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { TextArea } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, personFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { shortTimeText } from "../design/time.ts";
import { readForm } from "../forms/read-form.ts";
import { actorOf } from "../officials/answers.ts";
import { idFrom, notFound } from "../pages/administration/shell.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../route.ts";
import { faultsOf, proseText, type VoiceSpeech, voiceSpeech } from "./form.tsx";
import { Prose } from "./public-pages.tsx";
import { ratingsPages } from "./ratings-page.tsx";
import type { VoiceDesk } from "./world.ts";

/** The head of the agency and who administers it; nobody of the counter. VOICE-1, VOICE-2. */
const heads = ["signer", "administrator"] as const;

export const voiceDeskPages = (desk: VoiceDesk): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/petitions",
    demands: heads,
    handle: async (c, person) => {
      const petitions = await desk.petitions(actorOf(person));
      const clock = await clockOf(desk, person);
      return c.html(<PetitionsPage frame={personFrame(c, person)} petitions={petitions} clock={clock} />);
    },
  }),
  guardedPage({ method: "GET", path: "/petitions/:id", demands: heads, handle: (c, person) => show(c, person, desk) }),
  guardedPage({
    method: "POST",
    path: "/petitions/:id",
    demands: heads,
    bodyLimitBytes: 32 * 1024,
    handle: (c, person) => answer(c, person, desk),
  }),
  ...ratingsPages(desk),
];

/** What a term is held against. */
type Clock = { readonly now: Instant; readonly calendar: WorkingCalendar };

const clockOf = async (desk: VoiceDesk, person: Actor): Promise<Clock> => {
  return { now: desk.now(), calendar: await desk.calendar(actorOf(person)) };
};

type Faulty = { readonly faults: readonly Fault[]; readonly typed: string; readonly status: 400 | 409 };

async function show(c: Context<WebEnv>, person: Actor, desk: VoiceDesk, faulty?: Faulty): Promise<Response> {
  const id = idFrom<PetitionId>(c.req.param("id") ?? "");
  const petition = id === null ? null : await desk.petition(id, actorOf(person));
  if (petition === null) return notFound(c);
  const { faults = [], typed = "", status = 200 } = faulty ?? {};
  const page = { frame: personFrame(c, person), petition, clock: await clockOf(desk, person), typed, faults };
  return c.html(<PetitionPage {...page} />, status);
}

const AnswerForm = z.object({ answer: proseText(petitionBounds.leastWords, petitionBounds.mostAnswer) });

async function answer(c: Context<WebEnv>, person: Actor, desk: VoiceDesk): Promise<Response> {
  const speech = voiceSpeech(c.var.language);
  const id = idFrom<PetitionId>(c.req.param("id") ?? "");
  if (id === null) return notFound(c);
  const form = await readForm(c, AnswerForm);
  const typed = form.typed["answer"] ?? "";
  if (!form.ok) return show(c, person, desk, { faults: faultsOf(form, speech), typed, status: 400 });
  const answered = await desk.answer(id, form.value.answer, actorOf(person));
  if (answered.ok) return c.redirect(`/petitions/${id}`, 303);
  if (answered.failure.code === "not_found") return notFound(c);
  const faults = [{ field: null, says: speech.say("answeredBefore") }];
  return show(c, person, desk, { faults, typed, status: 409 });
}

const tones = { open: "neutral", soon: "care", late: "bad", answered: "good" } as const;

const Standing = ({ petition, clock, speech }: { petition: Petition; clock: Clock; speech: VoiceSpeech }) => {
  const standing = petitionStanding(petition, clock.now, clock.calendar);
  return <Tag tone={tones[standing]}>{speech.say(`stand_${standing}`)}</Tag>;
};

type ListProps = { readonly frame: Frame; readonly petitions: readonly Petition[]; readonly clock: Clock };

const PetitionsPage = ({ frame, petitions, clock }: ListProps) => {
  const speech = voiceSpeech(frame.language);
  const { say, language } = speech;
  const columns = ["number", "due", "what", "stand"] as const;
  return (
    <Page frame={frame} title={say("deskTitle")} wide scripts={["app"]}>
      <h1>{say("deskTitle")}</h1>
      <p>
        {say("deskLead")} <a href="/ratings">{say("ratingsTitle")}</a>
      </p>
      {petitions.length === 0 ? (
        <p class="nothing">{say("deskNone")}</p>
      ) : (
        <div class="listed">
          <Table
            caption={say("deskTitle")}
            columns={columns.map((word) => ({ label: say(word) }))}
            rows={petitions.map((petition) => [
              <a href={`/petitions/${petition.id}`}>
                {say("number")} {petition.number}
              </a>,
              <span class="number">{shortTimeText(petition.dueAt, language)}</span>,
              <>
                {say(`kind_${petition.kind}`).split(":")[0]}
                <span class="hint">{beginning(petition.words)}</span>
              </>,
              <Standing petition={petition} clock={clock} speech={speech} />,
            ])}
          />
        </div>
      )}
    </Page>
  );
};

const beginning = (words: string): string => (words.length <= 120 ? words : `${words.slice(0, 119)}…`);

type PetitionPageProps = {
  readonly frame: Frame;
  readonly petition: Petition;
  readonly clock: Clock;
  readonly typed: string;
  readonly faults: readonly Fault[];
};

const PetitionPage = ({ frame, petition, clock, typed, faults }: PetitionPageProps) => {
  const speech = voiceSpeech(frame.language);
  const { say, language } = speech;
  const title = `${say("number")} ${petition.number}`;
  return (
    <Page frame={frame} title={title} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href="/petitions">
        ‹ {say("toList")}
      </a>
      <h1>{title}</h1>
      <Card title={say(`kind_${petition.kind}`)}>
        <Prose text={petition.words} />
        <SummaryList
          rows={[
            [say("stand"), <Standing petition={petition} clock={clock} speech={speech} />],
            [say("receivedAt"), shortTimeText(petition.receivedAt, language)],
            [say("due"), shortTimeText(petition.dueAt, language)],
            [say("from"), petition.contact ?? say("noContact")],
            ...(petition.dossierCode === null ? [] : [[say("dossier"), petition.dossierCode] as const]),
          ]}
        />
      </Card>
      {petition.answer !== null ? (
        <Card
          title={say("answeredBy", { name: petition.answer.by, time: shortTimeText(petition.answer.at, language) })}
        >
          <Prose text={petition.answer.words} />
        </Card>
      ) : (
        <Form frame={frame} action={`/petitions/${petition.id}`} once>
          <TextArea
            name="answer"
            label={say("answer")}
            hint={say("answerHint")}
            value={typed}
            maxlength={petitionBounds.mostAnswer}
            fault={faultAt(faults, "answer")}
          />
          <Button>{say("answerButton")}</Button>
        </Form>
      )}
    </Page>
  );
};
