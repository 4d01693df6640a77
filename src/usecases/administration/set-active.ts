import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, PersonId } from "../../core/ids.ts";
import { fail, type Instant, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";
import type { AgencyPerson } from "./person.ts";

export type ActivityWorld = {
  readonly now: () => Instant;
  readonly person: (id: PersonId, agencyId: AgencyId) => Promise<AgencyPerson | null>;
  /** One transaction with the note and the end of every session; never leaves an agency without an administrator. */
  readonly keepActive: (id: PersonId, active: boolean, note: Note) => Promise<Result<null, AdministrationFailure>>;
};

/** Who has left is no longer active and is never deleted: the register names them. */
export async function setPersonActive(
  id: PersonId,
  active: boolean,
  actor: Actor,
  world: ActivityWorld,
): Promise<Result<null, AdministrationFailure>> {
  const person = await world.person(id, actor.agencyId);
  if (person === null) return fail({ code: "not_found" });
  const about = `${person.fullName} (${person.userName})`;
  const what = active ? "person_activated" : "person_deactivated";
  return world.keepActive(id, active, noteOf(actor, what, about, world.now()));
}
