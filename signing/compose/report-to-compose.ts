import type { Instant } from "../../src/core/kernel.ts";

/** A label with what stands beside it; without a label a sentence of its own. */
export type ReportRow = { readonly label: string | null; readonly value: string };
export type ReportSection = { readonly heading: string; readonly rows: readonly ReportRow[] };

/** All that a report of an examination shows, in one language. The same input and fonts give the same bytes. */
export type ReportToCompose = {
  readonly language: "vi" | "en";
  readonly title: string;
  /** The title in the other language. */
  readonly titleBeside: string;
  readonly sections: readonly ReportSection[];
  /** Says whose signature follows; stands above the signature field, and is read out in its place. */
  readonly signedBy: string;
  /** Of the file's own facts. */
  readonly author: string;
  /** The file's own dates, nothing else. */
  readonly composedAt: Instant;
  readonly development: boolean;
};

/** Name of its one signature field. No field of a copy or a notice is called so: a report cannot be sealed in place of one. */
export const reportField = "report";
