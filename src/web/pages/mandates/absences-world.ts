import type { AbsenceId } from "../../../core/absence.ts";
import type { Instant, Result } from "../../../core/kernel.ts";
import type { Mandate } from "../../../core/mandate.ts";
import type { AbsenceFacts, KeptAbsence } from "../../../usecases/administration/absences.ts";
import type { ComparingPolicy } from "../../../usecases/administration/comparing-policy.ts";
import type { AdministrationFailure } from "../../../usecases/administration/failure.ts";
import type { AgencyPerson } from "../../../usecases/administration/person.ts";
import type { Actor } from "../../route.ts";

type Answer<T> = Promise<Result<T, AdministrationFailure>>;

/** What the pages about who is away and who compares ask; each question of the actor's own agency only. */
export type AbsencesWorld = {
  readonly now: () => Instant;
  readonly people: (actor: Actor) => Promise<readonly AgencyPerson[]>;
  readonly mandates: (actor: Actor) => Promise<readonly Mandate[]>;
  readonly absences: (actor: Actor) => Promise<readonly KeptAbsence[]>;
  readonly noteAbsence: (facts: AbsenceFacts, actor: Actor) => Answer<null>;
  readonly endAbsence: (id: AbsenceId, actor: Actor) => Answer<null>;
  readonly comparingPolicy: (actor: Actor) => Promise<ComparingPolicy | null>;
  readonly keepComparingPolicy: (policy: ComparingPolicy, actor: Actor) => Promise<void>;
};
