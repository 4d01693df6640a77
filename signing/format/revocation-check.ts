import { crlFinding } from "./crl-check.ts";
import { ocspFinding } from "./ocsp-check.ts";
import type { Placed, RevocationFinding, RevocationGap, RevocationQuestion } from "./revocation.ts";

const onHold = 6;

/**
 * The standing of one certificate by all that was said of it, RFC 5280 §6.3 and RFC 6960. Who was revoked stays so, but
 * for a hold that later words end; among good answers the newest is told.
 */
export async function checkRevocation(placed: Placed, question: RevocationQuestion): Promise<RevocationFinding> {
  const findings: RevocationFinding[] = [];
  for (const evidence of question.ocsps) {
    const finding = await ocspFinding(placed, evidence, question);
    if (finding !== null) findings.push(finding);
  }
  const byList = await crlFinding(placed, question);
  return concludeFrom([...findings, byList]);
}

function concludeFrom(findings: readonly RevocationFinding[]): RevocationFinding {
  const told = findings.filter((finding) => finding.status !== "unknown");
  const forGood = told.filter((finding) => finding.status === "revoked" && finding.reason !== onHold);
  const newest = (forGood.length > 0 ? forGood : told).toSorted((a, b) => (a.thisUpdate < b.thisUpdate ? 1 : -1))[0];
  return newest ?? { status: "unknown", gap: nearestGap(findings) };
}

const nearness: readonly RevocationGap[] = ["nothing_found", "unusable", "incomplete", "stale"];

function nearestGap(findings: readonly RevocationFinding[]): RevocationGap {
  const gaps = findings.flatMap((finding) => (finding.status === "unknown" ? [finding.gap] : []));
  return gaps.toSorted((a, b) => nearness.indexOf(b) - nearness.indexOf(a))[0] ?? "nothing_found";
}
