import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { WebEnv } from "../route.ts";

/** As long as a visit to a counter lasts. */
const counterSeconds = 1800;

// Lax, since a phone's camera comes from outside; it proves nothing, the office's id stands on a poster.
const options = { prefix: "host", path: "/", secure: true, httpOnly: true, sameSite: "Lax" } as const;

/** Remembers in the phone alone which poster it scanned, so that the citizen's own page can offer that office. */
export const rememberCounter = (c: Context<WebEnv>, recipientId: string): void =>
  setCookie(c, "counter", recipientId, { ...options, maxAge: counterSeconds });

/** The id on the poster that this phone scanned last, if it has the form of one. */
export function counterOf(c: Context<WebEnv>): string | null {
  const id = getCookie(c, "counter", "host");
  return id !== undefined && /^[0-9a-f-]{36}$/.test(id) ? id : null;
}
