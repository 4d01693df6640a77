import type {
  Dispatch,
  DispatchedThing,
  DispatchPolicy,
  DispatchReason,
  DispatchState,
  Settling,
} from "../../../core/dispatch.ts";
import type { Actor } from "../../../core/dossier.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Instant, Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";

/** What was sent to the citizen of one dossier, and what can be done. */
export type DispatchView = {
  readonly dossierId: DossierId;
  readonly title: string;
  readonly contact: string | null;
  readonly email: string | null;
  /** The store is to have the copy, and does not yet. */
  readonly hasAccount: boolean;
  /** There is something to send. */
  readonly isReady: boolean;
  /** Newest first. */
  readonly sent: readonly Dispatch[];
};

export type UndeliveredLine = {
  readonly dossierId: DossierId;
  readonly title: string;
  readonly applicantName: string;
  readonly contact: string | null;
  readonly what: DispatchedThing;
  /** Null where no way was given at all. */
  readonly state: DispatchState | null;
  readonly reason: DispatchReason | null;
  readonly since: Instant;
  readonly nextTryAt: Instant | null;
  readonly notReachedAt: Instant | null;
};

/** Of the actor's own agency only. */
export type DispatchDesk = {
  readonly view: (id: DossierId, actor: Actor) => Promise<Result<DispatchView, Failure>>;
  readonly giveEmail: (id: DossierId, email: string, actor: Actor) => Promise<Result<null, Failure>>;
  readonly settle: (id: DossierId, how: Settling, actor: Actor) => Promise<Result<null, Failure>>;
  /** Oldest first: what could not be sent, and what nobody fetched. */
  readonly undelivered: (actor: Actor) => Promise<{
    readonly failed: readonly UndeliveredLine[];
    readonly unfetched: readonly UndeliveredLine[];
  }>;
  readonly policy: (actor: Actor) => Promise<DispatchPolicy>;
  readonly setPolicy: (policy: DispatchPolicy, actor: Actor) => Promise<void>;
};
