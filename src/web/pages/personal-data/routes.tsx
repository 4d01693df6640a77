import type { Context } from "hono";
import { z } from "zod";
import { isErasing } from "../../../core/terms.ts";
import { dataSpeech } from "../../citizens/access-list.tsx";
import { personFrame } from "../../design/frame.ts";
import { readForm, type Typed } from "../../forms/read-form.ts";
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
        c.html(<RequestPage frame={personFrame(c, person)} request={request} terms={world.terms} faults={[]} />),
      ),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/:id`,
    demands,
    bodyLimitBytes: 16_384,
    handle: (c, person) => onRequest(c, person, world, (request) => answer(c, person, world, request)),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/:id/extension`,
    demands,
    page: `${path}/:id`,
    bodyLimitBytes: 8192,
    handle: (c, person) => onRequest(c, person, world, (request) => extend(c, person, world, request)),
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

const Erasing = z.object({ decision: z.enum(["erase", "hold"]) });
const Worded = z.object({ decision: z.enum(["done", "declined"]), says: z.string() });
const Extension = z.object({ reason: z.string() });

async function answer(c: Context<WebEnv>, person: Actor, world: DataRequestsWorld, request: DataRequest) {
  const own = `${path}/${request.id}`;
  if (request.answeredAt !== null) return c.redirect(own, 303); // pressed twice, or another was quicker: it is shown
  return isErasing(request.kind) ? answerErasing(c, person, world, request) : answerWorded(c, person, world, request);
}

async function answerErasing(c: Context<WebEnv>, person: Actor, world: DataRequestsWorld, request: DataRequest) {
  const form = await readForm(c, Erasing);
  if (!form.ok) return again(c, person, world, request, "decision", form.typed);
  const done = await world.answer(request.id, form.value.decision === "hold", actorOf(person));
  return done.ok ? c.redirect(`${path}/${request.id}`, 303) : refuse(c, done.failure);
}

async function answerWorded(c: Context<WebEnv>, person: Actor, world: DataRequestsWorld, request: DataRequest) {
  const form = await readForm(c, Worded);
  if (!form.ok) return again(c, person, world, request, form.typed["decision"] ? "says" : "decision", form.typed);
  const { decision: outcome, says } = form.value;
  const done = await world.answerInWords(request.id, { outcome, says }, actorOf(person));
  if (done.ok) return c.redirect(`${path}/${request.id}`, 303);
  const { failure } = done;
  if (failure.code !== "malformed_request") return refuse(c, failure);
  return again(c, person, world, request, failure.field === "says" ? "says" : "decision", form.typed);
}

async function extend(c: Context<WebEnv>, person: Actor, world: DataRequestsWorld, request: DataRequest) {
  const form = await readForm(c, Extension);
  if (!form.ok) return again(c, person, world, request, "reason", form.typed);
  const done = await world.extend(request.id, form.value.reason, actorOf(person));
  if (done.ok) return c.redirect(`${path}/${request.id}`, 303);
  return done.failure.code === "malformed_request"
    ? again(c, person, world, request, "reason", form.typed)
    : refuse(c, done.failure);
}

const faultWords = { decision: "decideFault", says: "decideWordsFault", reason: "extendFault" } as const;

/** The page once more, with what did not fit and what was typed. */
function again(
  c: Context<WebEnv>,
  person: Actor,
  { terms }: DataRequestsWorld,
  request: DataRequest,
  field: keyof typeof faultWords,
  typed: Typed,
): Response | Promise<Response> {
  const faults = [{ field, says: dataSpeech(c.var.language).say(faultWords[field]) }];
  const page = { frame: personFrame(c, person), request, terms, faults, typed };
  return c.html(<RequestPage {...page} />, 400);
}
