import { randomBytes } from "node:crypto";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import { type Bytes, hexOf, type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";
import { type ApplicationWorld, buildApplication } from "../../src/web/application.ts";
import { clientAddress } from "../../src/web/client-address.ts";
import type { RequestLine } from "../../src/web/request-log.ts";
import type { Actor, Role, Route } from "../../src/web/route.ts";
import { defaultSessionPolicy } from "../../src/web/session.ts";
import { type Account, defaultSignInRules, type SignInWorld } from "../../src/web/sign-in.ts";

export const somebody = (userName: string, roles: readonly Role[]): Actor => ({
  personId: `person-of-${userName}` as PersonId,
  agencyId: "hoaban" as AgencyId,
  userName,
  fullName: `${userName} (hư cấu)`,
  roles,
});

/** The world of the web foundation in memory: a clock to be turned, two fictional people, everything that happened. */
export function memoryWorld(people: readonly Actor[] = [somebody("lan", ["receiver"]), somebody("minh", ["signer"])]) {
  const clock = { now: "2026-11-22T03:00:00Z" as Instant };
  const accounts = new Map<string, Account & { active: boolean }>();
  for (const actor of people)
    accounts.set(actor.userName, { actor, passwordHash: `right ${actor.userName}`, active: true });
  const sessions = new Map<string, { personId: string; expiresAt: Instant; lastSeen: Instant }>();
  const counters = new Map<string, { since: Instant; count: number; blockedUntil: Instant | null }>();
  const lines: RequestLine[] = [];
  const errors: unknown[] = [];
  const later = (seconds: number) => instantOfSeconds(secondsOf(clock.now) + seconds);
  let ids = 0;

  const world: SignInWorld & ApplicationWorld = {
    now: () => clock.now,
    sessionPolicy: defaultSessionPolicy,
    signInRules: defaultSignInRules,
    throttleSecret: new Uint8Array(32).fill(7),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
    addressOf: (c) => clientAddress("192.0.2.1", c.req.header("x-forwarded-for"), 1),
    findAccount: async (userName) => accounts.get(userName) ?? null,
    verifyPassword: async (hash, password) => hash === `right ${password}`,
    nobodysPasswordHash: "nobody",
    keepSession: async ({ idHash, personId, createdAt, expiresAt }) => {
      sessions.set(hexOf(idHash), { personId, expiresAt, lastSeen: createdAt });
    },
    findSession: async (idHash) => {
      const found = sessions.get(hexOf(idHash));
      const account = [...accounts.values()].find((one) => one.actor.personId === found?.personId);
      return found && account?.active ? { actor: account.actor, ...found } : null;
    },
    touchSession: async (idHash, seenAt) => {
      const found = sessions.get(hexOf(idHash));
      if (found) found.lastSeen = seenAt;
    },
    endSession: async (idHash) => void sessions.delete(hexOf(idHash)),
    takeAttempt: async (keyHash, rule, now) => {
      const key = hexOf(keyHash);
      const counter = counters.get(key);
      if (counter?.blockedUntil && counter.blockedUntil > now) return { blockedUntil: counter.blockedUntil };
      const isAnew =
        !counter || counter.blockedUntil || secondsOf(counter.since) + rule.windowSeconds <= secondsOf(now);
      if (isAnew) counters.set(key, { since: now, count: 1, blockedUntil: null });
      else if (counter.count < rule.attempts) counter.count += 1;
      else counter.blockedUntil = later(rule.blockSeconds);
      return { blockedUntil: isAnew ? null : (counter?.blockedUntil ?? null) };
    },
    giveBackAttempt: async (keyHash) => {
      const counter = counters.get(hexOf(keyHash));
      if (counter) counter.count -= 1;
    },
    newRequestId: () => `request-${++ids}`,
    monotonicMs: () => ids * 5,
    logRequest: (line) => void lines.push(line),
    site: { development: true, agencyName: (agencyId) => `Agency ${agencyId} (hư cấu)`, scripts: {}, address: null },
    https: true,
    sha256: nodeSha256,
    keys: {
      now: () => clock.now,
      findKey: async () => null,
      isSecret: () => false,
      touchKey: async () => undefined,
      keyPolicy: { requests: 1, windowSeconds: 60 },
      takeRequest: () => ({ allowed: true, left: 0, resetSeconds: 60 }),
      guesses: { refusedForSeconds: () => null, missed: () => undefined },
      addressOf: () => "192.0.2.1",
    },
    isOutage: (error) => error instanceof Error && error.message === "outage",
    logError: (where, error) => void errors.push({ where, error }),
  };
  const pass = (seconds: number) => {
    clock.now = later(seconds);
  };
  return { world, clock, pass, accounts, sessions, counters, lines, errors };
}

export type App = ReturnType<typeof buildApplication>;

export const appOf = (routes: readonly Route[], world: ApplicationWorld): App => buildApplication(routes, world);

export const jsonPost = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

export type SignedIn = { readonly cookie: string; readonly csrfToken: string };

export async function signIn(app: App, userName: string, password = userName): Promise<SignedIn> {
  const answer = await app.request("/api/session", jsonPost({ userName, password }));
  if (answer.status !== 201) throw new Error(`sign-in of ${userName} answered ${answer.status}`);
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { cookie, csrfToken };
}

export async function codeOf(answer: Response): Promise<string> {
  return ((await answer.json()) as { code: string }).code;
}

export const bytesOfLength = (length: number): Bytes => new Uint8Array(length).fill(0x61);
