import type { Context } from "hono";
import { z } from "zod";
import { Card, SummaryList } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { SelectField, TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { shortTimeText } from "../design/time.ts";
import { Notice } from "../design/verdict.tsx";
import { readForm, type Typed } from "../forms/read-form.ts";
import { statusOf } from "../problem.ts";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { faultsOf, PetitionFields, petitionFields, ReceiptNotice, refusalFault, voiceSpeech } from "./form.tsx";
import type { AnsweredPetition, PublicVoiceWorld, Receipt } from "./world.ts";

const bodyLimitBytes = 16 * 1024;

/** Phản ánh, kiến nghị without a dossier, and the answer by code. No name, no account, no script. VOICE-2. */
export const publicVoiceRoutes = (world: PublicVoiceWorld): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/feedback",
    handle: (c) => ask(c, world, { typed: {}, faults: [], status: 200 }),
  }),
  publicPage({ method: "POST", path: "/feedback", bodyLimitBytes, handle: (c) => take(c, world) }),
  publicPage({
    method: "GET",
    path: "/feedback/answer",
    handle: (c) => c.html(<AnswerPage frame={publicFrame(c)} typed="" faults={[]} found={null} />),
  }),
  publicPage({ method: "POST", path: "/feedback/answer", bodyLimitBytes: 4096, handle: (c) => look(c, world) }),
];

type Shown = { readonly typed: Typed; readonly faults: readonly Fault[]; readonly status: number };

async function ask(c: Context<WebEnv>, world: PublicVoiceWorld, { typed, faults, status }: Shown): Promise<Response> {
  const page = { frame: publicFrame(c), agencies: await world.agencies(), formId: world.newFormId() };
  return c.html(<FeedbackPage {...page} typed={typed} faults={faults} receipt={null} />, status as 200);
}

async function take(c: Context<WebEnv>, world: PublicVoiceWorld): Promise<Response> {
  const speech = voiceSpeech(c.var.language);
  const form = await readForm(c, z.object({ ...petitionFields, agency: z.string().max(100) }));
  if (!form.ok) return ask(c, world, { typed: form.typed, faults: faultsOf(form, speech), status: 400 });
  const { agency, formId, ...said } = form.value;
  const sent = await world.petition(c, said, agency, formId);
  if (!sent.ok) {
    const fault = refusalFault(c, sent.failure, speech);
    const named = fault.field === null ? fault : { ...fault, field: "agency" };
    return ask(c, world, { typed: form.typed, faults: [named], status: statusOf[sent.failure.code] });
  }
  return c.html(
    <FeedbackPage frame={publicFrame(c)} agencies={[]} formId="" typed={{}} faults={[]} receipt={sent.value} />,
  );
}

async function look(c: Context<WebEnv>, world: PublicVoiceWorld): Promise<Response> {
  const speech = voiceSpeech(c.var.language);
  const form = await readForm(c, z.object({ code: z.string().max(40) }));
  const typed = form.typed["code"] ?? "";
  const found = await world.byCode(c, typed);
  const frame = { ...publicFrame(c), address: "/feedback/answer" };
  if (found.ok && found.value !== null)
    return c.html(<AnswerPage frame={frame} typed="" faults={[]} found={found.value} />);
  const fault = found.ok
    ? { field: "code", says: speech.say("codeFault") }
    : { ...refusalFault(c, found.failure, speech), field: "code" };
  const status = found.ok ? 404 : statusOf[found.failure.code];
  return c.html(<AnswerPage frame={frame} typed={typed} faults={[fault]} found={null} />, status as 404);
}

type FeedbackProps = {
  readonly frame: Frame;
  readonly agencies: Awaited<ReturnType<PublicVoiceWorld["agencies"]>>;
  readonly formId: string;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  /** Null before it was sent. */
  readonly receipt: Receipt | null;
};

const FeedbackPage = ({ frame, agencies, formId, typed, faults, receipt }: FeedbackProps) => {
  const speech = voiceSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("title")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("title")}</h1>
      {receipt !== null ? (
        <ReceiptNotice receipt={receipt} speech={speech} />
      ) : (
        <>
          <p>{say("lead")}</p>
          <Card>
            <Form frame={frame} action="/feedback" once>
              {agencies.length === 1 ? (
                <input type="hidden" name="agency" value={agencies[0]?.id} />
              ) : (
                <SelectField
                  name="agency"
                  label={say("agency")}
                  options={agencies.map(({ id, name }) => ({ value: id, label: name }))}
                  value={typed["agency"]}
                  fault={faultAt(faults, "agency")}
                />
              )}
              <PetitionFields speech={speech} typed={typed} faults={faults} formId={formId} />
              <Button>{say("send")}</Button>
            </Form>
          </Card>
          <p class="hint">{say("notComplaint")}</p>
        </>
      )}
      <p>
        <a href="/feedback/answer">{say("toAnswer")}</a>
      </p>
    </Page>
  );
};

type AnswerProps = {
  readonly frame: Frame;
  readonly typed: string;
  readonly faults: readonly Fault[];
  readonly found: AnsweredPetition | null;
};

const AnswerPage = ({ frame, typed, faults, found }: AnswerProps) => {
  const { say } = voiceSpeech(frame.language);
  return (
    <Page frame={frame} title={say("answerTitle")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("answerTitle")}</h1>
      {found !== null ? (
        <Answered frame={frame} found={found} />
      ) : (
        <Card>
          <Form frame={frame} action="/feedback/answer">
            <TextField
              name="code"
              label={say("code")}
              hint={say("codeHint")}
              value={typed}
              maxlength={40}
              fault={faultAt(faults, "code")}
            />
            <Button>{say("look")}</Button>
          </Form>
        </Card>
      )}
    </Page>
  );
};

const Answered = ({ frame, found }: { frame: Frame; found: AnsweredPetition }) => {
  const { say, language } = voiceSpeech(frame.language);
  const { answer, agencyName, dueAt, isLate, receivedAt, words } = found;
  const due = shortTimeText(dueAt, language);
  return (
    <>
      {answer === null ? (
        <Notice tone={isLate ? "care" : "neutral"} title={say(isLate ? "waitingLate" : "waiting", { due })} />
      ) : (
        <Card title={say("answered", { agency: agencyName, time: shortTimeText(answer.at, language) })}>
          <Prose text={answer.words} />
        </Card>
      )}
      <Card title={say("yours")}>
        <Prose text={words} />
        <SummaryList
          rows={[
            [say("agency"), agencyName],
            [say("receivedAt"), shortTimeText(receivedAt, language)],
          ]}
        />
      </Card>
    </>
  );
};

/** As it was typed, paragraph by paragraph. */
export const Prose = ({ text }: { text: string }) => (
  <>
    {text.split(/\n+/).map((line) => (
      <p>{line}</p>
    ))}
  </>
);
