import type { Sql } from "postgres";

/** As if what bears that title had come nine days before: the only way past the triggers that keep a promise. */
export async function receivedEarlier(sql: Sql, title: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`; // no trigger fires
    await tx`update dossier set opened_at = opened_at - interval '9 days', due_at = due_at - interval '9 days'
      where title = ${title}`;
    await tx`update deadline_step s set due_at = d.due_at, recorded_at = d.opened_at from dossier d
      where d.id = s.dossier_id and d.title = ${title}`;
  });
}
