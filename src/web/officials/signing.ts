import type { Context } from "hono";
import { z } from "zod";
import type { Actor, Certificate } from "../../core/dossier.ts";
import type { DossierId } from "../../core/ids.ts";
import { ok, type Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import { guardedRoute, type Route, type Actor as SignedIn, type WebEnv } from "../route.ts";
import { actorOf, answerBytes, answerJson, certificateJson, onDossier, onDossierWith } from "./answers.ts";
import type { OfficialsWorld } from "./world.ts";

const Pin = z.object({ pin: z.string().min(4).max(64) });
const Voiding = z.object({
  reason: z
    .string()
    .max(4000)
    .regex(/^[^\0]*$/),
});

type KeyUse = (id: DossierId, pin: string, actor: Actor) => Promise<Result<Certificate, Failure>>;

/** The notice of a refusal: signed by the person certifying, then fetched. NĐ 23/2015 Art. 9. */
const noticeRoutes = (world: OfficialsWorld): readonly Route[] => [
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/refusal/signature",
    demands: ["signer"],
    handle: async (c, person) =>
      answerJson(
        c,
        await onDossierWith(c, c.req.param("id"), Pin, (id, { pin }) => world.signNotice(id, pin, actorOf(person))),
      ),
  }),
  guardedRoute({
    method: "GET",
    path: "/api/dossiers/:id/refusal/notice",
    demands: ["receiver", "comparer", "signer", "clerk"],
    handle: async (c, person) => {
      const notice = await onDossier(c.req.param("id"), (id) => world.refusalNotice(id, actorOf(person)));
      return answerBytes(c, notice, "application/pdf");
    },
  }),
];

/** The person signs, then the agency seals: two people, two keys, two requests. */
export const signingRoutes = (world: OfficialsWorld): readonly Route[] => [
  ...noticeRoutes(world),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/signature",
    demands: ["signer"],
    handle: (c, person) => useKey(c, c.req.param("id"), person, world.sign),
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/seal",
    demands: ["clerk"],
    handle: (c, person) => useKey(c, c.req.param("id"), person, world.seal),
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/void",
    demands: ["signer"],
    handle: async (c, person) =>
      answerJson(
        c,
        await onDossierWith(c, c.req.param("id"), Voiding, (id, { reason }) =>
          world.voidNumber(id, reason, actorOf(person)),
        ),
      ),
  }),
  guardedRoute({
    method: "GET",
    path: "/api/dossiers/:id/copy",
    demands: ["receiver", "signer", "clerk"],
    handle: async (c, person) => {
      const copy = await onDossier(c.req.param("id"), (id) => world.sealedCopy(id, actorOf(person)));
      return answerBytes(c, copy, "application/pdf");
    },
  }),
  guardedRoute({
    method: "POST",
    path: "/api/books",
    demands: ["administrator"],
    handle: async (c, person) => {
      const opened = await world.openBook(actorOf(person), c.req.query("book") === "paper" ? "paper" : "electronic");
      return answerJson(c, opened.ok ? ok({ bookId: opened.value }) : opened, 201);
    },
  }),
];

async function useKey(c: Context<WebEnv>, idText: string, person: SignedIn, use: KeyUse): Promise<Response> {
  const used = await onDossierWith(c, idText, Pin, (id, { pin }) => use(id, pin, actorOf(person)));
  return answerJson(c, used.ok ? ok(certificateJson(used.value)) : used);
}
