import { describe, expect, test } from "vitest";
import {
  type CopyFacts,
  certifiedCopyVerdict,
  type MatchingRecord,
  type SignatureFacts,
} from "../../../src/core/certified-copy.ts";
import type { Instant, Sha256 } from "../../../src/core/kernel.ts";
import type { ListedAgency } from "../../../src/core/key-list.ts";

const sha = (digit: string) => digit.repeat(64) as Sha256;
const time = "2026-06-01T00:00:00Z" as Instant;
const early = "2020-01-01T00:00:00Z" as Instant;

const signed = (digit: string, laterChanges: SignatureFacts["laterChanges"]): SignatureFacts => ({
  kind: "signature",
  certificateSha256: sha(digit),
  intact: true,
  trusted: true,
  provenTime: time,
  status: "PASSED",
  laterChanges,
});
const officer = signed("1", [{ kind: "signature_added", class: "signature" }]);
const agency = signed("2", []);
const identity = { digest: sha("9"), lengthBytes: 1000 };
const copy = (signatures: readonly SignatureFacts[] = [officer, agency]): CopyFacts => ({
  isBroken: false,
  signatures,
  foreignFrom: null,
  identity,
});
const authority = (agencyId: string, official: string, seal: string): ListedAgency => ({
  agencyId,
  agencyName: `UBND xã ${agencyId} (hư cấu)`,
  certificates: [
    { sha256: sha(official), role: "official", from: early, to: null },
    { sha256: sha(seal), role: "agency_seal", from: early, to: null },
  ],
});
const list = [authority("01", "1", "2"), authority("02", "3", "4")];
const record: MatchingRecord = {
  identity,
  status: "issued",
  number: 7,
  agencyId: "01",
  agencyName: "UBND xã 01 (hư cấu)",
  sealedAt: time,
  isOurs: true,
};
const verdict = (facts: CopyFacts, of: MatchingRecord | null = record, authorities = list) =>
  certifiedCopyVerdict(facts, authorities, of);

describe("DESIGN decision 12: the verdict on a certified copy", () => {
  test.each([
    { status: "issued", isOurs: true, told: "issued_here" },
    { status: "issued", isOurs: false, told: "issued_by" },
    { status: "annulled", isOurs: true, told: "annulled" },
    { status: "superseded", isOurs: false, told: "superseded" },
  ] as const)("a record that says $status (ours: $isOurs) makes it $told", ({ status, isOurs, told }) => {
    expect(verdict(copy(), { ...record, status, isOurs })).toMatchObject({ status: told, reason: null, number: 7 });
  });

  test("evidence after the seal changes nothing; metadata, a form or a third hand does", () => {
    const followedBy = (kind: string, of: string) =>
      verdict(copy([officer, { ...agency, laterChanges: [{ kind, class: of }] }]));
    expect(followedBy("evidence_added", "evidence").status).toBe("issued_here");
    expect(followedBy("document_timestamp_added", "evidence").status).toBe("issued_here");
    for (const [kind, of] of [
      ["metadata_changed", "upkeep"],
      ["form_filled", "form"],
      ["signature_added", "signature"],
      ["annotation_added", "annotation"],
    ] as const)
      expect(followedBy(kind, of)).toEqual({ status: "not_a_certified_copy", reason: "changed_after_sealing" });
  });

  test.each([
    { why: "nobody signed", facts: copy([]), reason: "not_signed" },
    { why: "a byte differs", facts: copy([{ ...officer, intact: false }, agency]), reason: "signed_content_changed" },
    { why: "one signature only", facts: copy([officer]), reason: "not_two_signatures" },
    { why: "three signatures", facts: copy([officer, agency, agency]), reason: "not_two_signatures" },
    { why: "the seal came first", facts: copy([agency, officer]), reason: "officer_not_listed" },
    { why: "the officer signed twice", facts: copy([officer, officer]), reason: "seal_not_listed" },
    { why: "another agency's seal", facts: copy([officer, signed("4", [])]), reason: "agencies_differ" },
    {
      why: "another copy's bytes",
      facts: { ...copy(), identity: { ...identity, lengthBytes: 999 } },
      reason: "record_of_another_copy",
    },
  ])("$why: surely no certified copy", ({ facts, reason }) => {
    expect(verdict(facts)).toEqual({ status: "not_a_certified_copy", reason });
  });

  test.each([
    {
      why: "unknown authority",
      facts: copy([officer, { ...agency, trusted: false }]),
      reason: "signer_not_recognised",
    },
    { why: "no proven time", facts: copy([{ ...officer, provenTime: null }, agency]), reason: "time_not_proven" },
    {
      why: "revoked or weak",
      facts: copy([officer, { ...agency, status: "INDETERMINATE" }]),
      reason: "signature_not_passed",
    },
  ])("$why: nothing can be said", ({ facts, reason }) => {
    expect(verdict(facts)).toEqual({ status: "unknown", reason });
  });

  test("without a record nothing is certified, and another agency's record does not do", () => {
    expect(verdict(copy(), null)).toEqual({ status: "unknown", reason: "record_missing" });
    expect(verdict(copy(), { ...record, agencyId: "02" })).toMatchObject({ reason: "agencies_differ" });
  });

  test("a certificate counts only between its dates, the last one excluded", () => {
    const until = (to: Instant): ListedAgency[] => [
      {
        ...authority("01", "1", "2"),
        certificates: authority("01", "1", "2").certificates.map((one) => ({ ...one, to })),
      },
    ];
    expect(verdict(copy(), record, until(time))).toMatchObject({ reason: "officer_not_listed" });
    expect(verdict(copy(), record, until("2026-06-01T00:00:01Z" as Instant))).toMatchObject({ status: "issued_here" });
  });
});
