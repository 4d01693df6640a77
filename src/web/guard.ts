import type { Context } from "hono";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { KeyScope } from "../core/recipients.ts";
import type { Failure } from "../usecases/failure.ts";
import { defaultBodyLimitBytes, limitBody } from "./body-limit.ts";
import { BrokenForm } from "./forms/multipart.ts";
import { presentedToken } from "./forms/token.ts";
import { signInAddress } from "./next-page.ts";
import { callerOf, type KeyWorld } from "./recipients/key-guard.ts";
import { refuse, wantsPage } from "./refusal.tsx";
import { type Actor, type GuardedRoute, isKeyRoute, type KeyRoute, type Route, type WebEnv } from "./route.ts";
import { actorOf, csrfTokenOf, isCsrfToken, readSessionToken, type SessionWorld } from "./session.ts";

/** No name or id of ours holds one, and PostgreSQL takes no NUL in a text. */
const controlSign = /\p{Cc}/u;

export type GuardWorld = SessionWorld & { readonly keys: KeyWorld };

/**
 * The one way to a handler: body limit, then the demand of the route's line, then the handler. A handler of a guarded
 * route cannot be reached without an actor who meets the demand.
 */
export function guard(route: Route, world: GuardWorld): (c: Context<WebEnv>) => Promise<Response> {
  const limitBytes = route.bodyLimitBytes ?? defaultBodyLimitBytes;
  return async (c) => {
    c.set("routePattern", route.path);
    c.set("face", route.face ?? "program");
    if (Object.values(c.req.param()).some((part) => controlSign.test(part))) return refuse(c, { code: "not_found" });
    const body = limitBody(c, limitBytes);
    const tooLarge = () => refuse(c, { code: "body_too_large", limitBytes });
    if (body.wasExceeded()) return tooLarge();
    try {
      const answer = await admitAndHandle(c, route, world);
      const wasExceeded = body.wasExceeded(); // by the handler: what it left unread is not the visitor's mistake
      await body.rest();
      return wasExceeded ? tooLarge() : answer;
    } catch (error) {
      if (body.wasExceeded()) return tooLarge();
      await body.rest();
      return refuseBroken(c, error);
    }
  };
}

/** A form cut on its way is the line's fault and expected; whatever else was thrown is not. */
function refuseBroken(c: Context<WebEnv>, error: unknown): Response | Promise<Response> {
  if (error instanceof BrokenForm) return refuse(c, { code: "upload_cut" });
  throw error;
}

async function admitAndHandle(c: Context<WebEnv>, route: Route, world: GuardWorld): Promise<Response> {
  if (isKeyRoute(route)) return handleByKey(c, route, world.keys);
  if (route.method !== "GET" && !isFromOurOwnPage(c, route)) return refuse(c, { code: "csrf_missing" });
  if (route.demands === "public") return route.handle(c);
  const admitted = await admit(c, route, world);
  if (admitted.ok) return route.handle(c, admitted.value);
  return admitted.failure.code === "not_signed_in" ? sendToSignIn(c, route) : refuse(c, admitted.failure);
}

/** No session and no cookie have a part in it, so no foreign page can ask in anybody's name. */
async function handleByKey(c: Context<WebEnv>, route: KeyRoute, world: KeyWorld): Promise<Response> {
  const [, scope = null] = route.demands.split(":") as ["key", KeyScope?];
  const caller = await callerOf(c, scope, world);
  return caller.ok ? route.handle(c, caller.value) : refuse(c, caller.failure);
}

async function admit(c: Context<WebEnv>, route: GuardedRoute, world: SessionWorld): Promise<Result<Actor, Failure>> {
  const token = readSessionToken(c);
  const actor = token === null ? null : await actorOf(token, world);
  if (token === null || actor === null) return fail({ code: "not_signed_in" });
  c.set("personId", actor.personId);
  c.set("actor", actor);
  c.set("csrfToken", csrfTokenOf(token));
  // roles first: who may not do a thing is told so before an upload is read
  if (!meets(actor, route.demands)) return fail({ code: "not_allowed" });
  const isSafe = route.method === "GET" || isCsrfToken(await tokenFor(c), token);
  return isSafe ? ok(actor) : fail({ code: "csrf_missing" });
}

/** A form's field counts on pages only: programs send the header, which no form can. */
const tokenFor = async (c: Context<WebEnv>): Promise<string> =>
  c.var.face === "program" ? (c.req.header("x-csrf-token") ?? "") : presentedToken(c);

const meets = (actor: Actor, demands: GuardedRoute["demands"]): boolean =>
  demands === "session" || demands.some((role) => actor.roles.includes(role));

/** A page that was only looked at opens again after signing in; a step that was sent is told not to be done. */
function sendToSignIn(c: Context<WebEnv>, route: GuardedRoute): Response | Promise<Response> {
  if (!wantsPage(c)) return refuse(c, { code: "not_signed_in" });
  if (route.method === "GET") return c.redirect(signInAddress(addressOf(c)), 303);
  return refuse(c, { code: "not_signed_in" }, signInAddress(pageOf(c, route)));
}

function addressOf(c: Context<WebEnv>): string {
  const { pathname, search } = new URL(c.req.url);
  return `${pathname}${search}`;
}

const pageOf = (c: Context<WebEnv>, { page }: GuardedRoute): string =>
  page?.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(c.req.param(name) ?? "")) ?? addressOf(c);

/**
 * Browsers say where a request comes from (Fetch Metadata; Origin, RFC 6454 §7) and pages cannot forge it. Programs
 * say nothing and carry no cookie of a victim. A second wall for sessions, which demand their token besides; the first
 * for public routes: a foreign page must not sign people in.
 */
function isFromOurOwnPage(c: Context<WebEnv>, route: Exclude<Route, KeyRoute>): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  if (origin === undefined) return true;
  // `null` proves nothing: with our own no-referrer policy older browsers send it for a form of ours too (Fetch §3.2),
  // and a foreign page's sandboxed frame sends it always. Nobody is signed in on it; what else is public wants a secret
  // and digits or changes nothing.
  if (origin === "null") return route.demands !== "public" || route.signsIn !== true;
  return URL.canParse(origin) && new URL(origin).host === (c.req.header("host") ?? new URL(c.req.url).host);
}
