import type { Sql } from "postgres";
import type { KeptCoarseScan } from "../../src/core/coarse-scan.ts";
import type { DossierId } from "../../src/core/ids.ts";
import { instantOf } from "./rows.ts";

type Row = { dossier_id: DossierId; pages: number[]; reason: string; by: string; told_at: string };

/** Of each of these dossiers that was attested with pages below 200 dpi: which, why, who said so and when. SCAN-1. */
export async function coarseScansOf(
  sql: Sql,
  ids: readonly DossierId[],
): Promise<ReadonlyMap<DossierId, KeptCoarseScan>> {
  const rows = await sql<Row[]>`
    select c.dossier_id, c.pages, c.reason, p.full_name as by, c.told_at
    from coarse_scan c join person p on p.id = c.person_id where c.dossier_id = any(${[...ids]})`;
  return new Map(
    rows.map(({ dossier_id, pages, reason, by, told_at }) => [
      dossier_id,
      { pages, reason, by, at: instantOf(told_at) },
    ]),
  );
}
