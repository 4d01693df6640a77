import type { Context } from "hono";
import type { Bytes, Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Fault } from "../design/error-summary.tsx";
import { publicFrame } from "../design/frame.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { mediaTypeOfPage } from "../officials/answers.ts";
import { statusOf, wordsOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { giveGuestCookie, guestToken } from "./guest-cookie.ts";
import { OpeningPage } from "./opening-page.tsx";
import { LinkPage, receiversSpeech } from "./receiver-pages.tsx";
import type { ReceiversWorld } from "./receiver-world.ts";
import type { Visit } from "./world.ts";

type Asked = Context<WebEnv>;
type Answer = Promise<Response>;

/**
 * The receiver's side of a grant. GET shows state and changes nothing, since chat previews fetch links; what was sent
 * comes only to a browser that proved who sits there, whoever else was forwarded the link.
 */
export const receiverRoutes = (world: ReceiversWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/g/:secret", handle: (c) => showLink(c, world, {}) }),
  publicPage({ method: "POST", path: "/g/:secret/code", handle: (c) => sendCode(c, world) }),
  publicPage({ method: "POST", path: "/g/:secret/proof", handle: (c) => prove(c, world) }),
  publicPage({ method: "POST", path: "/g/:secret/counter", handle: (c) => ask(c, world) }),
  publicPage({ method: "POST", path: "/g/:secret/open", handle: (c) => open(c, world) }),
  publicPage({ method: "GET", path: "/openings/:id", handle: (c) => showOpening(c, world) }),
  publicPage({ method: "GET", path: "/openings/:id/copy.pdf", handle: (c) => giveCopy(c, world) }),
  publicPage({ method: "GET", path: "/openings/:id/pages/:page", handle: (c) => givePage(c, world) }),
  publicPage({ method: "GET", path: "/openings/:id/receipt.pdf", handle: (c) => giveReceipt(c, world, "pdf") }),
  publicPage({ method: "GET", path: "/openings/:id/receipt.json", handle: (c) => giveReceipt(c, world, "json") }),
];

const secretOf = (c: Asked): string => c.req.param("secret") ?? "";
const idOf = (c: Asked): string => c.req.param("id") ?? "";
const tokenOf = (c: Asked): string | null => guestToken(c, "receiver");
const pathOf = (c: Asked): string => `/g/${encodeURIComponent(secretOf(c))}`;
const keepOutOfIndexes = (c: Asked): void => c.header("x-robots-tag", "noindex");

/** A link that nobody made is counted against who tries it; one that is over is not. */
async function counted<T>(
  c: Asked,
  world: ReceiversWorld,
  act: () => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const guesses = world.guesses(c);
  const seconds = guesses.refusedForSeconds();
  if (seconds !== null) return { ok: false, failure: { code: "throttled", retryAfterSeconds: seconds } };
  const answer = await act();
  if (!answer.ok && answer.failure.code === "grant_unknown") guesses.missed();
  return answer;
}

type Again = { readonly challenge?: string; readonly failure?: Failure; readonly faults?: readonly Fault[] };

async function showLink(c: Asked, world: ReceiversWorld, { challenge, failure, faults = [] }: Again): Answer {
  keepOutOfIndexes(c);
  const view = await counted(c, world, () => world.look(secretOf(c), tokenOf(c)));
  if (!view.ok) return refuse(c, view.failure);
  const page = (
    <LinkPage
      frame={{ ...publicFrame(c), address: pathOf(c) }}
      path={pathOf(c)}
      view={view.value}
      challenge={challenge ?? null}
      outboxFolder={world.outboxFolder}
      faults={faults}
    />
  );
  return c.html(page, failure === undefined ? 200 : statusOf[failure.code]);
}

async function sendCode(c: Asked, world: ReceiversWorld): Answer {
  const sent = await counted(c, world, () => world.sendCode(c, secretOf(c)));
  return sent.ok ? showLink(c, world, sent.value) : refuse(c, sent.failure);
}

async function prove(c: Asked, world: ReceiversWorld): Answer {
  const fields = await typedFields(c);
  const [challenge, code] = [fields.get("challenge") ?? "", (fields.get("code") ?? "").replace(/\s/g, "")];
  const isFormed = /^\d{6}$/.test(code);
  const failure: Failure = { code: "malformed_request", field: "code" };
  const visit: Result<Visit, Failure> = isFormed ? await world.proveByCode(challenge, code) : { ok: false, failure };
  if (visit.ok) return begin(c, visit.value);
  const { title, detail } = wordsOf(visit.failure, c.var.language);
  const says = isFormed ? `${title} ${detail}` : receiversSpeech(c.var.language).say("codeFault");
  const isMendable = visit.failure.code === "wrong_code" || !isFormed;
  return showLink(c, world, {
    ...(isMendable && { challenge }),
    failure: visit.failure,
    faults: [{ field: isMendable ? "code" : null, says }],
  });
}

async function ask(c: Asked, world: ReceiversWorld): Answer {
  const visit = await counted(c, world, () => world.askAtCounter(c, secretOf(c)));
  return visit.ok ? begin(c, visit.value) : refuse(c, visit.failure);
}

function begin(c: Asked, { token }: Visit): Response {
  giveGuestCookie(c, "receiver", token);
  return c.redirect(pathOf(c), 303);
}

async function open(c: Asked, world: ReceiversWorld): Answer {
  const opened = await counted(c, world, () => world.open(secretOf(c), tokenOf(c)));
  if (opened.ok) return c.redirect(`/openings/${opened.value.id}`, 303);
  return opened.failure.code === "not_proven" ? c.redirect(pathOf(c), 303) : refuse(c, opened.failure);
}

async function showOpening(c: Asked, world: ReceiversWorld): Answer {
  keepOutOfIndexes(c);
  const view = await world.opening(idOf(c), tokenOf(c));
  return view.ok ? c.html(<OpeningPage frame={publicFrame(c)} view={view.value} />) : refuse(c, view.failure);
}

const file = (c: Asked, content: Bytes, type: string, name: string): Response =>
  c.body(content, 200, { "content-type": type, "content-disposition": `attachment; filename="${name}"` });

async function giveCopy(c: Asked, world: ReceiversWorld): Answer {
  const copy = await world.copyOf(idOf(c), tokenOf(c));
  return copy.ok ? file(c, copy.value, "application/pdf", "ban-sao-chung-thuc.pdf") : refuse(c, copy.failure);
}

async function givePage(c: Asked, world: ReceiversWorld): Answer {
  const number = c.req.param("page") ?? "";
  const page = await world.pageOf(idOf(c), /^\d{1,4}$/.test(number) ? Number(number) : 0, tokenOf(c));
  if (!page.ok) return refuse(c, page.failure);
  return c.body(page.value, 200, { "content-type": mediaTypeOfPage(page.value) });
}

const types = { pdf: "application/pdf", json: "application/jose+json" } as const;

async function giveReceipt(c: Asked, world: ReceiversWorld, as: "pdf" | "json"): Answer {
  const receipt = await world.receiptOf(c, idOf(c), tokenOf(c), as, c.var.language);
  const name = `bien-nhan-${idOf(c).slice(0, 8)}.${as}`;
  return receipt.ok ? file(c, receipt.value, types[as], name) : refuse(c, receipt.failure);
}
