import { fail, type Result } from "../src/core/kernel.ts";
import type { ReadFailure } from "./pages.ts";

/** Runs work under the caller's signal and a deadline of its own; only the deadline turns cancelling into `decode_timeout`. */
export async function withDeadline<T>(
  { signal, deadlineSeconds }: { readonly signal: AbortSignal; readonly deadlineSeconds: number },
  work: (signal: AbortSignal) => Promise<Result<T, ReadFailure>>,
): Promise<Result<T, ReadFailure>> {
  const deadline = AbortSignal.timeout(Math.ceil(deadlineSeconds * 1000));
  const outcome = await work(AbortSignal.any([signal, deadline]));
  const cutShort = !outcome.ok && outcome.failure.code === "read_cancelled" && deadline.aborted && !signal.aborted;
  return cutShort ? fail({ code: "decode_timeout" }) : outcome;
}
