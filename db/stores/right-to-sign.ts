import postgres from "postgres";
import { fail, type Result } from "../../src/core/kernel.ts";
import type { Failure } from "../../src/usecases/failure.ts";

/** By the words with which the triggers of migrations 0039 and 0040 refuse. */
const rights = [
  ["AUTH-2", { code: "mandate_missing" }],
  ["AUTH-3", { code: "signer_away", until: null }],
  ["AUTH-4", { code: "comparer_signs" }],
] as const satisfies readonly (readonly [string, Failure])[];

/**
 * The act's own answer, or which right to sign went between asking for it and writing the line: an absence noted in that
 * second is an answer, not an outage. Whatever else is refused throws on. AUTH-2, AUTH-3, AUTH-4.
 */
export async function unlessRightWent<T>(act: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
  try {
    return await act();
  } catch (error) {
    const isRefused = error instanceof postgres.PostgresError && error.code === "23514";
    const right = isRefused ? rights.find(([rule]) => error.message.startsWith(`${rule}: `)) : undefined;
    if (right === undefined) throw error;
    return fail(right[1]);
  }
}
