import type { LocalDate, Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Handover, HandoverId } from "../../usecases/grants/hand-over.ts";

/** A copy that may be handed over, told to its own citizen. */
export type HandCopy = {
  readonly dossierId: string;
  readonly kind: string;
  readonly number: number;
  readonly printedOn: LocalDate;
};

/** The office whose poster a phone scanned. */
export type Counter = { readonly id: string; readonly name: string };

/** The citizen before a counter's poster. Nothing is remembered but a proven visit of a quarter of an hour. */
export type HandoverWorld = {
  /** Null for one that is unknown or no longer receives. */
  readonly office: (recipientId: string) => Promise<{ readonly name: string } | null>;
  /** Every link must be right, and the digits must be those of each. */
  readonly prove: (
    recipientId: string,
    secrets: readonly string[],
    digits: string,
  ) => Promise<Result<{ readonly token: string; readonly copies: readonly HandCopy[] }, Failure>>;
  /** Those of the ids that this visit has proven. */
  readonly proven: (
    recipientId: string,
    token: string | null,
    dossierIds: readonly string[],
  ) => Promise<readonly HandCopy[]>;
  readonly newHandoverId: () => HandoverId;
  readonly handOver: (
    recipientId: string,
    token: string | null,
    wish: { readonly id: string; readonly dossierIds: readonly string[]; readonly procedure: string },
  ) => Promise<Result<Handover, Failure>>;
  /** What a citizen's link looks like here. */
  readonly exampleLink: string;
};
