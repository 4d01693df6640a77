import type { Sql, TransactionSql } from "postgres";
import type { GrantId } from "../../src/core/grant.ts";
import type { AgencyId, DossierId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { type Cause, prove } from "./erasure-proofs.ts";
import { noteGrantEvent } from "./grants.ts";

const most = 500;

/** What of a grant tells where its holder went: blank, as migration 0084 wants it. */
const blank = "–––";

/** Of copies that are gone: nothing is opened any more. */
export async function endGrants(tx: TransactionSql, ids: readonly DossierId[], at: Instant): Promise<void> {
  const ended = await tx<{ id: GrantId }[]>`
    update copy_grant set revoked_at = ${at} where revoked_at is null and expires_at > ${at}
      and certificate_id in (select id from certificate where dossier_id = any(${[...ids]})) returning id`;
  for (const { id } of ended) await noteGrantEvent(tx, id, "copy_erased");
}

/** Procedures, and names that the citizen wrote, of grants that are over. */
async function blankGrants(tx: TransactionSql, cause: Cause, ids: readonly GrantId[]): Promise<number> {
  const gone = await tx<{ id: GrantId; handover_id: string | null }[]>`
    update copy_grant set erased_at = ${cause.at}, procedure = ${blank},
      recipient_name = case when recipient_id is null then ${blank} else recipient_name end
    where id = any(${[...ids]}) and erased_at is null returning id, handover_id`;
  const own = gone.map(({ id }) => id);
  await tx`update grant_opening set opened_by = ${blank} where grant_id = any(${own}) and recipient_id is null`;
  const acts = gone.flatMap(({ handover_id }) => (handover_id === null ? [] : [handover_id]));
  await tx`update handover h set procedure = ${blank} where id = any(${acts})
    and not exists (select 1 from copy_grant g where g.handover_id = h.id and g.erased_at is null)`;
  await prove(tx, cause, own);
  return own.length;
}

/** Some of one agency's grants that were over before, of dossiers without a restriction (DATA-3). @returns how many */
export async function eraseDueGrants(sql: Sql, before: Instant, at: Instant): Promise<number> {
  return sql.begin(async (tx) => {
    const due = await tx<{ id: GrantId; agency_id: AgencyId }[]>`
      select id, agency_id from copy_grant g where erased_at is null and expires_at < ${before}
        and not exists (select 1 from certificate c join data_restriction r using (dossier_id)
          where c.id = g.certificate_id and r.lifted_at is null)
      order by agency_id, id limit ${most}`;
    const [first] = due;
    if (first === undefined) return 0;
    const own = due.filter(({ agency_id }) => agency_id === first.agency_id).map(({ id }) => id);
    return blankGrants(tx, { agencyId: first.agency_id, rule: "grant", requestId: null, at }, own);
  });
}

/** All of one dossier's, also those that still stood open. */
export async function eraseGrantsOf(tx: TransactionSql, cause: Cause, id: DossierId): Promise<void> {
  await endGrants(tx, [id], cause.at);
  const own = await tx<{ id: GrantId }[]>`
    select g.id from copy_grant g join certificate c on c.id = g.certificate_id where c.dossier_id = ${id}`;
  await blankGrants(
    tx,
    cause,
    own.map((one) => one.id),
  );
}
