import type { Context } from "hono";
import { refuse } from "../refusal.tsx";
import type { Route, WebEnv } from "../route.ts";

const isOfCitizen = (path: string): boolean => path === "/c/:secret" || path.startsWith("/c/:secret/");

/**
 * A link that was ended says so at each of its addresses, before anything else is asked there: its holder learns how to
 * get another, and whoever else has it learns nothing of the dossier. DESIGN decision 14.
 */
export const unlessEnded = (
  routes: readonly Route[],
  isEnded: (secret: string) => Promise<boolean>,
): readonly Route[] =>
  routes.map((route) => {
    if (route.demands !== "public" || !isOfCitizen(route.path)) return route;
    const { handle } = route;
    return {
      ...route,
      handle: async (c: Context<WebEnv>) => {
        if (!(await isEnded(c.req.param("secret") ?? ""))) return handle(c);
        c.header("x-robots-tag", "noindex");
        return refuse(c, { code: "link_ended" });
      },
    };
  });
