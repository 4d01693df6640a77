import type { Instant, LocalDate } from "../../src/core/kernel.ts";

/** All that a notice of refusal shows. The same input and fonts give the same bytes. */
export type NoticeToCompose = {
  readonly agency: string;
  /** Place name before the date: `Phường …`. NĐ 30/2020 Appendix I. */
  readonly place: string;
  /** The day of signing, which is the day of the notice. */
  readonly date: LocalDate;
  readonly dossierId: string;
  readonly applicant: string;
  /** When the request was received, as people read it. */
  readonly receivedAt: string;
  /** Kind and name of the paper, its number, its holder. */
  readonly paper: string;
  readonly ground: {
    /** Where it stands, such as `khoản 2 Điều 22 Nghị định số 23/2015/NĐ-CP`. */
    readonly rule: string;
    readonly words: string;
    /** One of NĐ 23/2015 Art. 22: what the original is like. */
    readonly isOfOriginal: boolean;
    /** What is suspected to be forged goes to who is competent, with a record. NĐ 23/2015 Art. 9 */
    readonly isPaperReturned: boolean;
  };
  /** What was seen, as it was written; its lines are kept. */
  readonly reason: string;
  readonly page: number | null;
  readonly examined: { readonly by: string; readonly on: LocalDate };
  /** NĐ 23/2015 Art. 9: the person certifying is the one who refuses. */
  readonly signer: { readonly name: string; readonly titleLines: readonly string[] };
  /** Where anybody checks the signature. */
  readonly checkAt: string;
  /** The file's own dates, nothing else. */
  readonly composedAt: Instant;
  readonly development: boolean;
};

export type NoticeFailure = { readonly code: "character_not_in_font"; readonly character: string };

/** Name of its one signature field. No field of a copy is called so: a notice cannot be sealed in place of one. */
export const noticeField = "refusal";
