import type { Context } from "hono";
import { dataWishes } from "../../core/terms.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Fault } from "../design/error-summary.tsx";
import { publicFrame } from "../design/frame.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { giveGuestCookie, guestToken } from "../grants/guest-cookie.ts";
import type { Visit } from "../grants/world.ts";
import { statusOf, wordsOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { dataSpeech } from "./access-list.tsx";
import { DataPage, looking } from "./data-page.tsx";
import type { OwnDataWorld } from "./data-world.ts";

type Asked = Context<WebEnv, "/c/:secret/data">;

/**
 * The holder's own data behind the secret link: GET shows and changes nothing; asking wants the four digits, and so do the
 * names of who opened the copy and the words of requests. DATA-1, DATA-2.
 */
export const ownDataRoutes = (world: OwnDataWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/c/:secret/data", handle: (c) => show(c, world, { faults: [], status: 200 }) }),
  publicPage({ method: "POST", path: "/c/:secret/data", handle: (c) => ask(c, world) }),
];

type Typed = { readonly wish?: string | undefined; readonly says?: string | undefined };
type Shown = { readonly faults: readonly Fault[]; readonly status: number; readonly typed?: Typed };

async function show(c: Asked, world: OwnDataWorld, { faults, status, typed = {} }: Shown): Promise<Response> {
  c.header("x-robots-tag", "noindex");
  const secret = c.req.param("secret");
  const view = await world.view(secret, guestToken(c, "citizen"));
  if (!view.ok) return refuse(c, view.failure);
  const path = `/c/${encodeURIComponent(secret)}`;
  const frame = { ...publicFrame(c), address: `${path}/data` };
  return c.html(<DataPage frame={frame} path={path} view={view.value} typed={typed} faults={faults} />, status as 200);
}

async function ask(c: Asked, world: OwnDataWorld): Promise<Response> {
  const { say } = dataSpeech(c.var.language);
  const form = await typedFields(c);
  const digits = (form.get("digits") ?? "").trim();
  const wish = [...dataWishes, looking].find((known) => known === form.get("wish"));
  const says = form.get("says") ?? "";
  const typed = { wish, says };
  const again = (field: string, word: string) =>
    show(c, world, { faults: [{ field, says: word }], status: 400, typed });
  if (wish === undefined) return again("wish", say("wishFault"));
  if (!/^\d{4}$/.test(digits)) return again("digits", say("digitsFault"));
  if (wish === looking) return look(c, world, typed, digits);
  const asked = await world.ask(c.req.param("secret"), { digits, wish, says });
  if (!asked.ok && asked.failure.code === "malformed_request") return again("says", say("saysFault"));
  if (!asked.ok) return told(c, world, typed, asked.failure);
  if (wish !== "export") return shownWhole(c, await world.begin(c.req.param("secret"), asked.value));
  return c.body(await world.archive(asked.value), 200, {
    "content-type": "application/zip",
    "content-disposition": 'attachment; filename="du-lieu-cua-ban.zip"',
    "x-robots-tag": "noindex",
  });
}

async function look(c: Asked, world: OwnDataWorld, typed: Typed, digits: string): Promise<Response> {
  const visit = await world.prove(c.req.param("secret"), digits);
  return visit.ok ? shownWhole(c, visit.value) : told(c, world, typed, visit.failure);
}

/** Back to the page, with the visit that the digits opened. */
function shownWhole(c: Asked, { token }: Visit): Response {
  giveGuestCookie(c, "citizen", token);
  return c.redirect(`/c/${encodeURIComponent(c.req.param("secret"))}/data`, 303);
}

function told(c: Asked, world: OwnDataWorld, typed: Typed, failure: Failure): Response | Promise<Response> {
  if (failure.code !== "wrong_digits" && failure.code !== "throttled") return refuse(c, failure);
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const { title, detail } = wordsOf(failure, c.var.language);
  const fault = { field: "digits", says: `${title} ${detail}` };
  return show(c, world, { faults: [fault], status: statusOf[failure.code], typed });
}
