import type { Page, PageFinding } from "./dossier.ts";
import type { OriginalId, PersonId } from "./ids.ts";
import type { Instant } from "./kernel.ts";

/** Where a page stands in the scans; its number moves when pages are added or left out. */
export type PagePlace = { readonly originalId: OriginalId; readonly indexInOriginal: number };

/** A scanned page that no copy will have, by whom and when. */
export type LeftOutPage = PagePlace & {
  readonly personId: PersonId;
  readonly by: string;
  readonly at: Instant;
};

/**
 * COPY-1: a page may be left out only where the copy loses nothing by it: a repeat of a page that stands, or a blank one. Whether
 * it is one an official decides, who has the paper; never the last page.
 */
export const mayBeLeftOut = (page: Page, pages: readonly Page[]): boolean =>
  pages.length > 1 && page.findings.some(asksToLeaveOut);

/** Whether this is why a page may be left out. */
export const asksToLeaveOut = ({ code, of }: PageFinding): boolean =>
  code === "BLANK_PAGE" || (code === "DUPLICATE_PAGE" && of !== null);
