import { createHash } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import { pageForms, type Page as ScannedPage } from "../../../core/dossier.ts";
import { parseSha256 } from "../../../core/kernel.ts";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf, mediaTypeOfPage, onDossier } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { statusOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { answerAttest, showAttest } from "./attest-page.tsx";
import { ComparePage, nextOpenPage } from "./compare-page.tsx";
import type { Stopped } from "./handled.tsx";
import { answerRefuse, showRefuse } from "./refuse-page.tsx";
import { parseWords } from "./words-beside.tsx";

const officials = ["receiver", "comparer", "signer", "clerk"] as const;

/** Comparing page by page, then the attestation or the refusal. */
export const comparingPages = (world: OfficialsWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/compare",
    demands: officials,
    handle: (c, person) => showCompare(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/compare",
    demands: ["comparer"],
    handle: (c, person) => answerCompare(c, person, world),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/pages/:number/image",
    demands: officials,
    handle: (c, person) => givePicture(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/pages/:number/form",
    demands: ["comparer"],
    handle: (c, person) => answerForm(c, person, world),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/attest",
    demands: ["comparer"],
    handle: (c, person) => showAttest(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/attest",
    demands: ["comparer"],
    handle: (c, person) => answerAttest(c, person, world),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/refuse",
    demands: ["comparer", "signer"],
    handle: (c, person) => showRefuse(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/refuse",
    demands: ["comparer", "signer"],
    handle: (c, person) => answerRefuse(c, person, world),
  }),
];

const pageOf = (text: string | undefined): number => (/^[1-9]\d{0,3}$/.test(text ?? "") ? Number(text) : 0);

function showCompare(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Response> {
  return withDossier(c, person, world, (view) => {
    const asked = c.req.query("page");
    const number = asked === undefined ? (nextOpenPage(view.pages, 0) ?? 1) : pageOf(asked);
    const page = view.pages.find((known) => known.number === number) ?? null;
    if (page === null && asked !== undefined) return refuse(c, { code: "page_not_found", page: number });
    return drawCompare(c, person, world, { view, page, stopped: null });
  });
}

type Drawn = { readonly view: DossierView; readonly page: ScannedPage | null; readonly stopped: Stopped | null };

async function drawCompare(c: Context<WebEnv>, person: Actor, world: OfficialsWorld, { view, page, stopped }: Drawn) {
  const words = page === null ? null : await world.pageWords(view.dossier.id, page.number, actorOf(person));
  const paper = page === null ? null : await world.pagePaper(view.dossier.id, page.number, actorOf(person));
  const address = page === null ? pathOf(view, "/compare") : pathOf(view, `/compare?page=${page.number}`);
  return c.html(
    <ComparePage
      frame={{ ...personFrame(c, person), address }}
      view={view}
      page={page}
      words={words?.ok ? parseWords(words.value) : []}
      paper={paper?.ok ? paper.value : null}
      stopped={stopped}
    />,
    stopped === null ? 200 : statusOf[stopped.failure.code],
  );
}

const Confirmation = z.object({ page: z.string(), sha256: z.string() });

/** Confirms the bytes that the form names, then goes on; told where they are no longer those of the page. */
async function answerCompare(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Response> {
  const form = await readForm(c, Confirmation);
  const seen = form.ok ? parseSha256(form.value.sha256) : form;
  if (!form.ok || !seen.ok) return refuse(c, { code: "malformed_request" });
  const number = pageOf(form.value.page);
  const confirmed = await onDossier(c.req.param("id") ?? "", (id) =>
    world.confirmPage(id, { number, streamSha256: seen.value }, actorOf(person)),
  );
  return withDossier(c, person, world, (view) => {
    const page = view.pages.find((known) => known.number === number) ?? null;
    if (!confirmed.ok)
      return drawCompare(c, person, world, { view, page, stopped: { failure: confirmed.failure, view } });
    const open = nextOpenPage(view.pages, number);
    return c.redirect(pathOf(view, open === null ? "/attest" : `/compare?page=${open}`), 303);
  });
}

const FormChoice = z.object({ form: z.enum(pageForms) });

/** As taken or straightened; then back to the page, whose bytes are now others and to be confirmed anew. */
const answerForm = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, async (before) => {
    const form = await readForm(c, FormChoice);
    if (!form.ok) return refuse(c, { code: "malformed_request" });
    const choice = { number: pageOf(c.req.param("number")), form: form.value.form };
    const chosen = await world.chooseForm(before.dossier.id, choice, actorOf(person));
    if (chosen.ok) return c.redirect(pathOf(before, `/compare?page=${choice.number}`), 303);
    return withDossier(c, person, world, (view) => {
      const page = view.pages.find((known) => known.number === choice.number) ?? null;
      return drawCompare(c, person, world, { view, page, stopped: { failure: chosen.failure, view } });
    });
  });

/** The very bytes that will be certified; by their digest, so that no other picture stands in their place. */
async function givePicture(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Response> {
  const number = pageOf(c.req.param("number"));
  const asked = c.req.query("sha256");
  const id = c.req.param("id") ?? "";
  const stream = await onDossier(id, (known) => world.pageStream(known, number, actorOf(person), asked));
  if (!stream.ok) return refuse(c, stream.failure);
  const isOther = asked !== undefined && createHash("sha256").update(stream.value).digest("hex") !== asked;
  if (isOther) return refuse(c, { code: "page_changed", page: number });
  return c.body(stream.value, 200, { "content-type": mediaTypeOfPage(stream.value) });
}
