import type { Actor, Dossier } from "../core/dossier.ts";
import { fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { type ErasureItem, erasureItems } from "../core/personal-data.ts";
import type { DossierStatus } from "../core/stages.ts";
import { type DataWish, requestDue, type Terms } from "../core/terms.ts";
import type { Failure } from "./failure.ts";

export type AskingWorld = {
  readonly now: () => Instant;
  readonly terms: Terms;
  /** By the hash of the secret, unless expired. */
  readonly dossierBySecret: (secret: string) => Promise<Dossier | null>;
  /** Counts the attempt first, compares in constant time. */
  readonly checkDigits: (dossier: Dossier, digits: string) => Promise<Result<null, Failure>>;
  /** Durable on return; one that is open already stands for the second. An export is answered in the same transaction. */
  readonly keepRequest: (
    dossier: Dossier,
    request: { readonly kind: DataWish; readonly askedAt: Instant; readonly dueAt: Instant },
  ) => Promise<void>;
};

/** DATA-2: the holder asks by the own link, with the four digits; the term runs from now. */
export async function askData(
  secret: string,
  digits: string,
  wish: DataWish,
  world: AskingWorld,
): Promise<Result<Dossier, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const proven = await world.checkDigits(dossier, digits);
  if (!proven.ok) return proven;
  const askedAt = world.now();
  await world.keepRequest(dossier, { kind: wish, askedAt, dueAt: requestDue(wish, askedAt, world.terms) });
  return ok(dossier);
}

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
  if (request === null || request.kind === "export") return fail({ code: "not_found" });
  const items = erasureItems(request.kind, request.status, held);
  return (await world.eraseAndAnswer(id, items, actor)) ? ok(null) : fail({ code: "not_found" });
}
