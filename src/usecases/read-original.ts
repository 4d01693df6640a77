import type { Original } from "../core/dossier.ts";
import type { AgencyId, BlobId, OriginalId } from "../core/ids.ts";
import { type Bytes, fail, ok, type Result, type Sha256 } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

/** A page as the reader made it: final bytes first, words beside. */
export type MadePage = {
  readonly jpeg: Bytes;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly dpiSource: string;
  readonly uprightTurn: number;
  readonly blank: boolean;
  /** What an official should look at; none of it refuses. */
  readonly warnings: readonly string[];
};

export type KeptPage = Omit<MadePage, "jpeg"> & {
  readonly blobId: BlobId;
  readonly wordsBlobId: BlobId;
  readonly sha256: Sha256;
};

export type ReadingFailure = { code: "upload_refused"; reason: string } | { code: "reading_failed" };

/** @template Made what the reader knows of a page it made; handed back to it for its words */
export type ReadingWorld<Made extends MadePage = MadePage> = {
  readonly original: (id: OriginalId) => Promise<Original | null>;
  readonly scanBytes: (original: Original) => Promise<Bytes>;
  /** The same file gives the same bytes. */
  readonly makePages: (bytes: Bytes, original: Original) => Promise<Result<readonly Made[], ReadingFailure>>;
  /** Words with boxes as JSON; an aid, so a page that cannot be read has none. */
  readonly readWords: (page: Made) => Promise<Bytes>;
  readonly keepBytes: (agencyId: AgencyId, bytes: Bytes) => Promise<{ blobId: BlobId; sha256: Sha256 }>;
  readonly progress: (pagesDone: number, pagesTotal: number) => Promise<void>;
  /** One transaction; the dossier becomes `read` when nothing waits. Harmless when repeated. */
  readonly keepPages: (original: Original, pages: readonly KeptPage[]) => Promise<void>;
  readonly refuseOriginal: (original: Original, reason: string) => Promise<void>;
};

/** Brings every page of one original into the bytes that will be confirmed and certified. DESIGN, step 2. */
export async function readOriginal<Made extends MadePage>(
  id: OriginalId,
  world: ReadingWorld<Made>,
): Promise<Result<null, Failure>> {
  const original = await world.original(id);
  if (original === null || original.status !== "waiting") return ok(null); // a repeated job finds its work done
  const made = await world.makePages(await world.scanBytes(original), original);
  if (!made.ok && made.failure.code === "upload_refused") {
    await world.refuseOriginal(original, made.failure.reason);
    return ok(null);
  }
  if (!made.ok) return fail(made.failure);
  const kept: KeptPage[] = [];
  for (const page of made.value) {
    await world.progress(kept.length, made.value.length);
    kept.push(await keepPage(page, original, world));
  }
  await world.keepPages(original, kept);
  return ok(null);
}

async function keepPage<Made extends MadePage>(
  page: Made,
  original: Original,
  world: ReadingWorld<Made>,
): Promise<KeptPage> {
  const { jpeg, widthPx, heightPx, dpi, dpiSource, uprightTurn, blank, warnings } = page;
  const words = await world.keepBytes(original.agencyId, await world.readWords(page));
  const stream = await world.keepBytes(original.agencyId, jpeg);
  const facts = { widthPx, heightPx, dpi, dpiSource, uprightTurn, blank, warnings };
  return { ...facts, blobId: stream.blobId, sha256: stream.sha256, wordsBlobId: words.blobId };
}
