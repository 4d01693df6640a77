import type { Context } from "hono";
import type { WorkingCalendar } from "../../core/calendar.ts";
import type { Actor } from "../../core/dossier.ts";
import type { AgencyId } from "../../core/ids.ts";
import type { Instant, LocalDate, Result } from "../../core/kernel.ts";
import type {
  NewPetition,
  Petition,
  PetitionCode,
  PetitionId,
  Rating,
  RatingReason,
  RatingSteps,
} from "../../core/petition.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { WebEnv } from "../route.ts";

export type Receipt = { readonly code: PetitionCode; readonly dueAt: Instant };

/** What whoever has the code reads. */
export type AnsweredPetition = Petition & { readonly agencyName: string; readonly isLate: boolean };

export type PublicVoiceWorld = {
  readonly newFormId: () => string;
  readonly agencies: () => Promise<readonly { readonly id: AgencyId; readonly name: string }[]>;
  /** Counted against the address that asks. */
  readonly petition: (
    c: Context<WebEnv>,
    said: NewPetition,
    agencyId: string,
    formId: string,
  ) => Promise<Result<Receipt, Failure>>;
  /** Null for a code that nobody has; counted against the address. */
  readonly byCode: (c: Context<WebEnv>, code: string) => Promise<Result<AnsweredPetition | null, Failure>>;
};

export type OwnVoiceView = { readonly agencyName: string; readonly rating: "wait" | "open" | "given" };

export type OwnVoiceWorld = {
  readonly newFormId: () => string;
  /** Of the link of a whole submission or of one of its papers. */
  readonly view: (secret: string) => Promise<Result<OwnVoiceView, Failure>>;
  readonly rate: (secret: string, rating: Rating) => Promise<Result<null, Failure>>;
  readonly petition: (secret: string, said: NewPetition, formId: string) => Promise<Result<Receipt, Failure>>;
};

export type RatingSums = {
  readonly steps: ReadonlyMap<RatingSteps, number>;
  readonly reasons: ReadonlyMap<RatingReason, number>;
  readonly words: readonly { readonly month: string; readonly steps: RatingSteps; readonly words: string }[];
};

/** Of the actor's own agency only. */
export type VoiceDesk = {
  readonly now: () => Instant;
  readonly calendar: (actor: Actor) => Promise<WorkingCalendar>;
  /** Open ones first, by what is due first. */
  readonly petitions: (actor: Actor) => Promise<readonly Petition[]>;
  readonly petition: (id: PetitionId, actor: Actor) => Promise<Petition | null>;
  readonly answer: (
    id: PetitionId,
    words: string,
    actor: Actor,
  ) => Promise<Result<null, { code: "not_found" } | { code: "answered_before" }>>;
  readonly ratings: (actor: Actor, from: LocalDate) => Promise<RatingSums>;
};
