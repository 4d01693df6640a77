import type { Actor } from "../core/dossier.ts";
import { fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { type ErasureItem, erasureItems } from "../core/personal-data.ts";
import { type DossierStatus, isLast } from "../core/stages.ts";
import { type DataWish, isErasing, requestDue, type Terms, wordBounds } from "../core/terms.ts";
import type { Failure } from "./failure.ts";

export type OpenRequest = { readonly kind: DataWish; readonly status: DossierStatus };

export type AnsweringWorld = {
  /** Of the actor's agency, not yet answered. */
  readonly openRequest: (id: string, actor: Actor) => Promise<OpenRequest | null>;
  /** Erases what the items name, with its proof and the answer, in one transaction; false when it was answered meanwhile. */
  readonly eraseAndAnswer: (id: string, items: readonly ErasureItem[], actor: Actor) => Promise<boolean>;
};

/**
 * DATA-2: an administrator answers a request for erasure. What stays is told with its reason.
 *
 * @param held a complaint or inspection needs the content
 */
export async function answerErasure(
  id: string,
  held: boolean,
  actor: Actor,
  world: AnsweringWorld,
): Promise<Result<null, Failure>> {
  const request = await world.openRequest(id, actor);
  if (request === null || !isErasing(request.kind)) return fail({ code: "not_found" });
  const items = erasureItems(request.kind, request.status, held);
  return (await world.eraseAndAnswer(id, items, actor)) ? ok(null) : fail({ code: "not_found" });
}

/** What an administrator says to a request in words: what was done, or why not. */
export type WordedAnswer = { readonly outcome: "done" | "declined"; readonly says: string };

export type WordedWorld = {
  readonly openRequest: AnsweringWorld["openRequest"];
  /** With the restriction that it begins, in one transaction; false when it was answered meanwhile. */
  readonly keepWorded: (id: string, answer: WordedAnswer, actor: Actor) => Promise<boolean>;
};

/** DATA-3: a request for correction or restriction is answered once, in words. While a dossier is under way nothing is restricted. */
export async function answerInWords(
  id: string,
  answer: WordedAnswer,
  actor: Actor,
  world: WordedWorld,
): Promise<Result<null, Failure>> {
  const request = await world.openRequest(id, actor);
  if (request?.kind !== "correct" && request?.kind !== "restrict") return fail({ code: "not_found" });
  const says = tidy(answer.says);
  if (!isWorded(says)) return fail({ code: "malformed_request", field: "says" });
  if (request.kind === "restrict" && answer.outcome === "done" && !isLast(request.status))
    return fail({ code: "malformed_request", field: "decision" });
  return (await world.keepWorded(id, { ...answer, says }, actor)) ? ok(null) : fail({ code: "not_found" });
}

export type ExtensionWorld = {
  readonly now: () => Instant;
  readonly terms: Terms;
  readonly openRequest: (
    id: string,
    actor: Actor,
  ) => Promise<(OpenRequest & { readonly dueAt: Instant; readonly extension: object | null }) | null>;
  /** Once a request; false when it was answered or extended meanwhile. */
  readonly keepExtension: (
    id: string,
    extension: { readonly reason: string; readonly dueAt: Instant; readonly at: Instant },
    actor: Actor,
  ) => Promise<boolean>;
};

/** DATA-3: the term runs once more, told with its reason, before it has ended. */
export async function extendRequest(
  id: string,
  reason: string,
  actor: Actor,
  world: ExtensionWorld,
): Promise<Result<null, Failure>> {
  const request = await world.openRequest(id, actor);
  const at = world.now();
  if (request === null || request.extension !== null || at > request.dueAt) return fail({ code: "not_found" });
  const told = tidy(reason);
  if (told.length > mostReason || !isWorded(told)) return fail({ code: "malformed_request", field: "reason" });
  const dueAt = requestDue(request.kind, request.dueAt, world.terms);
  return (await world.keepExtension(id, { reason: told, dueAt, at }, actor)) ? ok(null) : fail({ code: "not_found" });
}

const mostReason = 500;
const tidy = (text: string): string => text.normalize("NFC").trim();

/** Long enough to say something, short enough to be read; PostgreSQL takes no NUL. */
const isWorded = (text: string): boolean =>
  text.length >= wordBounds.least && text.length <= wordBounds.most && !text.includes("\0");
