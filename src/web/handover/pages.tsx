import { grantBounds } from "../../core/grant.ts";
import type { Handover } from "../../usecases/grants/hand-over.ts";
import { DigitsField } from "../citizens/digits-field.tsx";
import { Card, SummaryList } from "../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../design/error-summary.tsx";
import { CheckGroup, TextArea, TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { Page } from "../design/page.tsx";
import { type SpeechOf, speaker } from "../design/speech.ts";
import { dayText, shortTimeText } from "../design/time.ts";
import { Verdict } from "../design/verdict.tsx";
import { handoverEn } from "../words/handover.en.ts";
import { type HandoverWord, handoverVi } from "../words/handover.vi.ts";
import type { HandCopy } from "./world.ts";

export const handoverSpeech = speaker({ vi: handoverVi, en: handoverEn });

type Base = {
  readonly frame: Frame;
  readonly path: string;
  /** The office's name. */
  readonly name: string;
  readonly faults: readonly Fault[];
};

/** `/h/<recipient>`, where the poster leads: the citizen's own links and the digits. */
export const LinksPage = ({ frame, path, name, faults, example }: Base & { readonly example: string }) => {
  const { say } = handoverSpeech(frame.language);
  return (
    <Page frame={frame} title={say("title", { name })} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("title", { name })}</h1>
      <p>{say("lead")}</p>
      <Card title={say("scanTitle")}>
        <p>{say("scanText")}</p>
      </Card>
      <Card>
        <Form frame={frame} action={`${path}/copies`} once>
          {/* never typed back: a borrowed phone must not keep the links */}
          <TextArea
            name="links"
            label={say("links")}
            hint={say("linksHint", { example })}
            fault={faultAt(faults, "links")}
            maxlength={2000}
          />
          <DigitsField language={frame.language} faults={faults} />
          <Button>{say("next")}</Button>
        </Form>
      </Card>
    </Page>
  );
};

type ChooseProps = Base & {
  readonly copies: readonly HandCopy[];
  readonly chosen: readonly string[];
  readonly procedure: string;
  readonly id: string;
};

/** Which of the proven copies go to the office, and for what. */
export const ChoosePage = ({ frame, path, name, faults, copies, chosen, procedure, id }: ChooseProps) => {
  const speech = handoverSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("chooseTitle")} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("chooseTitle")}</h1>
      <p>{say("chooseLead", { name })}</p>
      <Card>
        <Form frame={frame} action={`${path}/handover`} once>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="shown" value={copies.map(({ dossierId }) => dossierId).join(" ")} />
          <CheckGroup
            name="copies"
            label={say("copies")}
            fault={faultAt(faults, "copies")}
            options={copies.map((copy) => ({ value: copy.dossierId, label: copyText(copy, speech) }))}
            values={chosen}
          />
          <TextField
            name="procedure"
            label={say("procedure")}
            hint={say("procedureHint")}
            fault={faultAt(faults, "procedure")}
            value={procedure}
            maxlength={grantBounds.mostLetters}
          />
          <p class="hint">{say("terms")}</p>
          <Button>{say("submit", { name })}</Button>
        </Form>
      </Card>
    </Page>
  );
};

const copyText = ({ kind, number, printedOn }: HandCopy, { say }: SpeechOf<HandoverWord>): string =>
  say("copyOf", { kind, number, date: dayText(printedOn) });

type DoneProps = Pick<Base, "frame" | "name"> & {
  readonly handover: Handover;
  readonly copies: readonly HandCopy[];
};

/** The citizen's receipt. */
export const DonePage = ({ frame, name, handover, copies }: DoneProps) => {
  const speech = handoverSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("receipt")}>
      <Verdict
        tone="good"
        badge={say("doneBadge")}
        sentence={say("doneSays", { n: copies.length, name })}
        next={say("doneNext")}
      />
      <Card title={say("receipt")}>
        <SummaryList
          rows={[
            ...copies.map((copy) => [say("copies"), copyText(copy, speech)] as const),
            [say("at"), shortTimeText(handover.handedAt, frame.language)],
            [say("for"), handover.procedure],
            [say("basis"), say("basisText")],
            [say("code"), <span class="address">{handover.id}</span>],
          ]}
        />
        <p class="hint">{say("terms")}</p>
      </Card>
    </Page>
  );
};
