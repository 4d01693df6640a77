import { findDossier } from "../../db/stores/dossiers.ts";
import { addOriginal } from "../../db/stores/originals.ts";
import { sniff } from "../../ocr/sniff.ts";
import { fail, ok } from "../core/kernel.ts";
import type { ReceivingWorld, Scan, StoredScan } from "../usecases/receive-scan.ts";
import { type House, newId } from "./house.ts";

const uploadLimitBytes = 100 * 1024 * 1024;

export const receivingWorld = (house: House): ReceivingWorld => ({
  now: house.now,
  newOriginalId: newId,
  dossier: (id, agencyId) => findDossier(house.sql, id, agencyId),
  storeScan: async (agencyId, body) => {
    const stored = await house.blobs.put(agencyId, { kind: "original", content: body, limitBytes: uploadLimitBytes });
    if (stored.ok)
      return ok({ blobId: stored.value.id, sha256: stored.value.sha256, sizeBytes: stored.value.sizeBytes });
    if (stored.failure.code === "wrong_master_key") throw new Error("KEY_FILE does not open this store");
    return stored.failure.code === "upload_too_large"
      ? fail({ code: "body_too_large", limitBytes: stored.failure.limitBytes })
      : fail(stored.failure);
  },
  recognise: (stored, scan) => recognise(house, stored, scan),
  eraseScan: (stored) => house.blobs.erase(stored.blobId),
  addOriginal: (id, dossier, stored, scan, actor) => addOriginal(house.sql, id, dossier, stored, scan, actor),
});

// What the first chunk proves whatever follows; the reader's child process judges the rest, outside this process.
const provenByHead = new Set(["EMPTY_FILE", "TYPE_MISMATCH", "UNRECOGNISED_TYPE", "UNSUPPORTED_TYPE", "POLYGLOT"]);

async function recognise(house: House, stored: StoredScan, scan: Scan) {
  for await (const head of house.blobs.stream(stored.blobId)) {
    if (!head.ok) throw new Error(`stored bytes cannot be read: ${head.failure.code}`);
    const found = sniff(head.value, scan);
    return found.ok || !provenByHead.has(found.failure) ? ok(null) : refused(found.failure);
  }
  return refused("EMPTY_FILE");
}

const refused = (reason: string) => fail({ code: "upload_refused", reason } as const);
