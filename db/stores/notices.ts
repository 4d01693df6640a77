import type { Sql } from "postgres";
import type { Actor, Dossier, Signer } from "../../src/core/dossier.ts";
import type { BlobId, DossierId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { KeptNotice } from "../../src/core/refusal-grounds.ts";
import { planDispatches } from "./dispatches.ts";
import { noteEvent } from "./events.ts";
import { lockDossier } from "./locks.ts";
import { instantOf } from "./rows.ts";

/** The signed notice of a dossier that was found; null while it waits for its signature. */
export async function noticeOf(sql: Sql, id: DossierId): Promise<KeptNotice | null> {
  const [row] = await sql<{ blob_id: BlobId; signer_name: string; signed_at: string }[]>`
    select blob_id, signer_name, signed_at from refusal_notice where dossier_id = ${id}`;
  return row === undefined
    ? null
    : { blobId: row.blob_id, signerName: row.signer_name, signedAt: instantOf(row.signed_at) };
}

/** @returns false when another signature was kept first: that one stands */
export async function keepNotice(
  sql: Sql,
  dossier: Dossier,
  signed: { readonly blobId: BlobId; readonly signer: Signer; readonly signedAt: Instant },
  actor: Actor,
): Promise<boolean> {
  const { blobId, signer, signedAt } = signed;
  return sql.begin(async (tx) => {
    await lockDossier(tx, { dossierId: dossier.id });
    const kept = await tx`
      insert into refusal_notice (dossier_id, blob_id, officer_id, signer_name, signer_title, mandate_id, signed_at)
      values (${dossier.id}, ${blobId}, ${actor.personId}, ${signer.signerName}, ${[...signer.mandate.titleLines]},
        ${signer.mandate.id}, ${signedAt})
      on conflict (dossier_id) do nothing`;
    if (kept.count !== 1) return false;
    await noteEvent(tx, dossier.id, "notice_signed", actor.personId);
    await planDispatches(tx, dossier.id, "notice");
    return true;
  });
}
