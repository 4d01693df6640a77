import { z } from "zod";
import type { Recipient } from "../../../core/recipients.ts";
import { Card, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { guardedPage, type Route } from "../../route.ts";
import { AdminPage, doneAt } from "./shell.tsx";
import { faultOf, type Speech, speechIn, statusOfFailure } from "./speech.ts";
import type { AdministrationWorld } from "./world.ts";

const path = "/admin/recipients";
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

export const RecipientForm = z.object({
  name: z.string().min(2).max(200),
  email: z.email().max(254),
  domain: z
    .string()
    .max(253)
    .regex(new RegExp(`^${label}(?:\\.${label})+$`))
    .optional()
    .transform((domain) => domain ?? null),
});

export const recipientPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: async (c, actor) =>
      c.html(<RecipientsPage frame={personFrame(c, actor)} recipients={await world.recipients(actor)} />),
  }),
  guardedPage({
    method: "GET",
    path: `${path}/new`,
    demands: ["administrator"],
    handle: (c, actor) => c.html(<NewRecipientPage frame={personFrame(c, actor)} typed={{}} faults={[]} />),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/new`,
    demands: ["administrator"],
    handle: async (c, actor) => {
      const { language } = c.var;
      const form = await readForm(c, RecipientForm);
      const again = (faults: readonly Fault[], status: 400 | 403 | 409 | 422 | 429) =>
        c.html(<NewRecipientPage frame={personFrame(c, actor)} typed={form.typed} faults={faults} />, status);
      const { labels, own } = recipientLabels(speechIn(language));
      if (!form.ok) return again(faultsInWords(form.faults, labels, language, own), 400);
      const kept = await world.registerRecipient(form.value, actor);
      if (kept.ok) return c.redirect(doneAt(`${path}/${kept.value}`, "recipient"), 303);
      return again([faultOf(kept.failure, language, Object.keys(labels))], statusOfFailure(kept.failure));
    },
  }),
];

export const recipientLabels = ({ say }: Speech) => ({
  labels: { name: say("recipientName"), email: say("recipientEmail"), domain: say("recipientDomain") },
  own: { email: say("recipientEmailFault"), domain: say("recipientDomainFault") },
});

const RecipientsPage = ({ frame, recipients }: { frame: Frame; recipients: readonly Recipient[] }) => {
  const { say } = speechIn(frame.language);
  const labels = [say("recipientName"), say("recipientEmail"), say("recipientDomain"), say("state")];
  return (
    <AdminPage frame={frame} title={say("recipientsTitle")}>
      <div class="between">
        <p>{say("recipientsLead")}</p>
        <LinkButton href={`${path}/new`}>{say("addRecipient")}</LinkButton>
      </div>
      <Card>
        {recipients.length === 0 ? (
          <p>{say("noRecipients")}</p>
        ) : (
          <Table
            caption={say("recipientsTitle")}
            columns={labels.map((label) => ({ label }))}
            rows={recipients.map(({ id, name, email, domain, active }) => [
              <a href={`${path}/${id}`}>{name}</a>,
              email,
              domain ?? "–",
              <Tag tone={active ? "good" : "neutral"}>{say(active ? "active" : "inactive")}</Tag>,
            ])}
          />
        )}
      </Card>
    </AdminPage>
  );
};

type FieldsProps = { readonly frame: Frame; readonly typed: Typed; readonly faults: readonly Fault[] };

export const RecipientFields = ({ frame, typed, faults }: FieldsProps) => {
  const { say } = speechIn(frame.language);
  return (
    <>
      <TextField
        name="name"
        label={say("recipientName")}
        value={typed["name"]}
        maxlength={200}
        fault={faultAt(faults, "name")}
      />
      <TextField
        name="email"
        label={say("recipientEmail")}
        hint={say("recipientEmailHint")}
        value={typed["email"]}
        maxlength={254}
        fault={faultAt(faults, "email")}
      />
      <TextField
        name="domain"
        label={say("recipientDomain")}
        hint={say("recipientDomainHint")}
        value={typed["domain"]}
        maxlength={253}
        required={false}
        fault={faultAt(faults, "domain")}
      />
    </>
  );
};

const NewRecipientPage = ({ frame, typed, faults }: FieldsProps) => {
  const { say } = speechIn(frame.language);
  return (
    <AdminPage frame={frame} title={say("addRecipient")} faults={faults} wide={false}>
      <Card>
        <Form frame={frame} action={`${path}/new`} once>
          <RecipientFields frame={frame} typed={typed} faults={faults} />
          <Button>{say("addRecipient")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};
