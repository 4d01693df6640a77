import type { Context } from "hono";
import { z } from "zod";
import { grantBounds, parseGrantId } from "../../core/grant.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { GrantWish } from "../../usecases/grants/make-grant.ts";
import type { Fault } from "../design/error-summary.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../forms/read-form.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { statusOf, wordsOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { GrantsPage, grantsSpeech, ProvePage } from "./citizen-pages.tsx";
import { giveGuestCookie, guestToken, takeGuestCookie } from "./guest-cookie.ts";
import { MadePage } from "./made-page.tsx";
import type { GrantsView, GrantsWorld } from "./world.ts";

type Asked = Context<WebEnv>;
type Answer = Promise<Response>;

/**
 * What a citizen lends out, behind the secret link and the four digits of the identity paper. GET changes nothing; every
 * POST wants the visit that the digits opened, for this very link.
 */
export const grantRoutes = (world: GrantsWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/c/:secret/links", handle: (c) => showGrants(c, world) }),
  publicPage({ method: "POST", path: "/c/:secret/links", handle: (c) => make(c, world) }),
  publicPage({ method: "POST", path: "/c/:secret/links/prove", handle: (c) => prove(c, world) }),
  publicPage({ method: "POST", path: "/c/:secret/links/leave", handle: (c) => leave(c, world) }),
  publicPage({ method: "POST", path: "/c/:secret/links/:grant/revoke", handle: (c) => revoke(c, world) }),
  publicPage({ method: "POST", path: "/c/:secret/links/:grant/confirm", handle: (c) => confirm(c, world) }),
];

const secretOf = (c: Asked): string => c.req.param("secret") ?? "";
const tokenOf = (c: Asked): string | null => guestToken(c, "citizen");
const pathOf = (c: Asked): string => `/c/${encodeURIComponent(secretOf(c))}`;

/** Of a form that was refused: the address of its page, which the language switch may lead to. */
const frameOf = (c: Asked): Frame => ({ ...publicFrame(c), address: `${pathOf(c)}/links` });
const backToList = (c: Asked, done = ""): Response => c.redirect(`${pathOf(c)}/links${done}`, 303);

const doneWords = { revoked: "revokedNow", confirmed: "confirmedNow" } as const;

async function showGrants(c: Asked, world: GrantsWorld): Answer {
  const view = await world.view(secretOf(c), tokenOf(c));
  if (view.ok) return listPage(c, world, view.value, {});
  if (view.failure.code !== "not_proven") return refuse(c, view.failure);
  return c.html(<ProvePage frame={frameOf(c)} path={pathOf(c)} faults={[]} />);
}

type Again = { readonly typed?: Typed; readonly faults?: readonly Fault[]; readonly failure?: Failure };

function listPage(c: Asked, world: GrantsWorld, view: GrantsView, { typed = {}, faults = [], failure }: Again) {
  const asked = c.req.query("done");
  const page = (
    <GrantsPage
      frame={frameOf(c)}
      path={pathOf(c)}
      view={view}
      typed={typed}
      faults={faults}
      newId={world.newGrantId()}
      done={asked === "revoked" || asked === "confirmed" ? doneWords[asked] : null}
    />
  );
  return c.html(page, failure === undefined ? 200 : statusOf[failure.code]);
}

async function prove(c: Asked, world: GrantsWorld): Answer {
  const digits = ((await typedFields(c)).get("digits") ?? "").trim();
  const isFormed = /^\d{4}$/.test(digits);
  const visit = isFormed ? await world.prove(secretOf(c), digits) : null;
  if (visit?.ok) {
    giveGuestCookie(c, "citizen", visit.value.token);
    return backToList(c);
  }
  const failure: Failure = visit === null ? { code: "malformed_request", field: "digits" } : visit.failure;
  if (failure.code === "link_unknown") return refuse(c, failure);
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const says = isFormed ? textOf(c, failure) : grantsSpeech(c.var.language).say("digitsFault");
  const page = <ProvePage frame={frameOf(c)} path={pathOf(c)} faults={[{ field: "digits", says }]} />;
  return c.html(page, statusOf[failure.code]);
}

function textOf(c: Asked, failure: Failure): string {
  const { title, detail } = wordsOf(failure, c.var.language);
  return `${title} ${detail}`;
}

const Shape = z.object({
  id: z.string().max(36),
  recipient: z.string().max(36),
  otherName: z.string().max(grantBounds.mostLetters).nullable().default(null),
  procedure: z.string().min(2).max(grantBounds.mostLetters),
  given: z.enum(["all", "some"]).default("all"),
  pages: z.string().max(100).nullable().default(null),
  days: z.coerce.number().int().min(1).max(grantBounds.mostDays),
  uses: z.coerce.number().int().min(1).max(grantBounds.mostUses),
});

async function make(c: Asked, world: GrantsWorld): Answer {
  const view = await world.view(secretOf(c), tokenOf(c));
  if (!view.ok) return view.failure.code === "not_proven" ? backToList(c) : refuse(c, view.failure);
  const form = await readForm(c, Shape);
  if (!form.ok) {
    const faults = faultsInWords(form.faults, labelsOf(c), c.var.language, ownFaults(c, view.value));
    return listPage(c, world, view.value, { ...form, faults, failure: { code: "malformed_request" } });
  }
  const wish = wishOf(form.value);
  const made = wish === null ? null : await world.make(secretOf(c), tokenOf(c), wish);
  if (made?.ok) {
    const { grant, link } = made.value;
    return c.html(<MadePage frame={frameOf(c)} path={pathOf(c)} grant={grant} link={link} qr={world.qrOf(link)} />);
  }
  const failure: Failure = made === null ? { code: "malformed_request" } : made.failure;
  const faults = [faultOf(c, view.value, failure)];
  return listPage(c, world, view.value, { typed: form.typed, faults, failure });
}

function wishOf({ id, recipient, otherName, given, pages, ...rest }: z.infer<typeof Shape>): GrantWish | null {
  const grantId = parseGrantId(id);
  if (!grantId.ok) return null;
  const isOther = recipient === "other";
  return {
    ...rest,
    id: grantId.value,
    recipientId: isOther ? null : recipient,
    recipientName: isOther ? otherName : null,
    pages: given === "some" ? (pages ?? "") : null,
  };
}

const labelsOf = (c: Asked) => {
  const { say } = grantsSpeech(c.var.language);
  return {
    recipient: say("recipient"),
    otherName: say("otherName"),
    procedure: say("procedure"),
    pages: say("pages"),
    days: say("days"),
    uses: say("uses"),
  };
};

function ownFaults(c: Asked, { pages }: GrantsView): Readonly<Record<string, string>> {
  const { say } = grantsSpeech(c.var.language);
  return {
    recipient: say("recipientFault"),
    procedure: say("procedureFault"),
    pages: say("pagesFault", { pages }),
    days: say("daysFault"),
    uses: say("usesFault"),
  };
}

function faultOf(c: Asked, view: GrantsView, failure: Failure): Fault {
  const field = failure.code === "malformed_request" ? failure.field : undefined;
  const own = field === undefined ? undefined : ownFaults(c, view)[field];
  return field === undefined || own === undefined
    ? { field: "recipient", says: textOf(c, failure) }
    : { field, says: own };
}

async function revoke(c: Asked, world: GrantsWorld): Answer {
  const revoked = await world.revoke(secretOf(c), tokenOf(c), c.req.param("grant") ?? "");
  if (revoked.ok) return backToList(c, "?done=revoked");
  return revoked.failure.code === "not_proven" ? backToList(c) : refuse(c, revoked.failure);
}

async function confirm(c: Asked, world: GrantsWorld): Answer {
  const grantId = c.req.param("grant") ?? "";
  const field = `number-${grantId}`;
  const number = ((await typedFields(c)).get(field) ?? "").trim();
  const confirmed = await world.confirm(secretOf(c), tokenOf(c), grantId, number);
  if (confirmed.ok) return backToList(c, "?done=confirmed");
  const { failure } = confirmed;
  if (failure.code === "not_proven") return backToList(c);
  const view = await world.view(secretOf(c), tokenOf(c));
  const isMendable = failure.code === "wrong_number" || failure.code === "throttled";
  if (!view.ok || !isMendable) return refuse(c, failure);
  const isFormed = /^\d{4}$/.test(number);
  const says = isFormed ? textOf(c, failure) : grantsSpeech(c.var.language).say("numberFault");
  return listPage(c, world, view.value, { faults: [{ field, says }], failure });
}

async function leave(c: Asked, world: GrantsWorld): Answer {
  const token = tokenOf(c);
  if (token !== null) await world.leave(token);
  takeGuestCookie(c, "citizen");
  return c.redirect(pathOf(c), 303);
}
