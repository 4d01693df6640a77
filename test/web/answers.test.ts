import { beforeEach, describe, expect, test } from "vitest";
import { healthRoutes } from "../../src/web/health.ts";
import { chooseLanguage } from "../../src/web/language.ts";
import { type Problem, type ProblemCode, problem, statusOf, wordsOf } from "../../src/web/problem.ts";
import { publicRoute, type Route } from "../../src/web/route.ts";
import { sessionRoutes } from "../../src/web/sign-in.ts";
import { failuresEn } from "../../src/web/words/failures.en.ts";
import { failuresVi } from "../../src/web/words/failures.vi.ts";
import { rulesEn } from "../../src/web/words/rules.en.ts";
import { rulesVi } from "../../src/web/words/rules.vi.ts";
import { type App, appOf, jsonPost, memoryWorld, signIn } from "./memory-world.ts";

let memory: ReturnType<typeof memoryWorld>;
let app: App;

const probes: readonly Route[] = [
  publicRoute({ method: "GET", path: "/v/:code", handle: (c) => c.text("a page") }),
  publicRoute({
    method: "GET",
    path: "/tile",
    handle: (c) =>
      c.body("tile", 200, {
        "cache-control": "public, max-age=31536000",
        "cross-origin-resource-policy": "cross-origin",
      }),
  }),
  publicRoute({
    method: "GET",
    path: "/bug",
    handle: () => {
      throw new TypeError("secret inside");
    },
  }),
  publicRoute({ method: "GET", path: "/stage", handle: (c) => problem(c, { code: "wrong_stage", status: "sealed" }) }),
  publicRoute({
    method: "GET",
    path: "/pages",
    handle: (c) => problem(c, { code: "pages_unconfirmed", pages: [2, 5] }),
  }),
];

beforeEach(() => {
  memory = memoryWorld();
  app = appOf([...sessionRoutes(memory.world), ...probes], memory.world);
});

describe("security headers", () => {
  const everywhere = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
  };

  test.each([
    "/v/1",
    "/nowhere",
    "/bug",
    "/api/session",
  ])("%s carries every one, found or not, right or wrong", async (path) => {
    const { headers } = await app.request(path);
    for (const [name, value] of Object.entries(everywhere)) expect([name, headers.get(name)]).toEqual([name, value]);
    for (const feature of ["camera", "microphone", "geolocation"]) {
      expect(headers.get("permissions-policy")).toContain(`${feature}=()`);
    }
  });

  test("CSP: nothing is allowed but what comes from here; nothing inline, nothing evaluated, no frame", async () => {
    const policy = ((await app.request("/v/1")).headers.get("content-security-policy") ?? "").split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    for (const directive of policy) expect(directive).toMatch(/^[a-z-]+ '(none|self)'$/);
  });

  test("a file for everyone may be kept and used by others where its handler says so", async () => {
    const { headers } = await app.request("/tile");
    expect(headers.get("cache-control")).toBe("public, max-age=31536000");
    expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  });

  test("RFC 6797 §7.2: no HSTS over plain HTTP", async () => {
    const answer = await appOf(probes, { ...memory.world, https: false }).request("/v/1");
    expect(answer.headers.has("strict-transport-security")).toBe(false);
  });
});

describe("problems", () => {
  const codes = Object.keys(statusOf) as ProblemCode[];

  test.each(codes)("%s says in both languages what happened and what to do next", (code) => {
    for (const words of [failuresVi[code], failuresEn[code]]) {
      expect(words).toMatch(/^\p{Lu}[^.]{8,}\. (\p{Lu}.*\.|\{rule\})$/su);
      expect(words).not.toMatch(/[a-z]_[a-z]|\bHTTP\b|exception|error code|token/i);
    }
    expect(failuresVi[code]).toMatch(/[à-ỹ]/);
    expect(failuresEn[code]).not.toMatch(/[à-ỹ]/);
  });

  test.each(codes)("%s: both languages are filled from the same data", (code) => {
    const holes = (words: string) => (words.match(/\{\w+\}/g) ?? []).sort();
    expect(holes(failuresVi[code])).toEqual(holes(failuresEn[code]));
  });

  test("RFC 9457: type, title, status, detail, and what programs need beside them", async () => {
    const answer = await app.request("/pages?lang=en");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("content-language")).toBe("en");
    expect(await answer.json()).toEqual({
      type: "about:blank",
      status: 409,
      title: "Pages not yet compared: 2, 5.",
      detail: "Compare each with the original and confirm it.",
      code: "pages_unconfirmed",
      data: { pages: [2, 5] },
      requestId: answer.headers.get("x-request-id"),
    });
  });

  test("a failure's own `status` does not stand for the answer's", async () => {
    expect(await (await app.request("/stage")).json()).toMatchObject({ status: 409, data: { status: "sealed" } });
  });

  test("a broken rule says what that rule wants, in words and not by its id", () => {
    for (const rule of Object.keys(rulesVi) as (keyof typeof rulesVi)[]) {
      expect(wordsOf({ code: "rule_broken", rule }, "vi").detail).toBe(rulesVi[rule]);
      expect(wordsOf({ code: "rule_broken", rule }, "en").detail).toBe(rulesEn[rule]);
      expect(rulesVi[rule] + rulesEn[rule]).not.toContain(rule);
    }
  });

  test("no hole is left in the words", () => {
    expect(wordsOf({ code: "throttled", retryAfterSeconds: 7 }, "vi").detail).toContain("đợi 7 giây");
    for (const code of codes) {
      for (const language of ["vi", "en"] as const) {
        const { title, detail } = wordsOf({ code } as Problem, language);
        expect(title + detail).not.toMatch(/[{}]/);
      }
    }
  });

  test("an unexpected failure is 500 with a request id; its inside is in the log only", async () => {
    const answer = await app.request("/bug");
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toMatch(/secret|TypeError|at /);
    const { requestId } = JSON.parse(text) as { requestId: string };
    expect(memory.errors).toEqual([{ where: { requestId, route: "/bug" }, error: expect.any(TypeError) }]);
  });
});

describe("request log", () => {
  test("one line a request, with the pattern of the route and never the path", async () => {
    await app.request("/v/s3cretcode?lang=en&q=mine", {
      headers: { "user-agent": "agent", "x-forwarded-for": "198.51.100.7" },
    });
    expect(memory.lines).toEqual([
      { requestId: "request-1", method: "GET", route: "/v/:code", status: 200, durationMs: 5, personId: null },
    ]);
  });

  test("no password, user name, cookie, token, address, query or path stands in any line", async () => {
    const { cookie, csrfToken } = await signIn(app, "lan");
    await app.request("/api/session", jsonPost({ userName: "lan", password: "hunter2" }));
    await app.request("/api/session?password=hunter2", { headers: { cookie } });
    await app.request("/api/session", { method: "DELETE", headers: { cookie, "x-csrf-token": csrfToken } });
    await app.request("/v/s3cretcode");
    await app.request("/nowhere/s3cretcode");
    await app.request("/nowhere", { method: "S3CRETCODE" });
    expect(memory.lines).toHaveLength(7);
    const text = JSON.stringify(memory.lines.map((line) => ({ ...line, personId: null })));
    for (const secret of [
      "hunter2",
      "lan",
      "s3cretcode",
      "S3CRETCODE",
      "192.0.2.1",
      csrfToken,
      cookie.split("=")[1] ?? "",
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  test("who was signed in stands there under a random id", async () => {
    const { cookie } = await signIn(app, "lan");
    await app.request("/api/session", { headers: { cookie } });
    expect(memory.lines.map((line) => line.personId)).toEqual(["person-of-lan", "person-of-lan"]);
  });

  test("what matches no route is `unmatched`, a failure has its line too", async () => {
    await app.request("/nowhere");
    await app.request("/bug");
    expect(memory.lines.map(({ route, status }) => `${route} ${status}`)).toEqual(["unmatched 404", "/bug 500"]);
  });

  test("the request id is ours: one that comes in is not trusted", async () => {
    const answer = await app.request("/v/1", { headers: { "x-request-id": "forged\\n{}" } });
    expect(answer.headers.get("x-request-id")).toBe("request-1");
    expect(memory.lines[0]?.requestId).toBe("request-1");
  });
});

describe("health", () => {
  const ask = (path: string, checks: Record<string, () => Promise<boolean>>, draining = false) =>
    appOf(healthRoutes({ checks, isDraining: () => draining }), memory.world).request(path);
  const fine = async () => true;

  test("/healthz says that the process is up, even when nothing else is", async () => {
    expect((await ask("/healthz", { database: async () => false })).status).toBe(200);
  });

  test("/readyz is 200 when everything is there", async () => {
    const answer = await ask("/readyz", { database: fine, disk: fine });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ready: true, draining: false, checks: { database: true, disk: true } });
  });

  test.each([
    ["is missing", async () => false],
    ["breaks", async () => Promise.reject(new Error("password in here"))],
    ["never answers", () => new Promise<boolean>(() => undefined)],
    [
      "breaks at once",
      () => {
        throw new Error("at once");
      },
    ],
  ])("/readyz is 503 when a part %s, and says no more than its name", async (_, check) => {
    const answer = await ask("/readyz", { database: check, disk: fine });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ready: false, draining: false, checks: { database: false, disk: true } });
  });

  test("/readyz is 503 from the signal to stop on", async () => {
    expect((await ask("/readyz", { database: fine }, true)).status).toBe(503);
  });
});

describe("language", () => {
  const choose = (query?: string, cookie?: string, header?: string) => chooseLanguage({ query, cookie, header });

  test.each([
    ["vi", undefined, undefined, undefined],
    ["en", "en", "vi", "vi"],
    ["en", undefined, "en", "vi"],
    ["vi", "vi", "en", "en"],
    ["vi", "fr", undefined, undefined],
    ["en", undefined, undefined, "en-US,en;q=0.9"],
    ["vi", undefined, undefined, "vi-VN,vi;q=0.9,en-US;q=0.6,en;q=0.5"],
    ["en", undefined, undefined, "fr, en;q=0.8, vi;q=0.2"],
    ["vi", undefined, undefined, "en;q=0.5, vi;q=0.5"],
    ["vi", undefined, undefined, "en;q=0"],
    ["vi", undefined, undefined, "*"],
    ["vi", undefined, undefined, "en;q=high, en;q=9"],
    ["vi", undefined, undefined, ";;,,;q=,=".repeat(5000)],
  ] as const)("%s for the link %s, the cookie %s, the browser %s", (language, query, cookie, header) => {
    expect(choose(query, cookie, header)).toBe(language);
  });
});
