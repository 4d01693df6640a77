import type { Actor } from "../../core/dossier.ts";
import type { AgencyId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { NewPetition, Petition, PetitionCode, PetitionId, Rating } from "../../core/petition.ts";
import type { SubmissionId } from "../../core/submission.ts";
import type { Failure } from "../failure.ts";

/** To whom it is said, and about what where it came from a citizen's own page. */
export type Addressed = { readonly agencyId: AgencyId; readonly submissionId: SubmissionId | null };

export type PetitioningWorld = {
  readonly now: () => Instant;
  readonly due: (receivedAt: Instant, agencyId: AgencyId) => Promise<Instant>;
  /** Follows from the form and the store's secret: the same form sent twice is told the same code, and nobody else is. */
  readonly codeOfForm: (formId: string) => PetitionCode;
  /** Counted before anything is kept. */
  readonly admit: (to: Addressed) => Promise<Result<null, Failure>>;
  readonly isAgency: (agencyId: AgencyId) => Promise<boolean>;
  /** Durable on return; false when so much was said to the agency without a dossier, that day or altogether, that no more is taken. A form that was sent before is kept once. */
  readonly keep: (
    petition: NewPetition & Addressed & { readonly receivedAt: Instant; readonly dueAt: Instant },
    code: PetitionCode,
    formId: string,
  ) => Promise<boolean>;
};

/** VOICE-2: anybody may say what is wrong or should be otherwise; a code is given for it, and a term runs. */
export async function petition(
  said: NewPetition,
  to: Addressed,
  formId: string,
  world: PetitioningWorld,
): Promise<Result<{ code: PetitionCode; dueAt: Instant }, Failure>> {
  if (!(await world.isAgency(to.agencyId))) return fail({ code: "malformed_request", field: "agency" });
  const admitted = await world.admit(to);
  if (!admitted.ok) return admitted;
  const receivedAt = world.now();
  const dueAt = await world.due(receivedAt, to.agencyId);
  const code = world.codeOfForm(formId);
  const isKept = await world.keep({ ...said, ...to, receivedAt, dueAt }, code, formId);
  return isKept ? ok({ code, dueAt }) : fail({ code: "box_full" });
}

export type AnsweringPetitionWorld = {
  readonly now: () => Instant;
  readonly petition: (id: PetitionId, agencyId: AgencyId) => Promise<Petition | null>;
  /** False when it was answered meanwhile: the first answer stands. */
  readonly keepAnswer: (id: PetitionId, words: string, actor: Actor, at: Instant) => Promise<boolean>;
};

/** VOICE-2: the head answers once, in words that whoever wrote can read by the code. */
export async function answerPetition(
  id: PetitionId,
  words: string,
  actor: Actor,
  world: AnsweringPetitionWorld,
): Promise<Result<null, { code: "not_found" } | { code: "answered_before" }>> {
  const found = await world.petition(id, actor.agencyId);
  if (found === null) return fail({ code: "not_found" });
  const isKept = found.answer === null && (await world.keepAnswer(id, words, actor, world.now()));
  return isKept ? ok(null) : fail({ code: "answered_before" });
}

export type RatingWorld = {
  /** The submission behind the link, with the agency; null where the link opens nothing. */
  readonly rateable: (secret: string) => Promise<{
    readonly submissionId: SubmissionId;
    readonly agencyId: AgencyId;
    readonly isReturned: boolean;
  } | null>;
  /** False when it was rated before: the first rating stands. */
  readonly keepRating: (submissionId: SubmissionId, agencyId: AgencyId, rating: Rating) => Promise<boolean>;
};

/** VOICE-1: once, after the return of the result. */
export async function rate(
  secret: string,
  rating: Rating,
  world: RatingWorld,
): Promise<Result<null, { code: "link_unknown" } | { code: "not_released" }>> {
  const about = await world.rateable(secret);
  if (about === null) return fail({ code: "link_unknown" });
  if (!about.isReturned) return fail({ code: "not_released" });
  await world.keepRating(about.submissionId, about.agencyId, rating); // pressed twice, the first one stands
  return ok(null);
}
