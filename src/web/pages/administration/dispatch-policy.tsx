import { z } from "zod";
import type { DispatchPolicy } from "../../../core/dispatch.ts";
import { dispatchSpeech } from "../../citizens/letter.tsx";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { guardedPage, type Route } from "../../route.ts";
import type { DispatchDesk } from "../dispatch/world.ts";
import { AdminPage, doneAt } from "./shell.tsx";

const path = "/admin/dispatch";
const megabyte = 1_000_000;

const Policy = z.object({
  attaches: z.literal("yes").optional(),
  mostMegabytes: z.coerce.number().int().min(1).max(20),
});

/** Whether this agency's letters carry the copy itself. */
export const dispatchPolicyPages = (desk: Pick<DispatchDesk, "policy" | "setPolicy">): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: async (c, person) => {
      const typed = typedOf(await desk.policy(actorOf(person)));
      return c.html(<PolicyPage frame={personFrame(c, person)} typed={typed} faults={[]} />);
    },
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["administrator"],
    bodyLimitBytes: 4096,
    handle: async (c, person) => {
      const form = await readForm(c, Policy);
      if (!form.ok) {
        const labels = { mostMegabytes: dispatchSpeech(c.var.language).say("policyMost") };
        const faults = faultsInWords(form.faults, labels, c.var.language);
        return c.html(<PolicyPage frame={personFrame(c, person)} typed={form.typed} faults={faults} />, 400);
      }
      const { attaches, mostMegabytes } = form.value;
      await desk.setPolicy({ attaches: attaches === "yes", mostBytes: mostMegabytes * megabyte }, actorOf(person));
      return c.redirect(doneAt(path, "saved"), 303);
    },
  }),
];

const typedOf = ({ attaches, mostBytes }: DispatchPolicy): Typed => {
  return { attaches: attaches ? "yes" : "", mostMegabytes: String(Math.round(mostBytes / megabyte)) };
};

type Props = { readonly frame: Frame; readonly typed: Typed; readonly faults: readonly Fault[] };

const PolicyPage = ({ frame, typed, faults }: Props) => {
  const { say } = dispatchSpeech(frame.language);
  return (
    <AdminPage frame={frame} title={say("policyTitle")} faults={faults} wide={false}>
      <p class="lead">{say("policyLead")}</p>
      <Card>
        <Form frame={frame} action={path} once>
          <CheckField name="attaches" label={say("policyAttaches")} checked={typed["attaches"] === "yes"} />
          <TextField
            name="mostMegabytes"
            label={say("policyMost")}
            hint={say("policyMostHint")}
            value={typed["mostMegabytes"]}
            look="short"
            numeric
            maxlength={2}
            fault={faultAt(faults, "mostMegabytes")}
          />
          <Button>{say("policySave")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};
