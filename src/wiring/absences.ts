import { absencesIn, endAbsenceWith, findAbsence, keepAbsenceWith } from "../../db/stores/absences.ts";
import { findPerson, peopleOf } from "../../db/stores/administration.ts";
import { comparingPolicyOf, keepComparingPolicyWith } from "../../db/stores/comparing-policy.ts";
import { mandatesIn } from "../../db/stores/mandates.ts";
import { endAbsence, noteAbsence } from "../usecases/administration/absences.ts";
import { keepComparingPolicy } from "../usecases/administration/comparing-policy.ts";
import type { AbsencesWorld } from "../web/pages/mandates/absences-world.ts";
import { type House, newId } from "./house.ts";

/** Who is away and who compares, as the administrator of the own agency writes it down. */
export const absencesWorld = ({ sql, now }: House): AbsencesWorld => ({
  now,
  people: ({ agencyId }) => peopleOf(sql, agencyId),
  mandates: ({ agencyId }) => mandatesIn(sql, agencyId),
  absences: ({ agencyId }) => absencesIn(sql, agencyId),
  noteAbsence: (facts, actor) =>
    noteAbsence(facts, actor, {
      now,
      newAbsenceId: newId,
      person: (...asked) => findPerson(sql, ...asked),
      keepAbsence: (...kept) => keepAbsenceWith(sql, ...kept),
    }),
  endAbsence: (id, actor) =>
    endAbsence(id, actor, {
      now,
      absence: (...asked) => findAbsence(sql, ...asked),
      keepEnd: (...ended) => endAbsenceWith(sql, ...ended),
    }),
  comparingPolicy: ({ agencyId }) => comparingPolicyOf(sql, agencyId),
  keepComparingPolicy: (policy, actor) =>
    keepComparingPolicy(policy, actor, { now, keep: (...kept) => keepComparingPolicyWith(sql, ...kept) }),
});
