import { noteAccess } from "../../db/stores/accesses.ts";
import { livingCertificate } from "../../db/stores/certificates.ts";
import { isRestricted } from "../../db/stores/data-answers.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { noteEvent } from "../../db/stores/events.ts";
import { originalsOf } from "../../db/stores/originals.ts";
import { sniff } from "../../ocr/sniff.ts";
import { minuteOf } from "../core/copy-check.ts";
import type { Actor, Page } from "../core/dossier.ts";
import type { BlobId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import type { AccessKind } from "../core/personal-data.ts";
import type { Failure } from "../usecases/failure.ts";
import { newestCopy } from "./evidence.ts";
import { type House, readBlob, unlessErased } from "./house.ts";
import { ofPage } from "./page-parts.ts";

/** What an official is shown of a dossier's files, each look noted for the paper's holder (DATA-1). */

/** In the form that stands, or in the other where its digest is asked for. */
export async function pageStream(house: House, id: DossierId, number: number, actor: Actor, asked?: string) {
  const bytes = await ofPage(house, id, number, actor, (page) => formAsked(page, asked));
  if (bytes.ok) await noted(house, id, "pages_seen", actor);
  return bytes;
}

/** The form in which the page stands now, or the other one where its digest was asked for. */
const formAsked = ({ blobId, otherForm }: Page, asked: string | undefined): BlobId =>
  otherForm !== null && otherForm.sha256 === asked ? otherForm.blobId : blobId;

export async function sealedCopy(house: House, id: DossierId, actor: Actor): Promise<Result<Bytes, Failure>> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const certificate = dossier.status === "released" ? await livingCertificate(house.sql, id) : null;
  if (certificate?.sealedBlobId == null) return fail({ code: "not_released" });
  if (await isRestricted(house.sql, id)) return fail({ code: "restricted" });
  const copy = await unlessErased(async () => ok(await newestCopy(house, certificate)));
  if (copy.ok) await noted(house, id, "copy_seen", actor);
  return copy;
}

/** DATA-1: the paper's holder is told, by duty. */
const noted = (house: House, id: DossierId, what: AccessKind, { personId }: Actor): Promise<void> =>
  noteAccess(house.sql, id, what, personId, minuteOf(house.now()));

const mediaTypes = {
  jpeg: "image/jpeg",
  png: "image/png",
  tiff: "image/tiff",
  webp: "image/webp",
  pdf: "application/pdf",
} as const;

/** Only what is still there, and by what its first bytes are: a sender's word for the type goes nowhere. */
export async function originalFile(house: House, id: DossierId, originalId: string, actor: Actor) {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  const originals = dossier === null ? [] : await originalsOf(house.sql, id);
  const original = originals.find((one) => one.id === originalId && one.status !== "refused");
  if (original === undefined) return fail({ code: "not_found" } as const);
  if (await isRestricted(house.sql, id)) return fail({ code: "restricted" } as const);
  const read = await unlessErased(async () => ok(await readBlob(house, original.blobId)));
  if (!read.ok) return read;
  const bytes = read.value;
  await noted(house, id, "scan_taken", actor);
  // LAW R17: who looked at a paper as it came is kept. A record of access, not a step: nothing of the dossier changes.
  await noteEvent(house.sql, id, "original_taken", actor.personId);
  const found = sniff(bytes, { fileName: null, declaredType: null });
  const mediaType = found.ok ? mediaTypes[found.value.type] : "application/octet-stream";
  return ok({ bytes, mediaType, fileName: original.fileName });
}
