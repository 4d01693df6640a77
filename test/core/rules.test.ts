import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Comparison, checkComparison } from "../../src/core/rules.ts";

const page = (number: number, confirmed = true) => ({
  number,
  streamSha256: `stream ${number}`,
  confirmedSha256: confirmed ? `stream ${number}` : null,
});

const compared = (changes: Partial<Comparison> = {}): Comparison => ({
  originalPresented: true,
  declaredPages: 2,
  pages: [page(1), page(2)],
  ...changes,
});

const broken = (rule: string) => ({ ok: false, failure: { code: "rule_broken", rule } });

describe("what must hold before an attestation", () => {
  test("COPY-1, COPY-2, ORIG-1: a full copy, confirmed page by page beside the original, may be attested", () => {
    expect(checkComparison(compared())).toEqual({ ok: true, value: null });
  });

  test("ORIG-1: without the original nothing is attested, however good the copy", () => {
    expect(checkComparison(compared({ originalPresented: false }))).toEqual(broken("ORIG-1"));
  });

  test.each([
    ["no page", []],
    ["a page left out", [page(1), page(3)]],
    ["pages in another order", [page(2), page(1)]],
    ["a page twice", [page(1), page(1)]],
    ["pages numbered from 0", [page(0), page(1)]],
  ])("COPY-1: %s is no copy", (_, pages) => {
    expect(checkComparison(compared({ pages }))).toEqual(broken("COPY-1"));
  });

  test("COPY-1: one page more or less than the original has is told with both counts", () => {
    for (const declaredPages of [1, 3]) {
      const failure = { code: "pages_differ", declared: declaredPages, scanned: 2 };
      expect(checkComparison(compared({ declaredPages }))).toEqual({ ok: false, failure });
    }
  });

  test("COPY-2: every page not confirmed is named", () => {
    const pages = [page(1, false), page(2), page(3, false)];
    const failure = { code: "pages_unconfirmed", pages: [1, 3] };
    expect(checkComparison(compared({ declaredPages: 3, pages }))).toEqual({ ok: false, failure });
  });

  test("COPY-2: a confirmation of other bytes is none", () => {
    const pages = [page(1), { ...page(2), confirmedSha256: "the scan before" }];
    const failure = { code: "pages_unconfirmed", pages: [2] };
    expect(checkComparison(compared({ pages }))).toEqual({ ok: false, failure });
  });

  test("COPY-1, COPY-2: of n pages any subset confirmed passes only when it is all of them", () => {
    const holds = (confirmed: boolean[]) => {
      const pages = confirmed.map((it, i) => page(i + 1, it));
      const outcome = checkComparison(compared({ declaredPages: pages.length, pages }));
      expect(outcome.ok).toBe(confirmed.every((it) => it));
    };
    fc.assert(fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), holds));
  });
});
