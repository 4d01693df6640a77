import type { Context } from "hono";
import { z } from "zod";
import { instantOn } from "../../../core/deadlines.ts";
import { forgeryBounds, mayBeRecorded } from "../../../core/forgery.ts";
import { localDateOf, localTimeOf, ok } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { answerPdf } from "../../answer-pdf.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { day } from "../../forms/day.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { line } from "../../officials/opening.ts";
import type { DossierView } from "../../officials/world.ts";
import { wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, type Route, type WebEnv } from "../../route.ts";
import { orNull } from "../receiving/paper-form.tsx";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { emptyRecord, ForgeryPage, forgerySpeech } from "./forgery-page.tsx";
import type { Asked, ForgeryPagesWorld } from "./forgery-world.ts";

const path = "/dossiers/:id/forgery";
const recorders = ["comparer", "signer"] as const;

const noNul = /^[^\0]*$/; // PostgreSQL takes none
const words = (most: number) => z.string().min(forgeryBounds.least).max(most).regex(noNul);
const RecordForm = z.object({
  id: z.uuid(),
  day,
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  presentedBy: line(forgeryBounds.presentedBy),
  seen: words(forgeryBounds.seen),
  kept: words(forgeryBounds.kept),
  handedTo: orNull(line(forgeryBounds.handedTo)),
});
const fields = ["day", "time", "presentedBy", "seen", "kept", "handedTo"] as const;

/** The record of a paper that is suspected to be forged, made and printed. NĐ 23/2015 Art. 9, REFUSE-2. */
export const forgeryPages = (world: ForgeryPagesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["receiver", ...recorders, "clerk"],
    handle: (c, person) =>
      withDossier(c, person, world, (view) => {
        const local = { day: localDateOf(world.now()), time: localTimeOf(world.now()).slice(11, 16) };
        return show(c, { person, world }, view, emptyRecord(view, local, world.newFormId()), []);
      }),
  }),
  guardedPage({
    method: "POST",
    path,
    demands: recorders,
    bodyLimitBytes: 32 * 1024,
    handle: (c, person) => withDossier(c, person, world, (view) => answer(c, { person, world }, view)),
  }),
  guardedPage({
    method: "GET",
    path: `${path}/:number`,
    demands: ["receiver", ...recorders, "clerk"],
    handle: (c, person) =>
      withDossier(c, person, world, async (view) => {
        const records = await world.forgeryRecords(view);
        const record = records.find(({ ordinal }) => String(ordinal) === c.req.param("number"));
        if (record === undefined) return refuse(c, { code: "not_found" });
        return answerPdf(c, ok(await world.forgeryPaper(view, record)), "inline", "bien-ban.pdf");
      }),
  }),
];

async function show(c: Context<WebEnv>, asked: Asked, view: DossierView, typed: Typed, faults: readonly Fault[]) {
  const { person, world } = asked;
  const records = await world.forgeryRecords(view);
  const { status } = view.dossier;
  const isOpen = mayBeRecorded({ status, ground: view.refusal?.ground ?? null, isRecorded: records.length > 0 });
  // what was typed and refused is never lost: it can be sent again once the paper is refused
  const mayRecord = (isOpen || faults.length > 0) && recorders.some((role) => person.roles.includes(role));
  const page = { frame: personFrame(c, person), view, records, mayRecord, typed, faults };
  return c.html(<ForgeryPage {...page} />, faults.length === 0 ? 200 : isOpen ? 400 : 409);
}

async function answer(c: Context<WebEnv>, asked: Asked, view: DossierView): Promise<Response> {
  const form = await readForm(c, RecordForm);
  const { say } = forgerySpeech(c.var.language);
  if (!form.ok) {
    const labels = Object.fromEntries(fields.map((field) => [field, say(field)]));
    const own = Object.fromEntries(fields.map((field) => [field, say(`${field}Fault`)]));
    return show(c, asked, view, form.typed, faultsInWords(form.faults, labels, c.var.language, own));
  }
  const { day: seenOn, time, ...record } = form.value;
  const made = { ...record, seenAt: instantOn(seenOn, time) };
  const done = await asked.world.recordForgery(view.dossier.id, made, actorOf(asked.person));
  if (done.ok) return c.redirect(pathOf(view, "/forgery"), 303);
  const { code } = done.failure;
  if (code === "wrong_stage") return lateRecord(c, asked, form.typed);
  if (code !== "malformed_request") return refuse(c, done.failure);
  return show(c, asked, view, againTyped(form.typed, done.failure, asked.world), [faultOf(c, done.failure)]);
}

/** Attested or ended between the look and the press: the page as it stands now, with what was typed. */
async function lateRecord(c: Context<WebEnv>, asked: Asked, typed: Typed): Promise<Response> {
  const { say } = forgerySpeech(c.var.language);
  return withDossier(c, asked.person, asked.world, (now) =>
    show(c, asked, now, typed, [{ field: null, says: say("stageFault") }]),
  );
}

type Malformed = Extract<Failure, { code: "malformed_request" }>;

/** A browser may bring back a form that was sent already: what is typed into it anew is sent under another id. */
const againTyped = (typed: Typed, { field }: Malformed, world: ForgeryPagesWorld): Typed =>
  field === "id" ? { ...typed, id: world.newFormId() } : typed;

function faultOf(c: Context<WebEnv>, failure: Malformed): Fault {
  const { say } = forgerySpeech(c.var.language);
  if (failure.field === "id") return { field: null, says: say("idFault") };
  const field = fields.find((one) => one === failure.field);
  return field === undefined
    ? { field: null, says: wordsOf(failure, c.var.language).detail }
    : { field, says: say(`${field}Fault`) };
}
