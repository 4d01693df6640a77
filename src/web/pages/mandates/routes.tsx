import type { Context } from "hono";
import { z } from "zod";
import { localDateOf } from "../../../core/kernel.ts";
import type { MandateId } from "../../../core/mandate.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { doneAt, idFrom, isAbsent, notFound } from "../administration/shell.tsx";
import { faultOf, statusOfFailure } from "../administration/speech.ts";
import { factsOf, labelsOf, MandateForm, NewMandatePage, ownFaults } from "./form.tsx";
import { list, MandatePage, MandatesPage } from "./pages.tsx";
import { speechIn } from "./speech.ts";
import type { MandatesWorld } from "./world.ts";

const EndForm = z.object({ reason: z.string().max(500) });

/** Who may sign, by what right, from when to when: AUTH-2. Of another agency there is none. */
export const mandatePages = (world: MandatesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: list,
    demands: ["administrator"],
    handle: async (c, actor) => {
      const mandates = await world.mandates(actor);
      return c.html(
        <MandatesPage frame={personFrame(c, actor)} mandates={mandates} today={localDateOf(world.now())} />,
      );
    },
  }),
  guardedPage({
    method: "GET",
    path: `${list}/new`,
    demands: ["administrator"],
    handle: (c, actor) => showForm({ c, actor, world }, {}, [], 200),
  }),
  guardedPage({
    method: "POST",
    path: `${list}/new`,
    demands: ["administrator"],
    handle: (c, actor) => give({ c, actor, world }),
  }),
  guardedPage({
    method: "GET",
    path: `${list}/:id`,
    demands: ["administrator"],
    handle: (c, actor) => showOne({ c, actor, world }, undefined, [], 200),
  }),
  guardedPage({
    method: "POST",
    path: `${list}/:id/end`,
    page: `${list}/:id`,
    demands: ["administrator"],
    handle: (c, actor) => end({ c, actor, world }),
  }),
];

type Asked = { readonly c: Context<WebEnv>; readonly actor: Actor; readonly world: MandatesWorld };
type Status = 200 | 400 | 403 | 409 | 422 | 429;

async function showForm({ c, actor, world }: Asked, typed: Typed, faults: readonly Fault[], status: Status) {
  const people = await world.people(actor);
  const page = <NewMandatePage frame={personFrame(c, actor)} people={people} typed={typed} faults={faults} />;
  return c.html(page, status);
}

async function give(asked: Asked): Promise<Response> {
  const { c, actor, world } = asked;
  const speech = speechIn(c.var.language);
  const labels = labelsOf(speech);
  const form = await readForm(c, MandateForm);
  if (!form.ok) {
    return showForm(asked, form.typed, faultsInWords(form.faults, labels, c.var.language, ownFaults(speech)), 400);
  }
  const given = await world.giveMandate(factsOf(form.value), actor);
  if (given.ok) return c.redirect(doneAt(list, "mandate"), 303);
  const fault = faultOf(given.failure, c.var.language, Object.keys(labels));
  return showForm(asked, form.typed, [fault], statusOfFailure(given.failure));
}

async function showOne(asked: Asked, typedReason: string | undefined, faults: readonly Fault[], status: Status) {
  const { c, actor, world } = asked;
  const id = idFrom<MandateId>(c.req.param("id") ?? "");
  const mandate = id === null ? null : await world.mandate(id, actor);
  if (mandate === null) return notFound(c);
  const frame = { ...personFrame(c, actor), address: `${list}/${mandate.id}` };
  const today = localDateOf(world.now());
  return c.html(<MandatePage {...{ frame, mandate, today, typedReason, faults }} />, status);
}

async function end(asked: Asked): Promise<Response> {
  const { c, actor, world } = asked;
  const id = idFrom<MandateId>(c.req.param("id") ?? "");
  if (id === null) return notFound(c);
  const form = await readForm(c, EndForm);
  if (!form.ok) {
    const labels = { reason: speechIn(c.var.language).say("endReason") };
    return showOne(asked, form.typed["reason"], faultsInWords(form.faults, labels, c.var.language), 400);
  }
  const ended = await world.endMandate(id, form.value.reason, actor);
  if (ended.ok) return c.redirect(doneAt(list, "mandate_ended"), 303);
  if (isAbsent(ended.failure)) return notFound(c);
  return showOne(
    asked,
    form.value.reason,
    [faultOf(ended.failure, c.var.language, [])],
    statusOfFailure(ended.failure),
  );
}
