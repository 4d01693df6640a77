import { Hono } from "hono";
import { type Instant, instantOfSeconds } from "./core/kernel.ts";
import { bytesOfBase64 } from "./core/log/base64.ts";
import { type DoorParts, doorFromFiles, rootsFromFiles } from "./door-from-files.ts";
import { webSha256 } from "./primitives-web.ts";
import type { PublicFiles } from "./publish/public-files.ts";
import { sheetRoutes } from "./web/assets.ts";
import { type LimitedBody, limitBody } from "./web/body-limit.ts";
import type { Site } from "./web/design/frame.ts";
import { chooseLanguage } from "./web/language.ts";
import type { Route, WebEnv } from "./web/route.ts";
import { securityHeaders } from "./web/security-headers.ts";
import { shortWay } from "./web/short-way.ts";
import { problemAnswer } from "./web/verification/answers.tsx";
import { helpRoutes } from "./web/verification/help-routes.tsx";
import { hereRoutes } from "./web/verification/here-routes.tsx";
import { publicFileRoutes } from "./web/verification/public-file-routes.ts";
import { verificationRoutes } from "./web/verification/routes.tsx";
import { maximumUploadBytes } from "./web/verification/uploads.tsx";

/** What wrangler.toml binds. */
export type EdgeEnvironment = {
  /** bucket with the public files as the service published them */
  readonly PUBLIC: {
    readonly get: (key: string) => Promise<{ readonly arrayBuffer: () => Promise<ArrayBuffer> } | null>;
  };
  /** the offline root's Ed25519 public key, base 64 of 32 bytes: pinned here, never read from the bucket */
  readonly ROOT_KEY: string;
  /** address of the service as in every printed link, `https://…`: what each page says it must be */
  readonly PUBLIC_URL?: string;
};

/** Verification without the server: from published files and the pinned root alone. */
export default {
  fetch: (request: Request, environment: EdgeEnvironment): Response | Promise<Response> =>
    applicationOf(environment).fetch(request),
};

/** Made once for each binding: what it verified of the key list it need not verify for the next visitor. */
const applications = new WeakMap<EdgeEnvironment, Hono<WebEnv>>();

function applicationOf(environment: EdgeEnvironment): Hono<WebEnv> {
  const made = applications.get(environment);
  if (made !== undefined) return made;
  const application = edgeApplication(environment, () => instantOfSeconds(Math.floor(Date.now() / 1000)));
  applications.set(environment, application);
  return application;
}

/** @param parts of a runtime that has its own, as Node; the answers are the same */
export function edgeApplication(environment: EdgeEnvironment, now: () => Instant, parts?: DoorParts): Hono<WebEnv> {
  const pinnedRoot = bytesOfBase64(environment.ROOT_KEY);
  if (pinnedRoot?.length !== 32) throw new Error("ROOT_KEY is not the base 64 of an Ed25519 public key");
  const read = readFrom(environment.PUBLIC);
  const verification = verificationRoutes({
    ...doorFromFiles({ read, pinnedRoot, ...(parts !== undefined && { parts }) }, now),
    rootKey: environment.ROOT_KEY,
  });
  const here = hereRoutes({ read, rootKey: () => environment.ROOT_KEY });
  const address = environment.PUBLIC_URL || null;
  const help = helpRoutes({ roots: rootsFromFiles(read, pinnedRoot) });
  return mount([...verification, ...here, ...help, ...publicFileRoutes({ read }), ...sheetRoutes()], address);
}

function mount(routes: readonly Route[], address: string | null): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const site: Site = { development: false, agencyName: String, scripts: {}, address }; // a record says itself whether it is a trial's
  app.use(async (c, next) => {
    const header = c.req.header("accept-language");
    c.set("language", chooseLanguage({ query: c.req.query("lang"), cookie: undefined, header }));
    c.set("personId", null); // nobody signs in here
    c.set("actor", null);
    c.set("csrfToken", null);
    c.set("site", site);
    await next();
  });
  app.use(securityHeaders(true, webSha256));
  for (const route of routes) {
    if (route.demands !== "public") throw new Error("the edge knows nobody who could meet a demand");
    const { handle, bodyLimitBytes = 0 } = route;
    app.on(route.method, route.path, async (c) => {
      const body = limitBody(c, bodyLimitBytes);
      const answer = body.wasExceeded() ? null : await settled(handle(c), body);
      return answer === null || body.wasExceeded()
        ? problemAnswer(c, "tooLarge", { megabytes: maximumUploadBytes / 2 ** 20 })
        : answer;
    });
  }
  app.fetch = shortWay(routes, { site, https: true, sha256: webSha256, told: null }, app.fetch);
  app.get("/", (c) => c.redirect("/verify", 302));
  app.notFound((c) => problemAnswer(c, "elsewhere"));
  // The bucket cannot be read: what the edge does not know it does not guess.
  app.onError((_error, c) => problemAnswer(c, "broken"));
  return app;
}

/** Reading past the limit makes the reader throw; that is the visitor's too large body and not a fault of ours. */
async function settled(answer: Response | Promise<Response>, body: LimitedBody): Promise<Response | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (body.wasExceeded()) return null;
    throw thrown;
  }
}

function readFrom(bucket: EdgeEnvironment["PUBLIC"]): PublicFiles["read"] {
  return async (path) => {
    const found = await bucket.get(path);
    return found === null ? null : new Uint8Array(await found.arrayBuffer());
  };
}
