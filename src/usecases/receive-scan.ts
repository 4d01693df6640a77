import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, BlobId, DossierId, OriginalId } from "../core/ids.ts";
import { fail, type Instant, ok, type Result, type Sha256 } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

export type Scan = {
  readonly body: AsyncIterable<Uint8Array>;
  readonly fileName: string | null;
  readonly declaredType: string | null;
};

export type StoredScan = { readonly blobId: BlobId; readonly sha256: Sha256; readonly sizeBytes: number };

export type ReceivingWorld = {
  readonly now: () => Instant;
  readonly newOriginalId: () => OriginalId;
  /** Null for a dossier of another agency too: a stranger does not learn that it exists. */
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** Durable and encrypted on return; a failure leaves nothing behind. */
  readonly storeScan: (
    agencyId: AgencyId,
    body: AsyncIterable<Uint8Array>,
  ) => Promise<
    Result<
      StoredScan,
      { code: "upload_cut" } | { code: "storage_full" } | { code: "body_too_large"; limitBytes: number }
    >
  >;
  /** Type and sizes by the file's first bytes, before anything is decoded. */
  readonly recognise: (
    stored: StoredScan,
    scan: Scan,
  ) => Promise<Result<null, { code: "upload_refused"; reason: string }>>;
  readonly eraseScan: (stored: StoredScan) => Promise<void>;
  /** In one transaction: the original, the dossier back to `received`, the reading job. False when the dossier had gone on. */
  readonly addOriginal: (
    id: OriginalId,
    dossier: Dossier,
    stored: StoredScan,
    scan: Scan,
    actor: Actor,
  ) => Promise<boolean>;
};

/** Keeps the file bit-exact and has it read. A refused or cut upload leaves the dossier as it was. */
export async function receiveScan(
  dossierId: DossierId,
  scan: Scan,
  actor: Actor,
  world: ReceivingWorld,
): Promise<Result<{ originalId: OriginalId; sha256: Sha256 }, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "received" && dossier.status !== "read")
    return fail({ code: "wrong_stage", status: dossier.status });

  const stored = await takeScan(scan, actor, world);
  if (!stored.ok) return stored;
  const id = world.newOriginalId();
  if (await world.addOriginal(id, dossier, stored.value, scan, actor))
    return ok({ originalId: id, sha256: stored.value.sha256 });
  await world.eraseScan(stored.value);
  return fail({ code: "wrong_stage", status: "attested" });
}

/** The file, kept and seen to be of a kind that is read; of one that is not, nothing stays. */
export async function takeScan(
  scan: Scan,
  actor: Actor,
  world: Pick<ReceivingWorld, "storeScan" | "recognise" | "eraseScan">,
): Promise<Result<StoredScan, Failure>> {
  const stored = await world.storeScan(actor.agencyId, scan.body);
  if (!stored.ok) return stored;
  const recognised = await world.recognise(stored.value, scan);
  if (recognised.ok) return stored;
  await world.eraseScan(stored.value);
  return recognised;
}
