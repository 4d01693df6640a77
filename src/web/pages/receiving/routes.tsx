import type { Context } from "hono";
import { personFrame } from "../../design/frame.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import type { OfficialsWorld } from "../../officials/world.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { submissionPages } from "../submission/routes.ts";
import { answerDeclaration, showDeclaration } from "./declaration-page.tsx";
import { DossierPage } from "./dossier-page.tsx";
import { leftOutRoute } from "./left-out.tsx";
import { answerOpening, showOpening } from "./opening-page.tsx";
import { printSlip, showSlip } from "./slip-page.tsx";
import { type Received, receiveScans } from "./upload.ts";
import { pathOf, withDossier } from "./with-dossier.ts";

const officials = ["receiver", "comparer", "signer", "clerk"] as const;
const counters = ["receiver", "comparer"] as const;

// Several files of 100 MB each; the use case holds each of them to its own bound.
const uploadLimitBytes = 400 * 1024 * 1024;

/** At the counter: opening a dossier, its page, its scans, the receipt slip. */
export const receivingPages = (world: OfficialsWorld): readonly Route[] => [
  ...submissionPages(world),
  leftOutRoute(world),
  guardedPage({
    method: "GET",
    path: "/dossiers/new",
    demands: ["receiver"],
    handle: (c, person) => showOpening(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/new",
    demands: ["receiver"],
    handle: (c, person) => answerOpening(c, person, world),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id",
    demands: officials,
    handle: (c, person) => showDossier(c, person, world, { faults: [], ended: null }),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/scans",
    demands: ["receiver"],
    bodyLimitBytes: uploadLimitBytes,
    page: "/dossiers/:id",
    handle: (c, person) => answerScans(c, person, world),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/originals/:original",
    demands: [...counters, "signer"], // who signs may look at what was left out
    handle: (c, person) => giveOriginal(c, person, world),
  }),
  ...["GET", "POST"].map((method) =>
    guardedPage({
      method: method as "GET",
      path: "/dossiers/:id/declared-pages",
      demands: counters,
      handle: (c, person) => (method === "GET" ? showDeclaration : answerDeclaration)(c, person, world),
    }),
  ),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/slip",
    demands: officials,
    handle: (c, person) => showSlip(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/slip",
    demands: ["receiver"],
    handle: (c, person) => printSlip(c, person, world),
  }),
];

function showDossier(c: Context<WebEnv>, person: Actor, world: OfficialsWorld, { faults, ended }: Received) {
  return withDossier(c, person, world, async (view) => {
    const calendar = await world.calendar(actorOf(person));
    const frame = { ...personFrame(c, person), address: pathOf(view) };
    const all = ended === null ? faults : [...faults, { field: null, says: sentenceOf(c, ended) }];
    const status = ended !== null ? statusOf[ended.code] : faults.length > 0 ? statusOf.upload_refused : 200;
    const isComparer = person.roles.includes("comparer") && view.dossier.status === "attested";
    const onward = isComparer ? await world.nextToCompare(actorOf(person)) : null;
    const rest = { faults: all, now: world.now(), calendar, onward, known: c.req.query("known") };
    return c.html(<DossierPage frame={frame} view={view} {...rest} />, status);
  });
}

function sentenceOf(c: Context<WebEnv>, failure: NonNullable<Received["ended"]>): string {
  const { title, detail } = wordsOf(failure, c.var.language);
  return `${title} ${detail}`;
}

/** What was taken stays taken: the page comes back with the dossier as it stands, and tells of each file that was not. */
async function answerScans(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Response> {
  const received = await receiveScans(c, person, world);
  if (received.faults.length === 0 && received.ended === null) {
    return c.redirect(`/dossiers/${c.req.param("id") ?? ""}`, 303);
  }
  return showDossier(c, person, world, received);
}

/** To be looked at outside the browser: never shown within our pages, whatever a sender put into it. */
async function giveOriginal(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Response> {
  const wanted = c.req.param("original") ?? "";
  const file = await onDossier(c.req.param("id") ?? "", (id) => world.originalFile(id, wanted, actorOf(person)));
  if (!file.ok) return refuse(c, file.failure);
  const { bytes, mediaType, fileName } = file.value;
  const name = encodeURIComponent(fileName ?? `ban-quet.${mediaType.split("/")[1] ?? "bin"}`).replaceAll("'", "%27");
  return c.body(bytes, 200, {
    "content-type": mediaType,
    "content-disposition": `attachment; filename*=UTF-8''${name}`,
  });
}
