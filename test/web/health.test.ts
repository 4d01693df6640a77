import { beforeEach, describe, expect, test } from "vitest";
import { healthRoutes } from "../../src/web/health.ts";
import { chooseLanguage } from "../../src/web/language.ts";
import { appOf, memoryWorld } from "./memory-world.ts";

let memory: ReturnType<typeof memoryWorld>;

beforeEach(() => {
  memory = memoryWorld();
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
