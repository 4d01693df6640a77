import type { Actor } from "../../../core/dossier.ts";
import type { Instant, Result } from "../../../core/kernel.ts";
import type { ErasureProof } from "../../../core/personal-data.ts";
import type { DossierStatus } from "../../../core/stages.ts";
import type { Terms } from "../../../core/terms.ts";
import type { WordedAnswer } from "../../../usecases/answer-data.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { OwnRequest } from "../../citizens/data-world.ts";

export type DataRequest = OwnRequest & {
  readonly id: string;
  /** As people know the dossier. */
  readonly code: string;
  readonly status: DossierStatus;
};

/** Of the actor's own agency only. */
export type DataRequestsWorld = {
  readonly now: () => Instant;
  readonly terms: Terms;
  /** What waits first, by its due date. */
  readonly requests: (actor: Actor) => Promise<readonly DataRequest[]>;
  readonly request: (id: string, actor: Actor) => Promise<DataRequest | null>;
  /** Erases and answers, once. */
  readonly answer: (id: string, held: boolean, actor: Actor) => Promise<Result<null, Failure>>;
  /** Of a correction or restriction, once. */
  readonly answerInWords: (id: string, answer: WordedAnswer, actor: Actor) => Promise<Result<null, Failure>>;
  /** Once a request, before its term has ended. */
  readonly extend: (id: string, reason: string, actor: Actor) => Promise<Result<null, Failure>>;
  /** Newest first. */
  readonly proofs: (actor: Actor) => Promise<readonly ErasureProof[]>;
};
