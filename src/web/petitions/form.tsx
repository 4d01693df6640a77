import type { Context } from "hono";
import { z } from "zod";
import { petitionBounds, petitionKinds, shownPetitionCode } from "../../core/petition.ts";
import type { Failure } from "../../usecases/failure.ts";
import { type Fault, faultAt } from "../design/error-summary.tsx";
import { RadioGroup, TextArea, TextField } from "../design/field.tsx";
import { type SpeechOf, speaker } from "../design/speech.ts";
import { shortTimeText } from "../design/time.ts";
import { Notice } from "../design/verdict.tsx";
import type { FormAnswer, Typed } from "../forms/read-form.ts";
import { wordsOf } from "../problem.ts";
import type { WebEnv } from "../route.ts";
import { voicesEn } from "../words/voices.en.ts";
import { type VoicesWord, voicesVi } from "../words/voices.vi.ts";
import type { Receipt } from "./world.ts";

export const voiceSpeech = speaker({ vi: voicesVi, en: voicesEn });
export type VoiceSpeech = SpeechOf<VoicesWord>;

export const proseText = (least: number, most: number) => z.string().min(least).max(most);

const { leastWords, mostWords, mostContact } = petitionBounds;

/** What is said; the hidden id makes the same form sent twice one petition. */
export const petitionFields = {
  kind: z.enum(petitionKinds),
  words: proseText(leastWords, mostWords),
  contact: proseText(1, mostContact).nullable().default(null),
  formId: z.uuid(),
};

/** Faults of a form at their fields, in our sentences. */
export function faultsOf(form: Extract<FormAnswer<unknown>, { ok: false }>, { say }: VoiceSpeech): readonly Fault[] {
  const sentences: Readonly<Record<string, VoicesWord>> = {
    kind: "kindFault",
    agency: "agencyFault",
    words: "wordsFault",
    contact: "contactHint",
    steps: "stepsFault",
    answer: "answerFault",
  };
  return form.faults.map(({ field }) => ({ field, says: say(sentences[field] ?? "wordsFault") }));
}

/** What the use case refused, above the form; too many at once says when to come again. */
export function refusalFault(c: Context<WebEnv>, failure: Failure, { say, language }: VoiceSpeech): Fault {
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  if (failure.code === "malformed_request") return { field: failure.field ?? null, says: say("agencyFault") };
  const { title, detail } = wordsOf(failure, language);
  return { field: null, says: `${title} ${detail}` };
}

type FieldsProps = {
  readonly speech: VoiceSpeech;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly formId: string;
};

export const PetitionFields = ({ speech: { say }, typed, faults, formId }: FieldsProps) => (
  <>
    <input type="hidden" name="formId" value={typed["formId"] ?? formId} />
    <RadioGroup
      name="kind"
      label={say("kind")}
      options={petitionKinds.map((kind) => ({ value: kind, label: say(`kind_${kind}`) }))}
      value={typed["kind"]}
      fault={faultAt(faults, "kind")}
    />
    <TextArea
      name="words"
      label={say("words")}
      hint={say("wordsHint")}
      value={typed["words"]}
      maxlength={mostWords}
      fault={faultAt(faults, "words")}
    />
    <TextField
      name="contact"
      label={say("contact")}
      hint={say("contactHint")}
      value={typed["contact"]}
      maxlength={mostContact}
      required={false}
      fault={faultAt(faults, "contact")}
    />
  </>
);

/** The code once: it is in no address and no table, so leaving the page ends it. */
export const ReceiptNotice = ({ receipt, speech }: { receipt: Receipt; speech: VoiceSpeech }) => {
  const { say, language } = speech;
  return (
    <Notice tone="good" title={say("sentTitle")}>
      <p>
        {say("sentCode")}: <strong class="once">{shownPetitionCode(receipt.code)}</strong>
      </p>
      <p>{say("sentKeep")}</p>
      <p>{say("sentDue", { due: shortTimeText(receipt.dueAt, language) })}</p>
    </Notice>
  );
};
