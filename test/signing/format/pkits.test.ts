import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Certificate, parseCertificate } from "../../../signing/format/certificate.ts";
import { findChain } from "../../../signing/format/chain.ts";
import { parseCrl } from "../../../signing/format/crl.ts";
import type { RevocationQuestion } from "../../../signing/format/revocation.ts";
import { checkRevocation } from "../../../signing/format/revocation-check.ts";
import type { Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";

const { CHUNGTHUC_CORPUS: corpus } = process.env;
if (corpus === undefined) console.warn("skipped: CHUNGTHUC_CORPUS is not set, no certificate of PKITS is judged");

const at = "2022-05-01T00:00:00Z" as Instant;

function filesOf<T>(folder: string, read: (der: Uint8Array<ArrayBuffer>) => { ok: true; value: T } | { ok: false }) {
  const path = join(corpus ?? "", "pkits", folder);
  return new Map(
    readdirSync(path).flatMap((name) => {
      const parsed = read(new Uint8Array(readFileSync(join(path, name))));
      return parsed.ok ? [[name, parsed.value] as const] : [];
    }),
  );
}

/** PKITS names each certificate after what must become of its path. These say it in other words: any policy will do. */
const byAnotherName: Readonly<Record<string, boolean>> = {
  AllCertificatesNoPoliciesTest2: true,
  AllCertificatesSamePoliciesTest10: true,
  AllCertificatesSamePoliciesTest13: true,
  AllCertificatesanyPolicyTest11: true,
  AnyPolicyTest14: true,
  CPSPointerQualifierTest20: true,
  DifferentPoliciesTest3: true,
  DifferentPoliciesTest4: false,
  DifferentPoliciesTest5: false,
  DifferentPoliciesTest7: false,
  DifferentPoliciesTest8: false,
  DifferentPoliciesTest9: false,
  DifferentPoliciesTest12: false,
  OverlappingPoliciesTest6: true,
  UserNoticeQualifierTest15: true,
  UserNoticeQualifierTest16: true,
  UserNoticeQualifierTest17: true,
  UserNoticeQualifierTest18: true,
  UserNoticeQualifierTest19: true,
  inhibitAnyPolicyTest3: true,
};

function judge(certificates: ReadonlyMap<string, Certificate>) {
  const crls = [...filesOf("crls", parseCrl)].map(([source, value]) => ({ value, seenAt: at, source }));
  const anchor = certificates.get("TrustAnchorRootCertificate.crt");
  const anchors = anchor === undefined ? [] : [{ certificate: anchor, purpose: "public" as const }];
  const candidates = [...certificates.values()];
  const world = { ocsps: [], crls, candidates, asOf: at, now: at, primitives: nodePrimitives };
  const question: RevocationQuestion = { ...world, weakAlgorithms: "allowed" };
  const accepts = async (path: readonly Certificate[]) => {
    for (const [depth, certificate] of path.slice(0, -1).entries()) {
      const above = path.slice(depth + 1);
      if ((await checkRevocation({ certificate, above, anchors }, question)).status !== "good") return false;
    }
    return true;
  };
  const asked = { candidates, anchors, purposes: ["public"], at, use: "any", weakAlgorithms: "allowed" } as const;
  return (leaf: Certificate) => findChain({ ...asked, leaf, accepts }, nodePrimitives);
}

describe.skipIf(corpus === undefined)("NIST PKITS", () => {
  test("RFC 5280 §6: among all certificates and lists at once, each path ends as its name says", async () => {
    const certificates = filesOf("certs", parseCertificate);
    const ask = judge(certificates);
    const leaves = [...certificates].filter(([file]) => file.endsWith("EE.crt"));
    const wrong: string[] = [];
    for (const [file, leaf] of leaves) {
      const name = file.replace("EE.crt", "");
      const found = await ask(leaf);
      if (found.trusted === (byAnotherName[name] ?? !name.startsWith("Invalid"))) continue;
      wrong.push(`${name}: ${found.trusted ? "trusted" : found.reason}`);
    }
    expect(leaves.length).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  }, 60_000);
});
