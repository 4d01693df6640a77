import type { Child } from "hono/jsx";
import { extensionReasons } from "../../../core/deadline-steps.ts";
import { extendedBy } from "../../../core/deadlines.ts";
import { daysLeft } from "../../../usecases/move-deadline.ts";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, SelectField, TextArea, TextField } from "../../design/field.tsx";
import { shortTimeText } from "../../design/time.ts";
import type { Typed } from "../../forms/read-form.ts";
import type { DeadlineView } from "./deadline-page.tsx";
import type { Speech } from "./speech.ts";
import type { Decider } from "./world.ts";

export type FieldsProps = {
  readonly deadline: DeadlineView;
  readonly deciders: readonly Decider[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly speech: Speech;
};

export const ExtensionFields = (props: FieldsProps) => {
  const { typed, faults, speech, deadline } = props;
  const { say, language } = speech;
  const most = Math.max(0, daysLeft(deadline.view.dossier, deadline.steps));
  const days = Array.from({ length: most }, (_, i) => i + 1).map((count) => {
    const due = shortTimeText(extendedBy(deadline.view.dossier.dueAt, count, deadline.calendar), language);
    return { value: String(count), label: say("workingDaysOption", { days: count, due }) };
  });
  return (
    <>
      <RadioGroup
        name="reason"
        label={say("extendReason")}
        options={extensionReasons.map((reason) => ({ value: reason, label: say(reason) }))}
        value={typed["reason"]}
        fault={faultAt(faults, "reason")}
      />
      <RadioGroup
        name="workingDays"
        label={say("workingDays")}
        options={days}
        value={typed["workingDays"] ?? "1"}
        fault={faultAt(faults, "workingDays")}
      />
      <DeciderField {...props} />
    </>
  );
};

export const AgreementFields = (props: FieldsProps) => {
  const { typed, faults, speech, deadline } = props;
  const { say } = speech;
  const { applicantName } = deadline.view.dossier;
  const about = (name: "agreedWith" | "agreedOn" | "agreement") => ({
    name,
    label: say(name),
    fault: faultAt(faults, name),
  });
  return (
    <>
      <TextField {...about("agreedWith")} value={typed["agreedWith"] ?? applicantName} maxlength={200} />
      <TextField {...about("agreedOn")} value={typed["agreedOn"]} type="date" look="short" />
      <TextField {...about("agreement")} hint={say("agreementHint")} value={typed["agreement"]} maxlength={300} />
      <DayField {...props} />
      <DeciderField {...props} />
    </>
  );
};

export const ApologyFields = (props: FieldsProps) => {
  const { typed, faults, speech } = props;
  const { say } = speech;
  return (
    <>
      <TextArea
        name="reason"
        label={say("apologyReason")}
        hint={say("apologyReasonHint")}
        value={typed["reason"]}
        maxlength={1000}
        fault={faultAt(faults, "reason")}
      />
      <DayField {...props} />
      <DeciderField {...props} />
    </>
  );
};

const DayField = ({ typed, faults, speech: { say } }: FieldsProps): Child => (
  <TextField
    name="dueOn"
    label={say("dueOn")}
    hint={say("dueOnHint")}
    type="date"
    look="short"
    value={typed["dueOn"]}
    fault={faultAt(faults, "dueOn")}
  />
);

const DeciderField = ({ deciders, typed, faults, speech: { say } }: FieldsProps): Child => (
  <SelectField
    name="decidedBy"
    label={say("decidedBy")}
    options={deciders.map(({ id, fullName }) => ({ value: id, label: fullName }))}
    value={typed["decidedBy"]}
    fault={faultAt(faults, "decidedBy")}
  />
);
