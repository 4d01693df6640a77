import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { chooseLanguage } from "./language.ts";
import type { WebEnv } from "./route.ts";

/** What is written of a request. No path, query, address, user agent or name: paths carry codes and secrets. */
export type RequestLine = {
  readonly requestId: string;
  readonly method: string;
  /** The pattern that answered, such as `/v/:code`; `unmatched` where none did. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  /** A random id; who it is stands in the database only. */
  readonly personId: string | null;
};

export type RequestLogWorld = {
  /** Fresh and unguessable for every call. */
  readonly newRequestId: () => string;
  /** Never falls; only differences are used. */
  readonly monotonicMs: () => number;
  readonly logRequest: (line: RequestLine) => void;
};

const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"];

/**
 * First of all middleware: gives the request its id and language, and writes one line when the answer's head is
 * ready. An incoming `x-request-id` is not taken over: it could forge lines or carry what must not be logged.
 */
export function requestLog(world: RequestLogWorld): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const startedMs = world.monotonicMs();
    const requestId = world.newRequestId();
    openRequest(c, requestId);
    await next();
    c.res.headers.set("x-request-id", requestId);
    world.logRequest(lineOf(c, world.monotonicMs() - startedMs));
  };
}

function openRequest(c: Context<WebEnv>, requestId: string): void {
  const header = c.req.header("accept-language");
  const cookie = c.req.header("cookie") === undefined ? undefined : getCookie(c, "lang");
  c.set("requestId", requestId);
  c.set("language", chooseLanguage({ query: c.req.query("lang"), cookie, header }));
  c.set("routePattern", "unmatched");
  c.set("personId", null);
}

function lineOf(c: Context<WebEnv>, durationMs: number): RequestLine {
  const [requestId, routePattern, personId] = [c.get("requestId"), c.get("routePattern"), c.get("personId")]; // c.var copies all
  const method = methods.includes(c.req.method) ? c.req.method : "OTHER";
  return { requestId, method, route: routePattern, status: c.res.status, durationMs: Math.round(durationMs), personId };
}
