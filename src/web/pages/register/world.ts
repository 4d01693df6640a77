import type { Actor } from "../../../core/dossier.ts";
import type { OnceCount } from "../../../core/give-once.ts";
import type { BookId, DossierId, PersonId } from "../../../core/ids.ts";
import type { Instant, LocalDate, Result } from "../../../core/kernel.ts";
import type { OpenBook, RegisterLine } from "../../../core/lists.ts";
import type { BookKind } from "../../../core/register.ts";
import type { RegisterAsked, RegisterFound } from "../../../core/register-search.ts";
import type { CorrectionRequest } from "../../../usecases/correct-line.ts";
import type { Failure } from "../../../usecases/failure.ts";

/** The register of the actor's own agency. */
export type RegisterWorld = {
  readonly now: () => Instant;
  /** Lines with this printed date, in the order of their numbers; as they stood at the end of another day, or now for null. */
  readonly registerDay: (
    actor: Actor,
    day: LocalDate,
    book: BookKind,
    seen: LocalDate | null,
  ) => Promise<readonly RegisterLine[]>;
  /** Whether copies on paper and electronic ones have one series in the year of that day. REG-5 */
  readonly isShared: (actor: Actor, day: LocalDate) => Promise<boolean>;
  /** How originals that were certified before were answered, in one year. */
  readonly onceCounts: (actor: Actor, year: number) => Promise<readonly OnceCount[]>;
  /** Of the running year. */
  readonly openBooks: (actor: Actor, book: BookKind) => Promise<readonly OpenBook[]>;
  /** Kinds and years that wait to be opened: in December the next year's too. */
  readonly nextYearsToOpen: (actor: Actor, book: BookKind) => Promise<readonly number[]>;
  readonly openBook: (actor: Actor, book: BookKind, year?: number) => Promise<Result<BookId, Failure>>;
};

/** One line of it, by its dossier. */
export type LineWorld = {
  /** The newest line of that dossier in that book. */
  readonly line: (id: DossierId, book: BookKind, actor: Actor) => Promise<Result<RegisterLine, Failure>>;
  readonly correct: (id: DossierId, request: CorrectionRequest, actor: Actor) => Promise<Result<null, Failure>>;
};

/** Searching the books of the actor's own agency. */
export type RegisterSearchWorld = {
  readonly search: (actor: Actor, book: BookKind, asked: RegisterAsked) => Promise<RegisterFound>;
  /** Who ever held the right to sign for it. */
  readonly officers: (actor: Actor) => Promise<readonly { readonly personId: PersonId; readonly name: string }[]>;
};
