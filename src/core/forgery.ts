import type { Instant } from "./kernel.ts";
import type { KeptRefusal } from "./refusal-grounds.ts";
import type { DossierStatus } from "./stages.ts";

/** What was seen of a paper that is suspected to be forged, and where it is now. NĐ 23/2015 Art. 9, REFUSE-2. */
export type ForgeryRecord = {
  readonly seenAt: Instant;
  /** Name of who presented it. */
  readonly presentedBy: string;
  readonly seen: string;
  /** What the agency kept of what was presented. */
  readonly kept: string;
  /** Body, day and paper by which it was handed over; null while it was not. */
  readonly handedTo: string | null;
};

/** As it stands in the dossier; a later one adds to an earlier one and changes nothing of it. */
export type KeptForgeryRecord = ForgeryRecord & {
  /** 1 to n within the dossier. */
  readonly ordinal: number;
  readonly by: string;
  readonly at: Instant;
};

export const forgeryBounds = { presentedBy: 200, least: 10, seen: 2000, kept: 1000, handedTo: 400 } as const;

export type SuspectedStanding = {
  readonly status: DossierStatus;
  /** Null where it is not refused. */
  readonly ground: KeptRefusal["ground"] | null;
  readonly isRecorded: boolean;
};

/** Once it is attested only what is refused as suspected gets a record, or what has one already. REFUSE-2 */
export const mayBeRecorded = ({ status, ground, isRecorded }: SuspectedStanding): boolean =>
  isRecorded || status === "received" || status === "read" || (status === "refused" && ground === "SUSPECTED_FAKE");
