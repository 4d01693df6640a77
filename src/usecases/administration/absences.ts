import type { Absence, AbsenceId } from "../../core/absence.ts";
import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, PersonId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";
import type { AgencyPerson } from "./person.ts";

export type KeptAbsence = Absence & { readonly fullName: string; readonly substituteName: string | null };

export type AbsenceFacts = Pick<Absence, "personId" | "from" | "to" | "substituteId">;

export type NotingWorld = {
  readonly now: () => Instant;
  readonly newAbsenceId: () => AbsenceId;
  readonly person: (id: PersonId, agencyId: AgencyId) => Promise<AgencyPerson | null>;
  /** One transaction with the note; false where some of those days are written down already. */
  readonly keepAbsence: (absence: Absence, note: Note) => Promise<boolean>;
};

/** AUTH-3: meanwhile the person's key signs nothing; the substitute signs by an own mandate, or not at all. */
export async function noteAbsence(
  facts: AbsenceFacts,
  actor: Actor,
  world: NotingWorld,
): Promise<Result<null, AdministrationFailure>> {
  const { agencyId } = actor;
  const { personId, from, to, substituteId } = facts;
  const person = await world.person(personId, agencyId);
  if (person === null) return fail({ code: "not_found" });
  const substitute = substituteId === null ? null : await world.person(substituteId, agencyId);
  if (substituteId !== null && !isFit(substitute, person)) return fail({ code: "substitute_unfit" });
  const instead = substitute === null ? "" : ` (${substitute.fullName})`;
  const note = noteOf(actor, "absence_noted", `${person.fullName}: ${from} – ${to ?? "…"}${instead}`, world.now());
  const kept = await world.keepAbsence({ ...facts, id: world.newAbsenceId(), agencyId, endedAt: null }, note);
  return kept ? ok(null) : fail({ code: "absence_twice" });
}

const isFit = (substitute: AgencyPerson | null, { personId }: AgencyPerson): boolean =>
  substitute?.active === true && substitute.roles.includes("signer") && substitute.personId !== personId;

export type ReturningWorld = {
  readonly now: () => Instant;
  readonly absence: (id: AbsenceId, agencyId: AgencyId) => Promise<KeptAbsence | null>;
  /** One transaction with the note; false when it has ended already. */
  readonly keepEnd: (id: AbsenceId, note: Note) => Promise<boolean>;
};

/** The person is back, or was never away. */
export async function endAbsence(
  id: AbsenceId,
  actor: Actor,
  world: ReturningWorld,
): Promise<Result<null, AdministrationFailure>> {
  const absence = await world.absence(id, actor.agencyId);
  if (absence === null) return fail({ code: "not_found" });
  const about = `${absence.fullName}: ${absence.from} – ${absence.to ?? "…"}`;
  const ended = await world.keepEnd(id, noteOf(actor, "absence_ended", about, world.now()));
  return ended ? ok(null) : fail({ code: "absence_ended" });
}
