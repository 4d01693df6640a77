import type { Hono } from "hono";
import type { Bytes } from "../core/kernel.ts";
import { type Frame, type Site, strangersFrame } from "./design/frame.ts";
import { chooseLanguage } from "./language.ts";
import type { RequestLogWorld } from "./request-log.ts";
import type { Asker, Route, WebEnv } from "./route.ts";
import { strangersHeaders } from "./security-headers.ts";

/** A request by GET for one word in the last place of the path, that asks for nothing else and brings no cookie. */
export type ShortlyAsked = Asker & {
  /** that word: letters, digits, hyphens */
  readonly typed: string;
  readonly frame: Frame;
};

/**
 * The answer of 200 with the lines of its head that are its own. Null: something else is to be told, nothing was counted, and
 * the usual way is gone from its start.
 */
export type ShortWay = (
  asked: ShortlyAsked,
) => Promise<{ readonly body: Bytes; readonly head: Readonly<Record<string, string>> } | null>;

export type ShortWayWorld = {
  readonly site: Site;
  readonly https: boolean;
  readonly sha256: (bytes: Bytes) => Bytes;
  /** Where a line is written of each request; null at a door that writes none. */
  readonly told: RequestLogWorld | null;
};

type Fetch = Hono<WebEnv>["fetch"];
type Line = {
  readonly path: string;
  readonly before: string;
  readonly answer: ShortWay;
  readonly headOf: (own: Head) => Head;
};

/**
 * The page behind a printed code without the layers that all other answers go through: thousands ask for it
 * at once (ADR 0104). What the layers would have put into the answer stands in it, byte for byte; a
 * request with anything more than a code (a query, a cookie, a body, another method) and every other answer goes `usual`.
 *
 * @param routes the one table: what it says of `shortly`
 */
export function shortWay(routes: readonly Route[], world: ShortWayWorld, usual: Fetch): Fetch {
  const headOf = withCommonLines(strangersHeaders(world.https, world.sha256));
  const [line, ...others] = routes.flatMap((route) => linesOf(route, headOf));
  if (line === undefined) return usual;
  if (others.length > 0) throw new Error("the short way leads to one line of the table");
  return (request, env, context) => {
    const typed = request.method === "GET" ? typedAt(request.url, line.before) : null;
    if (typed === null || bringsMore(request.headers)) return usual(request, env, context);
    return answered(askedBy(request, typed, env, world.site), line, world.told).then(
      (answer) => answer ?? usual(request, env, context),
      () => usual(request, env, context), // it meets the same failure, and tells it
    );
  };
}

function linesOf(route: Route, headOf: Line["headOf"]): readonly Line[] {
  if (route.demands !== "public" || !("shortly" in route) || route.shortly === undefined) return [];
  const before = /^(\/[a-z]+\/):[a-z]+$/.exec(route.path)?.[1];
  if (before === undefined || route.method !== "GET") throw new Error("a short way ends in one word");
  return [{ path: route.path, before, answer: route.shortly, headOf }];
}

function typedAt(url: string, before: string): string | null {
  const at = url.indexOf("/", "https://".length);
  if (!url.startsWith(before, at)) return null;
  const typed = url.slice(at + before.length);
  return /^[0-9A-Za-z-]{1,64}$/.test(typed) ? typed : null;
}

const bringsMore = (headers: Headers): boolean =>
  headers.has("cookie") || headers.has("content-length") || headers.has("transfer-encoding");

function askedBy(request: Request, typed: string, env: unknown, site: Site): ShortlyAsked {
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const language = chooseLanguage({ query: undefined, cookie: undefined, header: header("accept-language") });
  return { env, req: { method: "GET", header }, typed, frame: strangersFrame(site, language, request.url) };
}

type Head = Readonly<Record<string, string>>;

/** The same lines for every page of one kind: put together anew for each they cost more than sending them. */
function withCommonLines(common: Head): (own: Head) => Head {
  const known = new WeakMap<Head, Head>();
  return (own) => {
    const head = known.get(own) ?? { ...own, ...common };
    known.set(own, head);
    return head;
  };
}

async function answered(
  asked: ShortlyAsked,
  { path, answer, headOf }: Line,
  told: RequestLogWorld | null,
): Promise<Response | null> {
  const startedMs = told?.monotonicMs() ?? 0;
  const page = await answer(asked);
  if (page === null) return null;
  const headers = headOf(page.head);
  if (told === null) return new Response(page.body, { headers });
  const requestId = told.newRequestId();
  const durationMs = Math.round(told.monotonicMs() - startedMs);
  told.logRequest({ requestId, method: "GET", route: path, status: 200, durationMs, personId: null });
  return new Response(page.body, { headers: { ...headers, "x-request-id": requestId } });
}
