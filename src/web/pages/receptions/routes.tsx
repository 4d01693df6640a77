import type { Context } from "hono";
import { z } from "zod";
import type { PersonId } from "../../../core/ids.ts";
import type { ReceptionId } from "../../../core/reception.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { confirmed } from "../administration/confirming.ts";
import { doneAt, idFrom, notFound } from "../administration/shell.tsx";
import { EndingPage } from "./ending.tsx";
import { path, ReceptionsPage, receptionsSpeech } from "./page.tsx";
import type { ReceptionsWorld } from "./world.ts";

const demands = ["administrator"] as const;

const line = (most: number) =>
  z
    .string()
    .min(2)
    .max(most)
    .regex(/^[^\p{C}]*$/u);
const Opening = z.object({ name: line(120), place: line(200) });
const Posting = z.object({ person: z.string().max(40), reception: z.string().max(40).optional() });

type Asked = { readonly c: Context<WebEnv>; readonly person: Actor; readonly world: ReceptionsWorld };

/** The administrator keeps the agency's one-stop desks, and who works at which. */
export const receptionPages = (world: ReceptionsWorld): readonly Route[] => [
  guardedPage({ method: "GET", path, demands, handle: (c, person) => show({ c, person, world }, {}, [], 200) }),
  guardedPage({
    method: "POST",
    path,
    demands,
    bodyLimitBytes: 8192,
    handle: (c, person) => open({ c, person, world }),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/posts`,
    demands,
    page: path,
    bodyLimitBytes: 4096,
    handle: (c, person) => post({ c, person, world }),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/:id/end`,
    demands,
    page: path,
    bodyLimitBytes: 4096,
    handle: (c, person) => end({ c, person, world }),
  }),
];

/** The first press asks, the second ends: an ended desk is nobody's, and does not come back. */
async function end({ c, person, world }: Asked): Promise<Response> {
  const id = idFrom<ReceptionId>(c.req.param("id") ?? "");
  const actor = actorOf(person);
  const open = (await world.receptions(actor)).find((one) => one.id === id && !one.ended);
  if (id === null || open === undefined) return notFound(c);
  const form = await readForm(c, confirmed);
  if (form.ok) return (await world.end(id, actor)) ? c.redirect(doneAt(path, "saved"), 303) : notFound(c);
  const workers = (await world.posts(actor)).filter(({ receptionId }) => receptionId === id);
  const frame = { ...personFrame(c, person), address: path };
  return c.html(<EndingPage frame={frame} reception={open} workers={workers} />);
}

async function show({ c, person, world }: Asked, typed: Typed, faults: readonly Fault[], status: 200 | 400) {
  const actor = actorOf(person);
  const page = { receptions: await world.receptions(actor), posts: await world.posts(actor), typed, faults };
  return c.html(<ReceptionsPage frame={personFrame(c, person)} {...page} />, status);
}

async function open(asked: Asked): Promise<Response> {
  const { c, person, world } = asked;
  const { say } = receptionsSpeech(c.var.language);
  const form = await readForm(c, Opening);
  if (!form.ok) {
    const labels = { name: say("name"), place: say("place") };
    return show(asked, form.typed, faultsInWords(form.faults, labels, c.var.language), 400);
  }
  const unfit = (["name", "place"] as const).find((field) => !world.isPrintable(form.value[field]));
  if (unfit !== undefined) return show(asked, form.typed, [{ field: unfit, says: say("notPrintable") }], 400);
  const opened = await world.open(form.value, actorOf(person));
  if (!opened) return show(asked, form.value, [{ field: "name", says: say("nameTaken") }], 400);
  return c.redirect(doneAt(path, "added"), 303);
}

async function post({ c, person, world }: Asked): Promise<Response> {
  const form = await readForm(c, Posting);
  const personId = form.ok ? idFrom<PersonId>(form.value.person) : null;
  const chosen = form.ok ? (form.value.reception ?? null) : null;
  const receptionId = chosen === null ? null : idFrom<ReceptionId>(chosen);
  if (personId === null || (chosen !== null && receptionId === null)) return notFound(c);
  const kept = await world.post(personId, receptionId, actorOf(person));
  return kept ? c.redirect(doneAt(path, "saved"), 303) : notFound(c);
}
