import type { Dossier } from "../core/dossier.ts";
import { fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { type DataWish, hasWords, requestDue, type Terms, wordBounds } from "../core/terms.ts";
import type { Failure } from "./failure.ts";

export type AskingWorld = {
  readonly now: () => Instant;
  readonly terms: Terms;
  /** By the hash of the secret, unless expired. */
  readonly dossierBySecret: (secret: string) => Promise<Dossier | null>;
  /** Counts the attempt first, compares in constant time. */
  readonly checkDigits: (dossier: Dossier, digits: string) => Promise<Result<null, Failure>>;
  /** Durable on return; one that is open already stands for the second. What is answered at once is answered in the same transaction. */
  readonly keepRequest: (
    dossier: Dossier,
    request: {
      readonly kind: DataWish;
      readonly says: string | null;
      readonly askedAt: Instant;
      readonly dueAt: Instant;
    },
  ) => Promise<void>;
};

export type Asking = {
  readonly digits: string;
  readonly wish: DataWish;
  /** What is wrong, or why: of corrections and restrictions. */
  readonly says: string;
};

/** DATA-2, DATA-3: the holder asks by the own link, with the four digits; the term runs from now. */
export async function askData(
  secret: string,
  { digits, wish, says }: Asking,
  world: AskingWorld,
): Promise<Result<Dossier, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const words = says.normalize("NFC").trim();
  if (hasWords(wish) && (words.length < wordBounds.least || words.length > wordBounds.most || words.includes("\0")))
    return fail({ code: "malformed_request", field: "says" });
  const proven = await world.checkDigits(dossier, digits);
  if (!proven.ok) return proven;
  const askedAt = world.now();
  const dueAt = requestDue(wish, askedAt, world.terms);
  await world.keepRequest(dossier, { kind: wish, says: hasWords(wish) ? words : null, askedAt, dueAt });
  return ok(dossier);
}
