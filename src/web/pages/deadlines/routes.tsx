import type { Context } from "hono";
import { answerPdf } from "../../answer-pdf.ts";
import { personFrame } from "../../design/frame.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { withDossier } from "../receiving/with-dossier.ts";
import { DeadlinePage, wayNames } from "./deadline-page.tsx";
import { showDeadlines } from "./list-page.tsx";
import { answerMove, deadlineOfView, showMove } from "./moving.tsx";
import { slipFiles } from "./slip-pdf.ts";
import type { DeadlinesWorld } from "./world.ts";

const officials = ["receiver", "comparer", "signer", "clerk"] as const;
const movers = ["receiver", "comparer", "signer"] as const;

/** When results are owed: the slip, later appointments, and the list of what is late or soon will be. */
export const deadlinePages = (world: DeadlinesWorld): readonly Route[] => [
  ...slipFiles(world),
  guardedPage({
    method: "GET",
    path: "/deadlines",
    demands: [...officials, "administrator"],
    handle: (c, person) => showDeadlines(c, person, world),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/deadline",
    demands: officials,
    handle: (c, person) => showDeadline(c, person, world),
  }),
  ...wayNames.flatMap((way) => [
    guardedPage({
      method: "GET",
      path: `/dossiers/:id/deadline/${way}`,
      demands: movers,
      handle: (c, person) => showMove(c, { way, person, world }),
    }),
    guardedPage({
      method: "POST",
      path: `/dossiers/:id/deadline/${way}`,
      demands: movers,
      bodyLimitBytes: 16_384,
      handle: (c, person) => answerMove(c, { way, person, world }),
    }),
  ]),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/deadline/:step",
    demands: officials,
    handle: (c, person) => giveStepSlip(c, person, world),
  }),
];

const showDeadline = (c: Context<WebEnv>, person: Actor, world: DeadlinesWorld) =>
  withDossier(c, person, world, async (view) => {
    const mayMove = movers.some((role) => person.roles.includes(role));
    const deadline = await deadlineOfView(world, view, person);
    return c.html(<DeadlinePage frame={personFrame(c, person)} deadline={deadline} mayMove={mayMove} />);
  });

/** `…/deadline/2.pdf`: the slip that the applicant takes along. */
async function giveStepSlip(c: Context<WebEnv>, person: Actor, world: DeadlinesWorld): Promise<Response> {
  const step = /^([1-9]\d{0,3})\.pdf$/.exec(c.req.param("step") ?? "")?.[1];
  if (step === undefined) return refuse(c, { code: "not_found" });
  const pdf = await onDossier(c.req.param("id") ?? "", (id) => world.stepSlip(id, Number(step), actorOf(person)));
  return answerPdf(c, pdf, "inline", "phieu-hen.pdf");
}
