import type { Result } from "../../core/kernel.ts";
import type { DossierStatus } from "../../core/stages.ts";
import type { Failure } from "../../usecases/failure.ts";
import { answerBytes, answerJson } from "../officials/answers.ts";
import { publicRoute, type Route } from "../route.ts";

export type CitizensWorld = {
  readonly state: (secret: string) => Promise<Result<{ status: DossierStatus; title: string }, Failure>>;
  readonly deliver: (secret: string, digits: string) => Promise<Result<Uint8Array<ArrayBuffer>, Failure>>;
};

/**
 * The citizen's secret link. GET shows the state and changes nothing, since chat previews and mail scanners fetch
 * links; the copy comes only by POST with the last four digits of the identity paper. DESIGN decision 14.
 */
export const citizenRoutes = (world: CitizensWorld): readonly Route[] => [
  publicRoute({
    method: "GET",
    path: "/c/:secret",
    handle: async (c) => {
      c.header("x-robots-tag", "noindex");
      return answerJson(c, await world.state(c.req.param("secret")));
    },
  }),
  publicRoute({
    method: "POST",
    path: "/c/:secret",
    handle: async (c) => {
      c.header("x-robots-tag", "noindex");
      const form = new URLSearchParams(await c.req.text());
      return answerBytes(c, await world.deliver(c.req.param("secret"), form.get("digits") ?? ""), "application/pdf");
    },
  }),
];
