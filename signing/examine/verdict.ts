import type { Instant } from "../../src/core/kernel.ts";
import type { ChainFinding, ChainReason } from "../format/chain.ts";
import type { Change } from "./change.ts";
import type { OutcomeCode } from "./codes.ts";
import type { ExaminedSignature, Indication, RevocationAnswer, Status, SubIndication } from "./examination.ts";
import type { IntegrityFinding } from "./integrity.ts";
import type { StructureFault } from "./signatures.ts";
import { endOf, isRevoked, type Revoked } from "./standing.ts";

const status = (of: Indication | null, subIndication: SubIndication | null, reason: string | null): Status => ({
  status: of,
  subIndication,
  reason,
});

export const passed: Status = status("PASSED", null, null);

const subOfFinding: Readonly<Partial<Record<IntegrityFinding, SubIndication>>> = {
  digest_differs: "HASH_FAILURE",
  signature_wrong: "SIG_CRYPTO_FAILURE",
  signer_certificate_missing: "NO_SIGNING_CERTIFICATE_FOUND",
  signer_certificate_differs: "SIG_CONSTRAINTS_FAILURE",
};

const subOfChain: Readonly<Record<ChainReason, SubIndication>> = {
  no_anchor_reached: "NO_CERTIFICATE_CHAIN_FOUND",
  search_limit_reached: "NO_CERTIFICATE_CHAIN_FOUND",
  certificate_expired: "OUT_OF_BOUNDS_NO_POE",
  certificate_not_yet_valid: "NOT_YET_VALID",
  issuer_not_a_ca: "CHAIN_CONSTRAINTS_FAILURE",
  path_too_long: "CHAIN_CONSTRAINTS_FAILURE",
  key_usage_forbids: "CHAIN_CONSTRAINTS_FAILURE",
  critical_extension_unknown: "CHAIN_CONSTRAINTS_FAILURE",
  certificate_malformed: "CHAIN_CONSTRAINTS_FAILURE",
  name_constraints_broken: "CHAIN_CONSTRAINTS_FAILURE",
  policy_missing: "CHAIN_CONSTRAINTS_FAILURE",
  path_refused: "CHAIN_CONSTRAINTS_FAILURE",
  algorithm_weak: "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
};

export type Judged = {
  readonly code: OutcomeCode;
  readonly faults: readonly StructureFault[];
  readonly finding: IntegrityFinding | null;
  readonly changes: readonly Change[];
  readonly chain: ChainFinding | null;
  readonly revocation: RevocationAnswer;
  /** The first authority of the path that was revoked. */
  readonly authority: Revoked | null;
  /** The leaf has run out by now: nobody will tell its standing any more. */
  readonly isPast: boolean;
  readonly provenTime: Instant | null;
  readonly revocationRequired: boolean;
};

/** EN 319 102-1 §5.1.3 for one signature: what the mathematics broke first, then trust, then revocation. */
export function verdictOf(found: Judged): Status {
  return mathematics(found) ?? trust(found.chain) ?? revocation(found) ?? soft(found);
}

function mathematics({ code, faults, finding, changes }: Judged): Status | null {
  if (code === "BAD_STRUCTURE") return status("FAILED", "FORMAT_FAILURE", faults[0] ?? "structure_broken");
  const sub = (finding === null ? undefined : subOfFinding[finding]) ?? "FORMAT_FAILURE";
  if (code === "TAMPERED" || code === "BROKEN_CMS") return status("FAILED", sub, finding);
  const forbidden = changes.find((change) => change.class === "forbidden");
  if (code === "MODIFIED_AFTER") return status("FAILED", "FORMAT_FAILURE", forbidden?.kind ?? "changed_afterwards");
  if (code === "UNSUPPORTED") return status("INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", finding);
  return null;
}

function trust(chain: ChainFinding | null): Status | null {
  if (chain === null) return status("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND", "no_anchor_reached");
  return chain.trusted ? null : status("INDETERMINATE", subOfChain[chain.reason], chain.reason);
}

/** EN 319 102-1 §5.5.4, §5.6.2: a signature that is proven to be older than a revocation stands. */
function revocation({ revocation: answer, authority, provenTime, revocationRequired, isPast }: Judged): Status | null {
  const stands = (revoked: Revoked) => provenTime !== null && provenTime < endOf(revoked);
  if (authority !== null && !stands(authority))
    return status("INDETERMINATE", "REVOKED_CA_NO_POE", "authority_revoked");
  if (answer.status === "revoked") {
    if (isRevoked(answer) && stands(answer)) return null;
    return status("INDETERMINATE", "REVOKED_NO_POE", "certificate_revoked");
  }
  if (answer.status === "good" || !revocationRequired) return null;
  // Under an authority that was revoked nobody can say it any more.
  return isPast || authority !== null
    ? status("INDETERMINATE", "NO_POE", "revocation_unproven")
    : status("INDETERMINATE", "TRY_LATER", "revocation_unknown");
}

/**
 * EN 319 102-1 §5.1.3: REVOKED is the word where the signature is proven to be younger than the revocation, which takes
 * something dated that it covers: the token of an earlier signature.
 */
export function revokedBefore(signature: ExaminedSignature, earlier: readonly ExaminedSignature[]): Status {
  const { verdict, revocation: answer, revision } = signature;
  if (verdict.subIndication !== "REVOKED_NO_POE" || !isRevoked(answer) || revision === null) return verdict;
  const isYounger = earlier.some(
    ({ timestamps, revision: covered }) =>
      covered !== null &&
      covered.to <= revision.from &&
      timestamps.some(({ status: of, time }) => of === "valid" && time !== null && time >= answer.revokedAt),
  );
  return isYounger ? status("FAILED", "REVOKED", "certificate_revoked") : verdict;
}

function soft({ code, changes }: Judged): Status {
  if (code === "WEAK") return status("INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "algorithm_weak");
  // Permitted, but an annotation can cover what was signed: a person must look.
  const hasAnnotation = changes.some((change) => change.class === "annotation");
  return hasAnnotation ? status("INDETERMINATE", "GENERIC", "annotations_changed") : passed;
}

/** The worst of the signatures; document timestamps speak only where nothing else is signed. */
export function documentVerdict(signatures: readonly ExaminedSignature[]): Status {
  const broken = signatures.filter(({ verdict }) => verdict.status === "FAILED");
  const own = signatures.filter(({ kind }) => kind === "signature");
  const counted = own.length > 0 ? own : signatures;
  const worst = [...counted, ...broken.filter(({ code }) => code !== "TIMESTAMP_BAD")];
  return (
    (
      worst.find(({ verdict }) => verdict.status === "FAILED") ??
      worst.find(({ verdict }) => verdict.status === "INDETERMINATE") ??
      worst[0]
    )?.verdict ?? status(null, null, null)
  );
}
