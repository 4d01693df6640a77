import type { Context } from "hono";
import { z } from "zod";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Buttons, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { type Problem, statusOf, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { receivingSpeech } from "../receiving/dossier-page.tsx";
import { faultOf } from "../receiving/opening-page.tsx";
import {
  CopiesPart,
  common,
  copiesFault,
  labelsOf,
  ownFaults,
  PaperPart,
  paperFieldNames,
  paperFields,
  procedureOf,
} from "../receiving/paper-form.tsx";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { submissionSpeech } from "./speech.ts";

const AnotherForm = z
  .object({ identityDigits: z.string().regex(/^\d{4}$/), ...paperFields })
  .transform(({ issuedAbroad, ...form }) => {
    return { ...form, procedure: procedureOf(issuedAbroad), title: form.title ?? form.kind };
  });

export const showAnother = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, (view) => {
    const frame = personFrame(c, person);
    return c.html(<AnotherPage frame={frame} view={view} typed={{ formId: world.newFormId() }} faults={[]} />);
  });

/** Nothing of the applicant is typed twice. */
export const answerAnother = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, async (view) => {
    const form = await readForm(c, AnotherForm);
    const { say } = receivingSpeech(c.var.language);
    const again = (faults: readonly Fault[], status: 400) =>
      c.html(<AnotherPage frame={personFrame(c, person)} view={view} typed={form.typed} faults={faults} />, status);
    if (!form.ok) {
      return again(
        faultsInWords(
          form.faults,
          labelsOf(["identityDigits", ...paperFieldNames], say),
          c.var.language,
          ownFaults(say),
        ),
        400,
      );
    }
    const { next, ...request } = form.value;
    const none = copiesFault(request, say);
    if (none.length > 0) return again(none, 400);
    const added = await world.addPaper(view.dossier.id, request, actorOf(person));
    if (!added.ok)
      return again([digitsFault(added.failure, c) ?? faultOf(added.failure, c)], statusOf[added.failure.code] as 400);
    return c.redirect(`/dossiers/${added.value.dossierId}${next === undefined ? "" : `/${next}`}`, 303);
  });

export function digitsFault(failure: Problem, c: Context<WebEnv>): Fault | null {
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  if (failure.code !== "wrong_digits" && failure.code !== "throttled") return null;
  return { field: "identityDigits", says: wordsOf(failure, c.var.language).title };
}

type AnotherPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const AnotherPage = ({ frame, view, typed, faults }: AnotherPageProps) => {
  const { say } = receivingSpeech(frame.language);
  const own = submissionSpeech(frame.language);
  const { code, papers } = view.submission;
  const part = { say, typed, faults };
  return (
    <Page frame={frame} title={own.say("anotherTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={pathOf(view)}>
        ‹ {own.say("back")}
      </a>
      <h1>{own.say("anotherTitle")}</h1>
      <p>{own.say("anotherLead")}</p>
      <Card title={own.say("code", { code })}>
        <SummaryList
          rows={[
            [own.say("applicant"), view.dossier.applicantName],
            [own.say("before"), papers.map(({ title }) => title).join("; ")],
          ]}
        />
      </Card>
      <Form frame={frame} action={pathOf(view, "/another")} once>
        <input type="hidden" name="formId" value={typed["formId"] ?? ""} />
        <Card>
          <TextField
            {...common("identityDigits", part)}
            hint={own.say("digitsHint")}
            look="digits"
            numeric
            maxlength={4}
            starts={faults.length === 0}
          />
        </Card>
        <PaperPart {...part} />
        <CopiesPart {...part} />
        <Buttons>
          <Button>{own.say("save")}</Button>
          <Button look="quiet" name="next" value="another">
            {own.say("saveAndAdd")}
          </Button>
        </Buttons>
      </Form>
    </Page>
  );
};
