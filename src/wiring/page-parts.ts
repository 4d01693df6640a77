import { isRestricted } from "../../db/stores/data-answers.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { pagesOf } from "../../db/stores/pages.ts";
import type { Actor, Page } from "../core/dossier.ts";
import type { BlobId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, ok, type Result, utf8 } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import type { PaperSeen } from "../web/officials/world.ts";
import { type House, readBlob, unlessErased } from "./house.ts";
import { unpackWords } from "./kept-words.ts";
import { paperSeen } from "./paper-seen.ts";

/** What one of a page's blobs holds; only of a dossier of the actor's own agency. */
export async function ofPage(
  house: House,
  id: DossierId,
  number: number,
  actor: Actor,
  part: (page: Page) => BlobId | null,
): Promise<Result<Bytes, Failure>> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  const page = dossier === null ? undefined : (await pagesOf(house.sql, id)).find((known) => known.number === number);
  if (page === undefined) return fail({ code: "page_not_found", page: number });
  if (await isRestricted(house.sql, id)) return fail({ code: "restricted" });
  const blobId = part(page);
  return blobId === null
    ? fail({ code: "words_waiting" }) // pages stand before their words
    : unlessErased(async () => ok(await readBlob(house, blobId)));
}

/** Words with their boxes, as JSON. */
export async function wordsOfPage(
  house: House,
  id: DossierId,
  number: number,
  actor: Actor,
): Promise<Result<Bytes, Failure>> {
  const kept = await keptWords(house, id, number, actor);
  return kept.ok ? ok(utf8(JSON.stringify(kept.value.words))) : kept;
}

export async function paperOfPage(
  house: House,
  id: DossierId,
  number: number,
  actor: Actor,
): Promise<Result<PaperSeen, Failure>> {
  const kept = await keptWords(house, id, number, actor);
  if (!kept.ok) return kept;
  return ok(await paperSeen(kept.value, () => keptBeside(house, id, number)));
}

async function keptWords(house: House, id: DossierId, number: number, actor: Actor) {
  const blob = await ofPage(house, id, number, actor, (page) => page.wordsBlobId);
  return blob.ok ? ok(unpackWords(blob.value)) : blob;
}

/** Of the pages before and after, as far as they have been read. */
async function keptBeside(house: House, id: DossierId, number: number) {
  const pages = (await pagesOf(house.sql, id)).filter((page) => Math.abs(page.number - number) === 1);
  const blobs = pages.flatMap(({ wordsBlobId }) => (wordsBlobId === null ? [] : [wordsBlobId]));
  return Promise.all(blobs.map(async (blobId) => unpackWords(await readBlob(house, blobId))));
}
