import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { openScript, publicStyle } from "../../src/web/design/inline.ts";
import { type Problem, type ProblemCode, problem, statusOf, wordsOf } from "../../src/web/problem.ts";
import { publicRoute, type Route } from "../../src/web/route.ts";
import { sessionRoutes } from "../../src/web/sign-in.ts";
import { failuresEn } from "../../src/web/words/failures.en.ts";
import { failuresVi } from "../../src/web/words/failures.vi.ts";
import { rulesEn } from "../../src/web/words/rules.en.ts";
import { rulesVi } from "../../src/web/words/rules.vi.ts";
import { type App, appOf, memoryWorld } from "./memory-world.ts";

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

  test("CSP: nothing is allowed but what comes from here; inline one style and one line, by digest; nothing evaluated, no frame", async () => {
    const policy = ((await app.request("/v/1")).headers.get("content-security-policy") ?? "").split("; ");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    const digest = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const own = [`script-src 'self' ${digest(openScript)}`, `style-src 'self' ${digest(publicStyle)}`];
    for (const directive of own) expect(policy).toContain(directive);
    expect(policy).toContain("img-src 'self' data:"); // a picture of no address can reach nobody
    const others = policy.filter((directive) => !own.includes(directive) && !directive.startsWith("img-src"));
    for (const directive of others) expect(directive).toMatch(/^[a-z-]+ '(none|self)'$/);
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
        const { title, detail } = wordsOf(
          { code, from: "2026-01-05", since: "2026-01-05", until: null } as Problem,
          language,
        );
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
