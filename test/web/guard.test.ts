import { beforeEach, describe, expect, test } from "vitest";
import { mountedRoutes } from "../../src/web/application.ts";
import { healthRoutes } from "../../src/web/health.ts";
import { signInPages } from "../../src/web/pages/sign-in.tsx";
import { guardedRoute, listRoutes, type Route } from "../../src/web/route.ts";
import { sessionRoutes } from "../../src/web/sign-in.ts";
import { type App, appOf, codeOf, jsonPost, memoryWorld, type SignedIn, signIn } from "./memory-world.ts";

let reached: string[];
let memory: ReturnType<typeof memoryWorld>;
let app: App;

const probes: readonly Route[] = [
  guardedRoute({
    method: "GET",
    path: "/probe/any",
    demands: "session",
    handle: (c, actor) => c.json({ who: actor.userName }, 200, { "cache-control": "public, max-age=9" }),
  }),
  guardedRoute({
    method: "POST",
    path: "/probe/dossiers/:id",
    demands: ["signer", "clerk"],
    handle: (c, actor) => {
      reached.push(`${actor.userName} ${c.req.param("id")}`);
      return c.json({});
    },
  }),
];

beforeEach(() => {
  reached = [];
  memory = memoryWorld();
  app = appOf([...sessionRoutes(memory.world), ...probes], memory.world);
});

describe("demands", () => {
  const post = (headers: Record<string, string>) => app.request("/probe/dossiers/7", { method: "POST", headers });
  const as = ({ cookie, csrfToken }: SignedIn) => ({ cookie, "x-csrf-token": csrfToken });

  test("who is not signed in is answered not_signed_in and never reaches the handler", async () => {
    const answer = await post({});
    expect(answer.status).toBe(401);
    expect(await codeOf(answer)).toBe("not_signed_in");
    expect(reached).toEqual([]);
  });

  test("who has none of the roles is answered not_allowed and never reaches the handler", async () => {
    const answer = await post(as(await signIn(app, "lan")));
    expect(answer.status).toBe(403);
    expect(await codeOf(answer)).toBe("not_allowed");
    expect(reached).toEqual([]);
  });

  test("who has one of the roles reaches it, as the person signed in", async () => {
    expect((await post(as(await signIn(app, "minh")))).status).toBe(200);
    expect(reached).toEqual(["minh 7"]);
  });

  test("a session without a role demanded takes any person", async () => {
    const { cookie } = await signIn(app, "lan");
    expect(await (await app.request("/probe/any", { headers: { cookie } })).json()).toEqual({ who: "lan" });
  });

  test("answers behind a session are never stored, whatever the handler says", async () => {
    const { cookie } = await signIn(app, "lan");
    const answer = await app.request("/probe/any", { headers: { cookie } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("HEAD demands what GET demands", async () => {
    expect((await app.request("/probe/any", { method: "HEAD" })).status).toBe(401);
  });
});

describe("CSRF", () => {
  const send = async (headers: Record<string, string>) => {
    const { cookie, csrfToken } = await signIn(app, "minh");
    const all: Record<string, string> = { cookie, "x-csrf-token": csrfToken, ...headers };
    for (const [name, value] of Object.entries(all)) if (value === "(none)") delete all[name];
    return app.request("/probe/dossiers/7", { method: "POST", headers: all });
  };

  test.each([
    ["no token", { "x-csrf-token": "(none)" }],
    ["an empty token", { "x-csrf-token": "" }],
    ["a wrong token", { "x-csrf-token": "A".repeat(43) }],
    ["a good token from another site", { "sec-fetch-site": "cross-site" }],
    ["a good token from a neighbouring host", { "sec-fetch-site": "same-site" }],
    ["a good token with another origin", { origin: "https://evil.example" }],
    ["a good token with an origin that only begins alike", { origin: "http://localhost.evil.example" }],
    ["an opaque origin without a token", { origin: "null", "x-csrf-token": "(none)" }],
    [
      "a good token with an opaque origin where Fetch Metadata tells more",
      { origin: "null", "sec-fetch-site": "cross-site" },
    ],
    [
      "a good token with a lying Origin where Fetch Metadata tells the truth",
      { origin: "http://localhost", "sec-fetch-site": "cross-site" },
    ],
  ])("%s is refused and the handler is not reached", async (_, headers) => {
    const answer = await send(headers);
    expect(answer.status).toBe(403);
    expect(await codeOf(answer)).toBe("csrf_missing");
    expect(reached).toEqual([]);
  });

  test.each([
    ["a program, which says nothing of where it comes from", {}],
    ["a page of ours", { "sec-fetch-site": "same-origin", origin: "http://localhost" }],
    ["a page of ours in an older browser", { origin: "http://localhost" }],
    ["a form of ours in an older browser, whose origin our no-referrer policy hides", { origin: "null" }],
    ["a page of ours behind a proxy that ends TLS", { origin: "https://ct.example", host: "ct.example" }],
  ])("%s is let through with a good token", async (_, headers) => {
    expect((await send(headers)).status).toBe(200);
  });

  test("the token of another session does not fit", async () => {
    const other = await signIn(app, "minh");
    expect((await send({ "x-csrf-token": other.csrfToken })).status).toBe(403);
  });

  test.each([
    ["/api/session", jsonPost({ userName: "lan", password: "lan" }, { origin: "null" })],
    [
      "/sign-in",
      {
        method: "POST",
        headers: { origin: "null", "content-type": "application/x-www-form-urlencoded" },
        body: "userName=lan&password=lan",
      },
    ],
  ])("Fetch §3.2: an opaque origin, as a sandboxed frame sends it, signs nobody in at %s", async (path, init) => {
    const both = appOf([...sessionRoutes(memory.world), ...signInPages(memory.world)], memory.world);
    const answer = await both.request(path, init);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    expect([memory.sessions.size, memory.counters.size]).toEqual([0, 0]);
  });

  test("Fetch §3.2: the sign-in page lets older browsers tell the origin of its form, every other page hides it", async () => {
    const both = appOf([...probes, ...signInPages(memory.world)], memory.world);
    expect((await both.request("/sign-in")).headers.get("referrer-policy")).toBe("same-origin");
    const form = {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "userName=",
    };
    expect((await both.request("/sign-in", form)).headers.get("referrer-policy")).toBe("same-origin");
    expect((await both.request("/probe/any")).headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("another site cannot sign somebody in: public routes that change something are held too", async () => {
    const answer = await app.request(
      "/api/session",
      jsonPost({ userName: "lan", password: "lan" }, { "sec-fetch-site": "cross-site" }),
    );
    expect(answer.status).toBe(403);
    expect(memory.sessions.size).toBe(0);
    expect(memory.counters.size).toBe(0);
  });
});

describe("the table of routes", () => {
  const health = healthRoutes({ checks: {}, isDraining: () => false });

  test("the foundation answers these routes with these demands, and nothing else is mounted", () => {
    const table = [...sessionRoutes(memory.world), ...health];
    expect(listRoutes(table)).toEqual([
      "DELETE /api/session session",
      "GET /api/session session",
      "GET /healthz public",
      "GET /readyz public",
      "POST /api/session public",
    ]);
    const demanded = listRoutes(table).map((line) => line.split(" ").slice(0, 2).join(" "));
    expect(mountedRoutes(appOf(table, memory.world))).toEqual(demanded);
  });

  test("several roles stand in one line", () => {
    expect(listRoutes(probes)).toContain("POST /probe/dossiers/:id signer|clerk");
  });

  test("two lines for one request do not start", () => {
    expect(() => appOf([...health, ...health], memory.world)).toThrow("two routes answer GET /healthz");
  });

  test("what is not in the table is not_found, whatever the method", async () => {
    for (const method of ["GET", "POST", "DELETE", "OPTIONS", "PATCH"]) {
      const answer = await app.request("/probe/nowhere", { method });
      expect(answer.status).toBe(404);
      expect(await codeOf(answer)).toBe("not_found");
    }
  });
});
