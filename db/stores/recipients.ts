import type { Sql } from "postgres";
import type { AgencyId, RecipientId } from "../../src/core/ids.ts";
import type { Recipient } from "../../src/core/recipients.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";
import { instantOf } from "./rows.ts";

export type RecipientRow = {
  id: RecipientId;
  agency_id: AgencyId;
  name: string;
  email: string;
  domain: string | null;
  active: boolean;
  registered_at: string;
};

export const recipientOf = (row: RecipientRow): Recipient => ({
  id: row.id,
  agencyId: row.agency_id,
  name: row.name,
  email: row.email,
  domain: row.domain,
  active: row.active,
  registeredAt: instantOf(row.registered_at),
});

/** Of one agency, those that are active first. */
export async function recipientsOf(sql: Sql, agencyId: AgencyId): Promise<readonly Recipient[]> {
  const rows = await sql<RecipientRow[]>`
    select * from recipient where agency_id = ${agencyId} order by active desc, name`;
  return rows.map(recipientOf);
}

export async function findRecipient(sql: Sql, id: RecipientId, agencyId: AgencyId): Promise<Recipient | null> {
  const [row] = await sql<RecipientRow[]>`select * from recipient where id = ${id} and agency_id = ${agencyId}`;
  return row === undefined ? null : recipientOf(row);
}

/** The administrator of the note is who registered it. @returns false when the agency has one of that name */
export async function keepRecipientWith(sql: Sql, recipient: Recipient, note: Note): Promise<boolean> {
  const { id, agencyId, name, email, domain, active, registeredAt } = recipient;
  return sql.begin(async (tx) => {
    const kept = await tx`
      insert into recipient (id, agency_id, name, email, domain, active, registered_by, registered_at)
      values (${id}, ${agencyId}, ${name}, ${email}, ${domain}, ${active}, ${note.actor.personId}, ${registeredAt})
      on conflict (agency_id, name) do nothing`;
    if (kept.count === 1) await noteAct(tx, note);
    return kept.count === 1;
  });
}

/** @returns false when the agency has another of that name */
export async function changeRecipientWith(sql: Sql, recipient: Recipient, note: Note): Promise<boolean> {
  const { id, agencyId, name, email, domain, active } = recipient;
  return sql.begin(async (tx) => {
    await tx`select id from agency where id = ${agencyId} for update`; // of two who take one name at once, one is refused
    const [other] = await tx`select 1 from recipient where agency_id = ${agencyId} and name = ${name} and id <> ${id}`;
    if (other !== undefined) return false;
    await tx`update recipient set name = ${name}, email = ${email}, domain = ${domain}, active = ${active}
      where id = ${id}`;
    await noteAct(tx, note);
    return true;
  });
}
