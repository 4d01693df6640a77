import type { Context } from "hono";
import { z } from "zod";
import type { Failure } from "../../../usecases/failure.ts";
import { answerPdf } from "../../answer-pdf.ts";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import type { OfficialsWorld } from "../../officials/world.ts";
import { statusOf } from "../../problem.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import type { DeskWorld } from "../signing/world.ts";
import { NoticePage } from "./notice-page.tsx";

/** With the ways to a key that is elsewhere. */
type NoticePagesWorld = OfficialsWorld & Pick<DeskWorld, "agentFor" | "remote">;

const officials = ["receiver", "comparer", "signer", "clerk"] as const;
const OnePin = z.object({ pin: z.string().min(4).max(64) });

/** The written notice of a refusal: signed here with the PIN, then downloaded. NĐ 23/2015 Art. 9, REFUSE-1. */
export const refusalPages = (world: NoticePagesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/refusal",
    demands: officials,
    handle: (c, person) => showNotice(c, person, world, null),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/refusal",
    demands: ["signer"],
    bodyLimitBytes: 4096,
    handle: (c, person) => sign(c, person, world),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/refusal.pdf",
    demands: officials,
    handle: async (c, person) => {
      const how = c.req.query("save") === "yes" ? "attachment" : "inline";
      const notice = await onDossier(c.req.param("id"), (id) => world.refusalNotice(id, actorOf(person)));
      return answerPdf(c, notice, how, "thong-bao-tu-choi.pdf");
    },
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/refusal-draft.pdf",
    demands: ["signer"],
    handle: async (c, person) => {
      const draft = await onDossier(c.req.param("id"), (id) => world.noticeDraft(id, actorOf(person)));
      return answerPdf(c, draft, "inline", "thong-bao-cho-ky.pdf");
    },
  }),
];

const showNotice = (c: Context<WebEnv>, person: Actor, world: NoticePagesWorld, failure: Failure | null) =>
  withDossier(c, person, world, async (view) => {
    if (failure?.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
    const agent = await world.agentFor("notice", actorOf(person));
    c.set("agentAddress", agent);
    const remote = await world.remote.serviceFor("notice", actorOf(person));
    const page = <NoticePage frame={personFrame(c, person)} {...{ view, failure, agent, remote }} />;
    return c.html(page, failure === null ? 200 : statusOf[failure.code]);
  });

/** Sent twice it is signed once: the second finds the notice kept. */
async function sign(c: Context<WebEnv>, person: Actor, world: NoticePagesWorld): Promise<Response> {
  const form = await readForm(c, OnePin);
  if (!form.ok) return showNotice(c, person, world, { code: "malformed_request", field: "pin" });
  const signed = await onDossier(c.req.param("id") ?? "", (id) =>
    world.signNotice(id, form.value.pin, actorOf(person)),
  );
  if (!signed.ok && signed.failure.code !== "wrong_stage") return showNotice(c, person, world, signed.failure);
  return withDossier(c, person, world, (view) => c.redirect(pathOf(view, "/refusal"), 303));
}
