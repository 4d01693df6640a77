import type { Context } from "hono";
import type { z } from "zod";
import type { Grant } from "../../core/grant.ts";
import type { Bytes, Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Caller } from "../../usecases/recipients/admit-key.ts";
import type { OpeningView } from "../grants/receiver-world.ts";
import { mediaTypeOfPage } from "../officials/answers.ts";
import { readJson } from "../read-json.ts";
import { refuse } from "../refusal.tsx";
import type { WebEnv } from "../route.ts";
import { LinkToOpen, type OpeningAnswer } from "./shapes.ts";

/** One opening as the recipient's program is told of it. */
export type PulledOpening = {
  readonly view: OpeningView;
  readonly grant: Pick<Grant, "expiresAt" | "used">;
  readonly receipt: z.infer<typeof OpeningAnswer>["receipt"];
  readonly credential: string | null;
};

/** Openings by a recipient's key. Another recipient's opening is `not_found`, as one that is not there. */
export type PullingWorld = {
  /** One use, proven by the key. Under an idempotency key that came before: the opening that it made, and no second use. */
  readonly open: (
    secret: string,
    idempotencyKey: string | null,
    caller: Caller,
  ) => Promise<Result<PulledOpening, Failure>>;
  readonly opening: (id: string, caller: Caller) => Promise<Result<PulledOpening, Failure>>;
  readonly copyOf: (id: string, caller: Caller) => Promise<Result<Bytes, Failure>>;
  readonly pageOf: (id: string, page: number, caller: Caller) => Promise<Result<Bytes, Failure>>;
};

type C = Context<WebEnv>;
const idOf = (c: C): string => c.req.param("id") ?? "";

/** The secret comes in the body, never in an address: addresses are logged on the way. */
export async function openLink(
  c: C,
  caller: Caller,
  idempotencyKey: string | null,
  world: PullingWorld,
  publicUrl: string,
): Promise<Response> {
  const asked = await readJson(c, LinkToOpen);
  if (!asked.ok) return refuse(c, asked.failure);
  const secret = "secret" in asked.value ? asked.value.secret : asked.value.link.slice(-22);
  const opened = await world.open(secret, idempotencyKey, caller);
  return opened.ok ? c.json(answerOf(opened.value, publicUrl)) : refuse(c, opened.failure);
}

export async function showOpening(c: C, caller: Caller, world: PullingWorld, publicUrl: string): Promise<Response> {
  const opened = await world.opening(idOf(c), caller);
  return opened.ok ? c.json(answerOf(opened.value, publicUrl)) : refuse(c, opened.failure);
}

export async function giveCopy(c: C, caller: Caller, world: PullingWorld): Promise<Response> {
  const copy = await world.copyOf(idOf(c), caller);
  return copy.ok ? c.body(copy.value, 200, { "content-type": "application/pdf" }) : refuse(c, copy.failure);
}

export async function givePage(c: C, caller: Caller, world: PullingWorld): Promise<Response> {
  const number = c.req.param("page") ?? "";
  const page = await world.pageOf(idOf(c), /^\d{1,4}$/.test(number) ? Number(number) : 0, caller);
  if (!page.ok) return refuse(c, page.failure);
  return c.body(page.value, 200, { "content-type": mediaTypeOfPage(page.value) });
}

function answerOf(
  { view, grant, receipt, credential }: PulledOpening,
  publicUrl: string,
): z.infer<typeof OpeningAnswer> {
  const { openingId, opening, procedure, pages, uses, copy, until, closed } = view;
  return {
    id: openingId,
    openedAt: opening.openedAt,
    procedure,
    pages: pages === null ? null : [...pages],
    link: { expiresAt: grant.expiresAt, uses, used: grant.used },
    fetchUntil: until,
    closed,
    files: filesOf(view, `${publicUrl}/api/v1/openings/${openingId}`),
    copy,
    receipt,
    credential,
  };
}

const filesOf = ({ pages, closed }: OpeningView, at: string): { page: number | null; url: string }[] => {
  if (closed !== null) return [];
  return pages === null ? [{ page: null, url: `${at}/copy` }] : pages.map((page) => ({ page, url: `${at}/pages/${page}` })); // biome-ignore format: one line
};
