import type { Sql } from "postgres";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { ComparingPolicyId } from "../../src/core/mandate.ts";
import type { ComparingPolicy } from "../../src/usecases/administration/comparing-policy.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import type { Comparison } from "../../src/usecases/signer.ts";
import { noteAct } from "./admin-events.ts";

/** The one that counts now; null where the agency wrote none: then who compared does not sign. */
export async function comparingPolicyOf(sql: Sql, agencyId: AgencyId): Promise<ComparingPolicy | null> {
  const [row] = await sql<{ comparer_signs: boolean; deed_number: string; deed_date: LocalDate }[]>`
    select comparer_signs, deed_number, deed_date::text from comparing_policy
    where agency_id = ${agencyId} order by id desc limit 1`;
  if (row === undefined) return null;
  return { comparerSigns: row.comparer_signs, deedNumber: row.deed_number, deedDate: row.deed_date };
}

/** One transaction with the note. */
export async function keepComparingPolicyWith(sql: Sql, policy: ComparingPolicy, note: Note): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into comparing_policy (agency_id, comparer_signs, deed_number, deed_date, kept_by, kept_at)
      values (${note.actor.agencyId}, ${policy.comparerSigns}, ${policy.deedNumber}, ${policy.deedDate},
        ${note.actor.personId}, ${note.at})`;
    await noteAct(tx, note);
  });
}

/** Who attested the dossier, and the rule that lets that person sign its copy, where there is one. AUTH-4. */
export async function comparisonOf(sql: Sql, dossierId: DossierId, agencyId: AgencyId): Promise<Comparison> {
  const [row] = await sql<{ by: PersonId | null; policy: ComparingPolicyId | null }[]>`
    select (select person_id from attestation where dossier_id = ${dossierId}) as by,
      (select case when comparer_signs then id end from comparing_policy
        where agency_id = ${agencyId} order by id desc limit 1) as policy`;
  return { by: row?.by ?? null, policyId: row?.policy ?? null };
}
