import { type Bytes, equalBytes, fail, ok, type Result, type Sha256 } from "../../src/core/kernel.ts";
import { readPdf } from "../format/pdf/file.ts";
import { usualLimits } from "../format/pdf/limits.ts";
import type { Primitives } from "../format/primitives.ts";
import type { Change, ChangeClass } from "./change.ts";
import { changesAfter } from "./changes.ts";
import type { ExaminedSignature } from "./examination.ts";
import { type ExamineOptions, examinePdf } from "./examine.ts";
import { openSigned } from "./open.ts";
import { permissionsOf } from "./permissions.ts";

/** Why a file that another tool signed is not taken. */
export type ReturnedFailure =
  /** What we sent is not its beginning, byte for byte. */
  | { readonly code: "not_our_bytes" }
  | { readonly code: "returned_unreadable"; readonly reason: string }
  | { readonly code: "not_one_signature_added"; readonly added: number }
  | { readonly code: "signed_by_another_certificate" }
  /** The new signature, or one from before, does not hold. */
  | { readonly code: "signature_not_sound"; readonly reason: string }
  /** The tool did more than sign. */
  | { readonly code: "other_changes"; readonly changes: readonly Change[] };

/**
 * Judges what comes back from a tool that signs whole files (LAW 5.6), DESIGN decision 2: our bytes are its prefix, exactly one
 * signature by the expected certificate was added, and every changed object is one that signing needs.
 *
 * @param sent the prepared file
 * @param expected SHA-256 of the registered certificate
 */
export async function judgeReturned(
  sent: Bytes,
  returned: Bytes,
  expected: Sha256,
  options: ExamineOptions,
  primitives: Primitives,
): Promise<Result<ExaminedSignature, ReturnedFailure>> {
  if (returned.length <= sent.length || !equalBytes(returned.subarray(0, sent.length), sent)) {
    return fail({ code: "not_our_bytes" });
  }
  const changes = changesBetween(sent, returned, primitives);
  if (!changes.ok) return changes;
  const before = await examinePdf(sent, options, primitives);
  const after = await examinePdf(returned, options, primitives);
  const added = after.signatures.length - before.signatures.length;
  const newest = after.signatures.at(-1);
  if (added !== 1 || newest === undefined || newest.kind !== "signature") {
    return fail({ code: "not_one_signature_added", added });
  }
  if (newest.signer?.sha256 !== expected) return fail({ code: "signed_by_another_certificate" });
  // Every one of them: a tool that spoils the first signature while it adds the second is no better than a forger.
  if (after.document.status !== "PASSED" || newest.revision?.to !== returned.length) {
    return fail({ code: "signature_not_sound", reason: after.document.reason ?? newest.code });
  }
  return changes.value.length === 0 ? ok(newest) : fail({ code: "other_changes", changes: changes.value });
}

const ofSigning: ReadonlySet<ChangeClass> = new Set<ChangeClass>(["signature", "upkeep", "evidence"]);

/** Beyond what signing needs. Asked of the file itself, since a first signature has none before it that would tell. */
function changesBetween(
  sent: Bytes,
  returned: Bytes,
  primitives: Primitives,
): Result<readonly Change[], ReturnedFailure> {
  const ours = readPdf(sent, primitives);
  if (!ours.ok) return fail({ code: "returned_unreadable", reason: ours.failure.code });
  const opened = openSigned(returned, primitives, usualLimits);
  if (!opened.ok) return fail({ code: "returned_unreadable", reason: opened.failure.code });
  const { file, extents, updates, signatures, unreadFrom } = opened.value;
  const before = ours.value.revisions.length - 1;
  if (unreadFrom !== null || file.revisions.length <= before + 1) {
    return fail({ code: "returned_unreadable", reason: "no_revision_added" });
  }
  const earlier = signatures.filter(({ revision }) => revision !== null && revision <= before);
  const permissions = permissionsOf(file, earlier);
  const all = changesAfter({ file, before, signedEnd: sent.length, permissions, extents, updates });
  if (file.budget.exhausted) return fail({ code: "returned_unreadable", reason: "too_complex" });
  return ok(all.filter((one) => !ofSigning.has(one.class)));
}
