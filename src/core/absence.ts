import type { AgencyId, DossierId, PersonId } from "./ids.ts";
import type { Branded, Instant, LocalDate } from "./kernel.ts";

export type AbsenceId = Branded<string, "AbsenceId">;

/** From when to when a person is away, and who signs instead. Never changed, only ended: then they are back. */
export type Absence = {
  readonly id: AbsenceId;
  readonly agencyId: AgencyId;
  readonly personId: PersonId;
  readonly from: LocalDate;
  /** The last day, whole; null: until they are back. */
  readonly to: LocalDate | null;
  /** Who signs meanwhile, by a mandate of their own. AUTH-3. */
  readonly substituteId: PersonId | null;
  readonly endedAt: Instant | null;
};

/** Somebody is away, and these dossiers have a number that they took and did not sign. */
export type LeftByAbsent = {
  readonly name: string;
  readonly until: LocalDate | null;
  readonly substituteName: string | null;
  readonly dossiers: readonly { readonly id: DossierId; readonly title: string }[];
};

/** AUTH-3: the absence that covers the day; of several the one that lasts longest, so that the answer says when it is over. */
export function awayOn(absences: readonly Absence[], day: LocalDate): Absence | null {
  const covering = absences.filter(
    ({ from, to, endedAt }) => endedAt === null && from <= day && (to === null || day <= to),
  );
  return covering.toSorted((a, b) => (lastOf(a) < lastOf(b) ? 1 : -1))[0] ?? null;
}

const lastOf = ({ to }: Absence): string => to ?? "9999-12-31";
