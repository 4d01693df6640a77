import type { Context } from "hono";
import { personFrame } from "../../design/frame.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { feedOf } from "./feed.ts";
import { InYourNamePage } from "./page.tsx";
import { entriesAtOnce, type InYourNameWorld, type Scope } from "./world.ts";

const demands = ["signer", "clerk", "administrator"] as const;

/**
 * `/in-your-name`: what the public log says was issued under one's own signature, or under the agency's seal, so that a
 * stolen key is noticed by whom it belongs to. The log itself names no officer; who signed is the register's knowledge.
 */
export const inYourNamePages = (world: InYourNameWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/in-your-name",
    demands,
    handle: async (c, person) => {
      const told = await toldTo(c, person, world);
      return c.html(<InYourNamePage frame={personFrame(c, person)} {...told} scopes={scopesOf(person)} />);
    },
  }),
  guardedPage({
    method: "GET",
    path: "/in-your-name.json",
    demands,
    handle: async (c, person) => {
      const feed = feedOf(await toldTo(c, person, world), world.publicUrl, c.var.language);
      return c.body(JSON.stringify(feed), 200, { "content-type": "application/feed+json; charset=utf-8" });
    },
  }),
];

async function toldTo(c: Context<WebEnv>, person: Actor, world: InYourNameWorld) {
  const scope = scopeAsked(c.req.query("of"), scopesOf(person));
  const asked = c.req.query("before") ?? "";
  const before = /^[0-9]{1,15}$/.test(asked) ? Number(asked) : null;
  const entries = await world.sealed(person, scope, before);
  const last = entries.length === entriesAtOnce ? entries.at(-1) : undefined;
  return { scope, entries, older: last?.index ?? null, strange: await world.strange(person) };
}

/** Whoever signs sees their own; the agency's is for who holds its seal and who answers for its keys. */
function scopesOf({ roles }: Actor): readonly Scope[] {
  const ofAgency = roles.includes("clerk") || roles.includes("administrator");
  return [...(roles.includes("signer") ? ["mine" as const] : []), ...(ofAgency ? ["agency" as const] : [])];
}

const scopeAsked = (asked: string | undefined, allowed: readonly Scope[]): Scope =>
  allowed.find((scope) => scope === asked) ?? allowed[0] ?? "mine";
