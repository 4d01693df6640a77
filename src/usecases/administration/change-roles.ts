import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, PersonId } from "../../core/ids.ts";
import { fail, type Instant, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";
import { type AgencyPerson, isFit, type RoleName } from "./person.ts";

export type RolesWorld = {
  readonly now: () => Instant;
  readonly person: (id: PersonId, agencyId: AgencyId) => Promise<AgencyPerson | null>;
  /** Whether the agency is a province's own. */
  readonly isProvince: (agencyId: AgencyId) => Promise<boolean>;
  /** One transaction with the note; refuses to leave the agency without an active administrator. */
  readonly keepRoles: (
    id: PersonId,
    roles: readonly RoleName[],
    note: Note,
  ) => Promise<Result<null, AdministrationFailure>>;
};

/** Takes effect with the person's next request. */
export async function changeRoles(
  id: PersonId,
  roles: readonly RoleName[],
  actor: Actor,
  world: RolesWorld,
): Promise<Result<null, AdministrationFailure>> {
  const person = await world.person(id, actor.agencyId);
  if (person === null) return fail({ code: "not_found" });
  if (!isFit(roles, await world.isProvince(actor.agencyId))) return fail({ code: "province_unfit" });
  const about = `${person.fullName} (${person.userName}): ${person.roles.join(", ")} → ${roles.join(", ")}`;
  return world.keepRoles(id, roles, noteOf(actor, "roles_changed", about, world.now()));
}
