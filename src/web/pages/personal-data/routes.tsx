import type { Context } from "hono";
import { z } from "zod";
import { dataSpeech } from "../../citizens/access-list.tsx";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, guardedRoute, type Route, type WebEnv } from "../../route.ts";
import { idFrom, notFound } from "../administration/shell.tsx";
import { ProofsPage, RequestPage, RequestsPage } from "./pages.tsx";
import type { DataRequest, DataRequestsWorld } from "./world.ts";

const path = "/admin/data-requests";
const demands = ["administrator"] as const;

/** Requests of holders with their terms, and the proofs of what was erased. DATA-2, KEEP-1. */
export const dataRequestPages = (world: DataRequestsWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands,
    handle: async (c, person) =>
      c.html(
        <RequestsPage
          frame={personFrame(c, person)}
          requests={await world.requests(actorOf(person))}
          now={world.now()}
        />,
      ),
  }),
  guardedPage({
    method: "GET",
    path: `${path}/:id`,
    demands,
    handle: (c, person) =>
      onRequest(c, person, world, (request) =>
        c.html(<RequestPage frame={personFrame(c, person)} request={request} faults={[]} />),
      ),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/:id`,
    demands,
    bodyLimitBytes: 4096,
    handle: (c, person) => onRequest(c, person, world, (request) => answer(c, person, world, request)),
  }),
  guardedPage({
    method: "GET",
    path: "/admin/erasures",
    demands,
    handle: async (c, person) =>
      c.html(
        <ProofsPage frame={personFrame(c, person)} proofs={await world.proofs(actorOf(person))} terms={world.terms} />,
      ),
  }),
  guardedRoute({
    method: "GET",
    path: "/api/erasures",
    demands,
    handle: async (c, person) => c.json({ terms: world.terms, proofs: await world.proofs(actorOf(person)) }),
  }),
];

async function onRequest(
  c: Context<WebEnv>,
  person: Actor,
  world: DataRequestsWorld,
  go: (request: DataRequest) => Response | Promise<Response>,
): Promise<Response> {
  const id = idFrom<string>(c.req.param("id") ?? "");
  const request = id === null ? null : await world.request(id, actorOf(person));
  return request === null ? notFound(c) : go(request);
}

const Decision = z.object({ decision: z.enum(["erase", "hold"]) });

async function answer(c: Context<WebEnv>, person: Actor, world: DataRequestsWorld, request: DataRequest) {
  const own = `${path}/${request.id}`;
  if (request.answeredAt !== null) return c.redirect(own, 303); // pressed twice, or another was quicker: it is shown
  const form = await readForm(c, Decision);
  if (!form.ok) {
    const faults = [{ field: "decision", says: dataSpeech(c.var.language).say("decideFault") }];
    return c.html(<RequestPage frame={personFrame(c, person)} request={request} faults={faults} />, 400);
  }
  const done = await world.answer(request.id, form.value.decision === "hold", actorOf(person));
  return done.ok ? c.redirect(own, 303) : refuse(c, done.failure);
}
