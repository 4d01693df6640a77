/**
 * The way of one document. Reading the statuses in order is reading the procedure of NĐ 45/2020 Art. 10(3):
 *
 *   received -> read -> attested -> numbered -> person_signed -> sealed -> logged -> released
 *
 * `refused` leaves from received, read or attested; `voided` from numbered or person_signed only (DESIGN decision 7);
 * `reused` from received or read: nothing is certified, since a copy or VNeID has the paper already (ONCE-1).
 * `withdrawn` before a number is taken: its applicant took the paper back (WITHDRAW-1).
 *
 * Who wants paper only goes received -> attested -> numbered -> handed_over, signed and sealed by hand; the database
 * lets nobody else leave received for attested, nor end there.
 */
export const dossierStatuses = [
  "received", // dossier open, scans may be added; the reading job may be under way
  "read", // final page streams exist; pages may be confirmed
  "attested", // every page confirmed, original presented
  "numbered", // number and register row are durable; the officer's key has not produced a kept signature
  "person_signed", // the officer's revision is kept
  "sealed", // both revisions are kept and our own examination passed
  "logged", // the leaf stands in a published checkpoint
  "released", // record published, the citizen may download
  "refused",
  "voided",
  "reused",
  "handed_over", // on paper only: signed, sealed by hand, in the applicant's hands
  "withdrawn",
] as const;

export type DossierStatus = (typeof dossierStatuses)[number];

const followers: Record<DossierStatus, readonly DossierStatus[]> = {
  received: ["read", "refused", "reused", "withdrawn", "attested"],
  read: ["attested", "refused", "received", "reused", "withdrawn"],
  attested: ["numbered", "refused", "withdrawn"],
  numbered: ["person_signed", "voided", "handed_over"],
  person_signed: ["sealed", "numbered", "voided"], // back to numbered when the printed date has passed, decision 8
  sealed: ["logged"],
  logged: ["released"],
  released: [],
  refused: [],
  voided: [],
  reused: [],
  handed_over: [],
  withdrawn: [],
};

/** Nothing follows. */
export const isLast = (status: DossierStatus): boolean => followers[status].length === 0;

/** Ended with neither a copy nor a notice that could be sent. */
export const endsWithNothingToSend = (status: DossierStatus): boolean =>
  isLast(status) && status !== "released" && status !== "refused";

export const mayFollow = (from: DossierStatus, to: DossierStatus): boolean => followers[from].includes(to);
