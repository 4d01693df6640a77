import type { Context } from "hono";
import { z } from "zod";
import { settlings } from "../../../core/dispatch.ts";
import { dispatchSpeech } from "../../citizens/letter.tsx";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { DispatchPage, UndeliveredPage } from "./pages.tsx";
import type { DispatchDesk } from "./world.ts";

/** Whoever calls citizens: the counter, and the head who answers for what is stuck. */
const callers = ["receiver", "signer"] as const;

/** The return of results: what was sent, sending again, and the list of what did not arrive. DISPATCH-1. */
export const dispatchPages = (desk: DispatchDesk): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/undelivered",
    demands: callers,
    handle: async (c, person) =>
      c.html(<UndeliveredPage frame={personFrame(c, person)} {...(await desk.undelivered(actorOf(person)))} />),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/dispatch",
    demands: callers,
    handle: (c, person) => show(c, person, desk, { faults: [], typed: null, status: 200 }),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/dispatch",
    demands: callers,
    bodyLimitBytes: 4096,
    handle: (c, person) => send(c, person, desk),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/dispatch/settled",
    demands: callers,
    bodyLimitBytes: 4096,
    page: "/dossiers/:id/dispatch",
    handle: (c, person) => settle(c, person, desk),
  }),
];

type Shown = { readonly faults: readonly Fault[]; readonly typed: string | null; readonly status: number };

async function show(c: Context<WebEnv>, person: Actor, desk: DispatchDesk, shown: Shown): Promise<Response> {
  const view = await onDossier(c.req.param("id") ?? "", (id) => desk.view(id, actorOf(person)));
  if (!view.ok) return refuse(c, view.failure);
  const frame = { ...personFrame(c, person), address: `/dossiers/${view.value.dossierId}/dispatch` };
  return c.html(
    <DispatchPage frame={frame} view={view.value} typed={shown.typed} faults={shown.faults} />,
    shown.status as 200,
  );
}

async function send(c: Context<WebEnv>, person: Actor, desk: DispatchDesk): Promise<Response> {
  const { say } = dispatchSpeech(c.var.language);
  const form = await readForm(c, z.object({ email: z.string().max(254) }));
  const typed = form.typed["email"] ?? "";
  const email = form.ok ? form.value.email : "";
  const given = await onDossier(c.req.param("id") ?? "", (id) => desk.giveEmail(id, email, actorOf(person)));
  if (given.ok) return c.redirect(`/dossiers/${c.req.param("id") ?? ""}/dispatch`, 303);
  const { failure } = given;
  if (failure.code === "malformed_request")
    return show(c, person, desk, { faults: [{ field: "email", says: say("emailFault") }], typed, status: 400 });
  if (failure.code !== "throttled") return refuse(c, failure);
  c.header("retry-after", String(failure.retryAfterSeconds));
  const { title, detail } = wordsOf(failure, c.var.language);
  const faults = [{ field: "email", says: `${title} ${detail}` }];
  return show(c, person, desk, { faults, typed, status: statusOf.throttled });
}

async function settle(c: Context<WebEnv>, person: Actor, desk: DispatchDesk): Promise<Response> {
  const form = await readForm(c, z.object({ how: z.enum(settlings) }));
  if (!form.ok) {
    const faults = [{ field: "how", says: dispatchSpeech(c.var.language).say("settleFault") }];
    return show(c, person, desk, { faults, typed: null, status: 400 });
  }
  const settled = await onDossier(c.req.param("id") ?? "", (id) => desk.settle(id, form.value.how, actorOf(person)));
  return settled.ok ? c.redirect("/undelivered", 303) : refuse(c, settled.failure);
}
