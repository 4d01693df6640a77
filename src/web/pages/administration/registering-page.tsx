import type { AgencyPerson } from "../../../usecases/administration/person.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { FileField, SelectField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import type { Typed } from "../../forms/read-form.ts";
import { AdminPage } from "./shell.tsx";
import { speechIn } from "./speech.ts";

/** A key file that exists, or one issued for a trial. */
export type Kind = "new" | "demo";

type Props = {
  readonly frame: Frame;
  readonly kind: Kind;
  readonly people: readonly AgencyPerson[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

export const HoldingPage = ({ frame, kind, people, typed, faults }: Props) => {
  const { say } = speechIn(frame.language);
  const isNew = kind === "new";
  return (
    <AdminPage frame={frame} title={say(isNew ? "registerCertificate" : "issueDemo")} faults={faults} wide={false}>
      {!isNew && <p>{say("demoLead")}</p>}
      <Card>
        <Form frame={frame} action={`/admin/certificates/${kind}`} files={isNew} once>
          <HoldingFields frame={frame} people={people} typed={typed} faults={faults} />
          {isNew && (
            <TextField
              name="pin"
              label={say("pin")}
              hint={say("pinHint")}
              type="password"
              fault={faultAt(faults, "pin")}
            />
          )}
          {isNew && (
            <FileField
              name="file"
              label={say("keyFile")}
              hint={say("keyFileHint")}
              accept=".p12,.pfx,application/x-pkcs12"
              fault={faultAt(faults, "file")}
            />
          )}
          <Button>{say(isNew ? "register" : "issue")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};

/** Whose the key is; by what right it signs, mandates say. */
export const HoldingFields = ({ frame, people, typed, faults }: Omit<Props, "kind">) => {
  const { say } = speechIn(frame.language);
  const signers = people.filter(({ active, roles }) => active && roles.includes("signer"));
  const options = [
    ...signers.map(({ personId, fullName }) => ({ value: personId as string, label: fullName })),
    { value: "agency", label: say("holderAgency") },
  ];
  return (
    <SelectField
      name="holder"
      label={say("holder")}
      hint={say("holderHint")}
      options={options}
      value={typed["holder"]}
      fault={faultAt(faults, "holder")}
    />
  );
};
