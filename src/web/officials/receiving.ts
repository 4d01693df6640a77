import { z } from "zod";
import { ok } from "../../core/kernel.ts";
import { problem } from "../problem.ts";
import { guardedRoute, type Route } from "../route.ts";
import { actorOf, answerJson, dossierJson, onDossier, onDossierWith } from "./answers.ts";
import { fileNameOf } from "./file-name.ts";
import { openingRoutes } from "./opening.ts";
import type { OfficialsWorld } from "./world.ts";

const Declaration = z.object({ declaredPages: z.int().min(1).max(2000) });

const uploadLimitBytes = 100 * 1024 * 1024;
const officials = ["receiver", "comparer", "signer", "clerk"] as const;

/** At the counter: dossiers, the pages declared, the scans. */
export const receivingRoutes = (world: OfficialsWorld): readonly Route[] => [
  ...openingRoutes(world),
  guardedRoute({
    method: "GET",
    path: "/api/dossiers",
    demands: officials,
    handle: async (c, person) => c.json({ dossiers: await world.waiting(actorOf(person)) }),
  }),
  guardedRoute({
    method: "GET",
    path: "/api/dossiers/:id",
    demands: officials,
    handle: async (c, person) => {
      const view = await onDossier(c.req.param("id"), (id) => world.dossier(id, actorOf(person)));
      return answerJson(c, view.ok ? ok(dossierJson(view.value)) : view);
    },
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/declared-pages",
    demands: ["receiver", "comparer"],
    handle: async (c, person) =>
      answerJson(
        c,
        await onDossierWith(c, c.req.param("id"), Declaration, (id, { declaredPages }) =>
          world.correctDeclaration(id, declaredPages, actorOf(person)),
        ),
      ),
  }),
  guardedRoute({
    method: "POST",
    path: "/api/dossiers/:id/scans",
    demands: ["receiver"],
    bodyLimitBytes: uploadLimitBytes,
    handle: async (c, person) => {
      const { body } = c.req.raw;
      const fileName = fileNameOf(c.req.header("x-file-name"));
      if (body === null) return problem(c, { code: "upload_refused", reason: "EMPTY_FILE" });
      if (!fileName.ok) return problem(c, { code: "upload_refused", reason: "INVALID_FILENAME" });
      const scan = { body, fileName: fileName.value, declaredType: c.req.header("content-type") ?? null };
      const received = await onDossier(c.req.param("id"), (id) => world.receiveScan(id, scan, actorOf(person)));
      return answerJson(c, received, 202);
    },
  }),
];
