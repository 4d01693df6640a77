import type { Sql } from "postgres";
import type { DossierId } from "../../src/core/ids.ts";
import type { ConfirmableField } from "../../src/core/paper-fields.ts";

/** What the official compared one by one with the original. */
export async function attestedFields(sql: Sql, id: DossierId): Promise<ReadonlySet<ConfirmableField>> {
  const rows = await sql<{ field: ConfirmableField }[]>`select field from attested_field where dossier_id = ${id}`;
  return new Set(rows.map(({ field }) => field));
}
