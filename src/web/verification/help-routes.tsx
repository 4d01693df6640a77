import type { Context } from "hono";
import { commonPage } from "../common-page.ts";
import type { Frame } from "../design/frame.ts";
import type { Packing } from "../design/packed-skeleton.ts";
import { publicPage, publicRoute, type Route, type WebEnv } from "../route.ts";
import { type ListedRoot, RootHelpPage } from "./root-help.tsx";
import { speechIn } from "./speech.ts";
import { ViewerPagesPage } from "./viewer-pages.tsx";

/** The roots of the key list as it stands and is believed; null where it is not. */
export type HelpWorld = {
  readonly roots: () => Promise<readonly ListedRoot[] | null>;
  /** see `VerificationWorld.packing` */
  readonly packing?: Packing;
};

/** Help for whoever receives copies; at every door, since none of it needs the service. */
export function helpRoutes(world: HelpWorld): readonly Route[] {
  const viewersOf = commonPage(viewersPage, world.packing ?? null);
  const rootsOf = commonPage(rootsPage, world.packing ?? null);
  const showRoots = async (c: Context<WebEnv>) => {
    const roots = await world.roots();
    return rootsOf(c, JSON.stringify(roots?.map(({ certificate: _, ...told }) => told) ?? null), roots);
  };
  return [
    publicPage({ method: "GET", path: "/help/viewers", handle: (c) => viewersOf(c, "", null) }),
    publicPage({ method: "GET", path: "/help/roots", handle: showRoots }),
    publicRoute({ method: "GET", path: "/help/roots/:file", handle: (c) => certificate(c, world) }),
  ];
}

const viewersPage = (frame: Frame) => <ViewerPagesPage speech={speechIn(frame.language)} frame={frame} />;

const rootsPage = (frame: Frame, roots: readonly ListedRoot[] | null) => (
  <RootHelpPage speech={speechIn(frame.language)} frame={frame} roots={roots} />
);

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
