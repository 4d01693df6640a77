import type { Original, PageFinding } from "../core/dossier.ts";
import type { AgencyId, BlobId, OriginalId } from "../core/ids.ts";
import { type Bytes, fail, ok, type Result, type Sha256 } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

/** A photograph's sheet as seen from above; `corners` in shares of the page as taken. */
export type StraightPage = {
  readonly image: Bytes;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly corners: readonly { readonly x: number; readonly y: number }[];
};

/** A page as the reader made it: final bytes first. */
export type MadePage = {
  readonly image: Bytes;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  readonly dpiSource: string;
  readonly uprightTurn: number;
  readonly blank: boolean;
  /** What an official should look at; none of it refuses. `of`: a page of the same upload, from 1. */
  readonly findings: readonly PageFinding[];
  /** To tell the same page in another upload; null of a blank one. */
  readonly fingerprint: Bytes | null;
  readonly straight: StraightPage | null;
};

export type KeptPage = Omit<MadePage, "image" | "findings" | "straight"> & {
  readonly blobId: BlobId;
  readonly sha256: Sha256;
  /** `of` by the digest of the other page: numbers move when pages are added. */
  readonly findings: readonly (Omit<PageFinding, "of"> & { readonly of: Sha256 | null })[];
  readonly straight: (Omit<StraightPage, "image"> & { readonly blobId: BlobId; readonly sha256: Sha256 }) | null;
};

/** A page that was kept before, of any original of the dossier. */
export type EarlierPage = { readonly sha256: Sha256; readonly fingerprint: Bytes | null };

/** A kept page whose words have not been read. */
export type WordlessPage = Pick<KeptPage, "blobId" | "widthPx" | "heightPx" | "dpi" | "blank"> & {
  readonly index: number;
  readonly straight: Omit<StraightPage, "image"> | null;
};

/** Words with boxes as JSON, and what the page says of its place: an aid, so a page that cannot be read has none. */
export type PageWords = {
  readonly words: Bytes;
  readonly straightWords: Bytes | null;
  readonly printed: { readonly number: number; readonly total: number | null } | null;
};

export type ReadingFailure = { code: "upload_refused"; reason: string } | { code: "reading_failed" };

export type ReadingWorld = {
  readonly original: (id: OriginalId) => Promise<Original | null>;
  readonly scanBytes: (original: Original) => Promise<Bytes>;
  /** The same file gives the same bytes. */
  readonly makePages: (bytes: Bytes, original: Original) => Promise<Result<readonly MadePage[], ReadingFailure>>;
  readonly earlierPages: (original: Original) => Promise<readonly EarlierPage[]>;
  readonly isSamePage: (a: Bytes, b: Bytes) => boolean;
  readonly readWords: (page: WordlessPage, original: Original) => Promise<PageWords>;
  readonly keepBytes: (agencyId: AgencyId, bytes: Bytes) => Promise<{ blobId: BlobId }>;
  /** Of the stream that stands in a copy for this picture: what an official confirms, byte for byte. COPY-2. */
  readonly streamDigest: (image: Bytes) => Sha256;
  readonly progress: (pagesDone: number, pagesTotal: number) => Promise<void>;
  /** One transaction; the dossier becomes `read` when nothing waits. Harmless when repeated. */
  readonly keepPages: (original: Original, pages: readonly KeptPage[]) => Promise<void>;
  readonly pagesWithoutWords: (original: Original) => Promise<readonly WordlessPage[]>;
  /** Harmless when repeated: the first words stay. */
  readonly keepWords: (
    original: Original,
    index: number,
    words: { readonly blobId: BlobId; readonly straightBlobId: BlobId | null; readonly printed: PageWords["printed"] },
  ) => Promise<void>;
  readonly refuseOriginal: (original: Original, reason: string) => Promise<void>;
};

/**
 * Brings every page of one original into the bytes that will be confirmed and certified; then its words. An official sees
 * pages and what is wrong with them before any word is read. DESIGN, step 2.
 */
export async function readOriginal(id: OriginalId, world: ReadingWorld): Promise<Result<null, Failure>> {
  const original = await world.original(id);
  if (original === null || original.status === "refused") return ok(null);
  if (original.status === "waiting") {
    const made = await world.makePages(await world.scanBytes(original), original);
    if (!made.ok && made.failure.code === "upload_refused") {
      await world.refuseOriginal(original, made.failure.reason);
      return ok(null);
    }
    if (!made.ok) return fail(made.failure);
    await world.keepPages(original, await keptPages(made.value, original, world));
  }
  await readMissingWords(original, world, world.readWords); // a repeated job goes on where the one before it ended
  return ok(null);
}

/** After the last attempt: what could not be read has no words, so that nothing waits for them. */
export async function giveUpReading(id: OriginalId, world: ReadingWorld): Promise<void> {
  const original = await world.original(id);
  if (original?.status === "waiting") await world.refuseOriginal(original, "READING_FAILED");
  if (original?.status !== "read") return;
  await readMissingWords(original, world, async () => ({ words: noWords, straightWords: null, printed: null }));
}

const noWords: Bytes = Uint8Array.of(0x5b, 0x5d); // []

async function readMissingWords(original: Original, world: ReadingWorld, read: ReadingWorld["readWords"]) {
  const pages = await world.pagesWithoutWords(original);
  for (const [done, page] of pages.entries()) {
    await world.progress(done, pages.length);
    const { words, straightWords, printed } = await read(page, original);
    const { blobId } = await world.keepBytes(original.agencyId, words);
    const straight = straightWords === null ? null : await world.keepBytes(original.agencyId, straightWords);
    await world.keepWords(original, page.index, { blobId, straightBlobId: straight?.blobId ?? null, printed });
  }
}

async function keptPages(made: readonly MadePage[], original: Original, world: ReadingWorld) {
  const earlier = await world.earlierPages(original);
  const kept: KeptPage[] = [];
  for (const page of made) kept.push(await keepPage(page, original, world, { earlier, kept }));
  return kept;
}

type Known = { readonly earlier: readonly EarlierPage[]; readonly kept: readonly KeptPage[] };

async function keepPage(
  page: MadePage,
  original: Original,
  world: ReadingWorld,
  { earlier, kept }: Known,
): Promise<KeptPage> {
  const { image, straight, findings, ...facts } = page;
  const { blobId } = await world.keepBytes(original.agencyId, image);
  const sha256 = world.streamDigest(image);
  const named = findings.map((one) => ({ ...one, of: one.of === null ? null : (kept[one.of - 1]?.sha256 ?? null) }));
  const same = sameBefore(page, sha256, earlier, world);
  const all = same === null ? named : [...named, { code: "DUPLICATE_PAGE", place: null, of: same }];
  return {
    ...facts,
    blobId,
    sha256,
    findings: all,
    straight: straight && (await keepStraight(straight, original, world)),
  };
}

function sameBefore(
  { fingerprint, findings }: MadePage,
  own: Sha256,
  earlier: readonly EarlierPage[],
  world: ReadingWorld,
) {
  if (fingerprint === null || findings.some(({ code }) => code === "DUPLICATE_PAGE")) return null;
  const isSame = (one: EarlierPage) =>
    one.sha256 === own || (one.fingerprint !== null && world.isSamePage(one.fingerprint, fingerprint));
  return earlier.find(isSame)?.sha256 ?? null;
}

async function keepStraight({ image, ...facts }: StraightPage, original: Original, world: ReadingWorld) {
  const { blobId } = await world.keepBytes(original.agencyId, image);
  return { ...facts, blobId, sha256: world.streamDigest(image) };
}
