import type { Context } from "hono";
import type { Delivered, Delivery, WantedCopies } from "../../usecases/deliver-copy.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Fault } from "../design/error-summary.tsx";
import { publicFrame } from "../design/frame.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { counterOf } from "../handover/counter-cookie.ts";
import type { Counter } from "../handover/world.ts";
import { statusOf, wordsOf } from "../problem.ts";
import { refuse, wantsPage } from "../refusal.tsx";
import { publicPage, publicRoute, type Route, type WebEnv } from "../route.ts";
import { ListPage } from "./list-page.tsx";
import { QrPage, StatePage, speechIn } from "./pages.tsx";
import type { CitizenList, CitizensWorld, CitizenView } from "./world.ts";

type Asked = Context<WebEnv, "/c/:secret">;

/**
 * The citizen's secret link. GET shows the state and changes nothing, since chat previews and mail scanners fetch
 * links; the copy comes only by POST with the last four digits of the identity paper. DESIGN decision 14. Browsers get
 * pages, whole without JavaScript; programs get JSON.
 */
export const citizenRoutes = (world: CitizensWorld): readonly Route[] => [
  publicRoute({ method: "GET", path: "/c/:secret", face: "either", handle: (c) => showState(c, world) }),
  publicRoute({ method: "POST", path: "/c/:secret", face: "either", handle: (c) => deliver(c, world) }),
  publicPage({ method: "GET", path: "/c/:secret/qr", handle: (c) => showQr(c, world) }),
];

const pathOf = (c: Context<WebEnv>): string => `/c/${encodeURIComponent(c.req.param("secret") ?? "")}`;
const keepOutOfIndexes = (c: Context<WebEnv>): void => c.header("x-robots-tag", "noindex");

async function showState(c: Asked, world: CitizensWorld): Promise<Response> {
  keepOutOfIndexes(c);
  const list = await world.papers(c.req.param("secret"));
  if (list !== null) return showList(c, world, list);
  const view = await world.state(c.req.param("secret"));
  if (!view.ok) return refuse(c, view.failure);
  const { status, kind, annulment } = view.value;
  return wantsPage(c)
    ? statePage(c, world, view.value, [])
    : c.json({ status, kind, ...(annulment && { annulled: annulment.kind }) });
}

async function showList(c: Asked, world: CitizensWorld, list: CitizenList): Promise<Response> {
  if (wantsPage(c)) {
    const counter = await counterAt(c, world);
    return c.html(<ListPage frame={publicFrame(c)} path={pathOf(c)} list={list} counter={counter} />);
  }
  const papers = list.papers.map(({ ordinal, status, kind }) => ({ ordinal, status, kind }));
  return c.json({ code: list.code, papers });
}

async function deliver(c: Asked, world: CitizensWorld): Promise<Response> {
  keepOutOfIndexes(c);
  const secret = c.req.param("secret");
  const form = await typedFields(c);
  const digits = (form.get("digits") ?? "").trim();
  const wanted = wantedOf(form.get("copies") ?? "1");
  if (wanted === null) return again(c, world, { code: "malformed_request", field: "copies" });
  if (wantsPage(c) && !/^\d{4}$/.test(digits)) return again(c, world, { code: "malformed_request", field: "digits" });
  const delivered = await world.deliver(secret, digits, wanted);
  if (delivered.ok) return download(c, delivered.value);
  const { failure } = delivered;
  const mendable = ["wrong_digits", "throttled", "malformed_request"].includes(failure.code);
  return wantsPage(c) && mendable ? again(c, world, failure) : refuse(c, failure);
}

/** `7`, `1-250`, or nothing for all of them. */
function wantedOf(typed: string): WantedCopies | null {
  if (typed.trim() === "") return "all";
  const [, from, to] = /^\s*(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?\s*$/.exec(typed) ?? [];
  return from === undefined ? null : { from: Number(from), to: Number(to ?? from) };
}

const fileNames: Readonly<Record<Delivered, string>> = {
  copy: "ban-sao-chung-thuc.pdf",
  notice: "thong-bao-tu-choi.pdf",
  copies: "cac-ban-sao-chung-thuc.zip",
};

function download(c: Asked, delivery: Delivery): Response {
  const headers = { "content-disposition": `attachment; filename="${fileNames[delivery.what]}"` };
  return delivery.what === "copies"
    ? c.body(ReadableStream.from(delivery.archive), 200, { ...headers, "content-type": "application/zip" })
    : c.body(delivery.pdf, 200, { ...headers, "content-type": "application/pdf" });
}

/** The page once more, with what did not fit. The digits are not put back: a borrowed phone must not keep them. */
async function again(c: Asked, world: CitizensWorld, failure: Failure): Promise<Response> {
  const view = await world.state(c.req.param("secret"));
  if (!view.ok) return refuse(c, view.failure);
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  return statePage(c, world, view.value, [faultOf(c, failure)], failure);
}

function faultOf(c: Asked, failure: Failure): Fault {
  const { language } = c.var;
  const { say } = speechIn(language);
  if (failure.code === "malformed_request" && failure.field === "copies") {
    return { field: "copies", says: say("whichCopiesFault") };
  }
  if (failure.code === "malformed_request") return { field: "digits", says: say("digitsFault") };
  const { title, detail } = wordsOf(failure, language);
  return { field: "digits", says: `${title} ${detail}` };
}

async function counterAt(c: Asked, world: CitizensWorld): Promise<Counter | null> {
  const id = counterOf(c);
  return id === null ? null : world.counter(c.req.param("secret"), id);
}

async function statePage(
  c: Asked,
  world: CitizensWorld,
  view: CitizenView,
  faults: readonly Fault[],
  failure?: Failure,
): Promise<Response> {
  const counter = await counterAt(c, world);
  const qr = view.verificationLink === null ? null : world.qrOf(view.verificationLink);
  const page = (
    <StatePage frame={publicFrame(c)} path={pathOf(c)} view={view} qr={qr} counter={counter} faults={faults} />
  );
  return c.html(page, failure === undefined ? 200 : statusOf[failure.code]);
}

async function showQr(c: Context<WebEnv, "/c/:secret/qr">, world: CitizensWorld): Promise<Response> {
  keepOutOfIndexes(c);
  const view = await world.state(c.req.param("secret"));
  if (!view.ok) return refuse(c, view.failure);
  const link = view.value.verificationLink;
  const qr = link === null ? null : world.qrOf(link);
  if (link === null || qr === null) return c.redirect(pathOf(c), 303);
  return c.html(<QrPage frame={publicFrame(c)} path={pathOf(c)} link={link} qr={qr} />);
}
