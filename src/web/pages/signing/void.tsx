import type { Context } from "hono";
import { z } from "zod";
import type { RegisterLine } from "../../../core/lists.ts";
import { mayFollow } from "../../../core/stages.ts";
import { Card } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextArea } from "../../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { readForm } from "../../forms/read-form.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import { Facts } from "./facts.tsx";
import { addressOf, numberFills, speechIn } from "./speech.ts";
import { StandingPage } from "./standing.tsx";
import type { DeskView, DeskWorld } from "./world.ts";

const Voiding = z.object({
  reason: z
    .string()
    .max(500)
    .regex(/^[^\0]*$/)
    .refine((text) => text.trim().length >= 10),
});

/** `/dossiers/:id/void`: a number taken but not sealed is given up, for ever. REG-1, DESIGN decision 7. */
export const voidPages = (world: DeskWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/void",
    demands: ["signer"],
    handle: async (c, person) => {
      const view = await onDossier(c.req.param("id"), (id) => world.desk(id, actorOf(person)));
      return view.ok ? showVoid(c, person, view.value, "", []) : refuse(c, view.failure);
    },
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/void",
    demands: ["signer"],
    bodyLimitBytes: 16 * 1024,
    handle: (c, person) => voidOne(c, person, world),
  }),
];

function showVoid(
  c: Context<WebEnv>,
  person: SignedIn,
  view: DeskView,
  typed: string,
  faults: readonly Fault[],
  status: 200 | number = 200,
) {
  const frame = personFrame(c, person);
  const { line, dossier } = view;
  if (line === null || !mayFollow(dossier.status, "voided")) return c.html(<StandingPage frame={frame} view={view} />);
  return c.html(<VoidPage frame={frame} view={view} line={line} typed={typed} faults={faults} />, status as 200);
}

async function voidOne(c: Context<WebEnv>, person: SignedIn, world: DeskWorld): Promise<Response> {
  const form = await readForm(c, Voiding);
  const id = c.req.param("id") ?? "";
  const view = await onDossier(id, (known) => world.desk(known, actorOf(person)));
  if (!view.ok) return refuse(c, view.failure);
  if (!form.ok) {
    const isTooLong = form.faults.some(({ kind }) => kind === "too_long");
    const says = speechIn(c.var.language).say(isTooLong ? "voidTooLong" : "voidFault");
    return showVoid(c, person, view.value, form.typed["reason"] ?? "", [{ field: "reason", says }], 400);
  }
  const done = await world.voidNumber(view.value.dossier.id, form.value.reason, actorOf(person));
  if (done.ok || done.failure.code === "wrong_stage") return c.redirect(`/dossiers/${id}/void`, 303);
  const { title, detail } = wordsOf(done.failure, c.var.language);
  const fault = { field: "reason", says: `${title} ${detail}` };
  return showVoid(c, person, view.value, form.value.reason, [fault], statusOf[done.failure.code]);
}

type VoidPageProps = {
  readonly frame: Frame;
  readonly view: DeskView;
  readonly line: RegisterLine;
  readonly typed: string;
  readonly faults: readonly Fault[];
};

const VoidPage = ({ frame, view, line, typed, faults }: VoidPageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const fills = numberFills(line);
  const own = addressOf(view.dossier);
  return (
    <Page frame={frame} title={say("voidTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("voidTitle")}</h1>
      <p>{say("voidLead", fills)}</p>
      <Card title={say("voidWhat")}>
        <ul>
          <li>{say("voidKeeps", fills)}</li>
          <li>{say("voidNever", fills)}</li>
          <li>{say("voidEnds", fills)}</li>
          <li>{say("voidPublic", fills)}</li>
          <li>{say("voidTold")}</li>
        </ul>
      </Card>
      <Facts speech={speech} view={view} brief />
      <Card>
        <Form frame={frame} action={`${own}/void`} once>
          <TextArea
            name="reason"
            label={say("voidLabel")}
            hint={say("voidHint")}
            value={typed}
            maxlength={500}
            fault={faultAt(faults, "reason")}
          />
          <Buttons>
            <Button look="grave">{say("voidButton", fills)}</Button>
            <LinkButton href={own} look="quiet">
              {say("voidBack")}
            </LinkButton>
          </Buttons>
        </Form>
      </Card>
    </Page>
  );
};
