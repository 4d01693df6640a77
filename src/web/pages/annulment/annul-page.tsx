import type { RegisterLine } from "../../../core/lists.ts";
import { annulmentBounds, type ToldRecipient } from "../../../core/status/annulment.ts";
import { Card } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextArea, TextField } from "../../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import type { Typed } from "../../forms/read-form.ts";
import { Facts } from "../signing/facts.tsx";
import { addressOf, numberFills, speechIn as signingSpeech } from "../signing/speech.ts";
import type { DeskView } from "../signing/world.ts";
import { type Speech, speechIn } from "./speech.ts";
import { Told } from "./told.tsx";

export const labelsOf = (say: Speech["say"]) => ({
  outcome: say("kindLabel"),
  decisionNumber: say("numberLabel"),
  decisionDate: say("dateLabel"),
  decidedBy: say("byLabel"),
  reason: say("reasonLabel"),
  successorNumber: say("successorNumberLabel"),
  successorYear: say("successorYearLabel"),
});

export const ownFaults = (say: Speech["say"]) => ({
  decisionDate: say("faultDate"),
  reason: say("faultReason"),
  successorNumber: say("faultSuccessor"),
});

type AboutCopy = { readonly frame: Frame; readonly view: DeskView; readonly line: RegisterLine };
type AnnulPageProps = AboutCopy & {
  readonly told: readonly ToldRecipient[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

export const AnnulPage = ({ frame, view, line, told, typed, faults }: AnnulPageProps) => {
  const { say } = speechIn(frame.language);
  const fills = numberFills(line);
  return (
    <Page frame={frame} title={say("title")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={addressOf(view.dossier)}>
        ‹ {say("back")}
      </a>
      <h1>{say("title")}</h1>
      <p>{say("lead", fills)}</p>
      <Card title={say("what")}>
        <ul>
          <li>{say("whatShown")}</li>
          {line.copies > 1 && <li>{say("whatAll", { count: line.copies })}</li>}
          <li>{say("whatPublic")}</li>
          <li>{say("whatKeeps")}</li>
          <li>{say("whatNever")}</li>
        </ul>
      </Card>
      <Facts speech={signingSpeech(frame.language)} view={view} brief />
      <Told speech={speechIn(frame.language)} told={told} isNoted={false} />
      <Card>
        <Form frame={frame} action={`${addressOf(view.dossier)}/annul`} once>
          <DecisionFields say={say} typed={typed} faults={faults} />
          <Buttons>
            <Button look="grave">{say("button", fills)}</Button>
            <Button look="quiet" action={`${addressOf(view.dossier)}/annul/draft.pdf`}>
              {say("draftButton")}
            </Button>
            <LinkButton href={addressOf(view.dossier)} look="quiet">
              {say("back")}
            </LinkButton>
          </Buttons>
        </Form>
      </Card>
    </Page>
  );
};

type FieldsProps = { readonly say: Speech["say"]; readonly typed: Typed; readonly faults: readonly Fault[] };

const DecisionFields = ({ say, typed, faults }: FieldsProps) => {
  const about = (name: keyof ReturnType<typeof labelsOf>) => {
    return { name, label: labelsOf(say)[name], value: typed[name], fault: faultAt(faults, name) };
  };
  const kinds = [
    { value: "annulled", label: say("kindAnnulled") },
    { value: "superseded", label: say("kindSuperseded") },
  ];
  return (
    <>
      <RadioGroup {...about("outcome")} value={typed["outcome"] ?? "annulled"} options={kinds} />
      <TextField
        {...about("decisionNumber")}
        hint={say("numberHint")}
        look="short"
        maxlength={annulmentBounds.number}
      />
      <TextField {...about("decisionDate")} type="date" look="short" />
      <TextField {...about("decidedBy")} hint={say("byHint")} maxlength={annulmentBounds.by} />
      <TextArea {...about("reason")} hint={say("reasonHint")} maxlength={annulmentBounds.reason} />
      <div class="successor">
        <TextField {...about("successorNumber")} hint={say("successorHint")} look="short" numeric required={false} />
        <TextField {...about("successorYear")} look="short" numeric required={false} />
      </div>
    </>
  );
};
