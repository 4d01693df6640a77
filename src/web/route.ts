import type { Context } from "hono";
import type { AgencyId, PersonId } from "../core/ids.ts";
import type { KeyScope } from "../core/recipients.ts";
import type { Caller } from "../usecases/recipients/admit-key.ts";
import type { Site } from "./design/frame.ts";
import type { Part } from "./forms/part.ts";
import type { Language } from "./language.ts";
import type { ShortWay } from "./short-way.ts";

/** What a person may be entrusted with; the database refuses other words. */
export const roles = ["receiver", "comparer", "signer", "clerk", "administrator", "province"] as const;

export type Role = (typeof roles)[number];

/** Who asks. Read anew for every request, so that a role taken away is gone at once. */
export type Actor = {
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  readonly userName: string;
  readonly fullName: string;
  readonly roles: readonly Role[];
};

/**
 * What a route demands: nothing, a signed-in person, or a signed-in person with at least one of the roles.
 * Whether the object asked for belongs to the actor's agency is the use case's question.
 */
export type Demand = "public" | "session" | readonly [Role, ...Role[]];

/** The same for a recipient's program: a key that lives, or one with that scope too. */
export type KeyDemand = "key" | `key:${KeyScope}`;

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What every request carries on its way; `routePattern` never holds what the caller wrote. */
export type WebEnv = {
  Variables: {
    requestId: string;
    language: Language;
    routePattern: string;
    personId: string | null;
    site: Site;
    face: Face;
    /** Who asks, once a guarded route knows: failures are told within the person's own pages. */
    actor: Actor | null;
    /** Of the session of who asks; null where nobody is signed in. */
    csrfToken: string | null;
    /** What is left of a multipart form once the guard has read the token that leads it. */
    parts: AsyncGenerator<Part> | null;
    /** The token agent at the person's own computer, where this page talks to it; nothing else is ever reached. */
    agentAddress: string | null;
  };
};

/**
 * How failures are told: to a program as problem+json, to a person as a page, or as the Accept header asks.
 * Of a page the guard also sends people to sign in, and takes the token from the form's field `csrf`.
 */
export type Face = "program" | "page" | "either";

type Answer = Response | Promise<Response>;

/** Who asks, as far as the line and its head tell: a `Context` is one. */
export type Asker = {
  /** the runtime's own, such as the sockets of Node's server */
  readonly env: unknown;
  readonly req: { readonly method: string; readonly header: (name: string) => string | undefined };
};

type RouteBase = {
  readonly method: Method;
  /** Hono pattern, such as `/api/dossiers/:id`. */
  readonly path: string;
  /** Most bytes of request body; `defaultBodyLimitBytes` where not said. */
  readonly bodyLimitBytes?: number;
  /** `program` where not said. */
  readonly face?: Face;
  /** Of a POST: the page to go back to after signing in again, such as `/dossiers/:id`; its own path where not said. */
  readonly page?: string;
};

export type PublicRoute<Path extends string = string> = RouteBase & {
  readonly path: Path;
  /** Opens a session: only for a request whose origin is ours or that tells of no page at all. */
  readonly signsIn?: boolean;
  readonly demands: "public";
  readonly handle: (c: Context<WebEnv, Path>) => Answer;
  /** The usual answer of a line that thousands ask for, made without the layers: see short-way.ts. */
  readonly shortly?: ShortWay | undefined;
};

export type GuardedRoute<Path extends string = string> = RouteBase & {
  readonly path: Path;
  readonly demands: Exclude<Demand, "public">;
  /** Called only after the demand is met; `actor` is who met it. */
  readonly handle: (c: Context<WebEnv, Path>, actor: Actor) => Answer;
};

export type KeyRoute<Path extends string = string> = RouteBase & {
  readonly path: Path;
  readonly demands: KeyDemand;
  /** Called only with a key that lives and has the scope. Whether the object is the caller's is the use case's question. */
  readonly handle: (c: Context<WebEnv, Path>, caller: Caller) => Answer;
};

/** One line of the table that the application is built from. Nothing is mounted but by such a line. */
export type Route = PublicRoute | GuardedRoute | KeyRoute;

export const isKeyRoute = (route: Route): route is KeyRoute =>
  typeof route.demands === "string" && /^key(:|$)/.test(route.demands);

/** A route anyone may ask for. `c.req.param` knows the names in `path`. */
export const publicRoute = <const Path extends string>(line: Omit<PublicRoute<Path>, "demands">): Route =>
  ({ ...line, demands: "public" }) as PublicRoute;

/** A route for signed-in people. `c.req.param` knows the names in `path`. */
export const guardedRoute = <const Path extends string>(line: GuardedRoute<Path>): Route => line as GuardedRoute;

/** A route for recipients' programs. `c.req.param` knows the names in `path`. */
export const keyRoute = <const Path extends string>(line: KeyRoute<Path>): Route => line as KeyRoute;

/** The first two for pages: failures are told as pages, and forms carry their token. */
export const publicPage = <const Path extends string>(line: Omit<PublicRoute<Path>, "demands" | "face">): Route =>
  publicRoute({ ...line, face: "page" } as Omit<PublicRoute<Path>, "demands">);

export const guardedPage = <const Path extends string>(line: Omit<GuardedRoute<Path>, "face">): Route =>
  guardedRoute({ ...line, face: "page" } as GuardedRoute<Path>);

/** `POST /api/session public`, sorted: the whole of what the service answers, for the test that holds it. */
export function listRoutes(routes: readonly Route[]): readonly string[] {
  return routes.map((line) => `${line.method} ${line.path} ${demandText(line.demands)}`).sort();
}

const demandText = (demand: Demand | KeyDemand): string => (typeof demand === "string" ? demand : demand.join("|"));
