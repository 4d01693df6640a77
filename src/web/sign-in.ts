import type { Context } from "hono";
import { z } from "zod";
import type { PersonId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "../core/kernel.ts";
import { problem } from "./problem.ts";
import { readJson } from "./read-json.ts";
import { type Actor, guardedRoute, publicRoute, type Route, type WebEnv } from "./route.ts";
import {
  csrfTokenOf,
  giveSessionCookie,
  readSessionToken,
  type SessionPolicy,
  sessionIdHash,
  sessionTokenOf,
  takeSessionCookie,
} from "./session.ts";
import { type Attempt, beginAttempt, type ThrottleRule, type ThrottleWorld } from "./throttle.ts";

export type Account = { readonly actor: Actor; readonly passwordHash: string; readonly active: boolean };

export type NewSession = {
  readonly idHash: Bytes;
  readonly personId: PersonId;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
};

export type SignInWorld = ThrottleWorld & {
  readonly sessionPolicy: SessionPolicy;
  readonly signInRules: {
    readonly address: ThrottleRule;
    readonly nameFromAddress: ThrottleRule;
    readonly userName: ThrottleRule;
  };
  readonly randomBytes: (length: number) => Bytes;
  /** Who the request comes from, as client-address.ts says. Never kept, only counted under a hash. */
  readonly addressOf: (c: Context<WebEnv>) => string;
  /** @param userName in lower case */
  readonly findAccount: (userName: string) => Promise<Account | null>;
  /** Argon2id, RFC 9106; takes its time on purpose. Null where too many wait for it already. */
  readonly verifyPassword: (passwordHash: string, password: string) => Promise<boolean | null>;
  /** A hash that nothing fits, as dear to verify as a real one. */
  readonly nobodysPasswordHash: string;
  readonly keepSession: (session: NewSession) => Promise<void>;
  readonly endSession: (idHash: Bytes) => Promise<void>;
};

const quarterHour = { windowSeconds: 900, blockSeconds: 900 };

/**
 * A whole office shares an address; a user name is one person's. Strict where both are the same, since a rule on the
 * name alone lets anybody who knows it keep its person out: five requests from anywhere would do.
 *
 * One address guesses 5 times a quarter of an hour at one name, 20 an hour, and 50 at all names together. Everybody
 * together guesses 200 times an hour at one name: 4,800 a day, 1.75 million (2^21) a year, against passwords of ten
 * signs or more. To hold a name blocked takes the full rate of ten addresses, hour by hour.
 */
export const defaultSignInRules: SignInWorld["signInRules"] = {
  address: { name: "sign_in_address", attempts: 50, ...quarterHour },
  nameFromAddress: { name: "sign_in_name_from_address", attempts: 5, ...quarterHour },
  userName: { name: "sign_in_user_name", attempts: 200, windowSeconds: 3600, blockSeconds: 3600 },
};

export const SignIn = z.object({
  userName: z.string().regex(/^[^\0]{1,200}$/), // PostgreSQL takes no NUL in text
  password: z.string().min(1).max(500),
});

type Credentials = z.infer<typeof SignIn>;

type SignInFailure = { code: "wrong_password" } | { code: "throttled"; retryAfterSeconds: number };

/** `/api/session`: POST signs in, GET says who is signed in, DELETE signs out. */
export const sessionRoutes = (world: SignInWorld): readonly Route[] => [
  publicRoute({
    method: "POST",
    path: "/api/session",
    bodyLimitBytes: 4096,
    signsIn: true,
    handle: async (c) => {
      const asked = await readJson(c, SignIn);
      if (!asked.ok) return problem(c, asked.failure);
      const opened = await signInPerson(c, asked.value, world);
      if (!opened.ok) return problem(c, opened.failure);
      return c.json(describe(opened.value.actor, opened.value.token), 201);
    },
  }),
  guardedRoute({
    method: "GET",
    path: "/api/session",
    demands: "session",
    handle: (c, actor) => c.json(describe(actor, readSessionToken(c) ?? "")),
  }),
  guardedRoute({
    method: "DELETE",
    path: "/api/session",
    demands: "session",
    handle: async (c) => {
      await signOut(c, world);
      return c.body(null, 204);
    },
  }),
];

const describe = ({ personId, userName, fullName, agencyId, roles }: Actor, token: string) => {
  return { personId, userName, fullName, agencyId, roles, csrfToken: csrfTokenOf(token) };
};

/** Checks the password, opens a session and gives its cookie. The page and the API sign in by this alone. */
export async function signInPerson(
  c: Context<WebEnv>,
  credentials: Credentials,
  world: SignInWorld,
): Promise<Result<{ actor: Actor; token: string }, SignInFailure>> {
  const person = await checkPassword(credentials, world.addressOf(c), world);
  if (!person.ok) return person;
  c.set("personId", person.value.personId);
  return ok({ actor: person.value, token: await openSession(c, person.value, world) });
}

export async function signOut(c: Context<WebEnv>, world: Pick<SignInWorld, "endSession">): Promise<void> {
  await endPresentedSession(c, world);
  takeSessionCookie(c);
}

const whenCrowdedSeconds = 5;

/** The same answer, after the same work, for a wrong password, an unknown user name and a person no longer active. */
async function checkPassword(
  { userName, password }: Credentials,
  address: string,
  world: SignInWorld,
): Promise<Result<Actor, SignInFailure>> {
  const name = userName.normalize("NFC").trim().toLowerCase(); // `Lan ` is `lan`: one account, one counter
  const attempts = await countAttempt(name, address, world);
  if (!attempts.ok) return attempts;
  const account = await world.findAccount(name);
  const fits = await world.verifyPassword(
    account?.passwordHash ?? world.nobodysPasswordHash,
    password.normalize("NFC"),
  );
  if (fits === null) {
    for (const attempt of attempts.value) await attempt.giveBack(); // nothing was tried
    return fail({ code: "throttled", retryAfterSeconds: whenCrowdedSeconds });
  }
  if (account === null || !account.active || !fits) return fail({ code: "wrong_password" });
  for (const attempt of attempts.value) await attempt.giveBack();
  return ok(account.actor);
}

/**
 * The narrow rules first: what they refuse is not counted any further, so one address cannot use up what everybody
 * together has. Known and unknown names are counted alike.
 */
async function countAttempt(
  name: string,
  address: string,
  world: SignInWorld,
): Promise<Result<readonly Attempt[], SignInFailure>> {
  const { signInRules: rules } = world;
  const asked = [
    [rules.address, address],
    [rules.nameFromAddress, `${name}\0${address}`], // neither holds a NUL
    [rules.userName, name],
  ] as const;
  const attempts: Attempt[] = [];
  for (const [rule, subject] of asked) {
    const attempt = await beginAttempt(world, rule, subject);
    if (!attempt.ok) return attempt;
    attempts.push(attempt.value);
  }
  return ok(attempts);
}

/** Always a fresh token: one that the browser brought along may have been planted by somebody else. */
async function openSession(c: Context<WebEnv>, actor: Actor, world: SignInWorld): Promise<string> {
  const token = sessionTokenOf(world.randomBytes(32));
  const createdAt = world.now();
  const expiresAt = instantOfSeconds(secondsOf(createdAt) + world.sessionPolicy.absoluteSeconds);
  await endPresentedSession(c, world);
  await world.keepSession({ idHash: sessionIdHash(token), personId: actor.personId, createdAt, expiresAt });
  giveSessionCookie(c, token);
  return token;
}

async function endPresentedSession(c: Context<WebEnv>, world: Pick<SignInWorld, "endSession">): Promise<void> {
  const token = readSessionToken(c);
  if (token !== null) await world.endSession(sessionIdHash(token));
}
