import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
import { hashPassword } from "../../src/roof/passwords.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

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
