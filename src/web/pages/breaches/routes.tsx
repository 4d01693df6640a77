import type { Context } from "hono";
import { z } from "zod";
import type { Breach, BreachId } from "../../../core/breach.ts";
import { instantOn } from "../../../core/deadlines.ts";
import { ok, parseLocalDate, type Result } from "../../../core/kernel.ts";
import { type BreachFault, noteBreach, noteBreachStep } from "../../../usecases/note-breach.ts";
import { answerPdf } from "../../answer-pdf.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { doneAt, idFrom, notFound } from "../administration/shell.tsx";
import { BreachesPage, BreachPage, breachesSpeech, path } from "./page.tsx";
import type { BreachesWorld } from "./world.ts";

const demands = ["administrator"] as const;

const words = z.string().max(1000);
const when = { id: z.uuid(), day: z.iso.date().startsWith("20"), time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/) };
const Noting = z.object({ ...when, happened: words, concerns: words, done: words });
const Stepping = z.object({ ...when, what: z.string().max(40), says: words });

type Asked = { readonly c: Context<WebEnv>; readonly person: Actor; readonly world: BreachesWorld };

/** The administrator notes a breach of personal data and who was told of it. DATA-4. */
export const breachPages = (world: BreachesWorld): readonly Route[] => [
  guardedPage({ method: "GET", path, demands, handle: (c, person) => show({ c, person, world }, {}, [], 200) }),
  guardedPage({
    method: "POST",
    path,
    demands,
    bodyLimitBytes: 32_768,
    handle: (c, person) => note({ c, person, world }),
  }),
  guardedPage({
    method: "GET",
    path: `${path}/:id`,
    demands,
    handle: (c, person) =>
      onBreach({ c, person, world }, (breach) => showOne({ c, person, world }, breach, {}, [], 200)),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/:id`,
    demands,
    bodyLimitBytes: 16_384,
    handle: (c, person) => onBreach({ c, person, world }, (breach) => step({ c, person, world }, breach)),
  }),
  guardedPage({
    method: "GET",
    path: `${path}/:id/letter.pdf`,
    demands,
    handle: (c, person) =>
      onBreach({ c, person, world }, async (breach) =>
        answerPdf(c, ok(await world.letter(breach, actorOf(person))), "inline", "thong-bao-vi-pham.pdf"),
      ),
  }),
];

type Shown = 200 | 400;

async function show({ c, person, world }: Asked, typed: Typed, faults: readonly Fault[], status: Shown) {
  const breaches = await world.breaches(actorOf(person));
  const page = { breaches, typed, faults, now: world.now(), newId: world.newBreachId() };
  return c.html(<BreachesPage frame={personFrame(c, person)} {...page} />, status);
}

function showOne({ c, person, world }: Asked, breach: Breach, typed: Typed, faults: readonly Fault[], status: Shown) {
  const page = { breach, typed, faults, now: world.now(), newId: world.newBreachId() };
  return c.html(<BreachPage frame={personFrame(c, person)} {...page} />, status);
}

async function onBreach(
  { c, person, world }: Asked,
  act: (breach: Breach) => Response | Promise<Response>,
): Promise<Response> {
  const id = idFrom<BreachId>(c.req.param("id") ?? "");
  const breach = id === null ? null : await world.breach(id, actorOf(person));
  return breach === null ? notFound(c) : act(breach);
}

async function note(asked: Asked): Promise<Response> {
  const { c, person, world } = asked;
  const form = await readForm(c, Noting);
  if (!form.ok) return show(asked, form.typed, faultsInWords(form.faults, labelsIn(c), c.var.language), 400);
  const { id, happened, concerns, done } = form.value;
  const told = { id: id as string as BreachId, foundAt: atOf(form.value), happened, concerns, done };
  const noted = await noteBreach(told, actorOf(person), world);
  if (!noted.ok) return show(asked, typedAgain(form.typed, noted), [faultOf(c, noted, "atFault")], 400);
  return c.redirect(doneAt(`${path}/${id}`, "saved"), 303);
}

async function step(asked: Asked, breach: Breach): Promise<Response> {
  const { c, person, world } = asked;
  const form = await readForm(c, Stepping);
  if (!form.ok) return showOne(asked, breach, form.typed, faultsInWords(form.faults, labelsIn(c), c.var.language), 400);
  const { id, what, says } = form.value;
  const noted = await noteBreachStep(breach, { id, what, says, at: atOf(form.value) }, actorOf(person), world);
  if (!noted.ok) return showOne(asked, breach, typedAgain(form.typed, noted), [faultOf(c, noted, "stepAtFault")], 400);
  return c.redirect(doneAt(`${path}/${breach.id}`, "saved"), 303);
}

type Faulty = Extract<Result<null, BreachFault>, { ok: false }>;

/** A browser may bring back a form that was sent already, with its id: what is typed into it anew is sent under another. */
function typedAgain({ id, ...others }: Typed, { failure }: Faulty): Typed {
  return failure.field === "id" || id === undefined ? others : { ...others, id };
}

function atOf({ day, time }: { readonly day: string; readonly time: string }) {
  const parsed = parseLocalDate(day);
  if (!parsed.ok) throw new Error("a day that the form let through");
  return instantOn(parsed.value, time);
}

function faultOf(c: Context<WebEnv>, { failure }: Faulty, at: "atFault" | "stepAtFault"): Fault {
  const { say } = breachesSpeech(c.var.language);
  if (failure.field === "id") return { field: "day", says: say("idFault") };
  if (failure.field === "at") return { field: "day", says: say(at) };
  return { field: failure.field, says: say(failure.field === "what" ? "whatFault" : "textFault") };
}

function labelsIn(c: Context<WebEnv>) {
  const { say } = breachesSpeech(c.var.language);
  const labels = { day: say("day"), time: say("time"), happened: say("happened"), concerns: say("concerns") };
  return { ...labels, done: say("done"), what: say("what"), says: say("says") };
}
