import type { Instant } from "./kernel.ts";

/** WITHDRAW-1: that an applicant took a paper back. */
export type Withdrawal = {
  /** Name of the official at whose counter; null where it was done by the applicant's own link. */
  readonly by: string | null;
  /** May be empty where the applicant did it alone. */
  readonly reason: string;
  readonly at: Instant;
};
