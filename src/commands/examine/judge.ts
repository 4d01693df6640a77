import { randomBytes } from "node:crypto";
import type { Examination, RevocationAnswer } from "../../../signing/examine/examination.ts";
import { examinePdf } from "../../../signing/examine/examine.ts";
import { identityOf } from "../../../signing/examine/identity.ts";
import { copyFactsOf, type Report, reportOf } from "../../../signing/examine/report.ts";
import type { Certificate } from "../../../signing/format/certificate.ts";
import { askRevocation } from "../../../signing/seal/revocation.ts";
import { type CertifiedCopyVerdict, certifiedCopyVerdict, type MatchingRecord } from "../../core/certified-copy.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import { withListedRoles } from "../../core/listed-role.ts";
import { matchingRecord, standingRecord } from "../../core/status/standing.ts";
import type { VerificationCode } from "../../core/verification-code.ts";
import type { HttpClient } from "../../http.ts";
import { nodePrimitives } from "../../primitives-node.ts";
import type { Trust } from "./trust.ts";

export type Question = {
  readonly pdf: Bytes;
  readonly at: Instant;
  /** Of the machine's clock: how fresh an answer about revocation is counts from here, whatever `at` says. */
  readonly now: Instant;
  /** Null: nobody is asked about revocation. */
  readonly http: HttpClient | null;
  readonly trust: Trust;
  readonly code: VerificationCode | null;
};

/** Both verdicts of DESIGN decision 12. `record_unproven` names why a published record was not believed. */
export async function judge(
  question: Question,
): Promise<Result<Report<CertifiedCopyVerdict>, { readonly code: "record_unproven"; readonly reason: string }>> {
  const { pdf, at, trust, http, now } = question;
  const revocation = http === null ? {} : { revocation: asks(http, now) };
  const examination = await examinePdf(pdf, { anchors: trust.anchors, at, ...revocation }, nodePrimitives);
  const record = await recordOf(question);
  if (!record.ok) return record;
  const report = reportOf(examination, verdictOn(examination, pdf, trust, record.value), trust.sequence);
  return ok(withListedRoles(report, trust.agencies ?? []));
}

function verdictOn(
  examination: Examination,
  pdf: Bytes,
  { agencies }: Trust,
  record: MatchingRecord | null,
): CertifiedCopyVerdict {
  const identity = identityOf(pdf, examination, nodePrimitives);
  const copy = copyFactsOf(examination, identity.ok ? identity.value : null);
  const verdict = certifiedCopyVerdict(copy, agencies ?? [], record);
  // Without an authority list no one is listed; that is our ignorance and not the file's fault.
  const blamesTheList = verdict.reason === "officer_not_listed" || verdict.reason === "seal_not_listed";
  return agencies === null && blamesTheList ? { status: "unknown", reason: "signer_not_recognised" } : verdict;
}

async function recordOf({ trust: { records }, code, now }: Question) {
  const found = records === null || code === null ? null : await records.find(code);
  if (records === null || found === null) return ok(null);
  if (!found.ok) return fail({ code: "record_unproven", reason: found.failure.code } as const);
  const proven = await records.prove(found.value);
  if (!proven.ok) return fail({ code: "record_unproven", reason: proven.failure.code } as const);
  const status = await records.statusAt(found.value.statusIndex, now);
  return ok(matchingRecord(standingRecord(found.value, status)));
}

/** Only certificates whose chain is trusted are asked about, so a stranger's file sends nobody anywhere. */
const asks =
  (http: HttpClient, now: Instant) =>
  async (certificate: Certificate, issuer: Certificate): Promise<RevocationAnswer> => {
    const nonce = new Uint8Array(randomBytes(16));
    const found = await askRevocation(certificate, issuer, { post: http.post, nonce, now, primitives: nodePrimitives });
    const source = certificate.extensions.ocspUrl;
    if (found.status === "unavailable") return { status: "unknown", source, thisUpdate: null, revokedAt: null };
    const { status, thisUpdate } = found;
    return { status, source, thisUpdate, revokedAt: found.status === "revoked" ? found.revokedAt : null };
  };
