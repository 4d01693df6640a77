import { type Dispatch, type DispatchFault, type DispatchOutcome, outcomeOf } from "../../core/dispatch.ts";
import type { DispatchId } from "../../core/ids.ts";
import { fail, type Instant, type Result } from "../../core/kernel.ts";

/** With where it goes now; null where its holder had that erased. */
export type DueDispatch = Dispatch & { readonly address: string | null };

export type AttemptingWorld = {
  readonly now: () => Instant;
  /** By chance, between 0 and 1. */
  readonly share: () => number;
  /** By its way. Sent twice after a crash it is the same letter or the same paper: its id goes with it. */
  readonly send: (due: DueDispatch, address: string) => Promise<Result<null, DispatchFault>>;
  readonly note: (id: DispatchId, outcome: DispatchOutcome) => Promise<void>;
};

/** DISPATCH-1: one attempt, noted after the answer: whoever dies between the two sends it again under the same id. */
export async function attemptDispatch(due: DueDispatch, world: AttemptingWorld): Promise<void> {
  const gone = fail({ code: "address_gone", retry: false } as const);
  const tried = due.address === null ? gone : await world.send(due, due.address);
  await world.note(due.id, outcomeOf(tried, due.attempts + 1, world.now(), world.share()));
}
