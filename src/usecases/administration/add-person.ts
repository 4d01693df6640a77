import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, PersonId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";
import { isFit, type RoleName } from "./person.ts";

export type PersonToAdd = {
  /** As it will be typed; kept in lower case. */
  readonly userName: string;
  readonly fullName: string;
  readonly roles: readonly RoleName[];
};

export type AddingWorld = {
  readonly now: () => Instant;
  readonly newPersonId: () => PersonId;
  readonly newPassword: () => string;
  readonly hashPassword: (password: string) => Promise<string>;
  /** Whether the agency is a province's own. */
  readonly isProvince: (agencyId: AgencyId) => Promise<boolean>;
  /** Whether every sign can stand in a copy: a signer's name is printed. */
  readonly isPrintable: (text: string) => boolean;
  /** One transaction with the note; false when the user name is taken, in any agency. */
  readonly keepPerson: (
    person: PersonToAdd & { personId: PersonId; agencyId: AgencyId; passwordHash: string; createdAt: Instant },
    note: Note,
  ) => Promise<boolean>;
};

/**
 * A new person of the administrator's own agency, with a password that works only to choose an own one.
 *
 * @returns the password, to be shown once: only its hash is kept
 */
export async function addPerson(
  person: PersonToAdd,
  actor: Actor,
  world: AddingWorld,
): Promise<Result<{ readonly personId: PersonId; readonly password: string }, AdministrationFailure>> {
  if (!world.isPrintable(person.fullName)) return fail({ code: "not_printable", field: "fullName" });
  if (!isFit(person.roles, await world.isProvince(actor.agencyId))) return fail({ code: "province_unfit" });
  const password = world.newPassword();
  const personId = world.newPersonId();
  const createdAt = world.now();
  const { agencyId } = actor;
  const userName = person.userName.toLowerCase();
  const kept = await world.keepPerson(
    { ...person, userName, personId, agencyId, createdAt, passwordHash: await world.hashPassword(password) },
    noteOf(actor, "person_added", `${person.fullName} (${userName}): ${person.roles.join(", ")}`, createdAt),
  );
  return kept ? ok({ personId, password }) : fail({ code: "user_name_taken" });
}
