import type { Context } from "hono";
import type { Failure } from "../../usecases/failure.ts";
import type { Fault } from "../design/error-summary.tsx";
import { type Frame, publicFrame } from "../design/frame.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { giveGuestCookie, guestToken } from "../grants/guest-cookie.ts";
import type { Language } from "../language.ts";
import { statusOf, wordsOf } from "../problem.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { rememberCounter } from "./counter-cookie.ts";
import { ChoosePage, DonePage, handoverSpeech, LinksPage } from "./pages.tsx";
import type { HandCopy, HandoverWorld } from "./world.ts";

type Asked = Context<WebEnv>;
type Answer = Promise<Response>;
type Office = { readonly name: string };

/** Where a counter's poster leads. The address is the same for all the world; what is handed over wants links and digits. */
export const handoverRoutes = (world: HandoverWorld): readonly Route[] => [
  publicPage({ method: "GET", path: "/h/:recipient", handle: (c) => atOffice(c, world, () => atPoster(c, world)) }),
  publicPage({
    method: "POST",
    path: "/h/:recipient/copies",
    handle: (c) => atOffice(c, world, (office) => prove(c, world, office)),
  }),
  publicPage({
    method: "POST",
    path: "/h/:recipient/handover",
    handle: (c) => atOffice(c, world, (office) => handOver(c, world, office)),
  }),
];

const recipientOf = (c: Asked): string => c.req.param("recipient") ?? "";
const pathOf = (c: Asked): string => `/h/${encodeURIComponent(recipientOf(c))}`;
const frameOf = (c: Asked): Frame => ({ ...publicFrame(c), address: pathOf(c) });

async function atOffice(c: Asked, world: HandoverWorld, act: (office: Office) => Answer): Answer {
  c.header("x-robots-tag", "noindex");
  const office = await world.office(recipientOf(c));
  return office === null ? refuse(c, { code: "not_found" }) : act(office);
}

function atPoster(c: Asked, world: HandoverWorld): Answer {
  rememberCounter(c, recipientOf(c));
  return showLinks(c, world);
}

async function showLinks(c: Asked, world: HandoverWorld, fault?: { faults: readonly Fault[]; failure: Failure }) {
  const office = await world.office(recipientOf(c));
  const { name } = office ?? { name: "" };
  const page = (
    <LinksPage
      frame={frameOf(c)}
      path={pathOf(c)}
      name={name}
      faults={fault?.faults ?? []}
      example={world.exampleLink}
    />
  );
  return c.html(page, fault === undefined ? 200 : statusOf[fault.failure.code]);
}

const mostLinks = 10;

/** Whole addresses, or only what stands behind `/c/`; null where a line is neither. */
function secretsIn(text: string): readonly string[] | null {
  const lines = [...new Set(text.split(/\s+/).filter((line) => line !== ""))];
  const secrets = lines.map((line) => /(?:^|\/c\/)([\w-]{22}(?:\.\d{1,3})?)(?:\/links)?$/.exec(line)?.[1]);
  const known = secrets.filter((secret) => secret !== undefined);
  return known.length === 0 || known.length > mostLinks || known.length < lines.length ? null : known;
}

async function prove(c: Asked, world: HandoverWorld, office: Office): Answer {
  const fields = await typedFields(c);
  const secrets = secretsIn(fields.get("links") ?? "");
  const digits = (fields.get("digits") ?? fields.get("counterDigits") ?? "").trim();
  if (secrets === null) return refused(c, world, { code: "malformed_request", field: "links" });
  if (!/^\d{4}$/.test(digits)) return refused(c, world, { code: "malformed_request", field: "digits" });
  const proven = await world.prove(recipientOf(c), secrets, digits);
  if (!proven.ok) return refused(c, world, proven.failure);
  const { token, copies } = proven.value;
  giveGuestCookie(c, "citizen", token);
  return choose(c, world, office, { copies, chosen: copies.map(({ dossierId }) => dossierId), procedure: "" });
}

async function refused(c: Asked, world: HandoverWorld, failure: Failure): Answer {
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  return showLinks(c, world, { faults: [faultOfLinks(failure, c.var.language)], failure });
}

function faultOfLinks(failure: Failure, language: Language): Fault {
  const { say } = handoverSpeech(language);
  if (failure.code === "link_ended") return { field: "links", says: say("endedFault") };
  const { title, detail } = wordsOf(failure, language);
  const isLinks =
    failure.code === "link_unknown" || (failure.code === "malformed_request" && failure.field === "links");
  const isDigits = failure.code === "malformed_request" && failure.field === "digits";
  const says = isLinks ? say("linksFault") : isDigits ? say("digitsFault") : `${title} ${detail}`;
  const field = isLinks || failure.code === "not_released" ? "links" : "digits";
  return { field, says };
}

type Choice = {
  readonly copies: readonly HandCopy[];
  readonly chosen: readonly string[];
  readonly procedure: string;
  readonly faults?: readonly Fault[];
  readonly failure?: Failure;
};

function choose(c: Asked, world: HandoverWorld, { name }: Office, choice: Choice): Response | Promise<Response> {
  const { copies, chosen, procedure, faults = [], failure } = choice;
  const page = (
    <ChoosePage
      frame={frameOf(c)}
      path={pathOf(c)}
      name={name}
      faults={faults}
      copies={copies}
      chosen={chosen}
      procedure={procedure}
      id={world.newHandoverId()}
    />
  );
  return c.html(page, failure === undefined ? 200 : statusOf[failure.code]);
}

async function handOver(c: Asked, world: HandoverWorld, office: Office): Answer {
  const fields = await typedFields(c);
  const [id, procedure] = [fields.get("id") ?? "", (fields.get("procedure") ?? "").trim()];
  const dossierIds = fields.getAll("copies").slice(0, mostLinks);
  const token = guestToken(c, "citizen");
  const shown = (fields.get("shown") ?? "").split(" ").slice(0, mostLinks);
  const copies = await world.proven(recipientOf(c), token, shown);
  if (copies.length === 0) return c.redirect(pathOf(c), 303);
  const handed = await world.handOver(recipientOf(c), token, { id, dossierIds, procedure });
  if (handed.ok) {
    const given = copies.filter(({ dossierId }) => dossierIds.includes(dossierId));
    return c.html(<DonePage frame={frameOf(c)} name={office.name} handover={handed.value} copies={given} />);
  }
  const { failure } = handed;
  const faults = [faultOf(c, failure)];
  return choose(c, world, office, { copies, chosen: dossierIds, procedure, faults, failure });
}

function faultOf(c: Asked, failure: Failure): Fault {
  const { say } = handoverSpeech(c.var.language);
  const field = failure.code === "malformed_request" ? failure.field : undefined;
  if (field === "procedure") return { field, says: say("procedureFault") };
  if (field === "copies") return { field, says: say("copiesFault") };
  const { title, detail } = wordsOf(failure, c.var.language);
  return { field: "copies", says: `${title} ${detail}` };
}
