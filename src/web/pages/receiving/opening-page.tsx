import type { Context } from "hono";
import { z } from "zod";
import { type IdentityKind, identityKinds } from "../../../core/dossier.ts";
import { channels, helpReasons } from "../../../core/submission.ts";
import { Card, Fold } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField, SelectField, TextField } from "../../design/field.tsx";
import { Button, Buttons, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import type { Language } from "../../language.ts";
import { actorOf } from "../../officials/answers.ts";
import { emailText, line, personalNumber } from "../../officials/opening.ts";
import type { OfficialsWorld } from "../../officials/world.ts";
import { type Problem, statusOf, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { OffSiteFields, offSiteFaults, offSiteFieldNames, offSiteFields, readOffSite } from "../off-site/fields.tsx";
import { offSiteSpeech } from "../off-site/speech.ts";
import { submissionSpeech } from "../submission/speech.ts";
import { receivingSpeech } from "./dossier-page.tsx";
import {
  CopiesPart,
  common,
  copiesFault,
  type FormPart,
  labelsOf,
  orNull,
  ownFaults,
  PaperPart,
  paperFieldNames,
  paperFields,
  procedureOf,
} from "./paper-form.tsx";

/** NĐ 23/2015 Art. 20 asks for the original only: nobody is sent away for want of an identity paper. */
const notShown = "not_shown";

const OpeningForm = z
  .object({
    applicantName: line(200),
    identityKind: z.enum([...identityKinds, notShown]).transform((kind) => (kind === notShown ? null : kind)),
    identityDigits: z.string().regex(/^\d{4}$/),
    contact: orNull(line(200)),
    email: orNull(emailText),
    storeAccount: orNull(personalNumber),
    channel: z.enum(channels).default("counter"),
    helpReason: orNull(z.enum(helpReasons)),
    helpedBy: orNull(line(200)),
    readAloud: z.literal("yes").optional(),
    ...offSiteFields,
    ...paperFields,
  })
  .refine(({ storeAccount, identityKind, identityDigits }) => fitsDigits(storeAccount, identityKind, identityDigits), {
    path: ["storeAccount"],
  })
  .transform(({ ground, groundNote, deed, askedBy, place, actDay, actTime, issuedAbroad, ...form }) => {
    const where = { ground, groundNote, deed, askedBy, place, actDay, actTime };
    const procedure = procedureOf(issuedAbroad);
    return {
      ...form,
      procedure,
      where,
      title: form.title ?? form.kind,
      holderName: form.holderName ?? form.applicantName,
    };
  });

/** The account is the applicant's own: of an identity card or VNeID, or where none was shown, its number ends with the digits. */
const fitsDigits = (account: string | null, kind: IdentityKind | null, digits: string): boolean =>
  account === null || kind === "passport" || kind === "other" || account.endsWith(digits);

export const showOpening = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Response | Promise<Response> =>
  c.html(
    <OpeningPage
      frame={personFrame(c, person)}
      typed={{ formId: world.newFormId() }}
      faults={[]}
      hasStore={world.hasCitizenStore}
    />,
  );

/** Opens the dossier, or shows the form again with all that was typed. */
export async function answerOpening(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Response> {
  const form = await readForm(c, OpeningForm);
  const { say } = receivingSpeech(c.var.language);
  const again = (faults: readonly Fault[], status: 400) =>
    c.html(
      <OpeningPage
        frame={personFrame(c, person)}
        typed={form.typed}
        faults={faults}
        hasStore={world.hasCitizenStore}
      />,
      status,
    );
  if (!form.ok) {
    const labels = { ...labelsOf([...applicantFieldNames, ...paperFieldNames], say), ...offSiteFaults(c.var.language) };
    const own = {
      ...ownFaults(say),
      ...offSiteFaults(c.var.language),
      email: say("emailFault"),
      storeAccount: say("storeAccountFault"),
    };
    return again(faultsInWords(form.faults, labels, c.var.language, own), 400);
  }
  const { next, helpReason, helpedBy, readAloud, where, ...request } = form.value;
  const { offSite, faults } = readOffSite(where, request.applicantName, c.var.language);
  const helped = { by: helpedBy ?? person.fullName, readAloud: readAloud === "yes" };
  const help = helpReason === null ? null : { reason: helpReason, ...helped };
  const none = [...copiesFault(request, say), ...faults];
  if (none.length > 0) return again(none, 400);
  const opened = await world.openDossier({ ...request, help, offSite }, actorOf(person));
  if (opened.ok) return c.redirect(`/dossiers/${opened.value.dossierId}${next === undefined ? "" : `/${next}`}`, 303);
  return again([faultOf(opened.failure, c)], statusOf[opened.failure.code] as 400);
}

/** At its field where it is of one. */
export function faultOf(failure: Problem, c: Context<WebEnv>): Fault {
  const field = failure.code === "malformed_request" ? (failure.field ?? null) : null;
  if (field !== null) return { field, says: receivingSpeech(c.var.language).say("signsFault") };
  const { title, detail } = wordsOf(failure, c.var.language);
  return { field: null, says: `${title} ${detail}` };
}

const waysBack = ["contact", "email", "storeAccount"] as const;
const applicantFieldNames = ["applicantName", "identityKind", "identityDigits", ...waysBack] as const;

type OpeningPageProps = {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly hasStore: boolean;
};

const OpeningPage = ({ frame, typed, faults, hasStore }: OpeningPageProps) => {
  const { say } = receivingSpeech(frame.language);
  const part = { say, typed, faults };
  return (
    <Page frame={frame} title={say("openTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("openTitle")}</h1>
      <p>{say("openLead")}</p>
      <Form frame={frame} action="/dossiers/new" once>
        <input type="hidden" name="formId" value={typed["formId"] ?? ""} />
        <ApplicantPart {...part} />
        <WaysBackPart {...part} hasStore={hasStore} />
        <PaperPart {...part} />
        <CopiesPart {...part} />
        <ChannelPart typed={typed} language={frame.language} />
        <OffSitePart typed={typed} faults={faults} language={frame.language} />
        <Buttons>
          <Button>{say("openButton")}</Button>
          <Button look="quiet" name="next" value="another">
            {submissionSpeech(frame.language).say("saveAndAdd")}
          </Button>
          <Button look="quiet" name="next" value="many">
            {submissionSpeech(frame.language).say("saveAndMany")}
          </Button>
        </Buttons>
      </Form>
    </Page>
  );
};

/** Rarely anything but what stands there, so after what is always typed. */
const ChannelPart = ({ typed, language }: Pick<FormPart, "typed"> & { readonly language: Language }) => {
  const { say } = submissionSpeech(language);
  return (
    <Fold title={say("channelAndHelp")}>
      <SelectField
        name="channel"
        label={say("channel")}
        value={typed["channel"] ?? "counter"}
        options={channels.map((channel) => ({ value: channel, label: say(channel) }))}
      />
      <SelectField
        name="helpReason"
        label={say("helpReason")}
        value={typed["helpReason"] ?? ""}
        options={["" as const, ...helpReasons].map((reason) => ({
          value: reason,
          label: say(reason === "" ? "help_none" : `help_${reason}`),
        }))}
      />
      <TextField
        name="helpedBy"
        label={say("helpedBy")}
        hint={say("helpedByHint")}
        value={typed["helpedBy"]}
        maxlength={200}
        required={false}
      />
      <CheckField name="readAloud" label={say("readAloud")} checked={typed["readAloud"] === "yes"} />
    </Fold>
  );
};

/** Opened where something is typed in it: a fault must be in sight. */
const OffSitePart = ({ typed, faults, language }: Omit<FormPart, "say"> & { readonly language: Language }) => {
  const isUsed = offSiteFieldNames.some((name) => (typed[name] ?? "") !== "" || faultAt(faults, name) !== undefined);
  return (
    <Fold title={offSiteSpeech(language).say("part")} open={isUsed}>
      <OffSiteFields typed={typed} faults={faults} language={language} />
    </Fold>
  );
};

const ApplicantPart = (part: FormPart) => {
  const { say } = part;
  const kinds = ([...identityKinds, notShown] as const).map((kind) => ({ value: kind, label: say(kind) }));
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
    </Card>
  );
};

/** One stop of the keyboard where the citizen takes the slip and goes. */
const WaysBackPart = ({ hasStore, ...part }: FormPart & Pick<OpeningPageProps, "hasStore">) => {
  const { say, typed, faults } = part;
  const isUsed = waysBack.some((name) => (typed[name] ?? "") !== "" || faultAt(faults, name) !== undefined);
  return (
    <Fold title={say("waysBackPart")} open={isUsed}>
      <TextField {...common("contact", part)} maxlength={200} required={false} />
      <TextField {...common("email", part)} hint={say("emailHint")} type="email" maxlength={254} required={false} />
      {hasStore && (
        <TextField
          {...common("storeAccount", part)}
          hint={say("storeAccountHint")}
          numeric
          maxlength={12}
          required={false}
        />
      )}
    </Fold>
  );
};
