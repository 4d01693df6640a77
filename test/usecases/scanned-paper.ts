import { randomBytes, randomUUID } from "node:crypto";
import { keepConfirmation } from "../../db/stores/originals.ts";
import { insertPage, pagesOf } from "../../db/stores/pages.ts";
import type { Dossier, Original } from "../../src/core/dossier.ts";
import type { BlobId, OriginalId } from "../../src/core/ids.ts";
import type { Sha256 } from "../../src/core/kernel.ts";
import type { KeptPage } from "../../src/usecases/read-original.ts";
import { agency, morning } from "./desk.ts";
import { actor, aPaper, found, sql } from "./paper-desk.ts";

export const digest = (letter: string) => letter.repeat(64) as Sha256;

/** A letter stands for a page's bytes; `c` is a blank back. */
type Scanned = { readonly letter: string; readonly dpi?: number; readonly findings?: KeptPage["findings"] };

/** A paper of the desk whose scan was read: one file with these pages. */
export async function scannedPaper(
  pages: readonly Scanned[],
): Promise<{ readonly dossier: Dossier; readonly originalId: OriginalId }> {
  const dossier = await aPaper("received", false);
  const original = { id: randomUUID() as OriginalId, dossierId: dossier.id } as Original;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})
    on conflict do nothing`;
  await sql`insert into original (id, dossier_id, ordinal, status, blob_id, sha256, size_bytes, received_by, received_at)
    values (${original.id}, ${dossier.id}, 1, 'read', ${await aBlob()}, ${digest("d")}, 9, ${actor.personId}, ${morning})`;
  for (const [i, { letter, dpi = 200, findings = [] }] of pages.entries()) {
    await insertPage(sql as never, original, i + 1, {
      ...{ widthPx: 1654, heightPx: 2339, dpi, dpiSource: "file", uprightTurn: 0, blank: letter === "c" },
      ...{ findings, fingerprint: null, straight: null, blobId: await aBlob(), sha256: digest(letter) },
    });
  }
  await sql`update dossier set status = 'read' where id = ${dossier.id}`;
  return { dossier: await found(dossier.id), originalId: original.id };
}

async function aBlob(): Promise<BlobId> {
  const id = randomUUID();
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${id}, ${agency}, 'original', ${digest("e")}, 9, ${randomBytes(60)})`;
  return id as BlobId;
}

/** Each page as it stands now. */
export async function confirmAll(dossier: Dossier): Promise<void> {
  for (const { number, streamSha256 } of await pagesOf(sql, dossier.id))
    await keepConfirmation(sql, dossier, number, streamSha256, actor);
}
