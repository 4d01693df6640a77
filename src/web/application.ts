import { Hono } from "hono";
import type { Bytes } from "../core/kernel.ts";
import type { Site } from "./design/frame.ts";
import { type GuardWorld, guard } from "./guard.ts";
import { openPage, rememberLanguage } from "./page-setting.ts";
import { refuse } from "./refusal.tsx";
import { type RequestLogWorld, requestLog } from "./request-log.ts";
import type { Route, WebEnv } from "./route.ts";
import { securityHeaders } from "./security-headers.ts";
import { shortWay } from "./short-way.ts";

export type ApplicationWorld = RequestLogWorld &
  GuardWorld & {
    readonly site: Site;
    /** Whether people reach us over HTTPS: everywhere but in development. */
    readonly https: boolean;
    readonly sha256: (bytes: Bytes) => Bytes;
    /** True when the database or another part we stand on cannot be reached: 503 and try again, not a bug. */
    readonly isOutage: (error: unknown) => boolean;
    /** The only place where the inside of an unexpected failure is written. */
    readonly logError: (where: { requestId: string; route: string }, error: unknown) => void;
  };

/** The whole HTTP face, from one table. Throws at start when two lines answer the same request. */
export function buildApplication(routes: readonly Route[], world: ApplicationWorld): Hono<WebEnv> {
  refuseTwins(routes);
  const app = new Hono<WebEnv>();
  app.use(
    requestLog(world),
    securityHeaders(world.https, world.sha256),
    openPage(world.site),
    rememberLanguage(world.https),
  );
  for (const route of routes) app.on(route.method, route.path, guard(route, world));
  app.fetch = shortWay(routes, { ...world, told: world }, app.fetch);
  app.notFound((c) => refuse(c, { code: "not_found" }));
  app.onError((error, c) => {
    world.logError({ requestId: c.var.requestId, route: c.var.routePattern }, error);
    return refuse(c, { code: world.isOutage(error) ? "service_unavailable" : "unexpected" });
  });
  return app;
}

/** What is mounted in truth, read from the application itself: `POST /api/session`. Middleware is left out. */
export function mountedRoutes(app: Hono<WebEnv>): readonly string[] {
  const handlers = app.routes.filter((route) => route.method !== "ALL");
  return handlers.map((route) => `${route.method} ${route.path}`).sort();
}

function refuseTwins(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { method, path } of routes) {
    const line = `${method} ${path}`;
    if (seen.has(line)) throw new Error(`two routes answer ${line}`);
    seen.add(line);
  }
}
