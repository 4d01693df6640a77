import type { Bytes, Instant, LocalDate, Sha256 } from "../../src/core/kernel.ts";
import type { PageImageFailure } from "./page-image.ts";
import type { ReadWord } from "./word-lines.ts";

/** All that a copy shows. The same input and fonts give the same bytes. */
export type CopyToCompose = {
  readonly certificate: Certificate;
  readonly original: Original;
  /** On every page: the link of the public verification page, at most 84 bytes. */
  readonly linkUrl: string;
  /** On the attestation sheet: the link with the signed code in its fragment, at most 362 bytes. */
  readonly signedCodeUrl: string;
  /** The file's own dates, nothing else. */
  readonly composedAt: Instant;
  /** Marks every page as worthless in law (DESIGN decision 10). */
  readonly development: boolean;
  readonly appearances: AppearanceSizes;
};

export type Certificate = {
  /** As in the register: `12`. */
  readonly number: string;
  /** Book with its year and sign: `01/2026-SCTĐT/BS`. LAW 3.1 note (1). */
  readonly book: string;
  /** Which copy of how many under this number, from 1; absent where there is one. */
  readonly copy?: { readonly ordinal: number; readonly of: number };
  /** The day that is printed; the copy is good for this day only (DESIGN decision 8). */
  readonly date: LocalDate;
  /** Of what was certified elsewhere than at the office: where and when; absent for the office. NĐ 23/2015 Art. 10(2). */
  readonly elsewhere?: { readonly place: string; readonly at: Instant };
  /** Competent agency: `Ủy ban nhân dân phường …`. */
  readonly agency: string;
  /** Place name before the date: `Phường …`. NĐ 30/2020 Appendix I. */
  readonly place: string;
  readonly officer: {
    readonly name: string /** `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH` */;
    readonly titleLines: readonly string[];
  };
};

export type Original = {
  /** Kind and name of the paper as the register has it. */
  readonly title: string;
  /** What the official confirmed of it besides, label and value; left out where the attestation sheet has no room. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly pages: readonly OriginalPage[];
};

export type OriginalPage = {
  /**
   * Exactly the picture that the official confirmed. A JPEG (grey or RGB, baseline or progressive) stands in the copy byte for
   * byte, a PNG by its packed rows, or, of black and white dots, by the same dots coded as a fax.
   */
  readonly image: Bytes;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly dpi: number;
  /** In reading order. */
  readonly words: readonly ReadWord[];
};

/** Room reserved for what the signing people add. The seal is shown at its actual size (NĐ 30/2020 Appendix I). */
export type AppearanceSizes = {
  readonly signatureWidthMm: number;
  readonly signatureHeightMm: number;
  readonly sealDiameterMm: number;
};

export const usualAppearances: AppearanceSizes = { signatureWidthMm: 50, signatureHeightMm: 20, sealDiameterMm: 35 };

/** Names of the two empty signature fields. */
export const fieldNames = { officer: "officer", agency: "agency" } as const;

export type ComposedCopy = {
  readonly pdf: Bytes;
  readonly fields: typeof fieldNames;
  /** One a page of the original, in order: where its stream stands in `pdf`, and the digest of the page to hold against what was confirmed. */
  readonly pageStreams: readonly PageStream[];
};

export type PageStream = { readonly offset: number; readonly length: number; readonly sha256: Sha256 };

/** `page` counts from 1. */
export type ComposeFailure =
  | { readonly code: "no_pages" }
  | (PageImageFailure & { readonly page: number })
  | { readonly code: "page_pixels_differ"; readonly page: number; readonly widthPx: number; readonly heightPx: number }
  | {
      readonly code: "page_size_out_of_bounds";
      readonly page: number;
      readonly widthMm: number;
      readonly heightMm: number;
    }
  | { readonly code: "malformed_link"; readonly link: "link" | "signed_code" }
  | {
      readonly code: "code_too_long";
      readonly link: "link" | "signed_code";
      readonly bytes: number;
      readonly mostBytes: number;
    }
  | { readonly code: "appearance_out_of_bounds" }
  | { readonly code: "character_not_in_font"; readonly character: string }
  | { readonly code: "text_does_not_fit"; readonly place: "strip" | "attestation_sheet" };
