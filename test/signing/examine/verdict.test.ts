import { describe, expect, test } from "vitest";
import type { Change, ChangeClass } from "../../../signing/examine/change.ts";
import { codeOfFinding, codeOfSignature, outcomeCodes, worstOf } from "../../../signing/examine/codes.ts";
import type { ExaminedSignature, RevocationAnswer } from "../../../signing/examine/examination.ts";
import { documentVerdict, type Judged, revokedBefore, verdictOf } from "../../../signing/examine/verdict.ts";
import type { ChainReason } from "../../../signing/format/chain.ts";
import type { Instant } from "../../../src/core/kernel.ts";

const when = (day: string) => `2026-01-${day}T00:00:00Z` as Instant;
const changeOf = (of: ChangeClass): Change => ({ kind: "other", class: of, at: null });
const revokedAt = (day: string): RevocationAnswer & { status: "revoked"; revokedAt: Instant } => ({
  ...{ status: "revoked", source: "dss", thisUpdate: when("20"), revokedAt: when(day) },
});
const good: RevocationAnswer = { status: "good", source: "dss", thisUpdate: when("20"), revokedAt: null };
const unknown: RevocationAnswer = { status: "unknown", source: null, thisUpdate: null, revokedAt: null };
const trusted: Judged["chain"] = { trusted: true, purposes: ["official"], path: [], policies: [] };
const sound: Judged = {
  ...{ code: "INTACT", faults: [], finding: "intact", changes: [], chain: trusted, revocation: good },
  ...{ authority: null, isPast: false, provenTime: null, revocationRequired: true },
};
const said = (more: Partial<Judged>) => {
  const { status, subIndication, reason } = verdictOf({ ...sound, ...more });
  return [status, subIndication, reason].filter((word) => word !== null).join(" ");
};

describe("EN 319 102-1 §5.1.3: the outcome of one signature", () => {
  test("PASSED takes sound mathematics, a trusted chain and a good standing", () => {
    expect(said({})).toBe("PASSED");
    expect(said({ revocation: unknown, revocationRequired: false })).toBe("PASSED");
    expect(said({ code: "PERMITTED_UPDATE", changes: [changeOf("form")] })).toBe("PASSED");
  });

  test.each<[Partial<Judged>, string]>([
    [
      { code: "BAD_STRUCTURE", faults: ["byte_range_missing", "contents_missing"] },
      "FAILED FORMAT_FAILURE byte_range_missing",
    ],
    [{ code: "BAD_STRUCTURE" }, "FAILED FORMAT_FAILURE structure_broken"],
    [{ code: "TAMPERED", finding: "digest_differs" }, "FAILED HASH_FAILURE digest_differs"],
    [{ code: "TAMPERED", finding: "signature_wrong" }, "FAILED SIG_CRYPTO_FAILURE signature_wrong"],
    [{ code: "BROKEN_CMS", finding: "cms_unreadable" }, "FAILED FORMAT_FAILURE cms_unreadable"],
    [
      { code: "BROKEN_CMS", finding: "signer_certificate_missing" },
      "FAILED NO_SIGNING_CERTIFICATE_FOUND signer_certificate_missing",
    ],
    [
      { code: "BROKEN_CMS", finding: "signer_certificate_differs" },
      "FAILED SIG_CONSTRAINTS_FAILURE signer_certificate_differs",
    ],
    [{ code: "TAMPERED", finding: null }, "FAILED FORMAT_FAILURE"],
    [
      { code: "MODIFIED_AFTER", changes: [changeOf("form"), { kind: "page_added", class: "forbidden", at: 3 }] },
      "FAILED FORMAT_FAILURE page_added",
    ],
    [{ code: "MODIFIED_AFTER" }, "FAILED FORMAT_FAILURE changed_afterwards"],
    [
      { code: "UNSUPPORTED", finding: "algorithm_unknown" },
      "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE algorithm_unknown",
    ],
    [{ code: "WEAK" }, "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE algorithm_weak"],
    [
      { code: "PERMITTED_UPDATE", changes: [changeOf("form"), changeOf("annotation")] },
      "INDETERMINATE GENERIC annotations_changed",
    ],
    [{ chain: null }, "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND no_anchor_reached"],
  ])("%j: %s", (more, outcome) => {
    expect(said(more)).toBe(outcome);
  });

  test("what the mathematics broke is told before trust, trust before revocation, all before what is weak", () => {
    const untrusted: Judged["chain"] = { trusted: false, reason: "certificate_expired", path: [] };
    expect(said({ code: "TAMPERED", finding: "digest_differs", chain: null })).toMatch(/^FAILED HASH/);
    expect(said({ code: "WEAK", chain: untrusted })).toBe("INDETERMINATE OUT_OF_BOUNDS_NO_POE certificate_expired");
    expect(said({ chain: untrusted, revocation: revokedAt("05") })).toMatch(/certificate_expired$/);
    expect(said({ code: "WEAK", revocation: revokedAt("05") })).toMatch(/certificate_revoked$/);
  });

  test.each<[ChainReason, string]>([
    ["no_anchor_reached", "NO_CERTIFICATE_CHAIN_FOUND"],
    ["search_limit_reached", "NO_CERTIFICATE_CHAIN_FOUND"],
    ["certificate_expired", "OUT_OF_BOUNDS_NO_POE"],
    ["certificate_not_yet_valid", "NOT_YET_VALID"],
    ["issuer_not_a_ca", "CHAIN_CONSTRAINTS_FAILURE"],
    ["path_too_long", "CHAIN_CONSTRAINTS_FAILURE"],
    ["key_usage_forbids", "CHAIN_CONSTRAINTS_FAILURE"],
    ["critical_extension_unknown", "CHAIN_CONSTRAINTS_FAILURE"],
    ["certificate_malformed", "CHAIN_CONSTRAINTS_FAILURE"],
    ["name_constraints_broken", "CHAIN_CONSTRAINTS_FAILURE"],
    ["policy_missing", "CHAIN_CONSTRAINTS_FAILURE"],
    ["path_refused", "CHAIN_CONSTRAINTS_FAILURE"],
    ["algorithm_weak", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"],
  ])("a chain with %s: %s", (reason, sub) => {
    expect(said({ chain: { trusted: false, reason, path: [] } })).toBe(`INDETERMINATE ${sub} ${reason}`);
  });
});

describe("EN 319 102-1 §5.5.4, §5.6.2: revocation", () => {
  test("a signature that is proven to be older stands, at the same second or without proof it does not", () => {
    const proven = (day: string | null) =>
      said({ revocation: revokedAt("10"), provenTime: day === null ? null : when(day) });
    expect(proven("09")).toBe("PASSED");
    expect(proven("10")).toBe("INDETERMINATE REVOKED_NO_POE certificate_revoked");
    expect(proven(null)).toBe("INDETERMINATE REVOKED_NO_POE certificate_revoked");
    const undated = { ...revokedAt("10"), revokedAt: null };
    expect(said({ revocation: undated, provenTime: when("01") })).toBe(
      "INDETERMINATE REVOKED_NO_POE certificate_revoked",
    );
    const lost = { ...revokedAt("10"), reason: 1, invalidityDate: when("05") };
    expect(said({ revocation: lost, provenTime: when("06") })).toMatch(/certificate_revoked$/);
  });

  test("an authority that was revoked takes what is not proven to be older with it", () => {
    const under = (more: Partial<Judged>) => said({ authority: revokedAt("10"), ...more });
    expect(under({})).toBe("INDETERMINATE REVOKED_CA_NO_POE authority_revoked");
    expect(under({ provenTime: when("10") })).toBe("INDETERMINATE REVOKED_CA_NO_POE authority_revoked");
    expect(under({ provenTime: when("09") })).toBe("PASSED");
    expect(under({ provenTime: when("09"), revocation: unknown })).toBe("INDETERMINATE NO_POE revocation_unproven");
  });

  test("where a standing is asked for and nobody tells it, it may be told later, or never", () => {
    expect(said({ revocation: unknown })).toBe("INDETERMINATE TRY_LATER revocation_unknown");
    expect(said({ revocation: unknown, isPast: true })).toBe("INDETERMINATE NO_POE revocation_unproven");
    expect(said({ revocation: unknown, isPast: true, revocationRequired: false })).toBe("PASSED");
  });
});

type Stamp = ExaminedSignature["timestamps"][number];
const stamped = (day: string, status: Stamp["status"] = "valid") => ({ status, time: when(day) }) as Stamp;
const signature = (more: Partial<ExaminedSignature>) =>
  ({
    ...{
      kind: "signature",
      code: "INTACT",
      timestamps: [],
      revision: { from: 100, to: 200 },
      revocation: revokedAt("10"),
    },
    verdict: { status: "INDETERMINATE", subIndication: "REVOKED_NO_POE", reason: "certificate_revoked" },
    ...more,
  }) as ExaminedSignature;

describe("EN 319 102-1 §5.1.3: REVOKED takes proof that the signature is younger", () => {
  const first = (more: Partial<ExaminedSignature>) =>
    signature({ revision: { from: 0, to: 100 }, timestamps: [stamped("11")], ...more });
  const verdict = (earlier: ExaminedSignature, own: Partial<ExaminedSignature> = {}) =>
    revokedBefore(signature(own), [earlier]).subIndication;

  test("a token of the day of the revocation or later, in a revision that it covers", () => {
    expect(revokedBefore(signature({}), [first({})])).toEqual({
      status: "FAILED",
      subIndication: "REVOKED",
      reason: "certificate_revoked",
    });
    expect(verdict(first({ timestamps: [stamped("10")] }))).toBe("REVOKED");
    expect(verdict(first({ timestamps: [stamped("09"), stamped("12")] }))).toBe("REVOKED");
  });

  test.each<[string, Partial<ExaminedSignature>, Partial<ExaminedSignature>]>([
    ["an earlier token", { timestamps: [stamped("09")] }, {}],
    ["no token", { timestamps: [] }, {}],
    ["a token that is not believed", { timestamps: [stamped("11", "untrusted")] }, {}],
    ["a token without a time", { timestamps: [{ ...stamped("11"), time: null }] }, {}],
    ["a revision that it does not cover", { revision: { from: 0, to: 101 } }, {}],
    ["a revision that is not known", { revision: null }, {}],
    ["no revision of its own", {}, { revision: null }],
    ["a revocation without a day", {}, { revocation: { ...revokedAt("10"), revokedAt: null } }],
  ])("%s is none", (_, earlier, own) => {
    expect(verdict(first(earlier), own)).toBe("REVOKED_NO_POE");
  });

  test("another verdict stays as it is", () => {
    const verdictOfOther = { status: "PASSED", subIndication: null, reason: null } as const;
    expect(revokedBefore(signature({ verdict: verdictOfOther }), [first({})])).toEqual(verdictOfOther);
  });
});

describe("DESIGN decision 12: the outcome of a document is that of its worst signature", () => {
  const of = (status: "PASSED" | "FAILED" | "INDETERMINATE", more: Partial<ExaminedSignature> = {}) =>
    signature({ verdict: { status, subIndication: null, reason: more.fieldName ?? status }, ...more });
  const stamp = (status: "PASSED" | "FAILED" | "INDETERMINATE", more: Partial<ExaminedSignature> = {}) =>
    of(status, { kind: "document_timestamp", ...more });
  const told = (...all: ExaminedSignature[]) => documentVerdict(all).status;

  test("FAILED before INDETERMINATE before PASSED, whatever their order; none says nothing", () => {
    expect(told(of("PASSED"), of("PASSED"))).toBe("PASSED");
    expect(told(of("PASSED"), of("INDETERMINATE"))).toBe("INDETERMINATE");
    expect(told(of("INDETERMINATE"), of("FAILED"), of("PASSED"))).toBe("FAILED");
    expect(documentVerdict([])).toEqual({ status: null, subIndication: null, reason: null });
    expect(documentVerdict([of("PASSED", { fieldName: "a" }), of("PASSED", { fieldName: "b" })]).reason).toBe("a");
  });

  test("a document timestamp speaks alone, or where it shows that the file was tampered with", () => {
    expect(told(stamp("INDETERMINATE"))).toBe("INDETERMINATE");
    expect(told(of("PASSED"), stamp("INDETERMINATE"))).toBe("PASSED");
    expect(told(of("PASSED"), stamp("FAILED", { code: "MODIFIED_AFTER" }))).toBe("FAILED");
    expect(told(of("PASSED"), stamp("FAILED", { code: "TIMESTAMP_BAD" }))).toBe("PASSED");
    expect(told(stamp("FAILED", { code: "TIMESTAMP_BAD" }))).toBe("FAILED");
  });
});

describe("outcome codes", () => {
  const code = (more: Partial<Parameters<typeof codeOfSignature>[0]>) =>
    codeOfSignature({ faults: [], finding: "intact", changes: [], timestamps: [], weaknesses: [], ...more });

  test("the worst of several is told, nothing is intact", () => {
    expect(worstOf([])).toBe("INTACT");
    expect(worstOf(["INTACT", "WEAK", "TAMPERED", "MODIFIED_AFTER"])).toBe("TAMPERED");
    for (const [i, worse] of outcomeCodes.entries())
      for (const better of outcomeCodes.slice(i)) expect(worstOf([better, worse])).toBe(worse);
  });

  test("structure before all; then mathematics, changes, timestamps and weaknesses", () => {
    expect(code({})).toBe("INTACT");
    expect(code({ faults: ["contents_missing"], finding: "digest_differs" })).toBe("BAD_STRUCTURE");
    expect(code({ changes: [changeOf("forbidden")], finding: "digest_differs" })).toBe("TAMPERED");
    expect(code({ changes: [changeOf("evidence"), changeOf("forbidden")] })).toBe("MODIFIED_AFTER");
    expect(code({ changes: [changeOf("form"), changeOf("upkeep")] })).toBe("PERMITTED_UPDATE");
    expect(code({ changes: [changeOf("annotation")] })).toBe("PERMITTED_UPDATE");
    expect(code({ changes: [changeOf("evidence"), changeOf("signature"), changeOf("upkeep")] })).toBe("INTACT");
    expect(code({ weaknesses: ["sha1"] })).toBe("WEAK");
    expect(code({ weaknesses: ["sha1"], changes: [changeOf("form")] })).toBe("WEAK");
    expect(code({ timestamps: ["valid", "broken"], weaknesses: ["sha1"] })).toBe("TIMESTAMP_BAD");
    expect(code({ timestamps: ["valid", "untrusted", "weak", "unsupported"] })).toBe("INTACT");
  });

  test("digest and signature value are tampered with, an unknown algorithm is unsupported, any other fault is of the CMS", () => {
    const { intact, digest_differs, signature_wrong, algorithm_unknown, ...others } = codeOfFinding;
    expect([intact, digest_differs, signature_wrong, algorithm_unknown]).toEqual([
      "INTACT",
      "TAMPERED",
      "TAMPERED",
      "UNSUPPORTED",
    ]);
    expect(new Set(Object.values(others))).toEqual(new Set(["BROKEN_CMS"]));
  });
});
