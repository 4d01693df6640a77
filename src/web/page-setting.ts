import type { MiddlewareHandler } from "hono";
import { setCookie } from "hono/cookie";
import type { Site } from "./design/frame.ts";
import { languages } from "./language.ts";
import type { WebEnv } from "./route.ts";

/** What pages are drawn from, before any route is known: an unknown address is told as the client asks. */
export function openPage(site: Site): MiddlewareHandler<WebEnv> {
  return (c, next) => {
    c.set("site", site);
    c.set("face", "either");
    c.set("actor", null);
    c.set("csrfToken", null);
    c.set("parts", null);
    return next();
  };
}

const yearSeconds = 365 * 24 * 3600;

/** Who followed a language switch is kept to that language. It tells nobody apart: two values for all the world. */
export function rememberLanguage(https: boolean): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const asked = languages.find((language) => language === c.req.query("lang"));
    if (asked === undefined || c.req.method !== "GET") return next();
    await next();
    setCookie(c, "lang", asked, { path: "/", maxAge: yearSeconds, httpOnly: true, sameSite: "Lax", secure: https });
  };
}
