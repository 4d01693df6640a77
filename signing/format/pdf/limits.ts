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
  /** Objects looked up, nodes walked and values compared, all signatures together: shared objects cost again. */
  readonly steps: number;
  /** Values parsed: each is a few bytes in the file and a hundred here. */
  readonly values: number;
};

export const usualLimits: PdfLimits = {
  fileBytes: 128 * 1024 * 1024,
  nesting: 96,
  xrefEntries: 1_000_000,
  sections: 512,
  streamBytes: 64 * 1024 * 1024,
  decodedBytes: 192 * 1024 * 1024,
  readsPerByte: 12,
  steps: 8_000_000,
  values: 2_000_000,
};

/** What is left of the limits while one file is being read. */
export type PdfBudget = {
  readBytes: number;
  decodedBytes: number;
  steps: number;
  values: number;
  exhausted: boolean;
};

export const budgetFor = (limits: PdfLimits, fileBytes: number): PdfBudget => ({
  readBytes: limits.readsPerByte * fileBytes + 4 * 1024 * 1024,
  decodedBytes: limits.decodedBytes,
  steps: limits.steps,
  values: limits.values,
  exhausted: false,
});

/** @returns false once the budget is spent; it stays spent */
export function spend(budget: PdfBudget, what: Exclude<keyof PdfBudget, "exhausted">, amount: number): boolean {
  budget[what] -= amount;
  if (budget[what] < 0) budget.exhausted = true;
  return !budget.exhausted;
}
