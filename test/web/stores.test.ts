import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isDatabaseOutage } from "../../db/stores/outage.ts";
import {
  changePassword,
  findAccount,
  findAgency,
  keepAgency,
  keepPerson,
  type Role,
  setActive,
  setRoles,
} from "../../db/stores/people.ts";
import { endSession, findSession, keepSession, sweepSessions, touchSession } from "../../db/stores/sessions.ts";
import { giveBackAttempt, sweepThrottle, takeAttempt } from "../../db/stores/throttle.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import { hashPassword, verifyPassword } from "../../src/roof/passwords.ts";
import type { ApplicationWorld } from "../../src/web/application.ts";
import { type SignInWorld, sessionRoutes } from "../../src/web/sign-in.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { appOf, codeOf, jsonPost, memoryWorld, signIn } from "./memory-world.ts";

const at = "2026-11-22T03:00:00Z" as Instant;
const later = (seconds: number) => instantOfSeconds(secondsOf(at) + seconds);
const hoaban = {
  id: "hoaban" as AgencyId,
  name: "Ủy ban nhân dân xã Hòa Bản (hư cấu)",
  province: "Tỉnh Mẫu (hư cấu)",
  code: "HB",
  development: true,
  createdAt: at,
};
const digest = (text: string): Bytes => new Uint8Array(createHash("sha256").update(text).digest());

let database: FreshDatabase;
let lanHash: string;
let lan: { personId: PersonId; agencyId: AgencyId; userName: string; fullName: string; roles: readonly Role[] };

beforeAll(async () => {
  database = await freshDatabase({ max: 10 });
  lanHash = await hashPassword("mật khẩu của Lan");
  await keepAgency(database.db, hoaban);
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`delete from session`;
  await database.sql`delete from throttle`;
  await database.sql`delete from person_role`;
  await database.sql`delete from person`;
  const personId = randomUUID() as PersonId;
  lan = {
    personId,
    agencyId: hoaban.id,
    userName: "lan",
    fullName: "Lò Thị Lan (hư cấu)",
    roles: ["clerk", "receiver"],
  };
  await keepPerson(database.db, { ...lan, passwordHash: lanHash, createdAt: at });
});

describe("people", () => {
  test("an agency keeps its first description", async () => {
    await keepAgency(database.db, { ...hoaban, name: "another" });
    expect(await findAgency(database.db, hoaban.id)).toEqual(hoaban);
    expect(await findAgency(database.db, "nowhere" as AgencyId)).toBeNull();
  });

  test("an account comes back as it was kept, with its roles, and only under its own name", async () => {
    expect(await findAccount(database.db, "lan")).toEqual({ actor: lan, passwordHash: lanHash, active: true });
    expect(await findAccount(database.db, "la_")).toBeNull();
  });

  test("a person without a role is found too", async () => {
    const personId = randomUUID() as PersonId;
    await keepPerson(database.db, {
      ...lan,
      personId,
      userName: "moi",
      roles: [],
      passwordHash: lanHash,
      createdAt: at,
    });
    expect((await findAccount(database.db, "moi"))?.actor.roles).toEqual([]);
  });

  test("a user name is given once: the second is refused and changes nothing", async () => {
    const second = { ...lan, personId: randomUUID() as PersonId, roles: ["administrator" as const], createdAt: at };
    expect(await keepPerson(database.db, { ...second, passwordHash: lanHash })).toBe(false);
    expect((await findAccount(database.db, "lan"))?.actor).toEqual(lan);
  });

  test.each([
    ["a user name with upper case", { userName: "Lan2" }],
    ["a password that is no argon2id hash", { userName: "lan3", passwordHash: "hunter2" }],
    ["a role that the procedure does not know", { userName: "lan4", roles: ["root" as Role] }],
    ["an agency that does not exist", { userName: "lan5", agencyId: "nowhere" as AgencyId }],
  ])("the database refuses %s, and keeps no half of it", async (_, wrong) => {
    const kept = { ...lan, personId: randomUUID() as PersonId, passwordHash: lanHash, createdAt: at, ...wrong };
    await expect(keepPerson(database.db, kept)).rejects.toThrow();
    expect(await findAccount(database.db, wrong.userName)).toBeNull();
  });

  test("roles are replaced as a whole", async () => {
    await setRoles(database.db, lan.personId, ["signer", "signer"]);
    expect((await findAccount(database.db, "lan"))?.actor.roles).toEqual(["signer"]);
  });
});

describe("sessions", () => {
  const idHash = digest("a token");
  const keep = () => keepSession(database.db, { idHash, personId: lan.personId, createdAt: at, expiresAt: later(100) });

  test("a session is found by the hash of its token, with the person's roles of now", async () => {
    await keep();
    expect(await findSession(database.db, idHash)).toEqual({ actor: lan, expiresAt: later(100), lastSeen: at });
    await setRoles(database.db, lan.personId, []);
    expect((await findSession(database.db, idHash))?.actor.roles).toEqual([]);
    expect(await findSession(database.db, digest("another"))).toBeNull();
  });

  test("a session of a person who is no longer active is none, even where its line was left behind", async () => {
    await keep();
    await database.sql`update person set active = false`;
    expect(await findSession(database.db, idHash)).toBeNull();
  });

  test("being seen never moves backwards", async () => {
    await keep();
    await touchSession(database.db, idHash, later(70));
    await touchSession(database.db, idHash, later(60));
    expect((await findSession(database.db, idHash))?.lastSeen).toBe(later(70));
  });

  test("sessions end on signing out, on leaving and on a new password", async () => {
    const ways = [
      () => endSession(database.db, idHash),
      () => setActive(database.db, lan.personId, false),
      () => setActive(database.db, lan.personId, true).then(() => changePassword(database.db, lan.personId, lanHash)),
    ];
    for (const end of ways) {
      await keep();
      await end();
      expect(await database.sql`select 1 from session`).toHaveLength(0);
    }
  });

  test("what is over is swept away, what is alive stays", async () => {
    await keep();
    const others = [digest("idle"), digest("expired")] as const;
    await keepSession(database.db, {
      idHash: others[0],
      personId: lan.personId,
      createdAt: later(-50),
      expiresAt: later(100),
    });
    await keepSession(database.db, { idHash: others[1], personId: lan.personId, createdAt: at, expiresAt: later(10) });
    expect(await sweepSessions(database.db, later(10), later(-10))).toBe(2);
    expect(await findSession(database.db, idHash)).not.toBeNull();
  });
});

describe("throttle", () => {
  const limits = { attempts: 3, windowSeconds: 60, blockSeconds: 100 };
  const key = digest("a key");
  const take = (seconds: number) => takeAttempt(database.db, key, limits, later(seconds));
  const free = { blockedUntil: null };

  test("three go on, the fourth is blocked, trying on does not lengthen it, and afterwards it begins anew", async () => {
    for (const seconds of [0, 1, 2]) expect(await take(seconds)).toEqual(free);
    for (const seconds of [3, 4, 102]) expect(await take(seconds)).toEqual({ blockedUntil: later(103) });
    for (const seconds of [103, 104, 105]) expect(await take(seconds)).toEqual(free);
    expect(await take(106)).toEqual({ blockedUntil: later(206) });
  });

  test("attempts older than the window are forgotten", async () => {
    for (const seconds of [0, 1, 2]) await take(seconds);
    expect(await take(60)).toEqual(free);
  });

  test("of a hundred at once exactly three go on", async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => take(0)));
    expect(answers.filter((answer) => answer.blockedUntil === null)).toHaveLength(3);
  });

  test("an attempt given back makes room for one; a running block stays", async () => {
    for (const seconds of [0, 1, 2]) await take(seconds);
    await giveBackAttempt(database.db, key);
    expect(await take(3)).toEqual(free);
    expect(await take(4)).toEqual({ blockedUntil: later(104) });
    await giveBackAttempt(database.db, key);
    expect(await take(5)).toEqual({ blockedUntil: later(104) });
    for (let i = 0; i < 9; i += 1) await giveBackAttempt(database.db, key);
    expect(await database.sql`select count from throttle`).toEqual([{ count: 0 }]);
  });

  test("old lines are swept away, a running block is not", async () => {
    for (const seconds of [0, 1, 2, 3]) await take(seconds);
    await takeAttempt(database.db, digest("quiet"), limits, at);
    expect(await sweepThrottle(database.db, later(90), later(30))).toBe(1);
    expect(await take(90)).toEqual({ blockedUntil: later(103) });
  });
});

describe("the whole sign-in on PostgreSQL with argon2id", () => {
  /** Compiles only while the stores fit what the web asks for. */
  const stored = () =>
    ({
      randomBytes: (length) => new Uint8Array(randomBytes(length)),
      findAccount: (userName) => findAccount(database.db, userName),
      verifyPassword,
      nobodysPasswordHash: lanHash.replace(/[^$]+$/, "A".repeat(43)),
      keepSession: (session) => keepSession(database.db, session),
      findSession: (idHash) => findSession(database.db, idHash),
      touchSession: (idHash, seenAt) => touchSession(database.db, idHash, seenAt),
      endSession: (idHash) => endSession(database.db, idHash),
      takeAttempt: (keyHash, rule, now) => takeAttempt(database.db, keyHash, rule, now),
      giveBackAttempt: (keyHash) => giveBackAttempt(database.db, keyHash),
      isOutage: isDatabaseOutage,
    }) satisfies Partial<SignInWorld & ApplicationWorld>;

  test("sign in, ask, be throttled, sign out; neither token, name nor address is anywhere in the tables", async () => {
    const memory = memoryWorld([]);
    const world = { ...memory.world, ...stored() };
    const app = appOf(sessionRoutes(world), world);
    const { cookie, csrfToken } = await signIn(app, "lan", "mật khẩu của Lan");
    expect(await (await app.request("/api/session", { headers: { cookie } })).json()).toMatchObject({ ...lan });
    for (let i = 0; i < 5; i += 1) await app.request("/api/session", jsonPost({ userName: "lan", password: "x" }));
    const refused = await app.request("/api/session", jsonPost({ userName: "lan", password: "mật khẩu của Lan" }));
    expect(await codeOf(refused)).toBe("throttled");
    const rows =
      await database.sql`select to_json(s)::text as row from session s union all select to_json(t)::text from throttle t`;
    const token = cookie.split("=")[1] ?? "";
    expect(rows.length).toBe(3);
    for (const secret of [token, Buffer.from(token).toString("hex"), csrfToken, "lan", "192.0.2.1"]) {
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
    const ended = await app.request("/api/session", {
      method: "DELETE",
      headers: { cookie, "x-csrf-token": csrfToken },
    });
    expect(ended.status).toBe(204);
    expect((await app.request("/api/session", { headers: { cookie } })).status).toBe(401);
  });

  test("a database that is gone answers 503 service_unavailable, not wrong_password", async () => {
    const gone = await freshDatabase({ max: 1 });
    await gone.drop();
    const memory = memoryWorld([]);
    const world: typeof memory.world = {
      ...memory.world,
      findAccount: (userName) => findAccount(gone.db, userName),
      isOutage: isDatabaseOutage,
    };
    const answer = await appOf(sessionRoutes(world), world).request(
      "/api/session",
      jsonPost({ userName: "lan", password: "x" }),
    );
    expect(answer.status).toBe(503);
    expect(await codeOf(answer)).toBe("service_unavailable");
  });

  test("broken SQL is a bug, not an outage", async () => {
    const failed = await database.sql`select nothing from nowhere`.catch((error: unknown) => error);
    expect(isDatabaseOutage(failed)).toBe(false);
  });
});

describe("passwords", () => {
  test("RFC 9106: argon2id, version 0x13, 19 MiB, two passes, own salt", async () => {
    expect(lanHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/);
    expect(await hashPassword("mật khẩu của Lan")).not.toBe(lanHash);
  });

  test("composed and decomposed Vietnamese are one password; any other does not fit; a broken hash fits nothing", async () => {
    expect(await verifyPassword(lanHash, "mật khẩu của Lan".normalize("NFD"))).toBe(true);
    expect(await verifyPassword(lanHash, "mat khau cua Lan")).toBe(false);
    expect(await verifyPassword("broken", "x")).toBe(false);
  });

  test("verifying against nobody's hash takes as long as against a real one", async () => {
    const nobody = await hashPassword(randomBytes(32).toString("hex"));
    const millisecondsOf = async (hash: string) => {
      const started = performance.now();
      for (let i = 0; i < 5; i += 1) await verifyPassword(hash, "x");
      return performance.now() - started;
    };
    const [real, none] = [await millisecondsOf(lanHash), await millisecondsOf(nobody)];
    expect(Math.max(real, none) / Math.min(real, none)).toBeLessThan(5);
  });
});
