import type { Context } from "hono";
import type { Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Fault } from "../design/error-summary.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { giveGuestCookie, guestToken, takeGuestCookie } from "../grants/guest-cookie.ts";
import { receiversSpeech } from "../grants/receiver-pages.tsx";
import type { Visit } from "../grants/world.ts";
import { statusOf, wordsOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { DoorPage, HandoverPage, InboxPage } from "./pages.tsx";
import type { InboxWorld } from "./world.ts";

type Asked = Context<WebEnv>;
type Answer = Promise<Response>;

/** An office without programs of its own: a door that a code opens, and behind it only what is this office's. */
export const inboxRoutes = (world: InboxWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/inbox/:recipient", handle: (c) => showInbox(c, world) }),
  publicPage({ method: "POST", path: "/inbox/:recipient/code", handle: (c) => sendCode(c, world) }),
  publicPage({ method: "POST", path: "/inbox/:recipient/proof", handle: (c) => prove(c, world) }),
  publicPage({ method: "POST", path: "/inbox/:recipient/leave", handle: (c) => leave(c, world) }),
  publicPage({ method: "GET", path: "/inbox/:recipient/:handover", handle: (c) => showHandover(c, world) }),
  publicPage({ method: "POST", path: "/inbox/:recipient/:handover/open/:grant", handle: (c) => open(c, world) }),
];

export const recipientOf = (c: Asked): string => c.req.param("recipient") ?? "";
export const handoverOf = (c: Asked): string => c.req.param("handover") ?? "";
export const tokenOf = (c: Asked): string | null => guestToken(c, "receiver");
export const inboxPath = (c: Asked): string => `/inbox/${encodeURIComponent(recipientOf(c))}`;
const frameOf = (c: Asked, address = inboxPath(c)): Frame => ({ ...publicFrame(c), address });

async function showInbox(c: Asked, world: InboxWorld): Answer {
  c.header("x-robots-tag", "noindex");
  const office = await world.office(recipientOf(c));
  if (office === null) return refuse(c, { code: "not_found" });
  const view = await world.view(recipientOf(c), tokenOf(c));
  if (!view.ok) return showDoor(c, world, {});
  return c.html(<InboxPage frame={frameOf(c)} path={inboxPath(c)} name={office.name} view={view.value} />);
}

type Again = { readonly challenge?: string; readonly failure?: Failure; readonly faults?: readonly Fault[] };

async function showDoor(c: Asked, world: InboxWorld, { challenge, failure, faults = [] }: Again): Answer {
  const office = await world.office(recipientOf(c));
  if (office === null) return refuse(c, { code: "not_found" });
  const page = (
    <DoorPage
      frame={frameOf(c)}
      path={inboxPath(c)}
      name={office.name}
      canMail={world.canMail}
      challenge={challenge ?? null}
      outboxFolder={world.outboxFolder}
      faults={faults}
    />
  );
  return c.html(page, failure === undefined ? 200 : statusOf[failure.code]);
}

async function sendCode(c: Asked, world: InboxWorld): Answer {
  const sent = await world.sendCode(c, recipientOf(c));
  return sent.ok ? showDoor(c, world, sent.value) : refuse(c, sent.failure);
}

async function prove(c: Asked, world: InboxWorld): Answer {
  const fields = await typedFields(c);
  const [challenge, code] = [fields.get("challenge") ?? "", (fields.get("code") ?? "").replace(/\s/g, "")];
  const isFormed = /^\d{6}$/.test(code);
  const malformed: Failure = { code: "malformed_request", field: "code" };
  const visit: Result<Visit, Failure> = isFormed
    ? await world.proveByCode(challenge, code)
    : { ok: false, failure: malformed };
  if (visit.ok) {
    giveGuestCookie(c, "receiver", visit.value.token);
    return c.redirect(inboxPath(c), 303);
  }
  const { failure } = visit;
  const { title, detail } = wordsOf(failure, c.var.language);
  const isMendable = failure.code === "wrong_code" || !isFormed;
  const says = isFormed ? `${title} ${detail}` : receiversSpeech(c.var.language).say("codeFault");
  const faults = [{ field: isMendable ? "code" : null, says }];
  return showDoor(c, world, { failure, faults, ...(isMendable && { challenge }) });
}

async function leave(c: Asked, world: InboxWorld): Answer {
  const token = tokenOf(c);
  if (token !== null) await world.leave(token);
  takeGuestCookie(c, "receiver");
  return c.redirect(inboxPath(c), 303);
}

async function showHandover(c: Asked, world: InboxWorld): Answer {
  c.header("x-robots-tag", "noindex");
  return handoverPage(c, world, []);
}

/** One dossier; who has not proven to be its recipient is sent to the door. */
export async function handoverPage(c: Asked, world: InboxWorld, faults: readonly Fault[]): Answer {
  const view = await world.handover(recipientOf(c), tokenOf(c), handoverOf(c));
  if (!view.ok) return elsewhere(c, view.failure);
  const frame = frameOf(c, `${inboxPath(c)}/${view.value.id}`);
  const page = <HandoverPage frame={frame} path={inboxPath(c)} view={view.value} faults={faults} />;
  return c.html(page, faults.length === 0 ? 200 : 400);
}

export const elsewhere = (c: Asked, failure: Failure): Response | Promise<Response> =>
  failure.code === "not_proven" ? c.redirect(inboxPath(c), 303) : refuse(c, failure);

async function open(c: Asked, world: InboxWorld): Answer {
  const at = { handoverId: handoverOf(c), grantId: c.req.param("grant") ?? "" };
  const opened = await world.open(recipientOf(c), tokenOf(c), at);
  return opened.ok ? c.redirect(`/openings/${opened.value.id}`, 303) : elsewhere(c, opened.failure);
}
