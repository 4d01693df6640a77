import { findOriginal, keepPages, refuseOriginal } from "../../db/stores/originals.ts";
import type { FinalPage } from "../../ocr/pages.ts";
import type { Readers } from "../../ocr/readers.ts";
import type { Original } from "../core/dossier.ts";
import { type Bytes, fail, ok, type Result, utf8 } from "../core/kernel.ts";
import type { ReadingFailure, ReadingWorld } from "../usecases/read-original.ts";
import { type House, keepBlob, readBlob } from "./house.ts";

const scanDeadlineSeconds = 300;
const pageDeadlineSeconds = 90;

type Reading = {
  readonly readers: Readers;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => Promise<void>;
};

export const readingWorld = (house: House, { readers, signal, progress }: Reading): ReadingWorld<FinalPage> => ({
  original: (id) => findOriginal(house.sql, id),
  scanBytes: (original) => readBlob(house, original.blobId),
  makePages: (bytes, original) => makePages(readers, signal, bytes, original),
  readWords: async (page) => {
    const read = await readers.readWords(page, { signal, deadlineSeconds: pageDeadlineSeconds });
    return utf8(JSON.stringify(read.ok ? read.value.words : []));
  },
  keepBytes: (agencyId, bytes) => keepBlob(house, agencyId, "page", bytes),
  progress,
  keepPages: (original, pages) => keepPages(house.sql, original, pages),
  refuseOriginal: async (original, reason) => {
    await refuseOriginal(house.sql, original, reason);
    await house.blobs.erase(original.blobId); // what is not taken is not kept; the row tells what it was
  },
});

async function makePages(
  readers: Readers,
  signal: AbortSignal,
  bytes: Bytes,
  { fileName, declaredType }: Original,
): Promise<Result<readonly FinalPage[], ReadingFailure>> {
  const made = await readers.makePages(
    { bytes, fileName, declaredType },
    { signal, deadlineSeconds: scanDeadlineSeconds },
  );
  if (made.ok) return ok(made.value.pages);
  return made.failure.code === "upload_refused" ? fail(made.failure) : fail({ code: "reading_failed" });
}
