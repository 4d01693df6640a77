import type { Actor } from "../../core/dossier.ts";
import type { PersonId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";

export type PasswordWorld = {
  readonly now: () => Instant;
  /** Counted before it is tried, given back when right: guesses at an open screen are few. */
  readonly checkPassword: (id: PersonId, password: string) => Promise<Result<null, AdministrationFailure>>;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly keepPassword: (id: PersonId, passwordHash: string, initial: boolean, note: Note) => Promise<void>;
};

/** The person's own password. Every session ends, the one that asks too: who sits elsewhere with the old one is out. */
export async function changePassword(
  current: string,
  wanted: string,
  actor: Actor & { readonly userName: string },
  world: PasswordWorld,
): Promise<Result<null, AdministrationFailure>> {
  const checked = await world.checkPassword(actor.personId, current);
  if (!checked.ok) return checked;
  if (current.normalize("NFC") === wanted.normalize("NFC")) return fail({ code: "password_unchanged" });
  const note = noteOf(actor, "password_changed", actor.userName, world.now());
  await world.keepPassword(actor.personId, await world.hashPassword(wanted), false, note);
  return ok(null);
}
