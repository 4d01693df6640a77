import type { Change } from "./change.ts";
import type { IntegrityFinding, Weakness } from "./integrity.ts";
import type { StructureFault } from "./signatures.ts";
import type { TimestampStatus } from "./timestamp.ts";

/** Outcome of a file, worst first: where several fit, the first in this order is told. */
export const outcomeCodes = [
  "PARSE_ONLY",
  "ENCRYPTED",
  "UNSIGNED",
  "BAD_STRUCTURE",
  "TAMPERED",
  "BROKEN_CMS",
  "MODIFIED_AFTER",
  "UNSUPPORTED",
  "TIMESTAMP_BAD",
  "WEAK",
  "PERMITTED_UPDATE",
  "INTACT",
] as const;

export type OutcomeCode = (typeof outcomeCodes)[number];

export function worstOf(codes: readonly OutcomeCode[]): OutcomeCode {
  return outcomeCodes.find((code) => codes.includes(code)) ?? "INTACT";
}

export const codeOfFinding: Readonly<Record<IntegrityFinding, OutcomeCode>> = {
  intact: "INTACT",
  digest_differs: "TAMPERED",
  signature_wrong: "TAMPERED",
  algorithm_unknown: "UNSUPPORTED",
  cms_unreadable: "BROKEN_CMS",
  content_embedded: "BROKEN_CMS",
  not_one_signer: "BROKEN_CMS",
  signer_certificate_missing: "BROKEN_CMS",
  signer_certificate_differs: "BROKEN_CMS",
  attributes_broken: "BROKEN_CMS",
  algorithms_contradict: "BROKEN_CMS",
};

const codeOfTimestamp: Readonly<Record<TimestampStatus, OutcomeCode>> = {
  valid: "INTACT",
  untrusted: "INTACT",
  weak: "INTACT", // not counted for the level, and that is all
  unsupported: "INTACT",
  broken: "TIMESTAMP_BAD",
};

/** What one signature alone would make of the file. */
export function codeOfSignature(found: {
  readonly faults: readonly StructureFault[];
  readonly finding: IntegrityFinding;
  readonly changes: readonly Change[];
  readonly timestamps: readonly TimestampStatus[];
  readonly weaknesses: readonly Weakness[];
}): OutcomeCode {
  if (found.faults.length > 0) return "BAD_STRUCTURE";
  return worstOf([
    codeOfFinding[found.finding],
    codeOfChanges(found.changes),
    ...found.timestamps.map((status) => codeOfTimestamp[status]),
    found.weaknesses.length > 0 ? "WEAK" : "INTACT",
  ]);
}

export function codeOfChanges(changes: readonly Change[]): OutcomeCode {
  if (changes.some((change) => change.class === "forbidden")) return "MODIFIED_AFTER";
  return changes.some(({ class: of }) => of === "form" || of === "annotation") ? "PERMITTED_UPDATE" : "INTACT";
}
