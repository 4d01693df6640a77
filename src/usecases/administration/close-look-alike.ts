import type { Actor } from "../../core/dossier.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { LookAlikeCase } from "../../core/look-alikes.ts";
import { type Note, noteOf } from "./note.ts";

export type LookAlikeClosing = {
  readonly now: () => Instant;
  readonly report: (id: string) => Promise<LookAlikeCase | null>;
  /** One transaction with the note; false where somebody closed it before. */
  readonly keepClosed: (id: string, words: string, note: Note) => Promise<boolean>;
};

export type LookAlikeClosingFailure = { readonly code: "not_found" | "look_alike_closed" };

/**
 * An administrator of any agency has dealt with a report and says what was done; the first closing stands. The line of the
 * act repeats these words, never the stranger's.
 */
export async function closeLookAlike(
  id: string,
  words: string,
  actor: Actor,
  world: LookAlikeClosing,
): Promise<Result<null, LookAlikeClosingFailure>> {
  if ((await world.report(id)) === null) return fail({ code: "not_found" });
  const note = noteOf(actor, "look_alike_closed", `${id}: ${words}`, world.now());
  return (await world.keepClosed(id, words, note)) ? ok(null) : fail({ code: "look_alike_closed" });
}
