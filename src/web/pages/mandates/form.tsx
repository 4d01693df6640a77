import { z } from "zod";
import type { PersonId } from "../../../core/ids.ts";
import { mandateKinds, works } from "../../../core/mandate.ts";
import type { MandateFacts } from "../../../usecases/administration/mandates.ts";
import type { AgencyPerson } from "../../../usecases/administration/person.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckGroup, RadioGroup, SelectField, TextArea, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { day } from "../../forms/day.ts";
import type { Typed } from "../../forms/read-form.ts";
import { kindNamesVi } from "../../words/papers.vi.ts";
import { AdminPage, idFrom } from "../administration/shell.tsx";
import { kindOptions, type Speech, speechIn } from "./speech.ts";

const lines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export const MandateForm = z
  .object({
    holder: z.string().refine((text) => idFrom(text) !== null),
    kind: z.enum(mandateKinds),
    deedNumber: z.string().max(100).optional(),
    deedDate: day.optional(),
    issuedBy: z.string().max(200).optional(),
    from: day,
    to: day.optional(),
    works: z
      .string()
      .transform(lines)
      .pipe(z.array(z.enum(works)).min(1)),
    paperKinds: z
      .string()
      .transform(lines)
      .pipe(z.array(z.string().max(120)).max(60))
      .optional(),
    post: z.string().max(120),
    titleLines: z
      .string()
      .transform(lines)
      .pipe(z.array(z.string().max(60)).min(1).max(3)),
  })
  .superRefine((form, issues) => {
    const miss = (field: string) => issues.addIssue({ code: "custom", path: [field] });
    if (form.to !== undefined && form.to < form.from) miss("to");
    const isDeed = form.kind !== "office" || form.deedDate !== undefined || form.issuedBy !== undefined;
    if (isDeed && form.deedNumber === undefined) miss("deedNumber");
    if (form.kind === "office") return;
    if (form.deedDate === undefined) miss("deedDate");
    if (form.issuedBy === undefined) miss("issuedBy");
  });

export const factsOf = (form: z.infer<typeof MandateForm>): MandateFacts => ({
  personId: form.holder as PersonId,
  kind: form.kind,
  deed:
    form.deedNumber === undefined
      ? null
      : { number: form.deedNumber, date: form.deedDate ?? null, issuedBy: form.issuedBy ?? null },
  ...{ from: form.from, to: form.to ?? null, works: form.works, paperKinds: form.paperKinds ?? null },
  ...{ post: form.post, titleLines: form.titleLines },
});

/** What each field is called, in the order of the page. */
export const labelsOf = ({ say }: Speech) => ({
  ...{ holder: say("holder"), kind: say("kind"), deedNumber: say("deedNumber"), deedDate: say("deedDate") },
  ...{ issuedBy: say("issuedBy"), from: say("from"), to: say("to"), works: say("works") },
  ...{ paperKinds: say("paperKinds"), post: say("post"), titleLines: say("titleLines") },
});

export const ownFaults = ({ say }: Speech) => ({
  ...{ kind: say("kindFault"), works: say("worksFault"), paperKinds: say("paperKindsFault") },
  titleLines: say("titleLinesFault"),
});

type Props = {
  readonly frame: Frame;
  readonly people: readonly AgencyPerson[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

export const NewMandatePage = ({ frame, people, typed, faults }: Props) => {
  const { say } = speechIn(frame.language);
  const signers = people.filter(({ active, roles }) => active && roles.includes("signer"));
  return (
    <AdminPage frame={frame} title={say("add")} faults={faults} wide={false}>
      {signers.length === 0 ? (
        <p>{say("noSigner")}</p>
      ) : (
        <Card>
          <Form frame={frame} action="/admin/mandates/new" once>
            <SelectField
              name="holder"
              label={say("holder")}
              hint={say("holderHint")}
              options={signers.map(({ personId, fullName }) => ({ value: personId, label: fullName }))}
              value={typed["holder"]}
              fault={faultAt(faults, "holder")}
            />
            <DeedFields frame={frame} typed={typed} faults={faults} />
            <ScopeFields frame={frame} typed={typed} faults={faults} />
            <Button>{say("keep")}</Button>
          </Form>
        </Card>
      )}
    </AdminPage>
  );
};

type FieldsProps = Omit<Props, "people">;

const DeedFields = ({ frame, typed, faults }: FieldsProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const field = (name: "deedNumber" | "issuedBy" | "post", hint?: string) => (
    <TextField
      {...{ name, hint, label: say(name), value: typed[name], maxlength: 200 }}
      required={name === "post"}
      fault={faultAt(faults, name)}
    />
  );
  const dayField = (name: "deedDate" | "from" | "to", hint?: string) => (
    <TextField
      {...{ name, hint, label: say(name), value: typed[name], type: "date", look: "short" }}
      required={name === "from"}
      fault={faultAt(faults, name)}
    />
  );
  return (
    <>
      <RadioGroup
        name="kind"
        label={say("kind")}
        options={kindOptions(speech)}
        value={typed["kind"]}
        fault={faultAt(faults, "kind")}
      />
      {field("deedNumber", say("deedNumberHint"))}
      {dayField("deedDate")}
      {field("issuedBy")}
      {dayField("from")}
      {dayField("to", say("toHint"))}
      {field("post", say("postHint"))}
    </>
  );
};

const ScopeFields = ({ frame, typed, faults }: FieldsProps) => {
  const { say } = speechIn(frame.language);
  const kinds = Object.values(kindNamesVi).slice(0, 3).join("; ");
  return (
    <>
      <CheckGroup
        name="works"
        label={say("works")}
        options={works.map((value) => ({ value, label: say(`work_${value}`) }))}
        values={(typed["works"] ?? "copies").split("\n")}
        fault={faultAt(faults, "works")}
      />
      <TextArea
        name="paperKinds"
        label={say("paperKinds")}
        hint={`${say("paperKindsHint")} (${kinds}; …)`}
        value={typed["paperKinds"]}
        fault={faultAt(faults, "paperKinds")}
      />
      <TextArea
        name="titleLines"
        label={say("titleLines")}
        hint={say("titleLinesHint")}
        value={typed["titleLines"]}
        fault={faultAt(faults, "titleLines")}
      />
    </>
  );
};
