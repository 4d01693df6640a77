import type { Result } from "../../core/kernel.ts";
import type { CopyRecord, RecordFailure } from "../../core/record.ts";
import type { ProvenRecord } from "../../core/record-proof.ts";
import { type StandingRecord, standingRecord } from "../../core/status/standing.ts";
import { parseVerificationCode, type VerificationCode } from "../../core/verification-code.ts";
import type { Distrust } from "./why.ts";
import type { VerificationWorld } from "./world.ts";

/** A record with its status now, and the place in the log that was just computed again. */
export type StandingProof = { readonly record: StandingRecord; readonly proven: ProvenRecord };

export type Found =
  | ({ readonly is: "proven"; readonly code: VerificationCode } & StandingProof)
  | { readonly is: "distrusted"; readonly code: VerificationCode; readonly why: Distrust }
  | { readonly is: "problem"; readonly problem: "unknown" | "malformed" };

/** Parse, find, prove: nothing of a record is shown before its place in the log was computed again. */
export async function findProven(typed: string, world: VerificationWorld): Promise<Found> {
  const code = parseVerificationCode(typed);
  if (!code.ok) return { is: "problem", problem: "malformed" };
  const record: Result<CopyRecord, RecordFailure> | null = await world.find(code.value);
  if (record === null) return { is: "problem", problem: "unknown" };
  if (!record.ok) return { is: "distrusted", code: code.value, why: record.failure.code };
  const proven = await world.prove(record.value);
  if (!proven.ok) return { is: "distrusted", code: code.value, why: proven.failure.code };
  const standing = standingRecord(record.value, await world.statusNow(record.value));
  return { is: "proven", code: code.value, record: standing, proven: proven.value };
}
