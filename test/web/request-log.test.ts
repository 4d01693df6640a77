import { beforeEach, describe, expect, test } from "vitest";
import { publicRoute, type Route } from "../../src/web/route.ts";
import { sessionRoutes } from "../../src/web/sign-in.ts";
import { type App, appOf, jsonPost, memoryWorld, signIn } from "./memory-world.ts";

let memory: ReturnType<typeof memoryWorld>;
let app: App;

const probes: readonly Route[] = [
  publicRoute({ method: "GET", path: "/v/:code", handle: (c) => c.text("a page") }),
  publicRoute({
    method: "GET",
    path: "/bug",
    handle: () => {
      throw new TypeError("secret inside");
    },
  }),
];

beforeEach(() => {
  memory = memoryWorld();
  app = appOf([...sessionRoutes(memory.world), ...probes], memory.world);
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
