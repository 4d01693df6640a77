import { fail, ok, type Result } from "./kernel.ts";

/**
 * What must hold before an attestation is made. Each rule's id stands in docs/legal-rules.md, in the failure and
 * in the title of the test that holds it.
 */
export type ComparedPage = {
  readonly number: number;
  readonly streamSha256: string;
  /** Digest of the stream that the official saw and confirmed; null while unconfirmed. */
  readonly confirmedSha256: string | null;
};

export type Comparison = {
  readonly originalPresented: boolean;
  readonly declaredPages: number;
  readonly pages: readonly ComparedPage[];
};

export type ComparisonFault =
  | { code: "rule_broken"; rule: "ORIG-1" | "COPY-1" }
  | { code: "pages_differ"; declared: number; scanned: number }
  | { code: "pages_unconfirmed"; pages: readonly number[] };

/** ORIG-1 (NĐ 45/2020 Art. 10(3)), COPY-1 and COPY-2 (TT 01/2020 Art. 6), in this order. */
export function checkComparison(comparison: Comparison): Result<null, ComparisonFault> {
  const { pages, declaredPages } = comparison;
  if (!comparison.originalPresented) return fail({ code: "rule_broken", rule: "ORIG-1" });
  if (pages.length === 0 || pages.some((page, i) => page.number !== i + 1)) {
    return fail({ code: "rule_broken", rule: "COPY-1" });
  }
  if (pages.length !== declaredPages)
    return fail({ code: "pages_differ", declared: declaredPages, scanned: pages.length });
  const open = pages.filter((page) => page.confirmedSha256 !== page.streamSha256).map((page) => page.number);
  return open.length === 0 ? ok(null) : fail({ code: "pages_unconfirmed", pages: open });
}
