import fc from "fast-check";
import { expect, test } from "vitest";
import { type Grant, grantState, pagesText, parsePages } from "../../src/core/grant.ts";
import type { Instant } from "../../src/core/kernel.ts";

const grant = { revokedAt: null, expiresAt: "2026-11-30T00:00:00Z" as Instant, used: 0, uses: 1 } as Grant;
const before = "2026-11-29T23:59:59Z" as Instant;

test.each([
  ["open", grant, before, false],
  ["expired", grant, grant.expiresAt, false],
  ["exhausted", { ...grant, used: 1 }, before, false],
  ["revoked", { ...grant, revokedAt: before, used: 1 }, grant.expiresAt, false],
  ["annulled", { ...grant, revokedAt: before }, before, true],
] as const)("a grant is %s, and what matters most is told first", (state, of, now, isLost) => {
  expect(grantState(of, now, isLost)).toBe(state);
});

test("pages are read as they are written, each once, rising, and only those that are there", () => {
  expect(parsePages("1, 3-5", 5)).toEqual([1, 3, 4, 5]);
  expect(parsePages("5;1 1–2", 5)).toEqual([1, 2, 5]);
  for (const text of ["", "0", "6", "5-3", "a", "1-", "-1", "1.5", "1-99999"]) expect(parsePages(text, 5)).toBeNull();
});

test("pages written out are read back as the same pages", () => {
  const some = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 });
  fc.assert(
    fc.property(some, (pages) => {
      const rising = pages.toSorted((a, b) => a - b);
      expect(parsePages(pagesText(rising), 60)).toEqual(rising);
    }),
  );
});
