import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, PersonId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";
import type { AgencyPerson } from "./person.ts";

export type ResettingWorld = {
  readonly now: () => Instant;
  readonly newPassword: () => string;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly person: (id: PersonId, agencyId: AgencyId) => Promise<AgencyPerson | null>;
  /** One transaction with the note and the end of every session. */
  readonly keepPassword: (id: PersonId, passwordHash: string, initial: boolean, note: Note) => Promise<void>;
};

/** @returns a password to be shown once, good only to choose an own one */
export async function resetPassword(
  id: PersonId,
  actor: Actor,
  world: ResettingWorld,
): Promise<Result<{ readonly person: AgencyPerson; readonly password: string }, AdministrationFailure>> {
  const person = await world.person(id, actor.agencyId);
  if (person === null) return fail({ code: "not_found" });
  const password = world.newPassword();
  const note = noteOf(actor, "password_reset", `${person.fullName} (${person.userName})`, world.now());
  await world.keepPassword(id, await world.hashPassword(password), true, note);
  return ok({ person, password });
}
