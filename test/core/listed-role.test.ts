import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/core/kernel.ts";
import type { ListedAgency, ListedCertificate } from "../../src/core/key-list.ts";
import { withListedRoles } from "../../src/core/listed-role.ts";

const day = (text: string) => `${text}T00:00:00Z` as Instant;
const certificateSha256 = "7".repeat(64);
const signature = {
  signer: { certificateSha256 },
  role: null as "official" | "agency_seal" | "timestamp" | null,
  trusted: true,
  provenTime: day("2026-05-01") as Instant | null,
};
const listing = (role: ListedCertificate["role"], from = "2026-01-01", to: string | null = null): ListedAgency => ({
  agencyId: "a",
  agencyName: "UBND xã Thử (hư cấu)",
  certificates: [{ sha256: certificateSha256, role, from: day(from), to: to === null ? null : day(to) }],
});
const roleOf = (changes: Partial<typeof signature>, ...agencies: ListedAgency[]) =>
  withListedRoles({ version: 1, signatures: [{ ...signature, ...changes }] }, agencies).signatures[0]?.role;

describe("DESIGN decision 12: who a signer is where one anchor vouches for officials and agencies alike", () => {
  test("the authority list says it, as of the proven time", () => {
    expect(roleOf({}, listing("official"))).toBe("official");
    expect(roleOf({}, listing("agency_seal"))).toBe("agency_seal");
    expect(roleOf({}, listing("official", "2026-06-01"))).toBeNull();
    expect(roleOf({}, listing("official", "2026-01-01", "2026-05-01"))).toBeNull();
    expect(roleOf({}, listing("official", "2026-01-01", "2026-04-01"), listing("agency_seal"))).toBe("agency_seal");
  });

  test("nothing is made up: no list, no trust, no proven time, no signer, or both roles at once leave it open", () => {
    expect(roleOf({})).toBeNull();
    expect(roleOf({ trusted: false }, listing("official"))).toBeNull();
    expect(roleOf({ provenTime: null }, listing("official"))).toBeNull();
    expect(roleOf({ signer: { certificateSha256: "8".repeat(64) } }, listing("official"))).toBeNull();
    expect(roleOf({}, listing("official"), listing("agency_seal"))).toBeNull();
  });

  test("what the anchor's own purpose says is never overruled, and the order of a report's keys stays", () => {
    expect(roleOf({ role: "timestamp" }, listing("official"))).toBe("timestamp");
    const report = withListedRoles({ version: 1, signatures: [signature] }, [listing("official")]);
    expect(Object.keys(report.signatures[0] ?? {})).toEqual(Object.keys(signature));
  });
});
