import type { ProblemCode } from "../problem.ts";

/** Everything this API may answer instead of success. Closed: programs may branch on it. */
export const apiProblems = [
  "key_missing",
  "key_unknown",
  "key_expired",
  "key_revoked",
  "recipient_inactive",
  "scope_missing",
  "throttled",
  "malformed_request",
  "body_too_large",
  "not_found",
  "grant_unknown",
  "other_recipient",
  "grant_expired",
  "grant_revoked",
  "grant_exhausted",
  "copy_without_value",
  "idempotency_mismatch",
  "batches_waiting",
  "webhook_address_refused",
  "endpoints_full",
  "storage_full",
  "service_unavailable",
  "unexpected",
] as const satisfies readonly ProblemCode[];

/** RFC 9457 §3.1.1: an address where a person can read about it, on the page of this service's API. */
export const problemType = (publicUrl: string, code: string): string => `${publicUrl}/api/v1/docs#${code}`;
