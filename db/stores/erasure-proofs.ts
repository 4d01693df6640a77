import { createHash } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { ErasureProof } from "../../src/core/personal-data.ts";
import type { KeptThing } from "../../src/core/terms.ts";
import { instantOf } from "./rows.ts";

export type Cause = {
  readonly agencyId: AgencyId;
  readonly rule: KeptThing;
  readonly requestId: string | null;
  readonly at: Instant;
};

/** SHA-256 over the ids, sorted, one a line: whoever has the ids can compare, and nobody learns them from it. */
export const digestOfIds = (ids: readonly string[]): string =>
  createHash("sha256").update(ids.toSorted().join("\n")).digest("hex");

/** Part of the transaction that erased; nothing is written where nothing went. */
export async function prove(
  tx: TransactionSql,
  { agencyId, rule, requestId, at }: Cause,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx`insert into erasure_proof (agency_id, rule, request_id, things, ids_sha256, erased_at)
    values (${agencyId}, ${rule}, ${requestId}, ${ids.length}, ${digestOfIds(ids)}, ${at})`;
}

type ProofRow = {
  id: string;
  rule: KeptThing;
  on_request: boolean;
  things: number;
  ids_sha256: string;
  erased_at: string;
};

/** Newest first. */
export async function erasureProofs(sql: Sql, agencyId: AgencyId, limit: number): Promise<ErasureProof[]> {
  const rows = await sql<ProofRow[]>`
    select id, rule, request_id is not null as on_request, things, ids_sha256, erased_at from erasure_proof
    where agency_id = ${agencyId} order by erasure_proof.id desc limit ${limit}`;
  return rows.map((row) => ({
    id: row.id,
    rule: row.rule,
    onRequest: row.on_request,
    things: row.things,
    idsSha256: row.ids_sha256,
    at: instantOf(row.erased_at),
  }));
}
