import { Hono } from "hono";
import { examinePdf } from "../signing/examine/examine.ts";
import { identityOf } from "../signing/examine/identity.ts";
import { copyFactsOf, reportOf } from "../signing/examine/report.ts";
import { certifiedCopyVerdict } from "./core/certified-copy.ts";
import { type Bytes, type Instant, instantOfSeconds, ok } from "./core/kernel.ts";
import type { KeyList } from "./core/key-list.ts";
import { withListedRoles } from "./core/listed-role.ts";
import { bytesOfBase64 } from "./core/log/base64.ts";
import { matchingRecord } from "./core/status/standing.ts";
import { webPrimitives, webSha256, webVerifyEd25519 } from "./primitives-web.ts";
import type { PublicFiles } from "./publish/public-files.ts";
import { publishedRecords } from "./publish/published-records.ts";
import { sheetRoutes } from "./web/assets.ts";
import { type LimitedBody, limitBody } from "./web/body-limit.ts";
import { chooseLanguage } from "./web/language.ts";
import type { Route, WebEnv } from "./web/route.ts";
import { securityHeaders } from "./web/security-headers.ts";
import { publicFileRoutes } from "./web/verification/public-file-routes.ts";
import { type Examined, type VerificationWorld, verificationRoutes } from "./web/verification/routes.tsx";

/** What wrangler.toml binds. */
export type EdgeEnvironment = {
  /** bucket with the public files as the service published them */
  readonly PUBLIC: {
    readonly get: (key: string) => Promise<{ readonly arrayBuffer: () => Promise<ArrayBuffer> } | null>;
  };
  /** the offline root's Ed25519 public key, base 64 of 32 bytes: pinned here, never read from the bucket */
  readonly ROOT_KEY: string;
  /** how many witnesses the log waits for; 0 where none is configured */
  readonly WITNESSES?: string;
};

/** Verification without the server: from published files and the pinned root alone. */
export default {
  fetch: (request: Request, environment: EdgeEnvironment): Response | Promise<Response> =>
    edgeApplication(environment, () => instantOfSeconds(Math.floor(Date.now() / 1000))).fetch(request),
};

function edgeApplication(environment: EdgeEnvironment, now: () => Instant): Hono<WebEnv> {
  const pinnedRoot = bytesOfBase64(environment.ROOT_KEY);
  if (pinnedRoot?.length !== 32) throw new Error("ROOT_KEY is not the base 64 of an Ed25519 public key");
  const read = readFrom(environment.PUBLIC);
  const witnesses = Number(environment.WITNESSES ?? 0);
  const verification = verificationRoutes(edgeWorld(read, pinnedRoot, witnesses, now));
  return mount([...verification, ...publicFileRoutes({ read }), ...sheetRoutes()]);
}

function mount(routes: readonly Route[]): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    const header = c.req.header("accept-language");
    c.set("language", chooseLanguage({ query: c.req.query("lang"), cookie: undefined, header }));
    c.set("personId", null); // nobody signs in here
    c.set("actor", null);
    c.set("csrfToken", null);
    c.set("site", { development: false, agencyName: String, scripts: {} }); // a record says itself whether it is a trial's
    await next();
  });
  app.use(securityHeaders(true));
  for (const route of routes) {
    if (route.demands !== "public") throw new Error("the edge knows nobody who could meet a demand");
    const { handle, bodyLimitBytes = 0 } = route;
    app.on(route.method, route.path, async (c) => {
      const body = limitBody(c, bodyLimitBytes);
      const answer = body.wasExceeded() ? null : await settled(handle(c), body);
      return answer === null || body.wasExceeded() ? c.text("too large\n", 413) : answer;
    });
  }
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

function edgeWorld(
  read: PublicFiles["read"],
  pinnedRoot: Bytes,
  witnesses: number,
  now: () => Instant,
): VerificationWorld {
  const ports = {
    read,
    pinnedRoot,
    sha256: webSha256,
    verifyEd25519: webVerifyEd25519,
    inflate: webPrimitives.inflate,
    subtle: crypto.subtle,
  };
  const records = publishedRecords(ports);
  return {
    find: records.find,
    prove: records.prove,
    now,
    statusNow: ({ statusIndex }) => records.statusAt(statusIndex, now()),
    witnesses,
    // No process of its own: here each request has its own bounds of time and memory.
    examineUpload: async (pdf) => {
      const keyList = await records.keyList();
      return ok(await judge(pdf, keyList.ok ? keyList.value : null, now()));
    },
  };
}

/** Without a key list nothing is trusted: the mathematics is still told. */
async function judge(pdf: Bytes, keyList: KeyList | null, at: Instant): Promise<Examined> {
  const examination = await examinePdf(pdf, { anchors: keyList?.anchors ?? [], at }, webPrimitives);
  const found = identityOf(pdf, examination, webPrimitives);
  const copy = copyFactsOf(examination, found.ok ? found.value : null);
  return {
    identity: copy.identity,
    reportWith: (record) => {
      const matching = record === null ? null : matchingRecord(record);
      const verdict = certifiedCopyVerdict(copy, keyList?.agencies ?? [], matching);
      return withListedRoles(reportOf(examination, verdict, keyList?.sequence ?? null), keyList?.agencies ?? []);
    },
  };
}
