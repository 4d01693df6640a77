import type { Bytes, Result } from "../src/core/kernel.ts";
import { entryBeside, startChild } from "./child.ts";
import { embeddedEngine } from "./engines/embedded.ts";
import type { Engine } from "./engines/engine.ts";
import { nativeEngine, readsVietnamese } from "./engines/native.ts";
import { makePages } from "./make-pages.ts";
import type { EngineName, FinalPage, MadePages, ReadFailure, ReadScan, Upload, Words } from "./pages.ts";
import { createPool, type Pool } from "./pool.ts";
import { type Picture, readPicture } from "./read-picture.ts";
import { readScan } from "./read-scan.ts";
import { readWords } from "./read-words.ts";
import { lineBuffering, nativeTesseract } from "./resources.ts";

export type ReadOptions = {
  /** Aborting kills the processes at work and ends with `read_cancelled`. */
  readonly signal: AbortSignal;
  /** For the whole call; then `decode_timeout`. */
  readonly deadlineSeconds: number;
  /** Pages done, pages in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Whose pages these are; absent: everybody's. */
  readonly owner?: string | null;
  /** Absent: the machine's Tesseract where it reads Vietnamese, else tesseract.js. `none` reads no words. */
  readonly engine?: EngineName | "none";
};

/** Processes and engines, opened once at the roof and handed to whoever reads. */
export type Workshop = {
  readonly decoders: Pool;
  /** In order of preference. */
  readonly engines: readonly Engine[];
};

export type Readers = {
  /** Final pages of one upload, each upright and in the bytes that will be certified. */
  makePages(upload: Upload, options: ReadOptions): Promise<Result<MadePages, ReadFailure>>;
  /** Words of one final page. */
  readWords(
    page: Pick<FinalPage, "image" | "dpi" | "blank" | "widthPx" | "heightPx">,
    options: ReadOptions,
  ): Promise<Result<Words, ReadFailure>>;
  /** Both, page by page. */
  readScan(upload: Upload, options: ReadOptions): Promise<Result<ReadScan, ReadFailure>>;
  /** A signature's or a seal's PNG, 120 to 2,000 pixels a side. */
  readPicture(bytes: Bytes, options: ReadOptions): Promise<Result<Picture, ReadFailure>>;
  /** Highest memory of a decoder over its warm idle so far. */
  readonly peakGrowthBytes: () => number;
  /** Kills every process; what is under way ends with `read_cancelled`. */
  stop(): void;
};

/**
 * @param processes decoders side by side, and as many embedded readers; each takes about one core while it works
 * @param engines in order of preference; the machine's Tesseract and the embedded one unless told
 */
export function openReaders({
  processes = 2,
  engines = usualEngines(processes),
}: {
  readonly processes?: number;
  readonly engines?: readonly Engine[];
} = {}): Readers {
  const kind = { entry: entryBeside(import.meta.url, "decode-worker"), heapMiB: 384, growthMiB: 512 };
  const decoders = createPool(processes, () => startChild(kind));
  const workshop: Workshop = { decoders, engines };
  return {
    makePages: (upload, options) => makePages(workshop, upload, options),
    readWords: (page, options) => readWords(workshop, page, options),
    readScan: (upload, options) => readScan(workshop, upload, options),
    readPicture: (bytes, options) => readPicture(workshop, bytes, options),
    peakGrowthBytes: () => decoders.peakGrowthBytes(),
    stop: () => {
      decoders.stop();
      for (const engine of engines) engine.stop();
    },
  };
}

function usualEngines(processes: number): readonly Engine[] {
  const embedded = embeddedEngine(processes);
  const native = nativeTesseract();
  if (native === null || !readsVietnamese(native)) return [embedded];
  return [nativeEngine(native, lineBuffering(), processes), embedded];
}
