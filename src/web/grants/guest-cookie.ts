import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { WebEnv } from "../route.ts";

/** Two doors, two cookies: a phone that is a citizen's may be shown to an office that is a receiver at the same browser. */
export type GuestDoor = "citizen" | "receiver";

// `__Host-` and Strict as for officials: no other site can plant it, and none can send a form with it.
const options = { prefix: "host", path: "/", secure: true, httpOnly: true, sameSite: "Strict" } as const;

/** The token, if it has the form of one. */
export function guestToken(c: Context<WebEnv>, door: GuestDoor): string | null {
  const token = getCookie(c, door, "host");
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}

/** No Max-Age: it ends with the browser, and the visit when the server says so. */
export const giveGuestCookie = (c: Context<WebEnv>, door: GuestDoor, token: string): void =>
  setCookie(c, door, token, options);

export function takeGuestCookie(c: Context<WebEnv>, door: GuestDoor): void {
  deleteCookie(c, door, options);
}
