import type { Context } from "hono";
import { z } from "zod";
import { mostRatingWords, type RatingSteps, ratingReasons, ratingSteps } from "../../core/petition.ts";
import { Card } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { RadioGroup, SelectField, TextArea } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { Notice } from "../design/verdict.tsx";
import { readForm, type Typed } from "../forms/read-form.ts";
import { statusOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import {
  faultsOf,
  PetitionFields,
  petitionFields,
  proseText,
  ReceiptNotice,
  refusalFault,
  type VoiceSpeech,
  voiceSpeech,
} from "./form.tsx";
import type { OwnVoiceView, OwnVoiceWorld, Receipt } from "./world.ts";

type Asked = Context<WebEnv, "/c/:secret/voice">;

/** The citizen's own page: a rating after the return, and what is to be said about this very dossier. GET changes nothing. */
export const ownVoiceRoutes = (world: OwnVoiceWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/c/:secret/voice", handle: (c) => show(c, world, nothingTyped) }),
  publicPage({
    method: "POST",
    path: "/c/:secret/voice",
    bodyLimitBytes: 16 * 1024,
    handle: (c) => (c.req.query("do") === "rate" ? rate(c, world) : petition(c, world)),
  }),
];

type Shown = {
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly status: number;
  readonly receipt: Receipt | null;
};
const nothingTyped: Shown = { typed: {}, faults: [], status: 200, receipt: null };

const pathOf = (c: Asked): string => `/c/${encodeURIComponent(c.req.param("secret"))}`;

async function show(c: Asked, world: OwnVoiceWorld, shown: Shown): Promise<Response> {
  c.header("x-robots-tag", "noindex");
  const view = await world.view(c.req.param("secret"));
  if (!view.ok) return refuse(c, view.failure);
  const path = pathOf(c);
  const frame = { ...publicFrame(c), address: `${path}/voice` };
  const page = <VoicePage frame={frame} path={path} view={view.value} formId={world.newFormId()} {...shown} />;
  return c.html(page, shown.status as 200);
}

const RatingForm = z.object({
  steps: z.enum(ratingSteps.map(String) as [string, ...string[]]),
  reason: z.enum(ratingReasons).nullable().default(null),
  rateWords: proseText(1, mostRatingWords).nullable().default(null),
});

async function rate(c: Asked, world: OwnVoiceWorld): Promise<Response> {
  const form = await readForm(c, RatingForm);
  if (!form.ok) {
    const faults = faultsOf(form, voiceSpeech(c.var.language));
    return show(c, world, { ...nothingTyped, typed: form.typed, faults, status: 400 });
  }
  const { steps, reason, rateWords: words } = form.value;
  const rated = await world.rate(c.req.param("secret"), { steps: Number(steps) as RatingSteps, reason, words });
  return rated.ok ? c.redirect(`${pathOf(c)}/voice`, 303) : refuse(c, rated.failure);
}

async function petition(c: Asked, world: OwnVoiceWorld): Promise<Response> {
  const speech = voiceSpeech(c.var.language);
  const form = await readForm(c, z.object(petitionFields));
  if (!form.ok)
    return show(c, world, { ...nothingTyped, typed: form.typed, faults: faultsOf(form, speech), status: 400 });
  const { formId, ...said } = form.value;
  const sent = await world.petition(c.req.param("secret"), said, formId);
  if (sent.ok) return show(c, world, { ...nothingTyped, receipt: sent.value });
  if (sent.failure.code === "link_unknown") return refuse(c, sent.failure);
  const faults = [refusalFault(c, sent.failure, speech)];
  return show(c, world, { ...nothingTyped, typed: form.typed, faults, status: statusOf[sent.failure.code] });
}

type VoicePageProps = Omit<Shown, "status"> & {
  readonly frame: Frame;
  readonly path: string;
  readonly view: OwnVoiceView;
  readonly formId: string;
};

const VoicePage = ({ frame, path, view, formId, typed, faults, receipt }: VoicePageProps) => {
  const speech = voiceSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("ownTitle")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={path}>
        ‹ {say("back")}
      </a>
      <h1>{say("ownTitle")}</h1>
      {receipt !== null && <ReceiptNotice receipt={receipt} speech={speech} />}
      {view.rating === "given" && <Notice tone="good" title={say("rated")} />}
      {view.rating === "wait" && <p>{say("rateWait")}</p>}
      {view.rating === "open" && <RateCard frame={frame} path={path} speech={speech} typed={typed} faults={faults} />}
      {receipt === null && (
        <Card title={say("title")}>
          <p>{say("aboutDossier")}</p>
          <Form frame={frame} action={`${path}/voice`} once>
            <PetitionFields speech={speech} typed={typed} faults={faults} formId={formId} />
            <Button look="quiet">{say("send")}</Button>
          </Form>
          <p class="hint">{say("notComplaint")}</p>
        </Card>
      )}
      <p>
        <a href="/feedback/answer">{say("toAnswer")}</a>
      </p>
    </Page>
  );
};

type RateProps = Pick<VoicePageProps, "frame" | "path" | "typed" | "faults"> & { readonly speech: VoiceSpeech };

const RateCard = ({ frame, path, speech: { say }, typed, faults }: RateProps) => (
  <Card title={say("rateTitle")}>
    <p>{say("rateLead")}</p>
    <Form frame={frame} action={`${path}/voice?do=rate`} once>
      <RadioGroup
        name="steps"
        label={say("steps")}
        options={ratingSteps.map((step) => ({ value: String(step), label: say(`step${step}`) }))}
        value={typed["steps"]}
        fault={faultAt(faults, "steps")}
      />
      <SelectField
        name="reason"
        label={say("reason")}
        options={[
          { value: "", label: say("reason_none") },
          ...ratingReasons.map((reason) => ({ value: reason, label: say(`reason_${reason}`) })),
        ]}
        value={typed["reason"]}
      />
      <TextArea
        name="rateWords"
        label={say("rateWords")}
        hint={say("rateWordsHint")}
        value={typed["rateWords"]}
        maxlength={mostRatingWords}
      />
      <Button>{say("rateButton")}</Button>
    </Form>
  </Card>
);
