import type { Context } from "hono";
import { publicPage, publicRoute, type Route, type WebEnv } from "../route.ts";
import { voiceOf } from "./answers.tsx";
import { type ListedRoot, RootHelpPage } from "./root-help.tsx";
import { ViewerPagesPage } from "./viewer-pages.tsx";

/** The roots of the key list as it stands and is believed; null where it is not. */
export type HelpWorld = { readonly roots: () => Promise<readonly ListedRoot[] | null> };

/** Help for whoever receives copies; at every door, since none of it needs the service. */
export const helpRoutes = (world: HelpWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/help/viewers", handle: (c) => c.html(<ViewerPagesPage {...voiceOf(c)} />) }),
  publicPage({
    method: "GET",
    path: "/help/roots",
    handle: async (c) => c.html(<RootHelpPage {...voiceOf(c)} roots={await world.roots()} />),
  }),
  publicRoute({ method: "GET", path: "/help/roots/:file", handle: (c) => certificate(c, world) }),
];

/** DER, RFC 5280; what certificate windows open. */
async function certificate(c: Context<WebEnv>, world: HelpWorld): Promise<Response> {
  const roots = await world.roots();
  const found = roots?.find(({ sha256 }) => c.req.param("file") === `${sha256}.crt`);
  if (found === undefined) return c.text("not found\n", 404);
  return c.body(found.certificate, 200, {
    "content-type": "application/pkix-cert",
    "content-disposition": `attachment; filename="${found.sha256.slice(0, 16)}.crt"`,
    "cache-control": "no-cache",
  });
}
