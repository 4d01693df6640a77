import type { Context } from "hono";
import type { AgencyId } from "../../core/ids.ts";
import type { Language } from "../language.ts";
import type { Actor, Role, WebEnv } from "../route.ts";

/** What all pages of one service share. Given by the roof. */
export type Site = {
  readonly development: boolean;
  readonly agencyName: (agencyId: AgencyId) => string;
  /** Where each script of ours is, with the mark of its bytes; empty where no page has any. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Address of the service, as in every printed link; null where a door does not know it. */
  readonly address: string | null;
  /** The pages are made in the visitor's own browser: no form of theirs may go anywhere. */
  readonly here?: boolean;
};

/** What the frame of a page is drawn from. */
export type Frame = {
  readonly language: Language;
  /** Path and query of this page without `lang`: the language switch keeps them. */
  readonly address: string;
  readonly development: boolean;
  readonly scripts: Site["scripts"];
  readonly person: Person | null;
  /** For the hidden field of every form of a signed-in person. */
  readonly csrfToken: string | null;
  /** see `Site.address` */
  readonly siteAddress: string | null;
  /** see `Site.here` */
  readonly here: boolean;
};

type Person = { readonly fullName: string; readonly agencyName: string; readonly roles: readonly Role[] };

/** Of a page that anyone may open. */
export const publicFrame = (c: Context<WebEnv>): Frame => frameOf(c, null);

/** The same where a request and its language are all that is known. */
export function strangersFrame(site: Site, language: Language, url: string): Frame {
  const { development, scripts, address, here = false } = site;
  return {
    language,
    address: here ? "/verify/here/" : addressOf(url),
    development,
    scripts,
    siteAddress: address,
    person: null,
    csrfToken: null,
    here,
  };
}

/** Of a page of a signed-in person. @param name of the agency, where no key list has it: a province's own signs nothing */
export function personFrame(c: Context<WebEnv>, actor: Actor, name?: string): Frame {
  const { fullName, agencyId, roles } = actor;
  return frameOf(c, { fullName, agencyName: name ?? c.var.site.agencyName(agencyId), roles });
}

function frameOf(c: Context<WebEnv>, person: Person | null): Frame {
  const [site, language, csrfToken] = [c.get("site"), c.get("language"), c.get("csrfToken")]; // c.var copies them all
  return { ...strangersFrame(site, language, c.req.url), person, csrfToken: person && csrfToken };
}

function addressOf(asked: string): string {
  if (!asked.includes("?")) return asked.slice(asked.indexOf("/", "https://".length)).replace(/^\/+/, "/");
  const url = new URL(asked);
  url.searchParams.delete("lang");
  return `${url.pathname.replace(/^\/+/, "/")}${url.search}`; // `//host/` as a link would lead to that host
}
