import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import type { Actor as Official } from "../../../core/dossier.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Bytes, Result } from "../../../core/kernel.ts";
import { mayFollow } from "../../../core/stages.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { answerPdf } from "../../answer-pdf.ts";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextArea } from "../../design/field.tsx";
import { Button } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { PaperFormPage } from "../receiving/paper-form-page.tsx";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { withdrawalSpeech } from "./speech.ts";

export type WithdrawalWorld = Pick<OfficialsWorld, "dossier"> & {
  readonly withdraw: (id: DossierId, reason: string, actor: Official) => Promise<Result<null, Failure>>;
  readonly withdrawalSlip: (id: DossierId, actor: Official) => Promise<Result<Bytes, Failure>>;
};

const counters = ["receiver", "comparer"] as const;
const Withdrawing = z.object({
  reason: z
    .string()
    .max(2000)
    .regex(/^[^\0]*$/)
    .default(""),
});

/** The applicant takes a paper back at the counter. WITHDRAW-1. */
export const withdrawalPages = (world: WithdrawalWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/withdraw",
    demands: counters,
    handle: (c, person) => withDossier(c, person, world, (view) => show(c, person, view, "", [], 200)),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/withdraw",
    demands: counters,
    bodyLimitBytes: 32 * 1024,
    handle: (c, person) => withDossier(c, person, world, (view) => withdraw(c, person, world, view)),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/withdrawal.pdf",
    demands: ["receiver", "comparer", "signer", "clerk"],
    handle: async (c, person) => {
      const slip = await onDossier(c.req.param("id"), (id) => world.withdrawalSlip(id, actorOf(person)));
      return answerPdf(c, slip, "inline", "giay-rut-ho-so.pdf");
    },
  }),
];

/** Sent twice it is withdrawn once. */
async function withdraw(c: Context<WebEnv>, person: Actor, world: WithdrawalWorld, view: DossierView) {
  const form = await readForm(c, Withdrawing);
  const typed = form.typed["reason"] ?? "";
  if (view.dossier.status === "withdrawn") return c.redirect(pathOf(view), 303);
  const { say } = withdrawalSpeech(c.var.language);
  const atReason = [{ field: "reason", says: say("reasonFault") }];
  if (!form.ok) return show(c, person, view, typed, atReason, 400);
  const done = await world.withdraw(view.dossier.id, form.value.reason, actorOf(person));
  if (done.ok) return c.redirect(pathOf(view), 303);
  const { failure } = done;
  if (failure.code === "rule_broken") return show(c, person, view, typed, atReason, statusOf.rule_broken);
  const { title, detail } = wordsOf(failure, c.var.language);
  return show(c, person, view, typed, [{ field: null, says: `${title} ${detail}` }], statusOf[failure.code]);
}

function show(
  c: Context<WebEnv>,
  person: Actor,
  view: DossierView,
  typed: string,
  faults: readonly Fault[],
  status: ContentfulStatusCode,
): Response | Promise<Response> {
  const { status: stage } = view.dossier;
  if (faults.length === 0 && !mayFollow(stage, "withdrawn")) return refuse(c, { code: "wrong_stage", status: stage });
  return c.html(<WithdrawPage frame={personFrame(c, person)} view={view} typed={typed} faults={faults} />, status);
}

type WithdrawPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly typed: string;
  readonly faults: readonly Fault[];
};

const WithdrawPage = ({ frame, view, typed, faults }: WithdrawPageProps) => {
  const { say } = withdrawalSpeech(frame.language);
  const says = { title: say("title"), back: say("back"), lead: say("lead") };
  return (
    <PaperFormPage frame={frame} view={view} faults={faults} says={says} action="/withdraw">
      <TextArea
        name="reason"
        label={say("reason")}
        hint={say("reasonHint")}
        value={typed}
        fault={faultAt(faults, "reason")}
      />
      <Button look="grave">{say("button")}</Button>
    </PaperFormPage>
  );
};
