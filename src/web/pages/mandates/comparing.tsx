import type { Context } from "hono";
import { z } from "zod";
import type { ComparingPolicy } from "../../../usecases/administration/comparing-policy.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { dayText } from "../../design/time.ts";
import { day } from "../../forms/day.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { AdminPage, doneAt } from "../administration/shell.tsx";
import { absenceSpeech } from "./absences-page.tsx";
import type { AbsencesWorld } from "./absences-world.ts";

const path = "/admin/comparing-policy";

const PolicyForm = z.object({ rule: z.enum(["yes", "no"]), number: z.string().max(100), day });

/** Whether who compared may sign, AUTH-4: the agency decides by a document of its own. */
export const comparingPolicyPages = (world: AbsencesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: (c, actor) => show({ c, actor, world }, {}, [], 200),
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["administrator"],
    handle: (c, actor) => keep({ c, actor, world }),
  }),
];

type Asked = { readonly c: Context<WebEnv>; readonly actor: Actor; readonly world: AbsencesWorld };

async function show({ c, actor, world }: Asked, typed: Typed, faults: readonly Fault[], status: 200 | 400) {
  const policy = await world.comparingPolicy(actor);
  return c.html(<PolicyPage {...{ frame: personFrame(c, actor), policy, typed, faults }} />, status);
}

async function keep(asked: Asked): Promise<Response> {
  const { c, actor, world } = asked;
  const { say } = absenceSpeech(c.var.language);
  const form = await readForm(c, PolicyForm);
  if (!form.ok) {
    const labels = { rule: say("policyAsked"), number: say("policyNumber"), day: say("policyDay") };
    const faults = faultsInWords(form.faults, labels, c.var.language, { rule: say("policyFault") });
    return show(asked, form.typed, faults, 400);
  }
  const { rule, number: deedNumber, day: deedDate } = form.value;
  await world.keepComparingPolicy({ comparerSigns: rule === "yes", deedNumber, deedDate }, actor);
  return c.redirect(doneAt(path, "saved"), 303);
}

type Props = {
  readonly frame: Frame;
  readonly policy: ComparingPolicy | null;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const PolicyPage = ({ frame, policy, typed, faults }: Props) => {
  const { say } = absenceSpeech(frame.language);
  const said = (comparerSigns: boolean) => say(comparerSigns ? "policyYes" : "policyNo");
  const inForce =
    policy === null
      ? say("policyDefault")
      : say("policyBy", {
          what: said(policy.comparerSigns),
          number: policy.deedNumber,
          day: dayText(policy.deedDate),
        });
  return (
    <AdminPage frame={frame} title={say("policyTitle")} faults={faults} wide={false}>
      <p>{say("policyLead")}</p>
      <Card title={say("policyNow")}>
        <p>{inForce}</p>
      </Card>
      <Card title={say("policyAsked")}>
        <Form frame={frame} action={path} once>
          <RadioGroup
            name="rule"
            label={say("policyAsked")}
            options={[
              { value: "no", label: said(false) },
              { value: "yes", label: said(true) },
            ]}
            value={typed["rule"]}
            fault={faultAt(faults, "rule")}
          />
          <TextField
            name="number"
            label={say("policyNumber")}
            value={typed["number"]}
            maxlength={100}
            fault={faultAt(faults, "number")}
          />
          <TextField
            name="day"
            label={say("policyDay")}
            type="date"
            look="short"
            value={typed["day"]}
            fault={faultAt(faults, "day")}
          />
          <Button>{say("save")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};
