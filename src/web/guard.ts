import type { Context } from "hono";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import { defaultBodyLimitBytes, limitBody } from "./body-limit.ts";
import { problem } from "./problem.ts";
import type { Actor, GuardedRoute, Route, WebEnv } from "./route.ts";
import { actorOf, isCsrfToken, readSessionToken, type SessionWorld } from "./session.ts";

/**
 * The one way to a handler: body limit, then the demand of the route's line, then the handler. A handler of a guarded
 * route cannot be reached without an actor who meets the demand.
 */
export function guard(route: Route, world: SessionWorld): (c: Context<WebEnv>) => Promise<Response> {
  const limitBytes = route.bodyLimitBytes ?? defaultBodyLimitBytes;
  return async (c) => {
    c.set("routePattern", route.path);
    const body = limitBody(c, limitBytes);
    if (body.wasExceeded()) return problem(c, { code: "body_too_large", limitBytes });
    try {
      const answer = await admitAndHandle(c, route, world);
      return body.wasExceeded() ? problem(c, { code: "body_too_large", limitBytes }) : answer;
    } catch (error) {
      if (body.wasExceeded()) return problem(c, { code: "body_too_large", limitBytes });
      throw error;
    }
  };
}

async function admitAndHandle(c: Context<WebEnv>, route: Route, world: SessionWorld): Promise<Response> {
  if (route.method !== "GET" && !isFromOurOwnPage(c)) return problem(c, { code: "csrf_missing" });
  if (route.demands === "public") return route.handle(c);
  const admitted = await admit(c, route, world);
  if (!admitted.ok) return problem(c, admitted.failure);
  return route.handle(c, admitted.value);
}

async function admit(c: Context<WebEnv>, route: GuardedRoute, world: SessionWorld): Promise<Result<Actor, Failure>> {
  const token = readSessionToken(c);
  const actor = token === null ? null : await actorOf(token, world);
  if (token === null || actor === null) return fail({ code: "not_signed_in" });
  c.set("personId", actor.personId);
  const isSafe = route.method === "GET" || isCsrfToken(c.req.header("x-csrf-token") ?? "", token);
  if (!isSafe) return fail({ code: "csrf_missing" });
  return meets(actor, route.demands) ? ok(actor) : fail({ code: "not_allowed" });
}

const meets = (actor: Actor, demands: GuardedRoute["demands"]): boolean =>
  demands === "session" || demands.some((role) => actor.roles.includes(role));

/**
 * Browsers say where a request comes from (Fetch Metadata; Origin, RFC 6454 §7) and pages cannot forge it. Programs
 * say nothing and carry no cookie of a victim. A second wall for sessions, which demand their token besides; the first
 * for public routes: a foreign page must not sign people in.
 */
function isFromOurOwnPage(c: Context<WebEnv>): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  // `null` proves nothing: with our own no-referrer policy older browsers send it for a form of ours too (Fetch §3.2)
  if (origin === undefined || origin === "null") return true;
  return URL.canParse(origin) && new URL(origin).host === (c.req.header("host") ?? new URL(c.req.url).host);
}
