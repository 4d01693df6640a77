import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { RegisterColumn } from "./register-to-compose.ts";

/**
 * An administrative paper of the agency, A4, in the layout of NĐ 30/2020 Appendix I: agency and number left, nation and
 * motto right, place and date, title, body, who signs, *nơi nhận*. It is printed and signed by hand: it has no signature
 * field, so it can never pass for a copy, a notice or a register. The same input and fonts give the same bytes.
 *
 * To add a paper: write one function in `src/wiring` that turns its facts into this (wording there, Vietnamese only; see
 * `deadline-papers.ts`), compose it with `composePaper`, answer it with `pdfOf`. Nothing here knows a single paper.
 */
export type PaperToCompose = {
  readonly agency: string;
  /** The desk or body of the agency that issues it, in bold below the agency; null where the agency itself does. */
  readonly unit: string | null;
  /** Number and sign, `12/GXN-UBND`; null where the paper has none. */
  readonly number: string | null;
  /** Place name before the date: `Phường …`. */
  readonly place: string;
  readonly date: LocalDate;
  /** In capitals: the kind of paper. */
  readonly title: string;
  /** Below the title: what it is about; empty for none. */
  readonly about: string;
  readonly parts: readonly PaperPart[];
  /** One signs right; of two the first signs left. */
  readonly signers: readonly [PaperSigner] | readonly [PaperSigner, PaperSigner];
  /** *Nơi nhận*, a line each; empty for none. */
  readonly recipients: readonly string[];
  /** The file's own dates, nothing else. */
  readonly composedAt: Instant;
  readonly development: boolean;
};

export type PaperPart =
  | { readonly kind: "paragraph"; readonly runs: readonly PaperRun[] }
  /** `Label: value`, the value in bold. */
  | { readonly kind: "fact"; readonly label: string; readonly value: string }
  | { readonly kind: "heading"; readonly text: string }
  /** Widths of the columns together: `columnMm` (160). A line is never broken over two pages; the total is in bold. */
  | {
      readonly kind: "table";
      readonly columns: readonly RegisterColumn[];
      readonly rows: readonly (readonly string[])[];
      readonly totals: readonly string[] | null;
    }
  /** A QR code with what it is for beside it. At most 362 bytes. `says` is for those who cannot see it. */
  | {
      readonly kind: "code";
      readonly text: string;
      readonly says: string;
      readonly beside: readonly (readonly PaperRun[])[];
    };

export type PaperRun = { readonly text: string; readonly look?: "strong" | "italic" };

export type PaperSigner = {
  /** `CHỦ TỊCH`, `NGƯỜI TIẾP NHẬN HỒ SƠ`, a line each. */
  readonly titleLines: readonly string[];
  /** `(Ký, ghi rõ họ tên)`; empty for none. */
  readonly how: string;
  /** Empty leaves the room for it. */
  readonly name: string;
};
