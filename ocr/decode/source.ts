import type { Sharp } from "sharp";
import type { Resolution } from "./paper.ts";

/** One page as it can be decoded again and again: the same pixels each time. */
export type PageSource = {
  /** Upright by EXIF, square pixels, alpha on white, still in its own colours. A fresh pipeline each call. */
  readonly open: () => Promise<Sharp>;
  /** Size of what `open` gives. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolution: Resolution;
  readonly isGrey: boolean;
  /** Clockwise turn that `open` applies to the stored picture. */
  readonly storedTurn: 0 | 90 | 180 | 270;
  /** The received JPEG where its picture can be certified without encoding again; else null. */
  readonly keepable: Uint8Array | null;
};

export type UploadSource = {
  readonly pages: number;
  /** @param number from 1 */
  readonly page: (number: number) => Promise<PageSource>;
  readonly close: () => void;
};
