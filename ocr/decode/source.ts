import type { Sharp } from "sharp";
import type { Turn } from "../pages.ts";
import type { Grey } from "./look.ts";
import type { Resolution } from "./paper.ts";
import type { Corners } from "./plane.ts";
import type { Raw } from "./straighten.ts";

/** One page as it can be decoded again and again: the same pixels each time. */
export type PageSource = {
  /**
   * A fresh pipeline: square pixels, alpha on white, still in its own colours, made smaller first and turned last, so that
   * only the smaller picture is ever held whole. `turn` is clockwise, on top of `storedTurn`.
   */
  readonly draw: (scale: number, turn: Turn) => Sharp;
  /** What `draw(1, 0)` gives, where it was decoded once and is held: sRGB or grey, eight bits a channel. */
  readonly pixels: Raw | null;
  /** Size of what `draw(1, 0)` gives. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolution: Resolution;
  readonly isGrey: boolean;
  /**
   * Of the sheet in a photograph, in shares of what `draw(1, 0)` gives; null where the picture is all sheet. Undefined where nobody looked
   * yet, since the file told its resolution: `sheetCorners` does.
   */
  readonly corners: Corners | null | undefined;
  /** Clockwise turn that `draw` applies to the stored picture, from EXIF. */
  readonly storedTurn: Turn;
  /** The received JPEG where its picture can be certified without encoding again; else null. */
  readonly keepable: Uint8Array | null;
  /** The received PNG, upright and in colours that need no profile; else null. */
  readonly losslessPng: Uint8Array | null;
  /** Kept however heavy it is: a scan PDF was made to be kept. */
  readonly keepsWhole: boolean;
  /** The received JPEG holds its colours at half the resolution. */
  readonly isChromaHalved: boolean;
  /** The page as black and white dots, where every dot is one or the other; null where the picture cannot be such a one. */
  readonly dots: ((turn: Turn) => Promise<Grey | null>) | null;
  /** Of its pixels where they came packed without loss: a page of flat colours grows as a JPEG. Null of all others. */
  readonly storedBytes: number | null;
};

export type UploadSource = {
  readonly pages: number;
  /** @param number from 1 */
  readonly page: (number: number) => Promise<PageSource>;
  readonly close: () => void;
};
