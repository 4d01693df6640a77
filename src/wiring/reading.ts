import { findOriginal, keepPages, refuseOriginal } from "../../db/stores/originals.ts";
import { earlierPages, keepWords, pagesWithoutWords } from "../../db/stores/pages.ts";
import type { Corners } from "../../ocr/decode/plane.ts";
import type { FinalPage } from "../../ocr/pages.ts";
import { printedNumber } from "../../ocr/paper/printed-number.ts";
import { isSamePage, packFingerprint, unpackFingerprint } from "../../ocr/quality/fingerprint.ts";
import type { Readers } from "../../ocr/readers.ts";
import { wordsOnStraight } from "../../ocr/words.ts";
import { readPageImage } from "../../signing/compose/page-image.ts";
import type { Original } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, hexOf, ok, type Result, type Sha256 } from "../core/kernel.ts";
import type { MadePage, PageWords, ReadingFailure, ReadingWorld, WordlessPage } from "../usecases/read-original.ts";
import { type House, keepBlob, readBlob } from "./house.ts";
import { packWords } from "./kept-words.ts";

// By the clock of a machine that may be busy; what a file may cost is bounded step by step, in CPU time (ADR 0044).
const scanDeadlineSeconds = 900;
const pageDeadlineSeconds = 300;

type Reading = {
  readonly readers: Readers;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => Promise<void>;
};

export const readingWorld = (house: House, { readers, signal, progress }: Reading): ReadingWorld => ({
  original: (id) => findOriginal(house.sql, id),
  scanBytes: (original) => readBlob(house, original.blobId),
  makePages: (bytes, original) => makePages(readers, signal, bytes, original),
  earlierPages: (original) => earlierPages(house.sql, original),
  isSamePage: (a, b) => isSamePage(unpackFingerprint(a), unpackFingerprint(b)),
  readWords: (page, { dossierId }) => readWords(house, { readers, signal }, page, dossierId),
  keepBytes: (agencyId, bytes) => keepBlob(house, agencyId, "page", bytes),
  streamDigest: (image) => {
    const read = readPageImage(image); // what cannot be read is refused when a copy is composed of it
    return hexOf(house.primitives.digest("sha256", read.ok ? read.value.stream : image)) as Sha256;
  },
  progress,
  keepPages: (original, pages) => keepPages(house.sql, original, pages),
  pagesWithoutWords: (original) => pagesWithoutWords(house.sql, original),
  keepWords: (original, index, words) => keepWords(house.sql, original, index, words),
  refuseOriginal: async (original, reason) => {
    await refuseOriginal(house.sql, original, reason);
    await house.blobs.erase(original.blobId); // what is not taken is not kept; the row tells what it was
  },
});

async function readWords(
  house: House,
  { readers, signal }: Omit<Reading, "progress">,
  page: WordlessPage,
  owner: DossierId,
): Promise<PageWords> {
  const image = await readBlob(house, page.blobId);
  const read = await readers.readWords({ ...page, image }, { signal, deadlineSeconds: pageDeadlineSeconds, owner });
  const { words, odd, ...seen } = read.ok ? read.value : { words: [], odd: [], code: null, missing: [] };
  const { straight } = page;
  const moved = (list: typeof words) =>
    straight && wordsOnStraight(list, sizeOf(page), sizeOf(straight), straight.corners as unknown as Corners);
  const onStraight = moved(words);
  return {
    words: packWords({ ...seen, words, odd }),
    straightWords: onStraight === null ? null : packWords({ ...seen, words: onStraight, odd: moved(odd) ?? [] }),
    printed:
      straight === null ? printedNumber(words, page.heightPx) : printedNumber(onStraight ?? [], straight.heightPx),
  };
}

const sizeOf = ({ widthPx, heightPx }: Pick<WordlessPage, "widthPx" | "heightPx">) => ({
  width: widthPx,
  height: heightPx,
});

async function makePages(
  readers: Readers,
  signal: AbortSignal,
  bytes: Bytes,
  { fileName, declaredType, dossierId: owner }: Original,
): Promise<Result<readonly MadePage[], ReadingFailure>> {
  const made = await readers.makePages(
    { bytes, fileName, declaredType },
    { signal, deadlineSeconds: scanDeadlineSeconds, owner },
  );
  if (made.ok) return ok(made.value.pages.map(asMade));
  return made.failure.code === "upload_refused" ? fail(made.failure) : fail({ code: "reading_failed" });
}

const asMade = ({ fingerprint, ...page }: FinalPage): MadePage => {
  const { image, widthPx, heightPx, dpi, dpiSource, uprightTurn, blank, findings, straight } = page;
  const facts = { image, widthPx, heightPx, dpi, dpiSource, uprightTurn, blank, findings, straight };
  return { ...facts, fingerprint: fingerprint === null ? null : packFingerprint(fingerprint) };
};
