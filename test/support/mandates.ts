import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { Mandate, MandateId } from "../../src/core/mandate.ts";

/** The Chairman's, for every paper, all the years that tests take place in. */
export const aMandate = (changes: Partial<Mandate> = {}): Mandate => ({
  id: "0193b0a0-0000-7000-8000-0000000000aa" as MandateId,
  agencyId: "hoaban" as AgencyId,
  personId: "officer" as PersonId,
  kind: "office",
  deed: null,
  from: "2020-01-01" as LocalDate,
  to: null,
  works: ["copies"],
  paperKinds: null,
  post: "Chủ tịch",
  titleLines: ["CHỦ TỊCH"],
  endedAt: null,
  ...changes,
});

/** The same as a row. */
export async function storedMandate(sql: Sql, changes: Pick<Mandate, "personId"> & Partial<Mandate>): Promise<Mandate> {
  const mandate = aMandate({ id: randomUUID() as MandateId, ...changes });
  const { deed, paperKinds } = mandate;
  await sql`insert into mandate (id, agency_id, person_id, kind, deed_number, deed_date, issued_by, valid_from, valid_to,
      works, paper_kinds, post, title_lines, kept_by, kept_at)
    values (${mandate.id}, ${mandate.agencyId}, ${mandate.personId}, ${mandate.kind}, ${deed?.number ?? null},
      ${deed?.date ?? null}, ${deed?.issuedBy ?? null}, ${mandate.from}, ${mandate.to}, ${[...mandate.works]},
      ${paperKinds === null ? null : [...paperKinds]}, ${mandate.post}, ${[...mandate.titleLines]}, ${mandate.personId},
      date_trunc('second', now()))`;
  return mandate;
}
