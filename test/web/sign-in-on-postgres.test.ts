import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isDatabaseOutage } from "../../db/stores/outage.ts";
import { findAccount, keepAgency, keepPerson, type Role } from "../../db/stores/people.ts";
import { endSession, findSession, keepSession, touchSession } from "../../db/stores/sessions.ts";
import { giveBackAttempt, takeAttempt } from "../../db/stores/throttle.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { hashPassword, verifyPassword } from "../../src/roof/passwords.ts";
import type { ApplicationWorld } from "../../src/web/application.ts";
import { type SignInWorld, sessionRoutes } from "../../src/web/sign-in.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { appOf, codeOf, jsonPost, memoryWorld, signIn } from "./memory-world.ts";

const at = "2026-11-22T03:00:00Z" as Instant;
const hoaban = {
  id: "hoaban" as AgencyId,
  name: "Ủy ban nhân dân xã Hòa Bản (hư cấu)",
  province: "Tỉnh Mẫu (hư cấu)",
  code: "HB",
  development: true,
  createdAt: at,
};

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
  await database.owner.sql`delete from person`;
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
    expect(rows.length).toBe(4); // the session, and a counter each of address, name and address, name
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

  test("a hash that nothing fits is made the same way, so verifying against it is as dear", async () => {
    const costOf = (hash: string) => hash.split("$").slice(1, 4);
    expect(costOf(await hashPassword(randomBytes(32).toString("hex")))).toEqual(costOf(lanHash));
  });
});
