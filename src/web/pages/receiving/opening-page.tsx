import type { Context } from "hono";
import { z } from "zod";
import { identityKinds } from "../../../core/dossier.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { SelectField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import type { SpeechOf } from "../../design/speech.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { line } from "../../officials/receiving.ts";
import type { OfficialsWorld } from "../../officials/world.ts";
import { type Problem, statusOf, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { type ReceivingWord, usualKinds } from "../../words/receiving.vi.ts";
import { receivingSpeech } from "./dossier-page.tsx";

const orNull = <T extends z.ZodType>(shape: T) => shape.nullable().default(null);

/** What is left empty follows from what is written: most people bring their own papers. */
const OpeningForm = z
  .object({
    applicantName: line(200),
    identityKind: z.enum(identityKinds),
    identityDigits: z.string().regex(/^\d{4}$/),
    contact: orNull(line(200)),
    kind: line(120),
    title: orNull(line(300)),
    holderName: orNull(line(200)),
    documentNumber: orNull(line(120)),
    issuedBy: orNull(line(200)),
    issuedOn: orNull(line(40)),
    declaredPages: z.coerce.number().int().min(1).max(2000),
    paperCopies: z.coerce.number().int().min(0).max(1000).default(0),
  })
  .transform((form) => {
    return { ...form, title: form.title ?? form.kind, holderName: form.holderName ?? form.applicantName };
  });

export const showOpening = (c: Context<WebEnv>, person: Actor): Response | Promise<Response> =>
  c.html(<OpeningPage frame={personFrame(c, person)} typed={{}} faults={[]} />);

/** Opens the dossier, or shows the form again with all that was typed. */
export async function answerOpening(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Response> {
  const form = await readForm(c, OpeningForm);
  const { say } = receivingSpeech(c.var.language);
  const again = (faults: readonly Fault[], status: 400) =>
    c.html(<OpeningPage frame={personFrame(c, person)} typed={form.typed} faults={faults} />, status);
  if (!form.ok) return again(faultsInWords(form.faults, labelsOf(say), c.var.language, ownFaults(say)), 400);
  const opened = await world.openDossier(form.value, actorOf(person));
  if (opened.ok) return c.redirect(`/dossiers/${opened.value.dossierId}`, 303);
  return again([faultOf(opened.failure, c)], statusOf[opened.failure.code] as 400);
}

function faultOf(failure: Problem, c: Context<WebEnv>): Fault {
  const field = failure.code === "malformed_request" ? (failure.field ?? null) : null;
  if (field !== null) return { field, says: receivingSpeech(c.var.language).say("signsFault") };
  const { title, detail } = wordsOf(failure, c.var.language);
  return { field: null, says: `${title} ${detail}` };
}

type Say = SpeechOf<ReceivingWord>["say"];

const fieldNames = [
  "applicantName",
  "identityKind",
  "identityDigits",
  "contact",
  "kind",
  "title",
  "holderName",
  "documentNumber",
  "issuedBy",
  "issuedOn",
  "declaredPages",
  "paperCopies",
] as const;

const labelsOf = (say: Say) => Object.fromEntries(fieldNames.map((name) => [name, say(name)]));

const ownFaults = (say: Say) => ({
  identityDigits: say("identityDigitsFault"),
  declaredPages: say("declaredPagesFault"),
  paperCopies: say("paperCopiesFault"),
});

type OpeningPageProps = { readonly frame: Frame; readonly typed: Typed; readonly faults: readonly Fault[] };

const OpeningPage = ({ frame, typed, faults }: OpeningPageProps) => {
  const { say } = receivingSpeech(frame.language);
  const part = { say, typed, faults };
  return (
    <Page frame={frame} title={say("openTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("openTitle")}</h1>
      <p>{say("openLead")}</p>
      <Form frame={frame} action="/dossiers/new" once>
        <ApplicantPart {...part} />
        <PaperPart {...part} />
        <CopiesPart {...part} />
        <Button>{say("openButton")}</Button>
      </Form>
    </Page>
  );
};

type FormPart = Pick<OpeningPageProps, "typed" | "faults"> & { readonly say: Say };

const common = (name: (typeof fieldNames)[number], { say, typed, faults }: FormPart) => {
  return { name, label: say(name), value: typed[name], fault: faultAt(faults, name) };
};

const ApplicantPart = (part: FormPart) => {
  const { say } = part;
  const kinds = identityKinds.map((kind) => ({ value: kind, label: say(kind) }));
  return (
    <Card title={say("applicantPart")}>
      <TextField {...common("applicantName", part)} maxlength={200} starts />
      <SelectField {...common("identityKind", part)} options={kinds} />
      <TextField
        {...common("identityDigits", part)}
        hint={say("identityDigitsHint")}
        look="digits"
        numeric
        maxlength={4}
      />
      <TextField {...common("contact", part)} maxlength={200} required={false} />
    </Card>
  );
};

const PaperPart = (part: FormPart) => {
  const { say } = part;
  return (
    <Card title={say("paperPart")}>
      <TextField {...common("kind", part)} hint={say("kindHint")} maxlength={120} suggestions={usualKinds} />
      <TextField {...common("title", part)} hint={say("titleHint")} maxlength={300} required={false} />
      <TextField {...common("holderName", part)} hint={say("holderHint")} maxlength={200} required={false} />
      <TextField {...common("documentNumber", part)} maxlength={120} required={false} />
      <TextField {...common("issuedBy", part)} maxlength={200} required={false} />
      <TextField {...common("issuedOn", part)} look="short" maxlength={40} required={false} />
    </Card>
  );
};

const CopiesPart = (part: FormPart) => {
  const { say, typed } = part;
  return (
    <Card title={say("copiesPart")}>
      <TextField
        {...common("declaredPages", part)}
        hint={say("declaredPagesHint")}
        look="short"
        numeric
        maxlength={4}
      />
      <SummaryList rows={[[say("electronicCopies"), say("electronicCopiesValue")]]} />
      <TextField
        {...common("paperCopies", part)}
        value={typed["paperCopies"] ?? "0"}
        hint={say("paperCopiesHint")}
        look="short"
        numeric
        maxlength={4}
        required={false}
      />
    </Card>
  );
};
