import type { OpenPdf } from "./open-pdf.ts";

/**
 * One requirement of ISO 19005-2:2011, with the words of this project. `findings` names every place that breaks it.
 */
export type Rule = {
  readonly clause: string;
  readonly says: string;
  readonly findings: (pdf: OpenPdf) => readonly string[];
};

/** The place is a finding where the condition does not hold. */
export const unless = (holds: boolean, finding: string): string[] => (holds ? [] : [finding]);
