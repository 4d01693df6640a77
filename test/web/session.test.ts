import { beforeEach, describe, expect, test } from "vitest";
import { sessionRoutes } from "../../src/web/sign-in.ts";
import { type App, appOf, codeOf, jsonPost, memoryWorld, signIn, somebody } from "./memory-world.ts";

let memory: ReturnType<typeof memoryWorld>;
let app: App;

beforeEach(() => {
  memory = memoryWorld();
  app = appOf(sessionRoutes(memory.world), memory.world);
});

const whoAmI = (cookie: string) => app.request("/api/session", { headers: { cookie } });

describe("session", () => {
  test("session fixation: a token planted before sign-in is worth nothing after it", async () => {
    const planted = `__Host-session=${"A".repeat(43)}`;
    const answer = await app.request(
      "/api/session",
      jsonPost({ userName: "lan", password: "lan" }, { cookie: planted }),
    );
    expect(answer.headers.getSetCookie()[0]).not.toContain("A".repeat(43));
    expect((await whoAmI(planted)).status).toBe(401);
  });

  test("signing in again ends the session that the browser brought along", async () => {
    const { cookie } = await signIn(app, "lan");
    await app.request("/api/session", jsonPost({ userName: "minh", password: "minh" }, { cookie }));
    expect((await whoAmI(cookie)).status).toBe(401);
    expect(memory.sessions.size).toBe(1);
  });

  test("signing out ends the session at the server, not in the browser only", async () => {
    const { cookie, csrfToken } = await signIn(app, "lan");
    const answer = await app.request("/api/session", {
      method: "DELETE",
      headers: { cookie, "x-csrf-token": csrfToken },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-session=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict/,
    );
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  test("idle expiry: half an hour without a request ends it; a request keeps it alive", async () => {
    const { cookie } = await signIn(app, "lan");
    memory.pass(29 * 60);
    expect((await whoAmI(cookie)).status).toBe(200);
    memory.pass(29 * 60);
    expect((await whoAmI(cookie)).status).toBe(200);
    memory.pass(30 * 60);
    const answer = await whoAmI(cookie);
    expect(answer.status).toBe(401);
    expect(await codeOf(answer)).toBe("not_signed_in");
  });

  test("absolute expiry: after eight hours it ends however busy the person is", async () => {
    const { cookie } = await signIn(app, "lan");
    for (let minutes = 0; minutes < 8 * 60 - 20; minutes += 20) {
      memory.pass(20 * 60);
      expect((await whoAmI(cookie)).status).toBe(200);
    }
    memory.pass(20 * 60);
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  test("the limits are the policy's", async () => {
    const world = { ...memory.world, sessionPolicy: { absoluteSeconds: 100, idleSeconds: 10 } };
    app = appOf(sessionRoutes(world), world);
    const { cookie } = await signIn(app, "lan");
    memory.pass(10);
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  test("who has left the agency is out with the next request", async () => {
    const { cookie } = await signIn(app, "lan");
    const lan = memory.accounts.get("lan");
    if (lan) lan.active = false;
    expect((await whoAmI(cookie)).status).toBe(401);
  });

  test("a role given or taken away counts with the next request", async () => {
    const { cookie } = await signIn(app, "lan");
    const lan = memory.accounts.get("lan");
    if (lan) memory.accounts.set("lan", { ...lan, actor: somebody("lan", ["clerk"]) });
    expect(await (await whoAmI(cookie)).json()).toMatchObject({ roles: ["clerk"] });
  });

  test.each([
    "",
    "x",
    "A".repeat(43),
    `${"A".repeat(42)}=`,
    "A".repeat(4000),
  ])("a made-up token %j opens nothing", async (token) => {
    expect((await whoAmI(`__Host-session=${token}`)).status).toBe(401);
  });

  test("a cookie without the __Host- name opens nothing, even with a good token", async () => {
    const { cookie } = await signIn(app, "lan");
    expect((await whoAmI(cookie.replace("__Host-", ""))).status).toBe(401);
  });
});
