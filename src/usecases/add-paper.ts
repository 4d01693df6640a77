import type { WorkingCalendar } from "../core/calendar.ts";
import { deadlineOf } from "../core/deadlines.ts";
import type { Actor, Dossier, PaperFacts } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { type DossierCode, mostPapers } from "../core/submission.ts";
import type { Failure } from "./failure.ts";
import type { OpenedDossier } from "./open-dossier.ts";

/** Without the holder's name the paper is the applicant's own. */
export type PaperRequest = Omit<PaperFacts, "holderName"> & {
  readonly holderName: string | null;
  readonly paperCopies: number;
  readonly onPaperOnly: boolean;
  /** Of the identity paper that the applicant shows now: nobody else's paper comes behind this link. */
  readonly identityDigits: string;
  readonly formId: string | null;
};

export type AddingWorld = {
  readonly now: () => Instant;
  /** As it stands now: what it says is promised, whatever becomes of it. */
  readonly calendar: (agencyId: AgencyId) => Promise<WorkingCalendar>;
  readonly newDossierId: () => DossierId;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** Counts the attempt first, compares in constant time. */
  readonly checkDigits: (beside: Dossier, digits: string) => Promise<Result<null, Failure>>;
  /**
   * Durable on return, behind the papers that are there; the dossier of the same form where that was sent before; null
   * when the submission has as many papers as it takes.
   */
  readonly keepBeside: (
    dossier: Dossier,
    beside: Dossier,
    kept: { readonly openedBy: Actor; readonly paperCopies: number; readonly formId: string | null },
  ) => Promise<OpenedDossier | null>;
};

/**
 * DOS-1: another paper of the same applicant, presented with one that is here already: the same code and link, a way and
 * a number of its own (TT 01/2020 Art. 4(1)). On the day of the first only: a paper brought later is another submission.
 */
export async function addPaper(
  besideId: DossierId,
  request: PaperRequest,
  actor: Actor,
  world: AddingWorld,
): Promise<Result<{ dossierId: DossierId; code: DossierCode }, Failure>> {
  const beside = await world.dossier(besideId, actor.agencyId);
  if (beside === null) return fail({ code: "not_found" });
  const openedAt = world.now();
  if (localDateOf(openedAt) !== localDateOf(beside.openedAt)) return fail({ code: "submission_over" });
  const { paperCopies, formId, holderName, identityDigits, ...paper } = request;
  const same = await world.checkDigits(beside, identityDigits);
  if (!same.ok) return same;
  const { agencyId, applicantName } = beside;
  const dueAt = deadlineOf(openedAt, await world.calendar(actor.agencyId));
  const dossier: Dossier = {
    ...paper,
    holderName: holderName ?? applicantName,
    id: world.newDossierId(),
    ...{ agencyId, applicantName, openedAt, dueAt, againAt: null, status: "received" },
  };
  const added = await world.keepBeside(dossier, beside, { openedBy: actor, paperCopies, formId });
  if (added === null) return fail({ code: "too_many_papers", most: mostPapers });
  return ok({ dossierId: added.dossierId, code: added.code });
}
