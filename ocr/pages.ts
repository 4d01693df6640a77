import type { Bytes } from "../src/core/kernel.ts";
import type { ChildFailure } from "./child.ts";
import type { Corners } from "./decode/plane.ts";
import type { MissingMark } from "./paper/missing-marks.ts";
import type { Paper } from "./paper/paper.ts";
import type { Finding, QualityCode } from "./quality/finding.ts";
import type { Fingerprint } from "./quality/fingerprint.ts";
import type { ReasonCode } from "./reason-codes.ts";
import type { TakenType } from "./sniff.ts";

/** As it came: nothing in it is trusted. The name and the declared type are only held against the content. */
export type Upload = { readonly bytes: Bytes; readonly fileName: string | null; readonly declaredType: string | null };

/** Degrees, clockwise. */
export type Turn = 0 | 90 | 180 | 270;

/** `corners`: of the sheet on the page as taken, in shares, clockwise from the sheet's top left. */
export type StraightForm = Pick<FinalPage, "image" | "widthPx" | "heightPx" | "dpi"> & { readonly corners: Corners };

/** One page in its final bytes: what is shown, confirmed and certified. */
export type FinalPage = {
  /** From 1, in the order of the upload. */
  readonly number: number;
  /**
   * JPEG, or PNG without alpha or interlacing, for black and white dots and flat colours; sRGB or grey, density set, nothing else
   * beside the picture but a colour profile.
   */
  readonly image: Bytes;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  /** `inferred`: taken from the shape of an A4 page, because the file says nothing believable. */
  readonly dpiSource: "metadata" | "inferred";
  readonly colour: "srgb" | "grey";
  /** Clockwise turn from the stored picture to upright, EXIF's part included. */
  readonly uprightTurn: Turn;
  readonly blank: boolean;
  /** Share of the page clearly darker than the paper, 0 to 1. */
  readonly inkShare: number;
  /** About 0.5 and more when sharp, below 0.25 when blurred. */
  readonly sharpness: number;
  /** The received JPEG's coded pixels stand in `jpeg` unchanged. */
  readonly keptAsReceived: boolean;
  /** What an official should look at, each with its place on this page; none of it refuses. */
  readonly findings: readonly Finding[];
  /** Their codes, without hints of alteration. */
  readonly warnings: readonly QualityCode[];
  /** The sheet of a photograph as seen from above; null where the picture is all sheet, or not all of the sheet is in it. */
  readonly straight: StraightForm | null;
  /** To tell the same page in another upload; null of a blank one. */
  readonly fingerprint: Fingerprint | null;
};

export type Word = {
  /** NFC, no space inside. */
  readonly text: string;
  /** Box in pixels of the final page, origin at the top left. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 100. */
  readonly confidence: number;
  /** Running numbers in reading order, from 0, over the whole page. */
  readonly line: number;
  readonly block: number;
};

export type EngineName = "tesseract" | "tesseract.js";

export type Words = {
  readonly words: readonly Word[];
  readonly engine: EngineName | "none";
  /** What the QR code of an identity card says; null of every other paper. */
  readonly code: string | null;
  /** Of a page that somebody signed, by the name printed on it. */
  readonly missing: readonly MissingMark[];
  /** Figures that differ from the others of their number, each a word of one sign. */
  readonly odd: readonly Word[];
};

export type ReadPage = FinalPage & Words;

export type ReadFailure = { readonly code: "upload_refused"; readonly reason: ReasonCode } | ChildFailure;

export type MadePages = { readonly type: TakenType; readonly pages: readonly FinalPage[] };
/** `paper`: kind and fields, taking the upload for one paper. */
export type ReadScan = { readonly type: TakenType; readonly pages: readonly ReadPage[]; readonly paper: Paper };
