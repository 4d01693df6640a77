import type { WorkingCalendar } from "../core/calendar.ts";
import { deadlineOf } from "../core/deadlines.ts";
import type { Email } from "../core/dispatch.ts";
import type { Actor, Dossier, IdentityKind, Intake, PaperFacts } from "../core/dossier.ts";
import type { AgencyId, BlobId, DossierId } from "../core/ids.ts";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../core/kernel.ts";
import type { OffSite } from "../core/off-site.ts";
import type { Channel, DossierCode, Help, SubmissionId } from "../core/submission.ts";

export type OpeningRequest = PaperFacts &
  Intake & {
    readonly applicantName: string;
    readonly onPaperOnly: boolean;
    /** Last four digits of the applicant's identity paper: the citizen's second factor at download. */
    readonly identityDigits: string;
    readonly channel: Channel;
    readonly help: Help | null;
    /** Certified elsewhere than at the office; null: here. OFFSITE-1. */
    readonly offSite: OffSite | null;
    /** Of the form that was sent, so that the same one twice opens one dossier; null where a program asks. */
    readonly formId: string | null;
    /** Where the result is to go besides the link; null where none was given. DISPATCH-1. */
    readonly email: Email | null;
    /** Personal number of the applicant's account at the portal, 12 digits. */
    readonly storeAccount: string | null;
  };

export type OpeningWorld = {
  readonly now: () => Instant;
  /** As it stands now: what it says is promised, whatever becomes of it. */
  readonly calendar: (agencyId: AgencyId) => Promise<WorkingCalendar>;
  readonly newDossierId: () => DossierId;
  readonly newSubmissionId: () => SubmissionId;
  /** 128 random bits as text for the citizen's link, with the only form that is stored. */
  readonly newSecret: () => { readonly text: string; readonly hash: Bytes };
  /** Keyed, since four digits alone are guessed at once. */
  readonly hashDigits: (submissionId: SubmissionId, digits: string) => Bytes;
  /** Encrypted; durable on return. */
  readonly keepAccount: (agencyId: AgencyId, personalNumber: string) => Promise<BlobId>;
  readonly eraseAccount: (id: BlobId) => Promise<void>;
  /** Submission with its code and first paper, durable together; the dossier of the same form where that was sent before. */
  readonly keepDossier: (dossier: Dossier, kept: KeptPaper, submission: KeptSubmission) => Promise<OpenedDossier>;
};

/** Beside the facts of the paper itself. */
export type KeptPaper = Pick<Intake, "contact" | "paperCopies"> & {
  readonly openedBy: Actor;
  readonly formId: string | null;
};

export type KeptSubmission = {
  readonly id: SubmissionId;
  readonly agencyId: AgencyId;
  readonly channel: Channel;
  readonly help: Help | null;
  readonly offSite: OffSite | null;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  readonly identityKind: IdentityKind | null;
  readonly email: Email | null;
  readonly accountBlobId: BlobId | null;
  readonly identityDigitsHash: Bytes;
  readonly secretHash: Bytes;
  readonly secretExpiresAt: Instant;
};

export type OpenedDossier = {
  readonly dossierId: DossierId;
  readonly code: DossierCode;
  /** False where the same form had been sent before. */
  readonly fresh: boolean;
};

/** How long a citizen's link opens; renewed at the counter. DESIGN decision 14. */
export const secretLifeSeconds = 365 * 86_400;

/**
 * The applicant presents a paper original at the counter, the first or only one. NĐ 45/2020 Art. 10(3), first step.
 *
 * @returns the link's secret; null where the same form was sent before: its link is told once only
 */
export async function openDossier(
  request: OpeningRequest,
  actor: Actor,
  world: OpeningWorld,
): Promise<{ dossierId: DossierId; code: DossierCode; secret: string | null }> {
  const { identityDigits, identityKind, contact, paperCopies, applicantName, channel, formId, ...rest } = request;
  const { email, storeAccount, help, offSite, ...paper } = rest;
  const { agencyId } = actor;
  const accountBlobId = storeAccount === null ? null : await world.keepAccount(agencyId, storeAccount);
  const openedAt = world.now();
  const dueAt = deadlineOf(openedAt, await world.calendar(actor.agencyId));
  const secret = world.newSecret();
  const submissionId = world.newSubmissionId();
  const dossier: Dossier = {
    ...paper,
    id: world.newDossierId(),
    applicantName,
    agencyId,
    status: "received",
    ...{ openedAt, dueAt, againAt: null },
  };
  const opened = await world.keepDossier(
    dossier,
    { openedBy: actor, contact, paperCopies, formId },
    {
      id: submissionId,
      ...{ agencyId, channel, help, offSite, openedAt, openedBy: actor, identityKind, email, accountBlobId },
      identityDigitsHash: world.hashDigits(submissionId, identityDigits),
      secretHash: secret.hash,
      secretExpiresAt: instantOfSeconds(secondsOf(openedAt) + secretLifeSeconds),
    },
  );
  if (!opened.fresh && accountBlobId !== null) await world.eraseAccount(accountBlobId); // kept with the first sending
  return { dossierId: opened.dossierId, code: opened.code, secret: opened.fresh ? secret.text : null };
}
