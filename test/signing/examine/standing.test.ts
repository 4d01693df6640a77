import { describe, expect, test } from "vitest";
import type { RevocationAnswer } from "../../../signing/examine/examination.ts";
import { combined, endOf, isRevoked, outlives, type Revoked } from "../../../signing/examine/standing.ts";
import type { Certificate } from "../../../signing/format/certificate.ts";
import type { Instant } from "../../../src/core/kernel.ts";

const when = (day: string) => `2026-01-${day}T00:00:00Z` as Instant;
const revoked = (more: Partial<Revoked> = {}): Revoked => ({
  ...{ status: "revoked", source: "dss", thisUpdate: when("20"), revokedAt: when("10") },
  ...more,
});
const good: RevocationAnswer = { status: "good", source: "dss", thisUpdate: when("09"), revokedAt: null };
const unknown: RevocationAnswer = { status: "unknown", source: null, thisUpdate: null, revokedAt: null };

describe("RFC 5280 §5.3: from when on a key proves nothing", () => {
  test.each([
    [1, "05", "05"],
    [2, "05", "05"],
    [10, "05", "05"],
    [1, "15", "10"],
    [1, null, "10"],
    [4, "05", "10"],
    [0, "05", "10"],
    [null, "05", "10"],
  ])("reason %j, believed lost on day %j: day %s", (reason, lost, end) => {
    expect(endOf(revoked({ reason, invalidityDate: lost === null ? null : when(lost) }))).toBe(when(end));
  });

  test("a revocation without a day is none that can be reckoned with", () => {
    expect(isRevoked(revoked())).toBe(true);
    expect(isRevoked({ ...revoked(), revokedAt: null } as RevocationAnswer)).toBe(false);
    expect(isRevoked({ ...good, revokedAt: when("01") })).toBe(false);
  });
});

describe("RFC 3161 §4: tokens of an authority that was revoked", () => {
  test.each([
    ["proven older, key lost", 1, "08", "09", true],
    ["proven as old as the revocation, key lost", 1, "08", "10", false],
    ["only dated before, key lost", 1, "08", "25", false],
    ["only dated before, superseded", 4, "08", "25", true],
    ["only dated before, no reason said", 0, "08", "25", true],
    ["only dated before, affiliation changed", 3, "08", "25", true],
    ["only dated before, ceased", 5, "08", "25", true],
    ["only dated before, on hold", 6, "08", "25", false],
    ["only dated before, reason not told", null, "08", "25", false],
    ["dated at the revocation, superseded", 4, "10", "25", false],
  ])("%s: %j", (_, reason, dated, existed, stands) => {
    expect(outlives(revoked({ reason }), when(dated), when(existed))).toBe(stands);
  });
});

describe("EN 319 102-1 §5.2.6: what was asked for beside what the file holds", () => {
  const leaf = { notAfter: when("15") } as Certificate;
  const now = (late: boolean) => (late ? when("16") : when("15"));
  const asked = { ...good, source: "http://ocsp.test" };

  test("who is revoked anywhere is revoked, by what was asked for first", () => {
    expect(combined(revoked({ source: "asked" }), good, leaf, now(false))).toMatchObject({ source: "asked" });
    expect(combined(asked, revoked(), leaf, now(false))).toMatchObject({ status: "revoked", source: "dss" });
    expect(combined(revoked({ source: "asked" }), revoked(), leaf, now(true))).toMatchObject({ source: "asked" });
  });

  test("an answer of today wins, but over evidence of its time once the certificate has run out", () => {
    expect(combined(asked, good, leaf, now(false))).toBe(asked);
    expect(combined(asked, good, leaf, now(true))).toBe(good);
    expect(combined(asked, unknown, leaf, now(true))).toBe(asked);
    expect(combined(unknown, good, leaf, now(false))).toBe(good);
  });

  test("where neither knows, the gap in the evidence is told, else what came of asking", () => {
    const stale: RevocationAnswer = { ...unknown, gap: "stale" };
    const silent: RevocationAnswer = { ...unknown, source: "http://ocsp.test" };
    expect(combined(silent, stale, leaf, now(false))).toBe(stale);
    expect(combined(silent, unknown, leaf, now(false))).toBe(silent);
  });
});
