import { ok, type Result } from "../src/core/kernel.ts";
import { withDeadline } from "./deadline.ts";
import { makePages } from "./make-pages.ts";
import type { ReadFailure, ReadPage, ReadScan, Upload } from "./pages.ts";
import { readPaper } from "./paper/paper.ts";
import { readWords } from "./read-words.ts";
import type { ReadOptions, Workshop } from "./readers.ts";

/** The whole of `ocr` for one upload: final pages, then the words of each. Progress counts both: two steps a page. */
export function readScan(
  workshop: Workshop,
  upload: Upload,
  options: ReadOptions,
): Promise<Result<ReadScan, ReadFailure>> {
  return withDeadline(options, async (signal) => {
    const within = { ...options, signal };
    const onMade = (done: number, total: number) => options.onProgress?.(done, 2 * total);
    const made = await makePages(workshop, upload, { ...within, onProgress: onMade });
    if (!made.ok) return made;
    const pages: ReadPage[] = [];
    for (const page of made.value.pages) {
      const words = await readWords(workshop, page, within);
      if (!words.ok) return words;
      pages.push({ ...page, ...words.value });
      options.onProgress?.(made.value.pages.length + pages.length, 2 * made.value.pages.length);
    }
    return ok({ type: made.value.type, pages, paper: readPaper(pages) });
  });
}
