import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type Bytes, type Instant, secondsOf } from "../core/kernel.ts";
import type { Actor, WebEnv } from "./route.ts";

export type SessionPolicy = {
  /** From sign-in to the end, however busy the person is. */
  readonly absoluteSeconds: number;
  /** From the last request to the end. */
  readonly idleSeconds: number;
};

/** A working day; half an hour away from the counter. */
export const defaultSessionPolicy: SessionPolicy = { absoluteSeconds: 8 * 3600, idleSeconds: 30 * 60 };

export type LiveSession = { readonly actor: Actor; readonly expiresAt: Instant; readonly lastSeen: Instant };

export type SessionWorld = {
  readonly now: () => Instant;
  readonly sessionPolicy: SessionPolicy;
  /** Null for an unknown hash and for a person who is no longer active. Roles are those of this moment. */
  readonly findSession: (idHash: Bytes) => Promise<LiveSession | null>;
  readonly touchSession: (idHash: Bytes, seenAt: Instant) => Promise<void>;
};

/** 256 random bits as text: the value of the cookie, kept nowhere else. */
export const sessionTokenOf = (randomBytes: Bytes): string => Buffer.from(randomBytes).toString("base64url");

/** What the database keeps of a token. A plain hash is enough for 256 random bits. */
export const sessionIdHash = (token: string): Bytes => new Uint8Array(createHash("sha256").update(token).digest());

/** Follows from the session's token, so that any page of the session can be given it and no table has to keep it. */
export const csrfTokenOf = (token: string): string =>
  createHmac("sha256", token).update("chungthuc csrf v1").digest("base64url");

/** Compares digests: equal lengths whatever was presented, and no early end to be measured. */
export function isCsrfToken(presented: string, token: string): boolean {
  return timingSafeEqual(sessionIdHash(presented), sessionIdHash(csrfTokenOf(token)));
}

/** The token in `__Host-session`, if it has the form of one. */
export function readSessionToken(c: Context<WebEnv>): string | null {
  const token = getCookie(c, "session", "host");
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}

// `__Host-` (RFC 6265bis §4.1.3.2): Secure, Path=/, no Domain, so that no neighbouring host can plant a session.
const cookieOptions = { prefix: "host", path: "/", secure: true, httpOnly: true, sameSite: "Strict" } as const;

/** No Max-Age: the cookie ends with the browser, the session when the server says so. */
export const giveSessionCookie = (c: Context<WebEnv>, token: string): void =>
  setCookie(c, "session", token, cookieOptions);

export function takeSessionCookie(c: Context<WebEnv>): void {
  deleteCookie(c, "session", cookieOptions);
}

const touchEverySeconds = 60; // one write a minute, not one a request; idle time is that much too short at most

/** Who the token stands for, or null when it is unknown, expired or was idle too long. Marks the session as used. */
export async function actorOf(token: string, world: SessionWorld): Promise<Actor | null> {
  const idHash = sessionIdHash(token);
  const session = await world.findSession(idHash);
  const now = world.now();
  if (session === null || !isLive(session, now, world.sessionPolicy)) return null;
  if (secondsOf(now) - secondsOf(session.lastSeen) >= touchEverySeconds) await world.touchSession(idHash, now);
  return session.actor;
}

function isLive(session: LiveSession, now: Instant, policy: SessionPolicy): boolean {
  const idleSince = secondsOf(session.lastSeen);
  return now < session.expiresAt && secondsOf(now) < idleSince + policy.idleSeconds;
}
