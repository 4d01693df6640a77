import { z } from "zod";
import { againReasons } from "../../core/give-once.ts";
import { fail, parseSha256 } from "../../core/kernel.ts";
import { confirmableFields } from "../../core/paper-fields.ts";
import { guardedRoute, type Route } from "../route.ts";
import { actorOf, answerBytes, answerJson, mediaTypeOfPage, onDossier, onDossierWith } from "./answers.ts";
import type { OfficialsWorld } from "./world.ts";

const Confirmation = z.object({ sha256: z.string() });
const Attestation = z.object({
  originalPresented: z.boolean(),
  again: z.enum(againReasons).nullable().default(null),
  coarseReason: z
    .string()
    .max(4000)
    .regex(/^[^\0]*$/)
    .nullable()
    .default(null),
  fields: z.array(z.enum(confirmableFields)).max(confirmableFields.length).default([]),
});
const Refusing = z.object({
  ground: z.string(),
  reason: z
    .string()
    .max(4000)
    .regex(/^[^\0]*$/),
  page: z.int().min(1).nullable().default(null),
});

const officials = ["receiver", "comparer", "signer", "clerk"] as const;
const pageOf = (text: string): number => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0);

/** Exactly the streams that will be certified, page by page, then the attestation or the refusal. */
export const comparingRoutes = (world: OfficialsWorld): readonly Route[] => [
  guardedRoute({
    method: "GET",
    path: "/api/dossiers/:id/pages/:number",
    demands: officials,
    handle: async (c, person) => {
      const page = pageOf(c.req.param("number"));
      const stream = await onDossier(c.req.param("id"), (id) => world.pageStream(id, page, actorOf(person)));
      return answerBytes(c, stream, stream.ok ? mediaTypeOfPage(stream.value) : "image/jpeg");
    },
  }),
  guardedRoute({
    method: "GET",
    path: "/api/dossiers/:id/pages/:number/words",
    demands: officials,
    handle: async (c, person) => {
      const page = pageOf(c.req.param("number"));
      const words = await onDossier(c.req.param("id"), (id) => world.pageWords(id, page, actorOf(person)));
      return answerBytes(c, words, "application/json");
    },
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/pages/:number/confirmation",
    demands: ["comparer"],
    handle: async (c, person) => {
      const number = pageOf(c.req.param("number"));
      const confirmed = await onDossierWith(c, c.req.param("id"), Confirmation, async (id, { sha256 }) => {
        const seen = parseSha256(sha256);
        if (!seen.ok) return fail({ code: "malformed_request", field: "sha256" });
        return world.confirmPage(id, { number, streamSha256: seen.value }, actorOf(person));
      });
      return answerJson(c, confirmed);
    },
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/attestation",
    demands: ["comparer"],
    handle: async (c, person) =>
      answerJson(
        c,
        await onDossierWith(c, c.req.param("id"), Attestation, (id, statement) =>
          world.attest(id, statement, actorOf(person)),
        ),
      ),
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/refusal",
    demands: ["comparer", "signer"],
    handle: async (c, person) =>
      answerJson(
        c,
        await onDossierWith(c, c.req.param("id"), Refusing, (id, refusal) =>
          world.refuse(id, refusal, actorOf(person)),
        ),
      ),
  }),
];
