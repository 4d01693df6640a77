/** What a file may cost its reader. Every limit that is met becomes a typed failure or a missing object, never a hang. */
export type PdfLimits = {
  readonly fileBytes: number;
  /** Arrays and dictionaries inside one another. */
  readonly nesting: number;
  /** Numbers that the cross-reference sections of one file may list, all revisions together. */
  readonly xrefEntries: number;
  /** Cross-reference sections in one chain. */
  readonly sections: number;
  readonly streamBytes: number;
  readonly decodedBytes: number;
  /** Bytes read by the parser and searched for a lost `endstream`, as a multiple of the file: overlapping objects cost again. */
  readonly readsPerByte: number;
};

export const usualLimits: PdfLimits = {
  fileBytes: 128 * 1024 * 1024,
  nesting: 96,
  xrefEntries: 1_000_000,
  sections: 512,
  streamBytes: 64 * 1024 * 1024,
  decodedBytes: 192 * 1024 * 1024,
  readsPerByte: 12,
};

/** What is left of the limits while one file is being read. */
export type PdfBudget = { readBytes: number; decodedBytes: number; exhausted: boolean };

export const budgetFor = (limits: PdfLimits, fileBytes: number): PdfBudget => ({
  readBytes: limits.readsPerByte * fileBytes + 4 * 1024 * 1024,
  decodedBytes: limits.decodedBytes,
  exhausted: false,
});

/** @returns false once the budget is spent; it stays spent */
export function spend(budget: PdfBudget, what: "readBytes" | "decodedBytes", bytes: number): boolean {
  budget[what] -= bytes;
  if (budget[what] < 0) budget.exhausted = true;
  return !budget.exhausted;
}
