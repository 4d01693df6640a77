import { grantBounds } from "../../core/grant.ts";
import { Card } from "../design/content.tsx";
import { type Fault, faultAt } from "../design/error-summary.tsx";
import { RadioGroup, SelectField, TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import type { Typed } from "../forms/read-form.ts";
import type { GrantsSpeech } from "./citizen-pages.tsx";
import type { GrantsView } from "./world.ts";

type MakeFormProps = {
  readonly frame: Frame;
  readonly path: string;
  readonly speech: GrantsSpeech;
  readonly view: GrantsView;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  /** The same form sent twice makes one grant. */
  readonly newId: string;
};

/** Everything in sight: without JavaScript no field can come and go. */
export const MakeForm = (props: MakeFormProps) => {
  const { frame, path, speech, view, typed, faults, newId } = props;
  const { say } = speech;
  return (
    <Card title={say("newTitle")}>
      <Form frame={frame} action={`${path}/links`} once>
        <input type="hidden" name="id" value={newId} />
        <RecipientFields {...props} />
        <TextField
          name="procedure"
          label={say("procedure")}
          hint={say("procedureHint")}
          fault={faultAt(faults, "procedure")}
          value={typed["procedure"]}
          maxlength={grantBounds.mostLetters}
        />
        <RadioGroup
          name="given"
          label={say("pagesChoice")}
          value={typed["given"] ?? "all"}
          options={[
            { value: "all", label: say("pagesAll"), hint: say("pagesAllHint") },
            { value: "some", label: say("pagesSome"), hint: say("pagesSomeHint") },
          ]}
        />
        <TextField
          name="pages"
          label={say("pages")}
          hint={say("pagesHint", { pages: view.pages })}
          fault={faultAt(faults, "pages")}
          value={typed["pages"]}
          look="short"
          required={false}
        />
        <CountField name="days" usual="7" {...props} />
        <CountField name="uses" usual="1" {...props} />
        <Button>{say("make")}</Button>
      </Form>
    </Card>
  );
};

const RecipientFields = ({ speech: { say }, view, typed, faults }: MakeFormProps) => (
  <>
    <SelectField
      name="recipient"
      label={say("recipient")}
      hint={say("recipientHint")}
      fault={faultAt(faults, "recipient")}
      value={typed["recipient"] ?? ""}
      options={[
        { value: "", label: say("choose") },
        ...view.recipients.map(({ id, name }) => ({ value: id, label: name })),
        { value: "other", label: say("other") },
      ]}
    />
    <TextField
      name="otherName"
      label={say("otherName")}
      value={typed["otherName"]}
      maxlength={grantBounds.mostLetters}
      required={false}
    />
  </>
);

type CountProps = MakeFormProps & { readonly name: "days" | "uses"; readonly usual: string };

const CountField = ({ name, usual, speech: { say }, typed, faults }: CountProps) => (
  <TextField
    name={name}
    label={say(name)}
    fault={faultAt(faults, name)}
    value={typed[name] ?? usual}
    look="digits"
    numeric
    maxlength={2}
  />
);
