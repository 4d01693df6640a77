import { createHash, timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { tokensOn } from "../../../signing/keys/pkcs11.ts";
import type { Pkcs11Device } from "../../../signing/keys/pkcs11-process.ts";
import { agentSheet, ConfirmPage, DonePage, ProgressPage, StandingPage } from "./pages.tsx";
import { addItems, FurtherAsked, mostItems, readRequest, SigningAsked, type SigningRequest } from "./requests.ts";
import { signRequest, takeValues } from "./signing.ts";

export type AgentSetting = {
  /** The only site that may ask, such as `https://chungthuc.example.vn`. */
  readonly origin: string;
  readonly port: number;
  /** Shown once at the start and typed into the service's page: an origin alone can be claimed by any program here. */
  readonly pairing: string;
  readonly device: Pkcs11Device;
  readonly now: () => number;
  readonly newSecret: () => string;
};

const keptMilliseconds = 10 * 60_000;
const mostRequests = 8;

/**
 * The program at an official's own computer: it listens on loopback, shows what is to be signed, asks the PIN on a page of its
 * own, and signs through PKCS #11. The service never sees PIN or key; the agent never sees the document.
 */
export function tokenAgent(setting: AgentSetting): Hono {
  const requests = new Map<string, SigningRequest>();
  const app = new Hono();
  app.use(bodyLimit({ maxSize: 128 * 1024 }));
  app.use(async (c, next) => {
    // DNS rebinding: a name of somebody else's that was pointed here still says that name.
    if (!isOwnHost(setting, c)) return c.text("misdirected", 421);
    await next();
    for (const [name, value] of pageHeaders) c.header(name, value);
    return undefined;
  });
  addForService(app, setting, requests);
  addForPerson(app, setting, requests);
  return app;
}

const ownHosts = ({ port }: AgentSetting) => [`127.0.0.1:${port}`, `localhost:${port}`];
const isOwnHost = (setting: AgentSetting, c: Context) => ownHosts(setting).includes(c.req.header("host") ?? "");

const pageHeaders = [
  [
    "content-security-policy",
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  ],
  ["x-content-type-options", "nosniff"],
  ["cache-control", "no-store"],
  ["referrer-policy", "same-origin"],
  ["cross-origin-opener-policy", "same-origin"],
] as const;

type Requests = Map<string, SigningRequest>;

/** What the service's page asks by script: pinned origin and pairing, both, each time. */
function addForService(app: Hono, setting: AgentSetting, requests: Requests): void {
  app.use("/api/*", async (c, next) => {
    if (c.req.header("origin") !== setting.origin) return c.json({ code: "origin_refused" }, 403);
    if (c.req.method === "OPTIONS") return c.body(null, 204, corsHeaders(setting));
    if (!isPaired(setting, c)) return c.json({ code: "pairing_wrong" }, 401, corsHeaders(setting));
    await next();
    for (const [name, value] of Object.entries(corsHeaders(setting))) c.header(name, value);
    return undefined;
  });
  app.get("/api/standing", async (c) => {
    const tokens = await tokensOn(setting.device);
    if (!tokens.ok) return c.json({ code: tokens.failure.code });
    return c.json({ code: tokens.value.length === 0 ? "token_absent" : "ready", mostItems });
  });
  app.post("/api/requests", async (c) => {
    const asked = SigningAsked.safeParse(await c.req.json().catch(() => null));
    if (!asked.success) return c.json({ code: "request_refused" }, 400);
    forgetOld(requests, setting.now());
    if (requests.size >= mostRequests) return c.json({ code: "too_many_requests" }, 429);
    const request = readRequest(asked.data, { formToken: setting.newSecret(), touchedAt: setting.now() });
    if (!request.ok) return c.json(request.failure, 400);
    const id = setting.newSecret();
    requests.set(id, request.value);
    return c.json({ id }, 201);
  });
  app.post("/api/requests/:id/items", async (c) => {
    const request = requests.get(c.req.param("id"));
    if (request === undefined) return c.json({ state: "gone" }, 404);
    const asked = FurtherAsked.safeParse(await c.req.json().catch(() => null));
    const added = asked.success ? addItems(request, asked.data, setting.now()) : null;
    return added?.ok === true ? c.json({ count: request.items.length }) : c.json({ code: "request_refused" }, 400);
  });
  app.get("/api/requests/:id", (c) => {
    const id = c.req.param("id");
    forgetOld(requests, setting.now());
    const request = requests.get(id);
    if (request === undefined) return c.json({ state: "gone" }, 404);
    const { told, values, isDrained } = takeValues(request); // values are handed out once
    if (isDrained) requests.delete(id);
    return c.json({ state: told, values });
  });
}

const corsHeaders = ({ origin }: AgentSetting) => ({
  "access-control-allow-origin": origin,
  "access-control-allow-headers": "authorization, content-type",
  "access-control-allow-methods": "GET, POST",
  "access-control-allow-private-network": "true",
  vary: "origin",
});

const digest = (text: string) => createHash("sha256").update(text).digest();

const isPaired = ({ pairing }: AgentSetting, c: Context): boolean =>
  timingSafeEqual(digest(c.req.header("authorization") ?? ""), digest(`Pairing ${pairing}`));

function forgetOld(requests: Requests, now: number): void {
  for (const [id, { touchedAt }] of requests) if (now - touchedAt > keptMilliseconds) requests.delete(id);
}

/** Pages of the agent's own: what the person sees and answers. No other site can send their form or frame them. */
function addForPerson(app: Hono, setting: AgentSetting, requests: Requests): void {
  app.get("/agent.css", (c) => c.body(agentSheet, 200, { "content-type": "text/css" }));
  app.get("/", async (c) => c.html(<StandingPage origin={setting.origin} tokens={await tokensOn(setting.device)} />));
  app.get("/requests/:id", (c) => {
    const request = requests.get(c.req.param("id"));
    if (request === undefined || request.state === "gathering") return c.html(<DonePage state="gone" />, 404);
    if (request.state !== "waiting") return c.html(<ProgressPage request={request} />);
    return c.html(<ConfirmPage origin={setting.origin} request={request} failure={null} />);
  });
  app.post("/requests/:id", async (c) => {
    const request = requests.get(c.req.param("id"));
    if (request?.state !== "waiting") return c.html(<DonePage state="gone" />, 404);
    const form = await c.req.parseBody();
    if (!isOwnForm(setting, c) || form["token"] !== request.formToken) return c.text("forbidden", 403);
    if (form["answer"] !== "sign") {
      request.state = "refused";
      return c.html(<DonePage state="refused" />);
    }
    const pin = String(form["pin"] ?? "").slice(0, 64);
    const signed = await signRequest(request, setting.device, pin, setting.now);
    if (!signed.ok)
      return c.html(<ConfirmPage origin={setting.origin} request={request} failure={signed.failure} />, 422);
    return stateOf(request) === "signed" ? c.html(<DonePage state="signed" />) : c.redirect(c.req.path, 303);
  });
}

/** Asked anew: it has changed since the request was found waiting. */
const stateOf = ({ state }: SigningRequest) => state;

const isOwnForm = (setting: AgentSetting, c: Context): boolean =>
  ownHosts(setting).some((host) => c.req.header("origin") === `http://${host}`);
