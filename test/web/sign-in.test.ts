import { beforeEach, describe, expect, test } from "vitest";
import { sessionRoutes } from "../../src/web/sign-in.ts";
import { type App, appOf, codeOf, jsonPost, memoryWorld, signIn } from "./memory-world.ts";

let memory: ReturnType<typeof memoryWorld>;
let app: App;

beforeEach(() => {
  memory = memoryWorld();
  app = appOf(sessionRoutes(memory.world), memory.world);
});

const tryPassword = (userName: string, password: string, address = "198.51.100.7") =>
  app.request("/api/session", jsonPost({ userName, password }, { "x-forwarded-for": address }));

describe("sign-in", () => {
  test("the right password opens a session whose cookie no script, other site or other host can use", async () => {
    const answer = await tryPassword("lan", "lan");
    expect(answer.status).toBe(201);
    const cookie = answer.headers.getSetCookie()[0] ?? "";
    expect(cookie).toMatch(/^__Host-session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(await answer.json()).toMatchObject({ userName: "lan", agencyId: "hoaban", roles: ["receiver"] });
  });

  test("the store is given only a hash of the token, never the token", async () => {
    const { cookie } = await signIn(app, "lan");
    const token = cookie.split("=")[1] ?? "";
    const kept = [...memory.sessions.keys()];
    expect(kept).toHaveLength(1);
    expect(kept[0]).not.toBe(token);
    expect(kept[0]).not.toContain(Buffer.from(token, "base64url").toString("hex"));
  });

  test("a page that asks who is signed in gets the same CSRF token again", async () => {
    const { cookie, csrfToken } = await signIn(app, "lan");
    expect(await (await app.request("/api/session", { headers: { cookie } })).json()).toMatchObject({
      userName: "lan",
      csrfToken,
    });
  });

  test("upper case and spaces around a user name do not matter", async () => {
    expect((await tryPassword(" LAN ", "lan")).status).toBe(201);
  });

  test.each([
    ["a wrong password", "lan", "wrong"],
    ["an unknown user name", "nobody", "lan"],
    ["an empty-looking user name", "  ", "lan"],
  ])("%s opens nothing and answers wrong_password", async (_, userName, password) => {
    const answer = await tryPassword(userName, password);
    expect(answer.status).toBe(401);
    expect(await codeOf(answer)).toBe("wrong_password");
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(memory.sessions.size).toBe(0);
  });

  test("an unknown user name, a wrong password and a person who has left cannot be told apart", async () => {
    const lan = memory.accounts.get("lan");
    const bodies: unknown[] = [];
    for (const [userName, password] of [
      ["nobody", "x"],
      ["lan", "x"],
    ] as const) {
      bodies.push({ ...((await (await tryPassword(userName, password)).json()) as object), requestId: "" });
    }
    if (lan) lan.active = false;
    bodies.push({ ...((await (await tryPassword("lan", "lan")).json()) as object), requestId: "" });
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  test("an unknown user name costs one password verification, like a known one", async () => {
    const verified: string[] = [];
    const world = {
      ...memory.world,
      verifyPassword: async (hash: string) => {
        verified.push(hash);
        return false;
      },
    };
    const counting = appOf(sessionRoutes(world), world);
    await counting.request("/api/session", jsonPost({ userName: "nobody", password: "x" }));
    await counting.request("/api/session", jsonPost({ userName: "lan", password: "x" }));
    expect(verified).toEqual(["nobody", "right lan"]);
  });

  test("where too many wait for their password to be checked, the next is told when to come again, and nothing is counted", async () => {
    const world = { ...memory.world, verifyPassword: async () => null };
    const crowded = appOf(sessionRoutes(world), world);
    for (let i = 0; i < 8; i++) {
      const answer = await crowded.request("/api/session", jsonPost({ userName: "lan", password: "lan" }));
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "5"]);
    }
    expect((await app.request("/api/session", jsonPost({ userName: "lan", password: "lan" }))).status).toBe(201);
  });

  test("nobody's hash lets nobody in, even if something fitted it", async () => {
    const world = { ...memory.world, verifyPassword: async () => true };
    const answer = await appOf(sessionRoutes(world), world).request(
      "/api/session",
      jsonPost({ userName: "nobody", password: "x" }),
    );
    expect(answer.status).toBe(401);
  });

  test.each([
    ["no JSON", { method: "POST", body: "{", headers: { "content-type": "application/json" } }],
    [
      "a form",
      {
        method: "POST",
        body: "userName=lan&password=lan",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
    ],
    ["no password", jsonPost({ userName: "lan" })],
    ["a password that is no text", jsonPost({ userName: "lan", password: { $ne: "" } })],
    ["a user name with NUL, which the database would choke on", jsonPost({ userName: "lan\0", password: "lan" })],
  ])("%s is malformed_request and counts against nobody", async (_, init) => {
    const answer = await app.request("/api/session", init);
    expect(answer.status).toBe(400);
    expect(await codeOf(answer)).toBe("malformed_request");
    expect(memory.counters.size).toBe(0);
  });

  test("an outage is not a wrong password: 503 without a word about the inside", async () => {
    const world = {
      ...memory.world,
      findAccount: async () => {
        throw new Error("outage");
      },
    };
    const answer = await appOf(sessionRoutes(world), world).request(
      "/api/session",
      jsonPost({ userName: "lan", password: "lan" }),
    );
    expect(answer.status).toBe(503);
    expect(await codeOf(answer)).toBe("service_unavailable");
  });
});

describe("throttle", () => {
  test("after five failures a user name is refused there with the right password too, until the time has passed", async () => {
    for (let i = 0; i < 5; i += 1) expect(await codeOf(await tryPassword("lan", "wrong"))).toBe("wrong_password");
    const refused = await tryPassword("lan", "lan");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("900");
    expect(await refused.json()).toMatchObject({ code: "throttled", data: { retryAfterSeconds: 900 } });
    memory.pass(899);
    expect((await tryPassword("lan", "lan")).headers.get("retry-after")).toBe("1");
    memory.pass(1);
    expect((await tryPassword("lan", "lan")).status).toBe(201);
  });

  test("whoever knows a user name cannot keep its person out: guesses from elsewhere do not block it here", async () => {
    for (let i = 0; i < 40; i += 1) await tryPassword("lan", "wrong", "198.51.100.66");
    expect((await tryPassword("lan", "lan", "198.51.100.66")).status).toBe(429);
    expect((await tryPassword("lan", "lan", "203.0.113.9")).status).toBe(201);
  });

  test("what one address is refused is not counted against the name: it takes many to use up what all have", async () => {
    for (let i = 0; i < 300; i += 1) await tryPassword("lan", "wrong", "198.51.100.66");
    for (let i = 0; i < 38; i += 1) {
      for (let guess = 0; guess < 5; guess += 1) await tryPassword("lan", "wrong", `198.51.100.${i}`);
    }
    expect((await tryPassword("lan", "lan", "203.0.113.9")).status).toBe(201);
  });

  test("two hundred failures an hour from everywhere, and a name is closed for an hour: guessing stays bounded", async () => {
    let verified = 0;
    for (let i = 0; i < 250; i += 1) {
      if ((await tryPassword("lan", "wrong", `198.51.${i}.1`)).status === 401) verified += 1;
    }
    expect(verified).toBe(200);
    const refused = await tryPassword("lan", "lan", "203.0.113.9");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "3600"]);
    memory.pass(3600);
    expect((await tryPassword("lan", "lan", "203.0.113.9")).status).toBe(201);
  });

  test("an unknown user name is throttled as a known one is: the same answers in the same places", async () => {
    const answers = async (name: string) => {
      const seen: unknown[] = [];
      for (let i = 0; i < 7; i += 1) {
        const answer = await tryPassword(name, "wrong", name === "lan" ? "198.51.100.1" : "198.51.100.2");
        seen.push([answer.status, answer.headers.get("retry-after"), await codeOf(answer)]);
      }
      return seen;
    };
    expect(await answers("nobody")).toEqual(await answers("lan"));
  });

  test("one person's failures do not keep another out", async () => {
    for (let i = 0; i < 6; i += 1) await tryPassword("lan", "wrong", `198.51.100.${i}`);
    expect((await tryPassword("minh", "minh")).status).toBe(201);
  });

  test("other spellings of a user name share its counter", async () => {
    for (const spelling of ["lan", "LAN", " lan", "Lan ", "laN"]) await tryPassword(spelling, "wrong");
    expect((await tryPassword("lan", "lan")).status).toBe(429);
  });

  test("fifty failures from one address stop it for every user name, and another address goes on", async () => {
    for (let i = 0; i < 50; i += 1) await tryPassword(`user${i}`, "wrong");
    expect((await tryPassword("lan", "lan")).status).toBe(429);
    expect((await tryPassword("lan", "lan", "203.0.113.9")).status).toBe(201);
  });

  test("an X-Forwarded-For of the caller's own making does not give a fresh counter", async () => {
    for (let i = 0; i < 50; i += 1) await tryPassword(`user${i}`, "wrong", `10.0.0.${i}, 198.51.100.7`);
    expect((await tryPassword("lan", "lan", "10.9.9.9, 198.51.100.7")).status).toBe(429);
  });

  test("attempts sent all at once are all counted: five are verified, the rest refused", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => tryPassword("lan", "wrong")));
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(5);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(35);
  });

  test("people who sign in rightly are never throttled", async () => {
    for (let i = 0; i < 60; i += 1) expect((await tryPassword("lan", "lan")).status).toBe(201);
  });

  test("what is counted is kept under keys that name neither person nor address, and change every day", async () => {
    await tryPassword("lan", "wrong");
    const first = [...memory.counters.keys()];
    expect(first).toHaveLength(3);
    for (const key of first) expect(key).toMatch(/^[0-9a-f]{64}$/);
    memory.pass(24 * 3600);
    await tryPassword("lan", "wrong");
    expect(memory.counters.size).toBe(6);
  });
});
