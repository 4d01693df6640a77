import type { Context } from "hono";
import { localDateOf } from "../../../core/kernel.ts";
import { yearOf } from "../../../core/register.ts";
import { answerPdf } from "../../answer-pdf.ts";
import { personFrame } from "../../design/frame.ts";
import type { Packing } from "../../design/packed-skeleton.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf, answerJson, onDossier, onDossierWith } from "../../officials/answers.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, guardedRoute, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import { StandingPage } from "../signing/standing.tsx";
import type { DeskView } from "../signing/world.ts";
import { AnnulPage, labelsOf, ownFaults } from "./annul-page.tsx";
import { listRoutes } from "./list.tsx";
import { AnnulmentForm, draftOf, requestOf } from "./request.ts";
import { speechIn } from "./speech.ts";
import { AnnulledPage } from "./verdict.tsx";
import type { AnnulmentWorld } from "./world.ts";

const path = "/dossiers/:id/annul";

/** A decision about an issued copy: the page, the same by API, and the public list. TT 01/2020 Art. 7, rule ANNUL-1. */
export const annulmentPages = (world: AnnulmentWorld, packing: Packing | null = null): readonly Route[] => [
  guardedPage({ method: "GET", path, demands: ["signer"], handle: (c, person) => show(c, person, world) }),
  guardedPage({
    method: "POST",
    path,
    demands: ["signer"],
    bodyLimitBytes: 16 * 1024,
    handle: (c, person) => annul(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/draft.pdf`,
    page: path,
    demands: ["signer"],
    bodyLimitBytes: 16 * 1024,
    handle: async (c, person) => {
      const typed = draftOf((await readForm(c, AnnulmentForm)).typed, thisYear(world));
      const draft = await onDossier(c.req.param("id") ?? "", (id) => world.draft(id, typed, actorOf(person)));
      return answerPdf(c, draft, "inline", "du-thao-quyet-dinh.pdf");
    },
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/annulment",
    demands: ["signer"],
    handle: async (c, person) =>
      answerJson(
        c,
        await onDossierWith(c, c.req.param("id"), AnnulmentForm, (id, form) =>
          world.annul(id, requestOf(form, thisYear(world)), actorOf(person)),
        ),
      ),
  }),
  ...listRoutes(world, packing),
];

const thisYear = ({ now }: AnnulmentWorld): number => yearOf(localDateOf(now()));

async function show(c: Context<WebEnv>, person: SignedIn, world: AnnulmentWorld): Promise<Response> {
  const view = await onDossier(c.req.param("id") ?? "", (id) => world.desk(id, actorOf(person)));
  return view.ok ? showView(c, person, view.value, world) : refuse(c, view.failure);
}

async function showView(
  c: Context<WebEnv>,
  person: SignedIn,
  view: DeskView,
  world: AnnulmentWorld,
): Promise<Response> {
  const frame = personFrame(c, person);
  const { line, annulment } = view;
  if (line === null || view.dossier.status !== "released") return c.html(<StandingPage frame={frame} view={view} />);
  const told = await world.told(view.dossier.id, actorOf(person));
  if (annulment !== null) return c.html(<AnnulledPage {...{ frame, view, line, annulment, told }} />);
  const today = localDateOf(world.now());
  return c.html(<AnnulPage {...{ frame, view, line, told }} typed={{ decisionDate: today }} faults={[]} />);
}

async function annul(c: Context<WebEnv>, person: SignedIn, world: AnnulmentWorld): Promise<Response> {
  const form = await readForm(c, AnnulmentForm);
  const view = await onDossier(c.req.param("id") ?? "", (id) => world.desk(id, actorOf(person)));
  if (!view.ok) return refuse(c, view.failure);
  const { line, dossier } = view.value;
  if (line === null) return showView(c, person, view.value, world);
  const told = await world.told(dossier.id, actorOf(person));
  const page = { frame: personFrame(c, person), view: view.value, line, told, typed: form.typed };
  const { say } = speechIn(c.var.language);
  const shaped = form.ok ? [] : faultsInWords(form.faults, labelsOf(say), c.var.language, ownFaults(say));
  const missing = lacksSuccessor(form.typed) ? [{ field: "successorNumber", says: say("faultNoSuccessor") }] : [];
  const faults = [...shaped, ...missing];
  if (!form.ok || faults.length > 0) return c.html(<AnnulPage {...page} faults={faults} />, 400);
  const done = await world.annul(dossier.id, requestOf(form.value, thisYear(world)), actorOf(person));
  const isSettled = done.ok || done.failure.code === "already_annulled" || done.failure.code === "wrong_stage";
  if (isSettled) return c.redirect(`/dossiers/${dossier.id}/annul`, 303);
  const { title, detail } = wordsOf(done.failure, c.var.language);
  const field = done.failure.code === "successor_unknown" ? "successorNumber" : "decisionDate";
  return c.html(<AnnulPage {...page} faults={[{ field, says: `${title} ${detail}` }]} />, statusOf[done.failure.code]);
}

/** Told with the form's other faults, not after them: the form's own check of it is left to the use case. */
const lacksSuccessor = (typed: Typed): boolean =>
  typed["outcome"] === "superseded" && (typed["successorNumber"] ?? "").trim() === "";
