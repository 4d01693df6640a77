import type { MatchingRecord } from "../certified-copy.ts";
import type { Instant } from "../kernel.ts";
import type { CopyRecord } from "../record.ts";
import type { ListedStatus } from "./status-list.ts";
import type { Successor } from "./successor.ts";

/** What a door knows of a copy's status now. `unknown`: no list, or one whose time has run out; never taken for valid. */
export type StatusNow =
  | { readonly status: ListedStatus; readonly asOf: Instant }
  | { readonly status: "unknown"; readonly asOf: Instant | null };

/** A record and what is published beside it: the copy in its place, left out where a decision names none. */
export type PublishedCopy = CopyRecord & {
  readonly successor?: Successor;
  /** What is published beside the decision could not be read: which copy stands in its place, if any, is not known now. */
  readonly isSuccessorUnread?: true;
};

/** A record beside the newest status: what it says now. */
export type StandingRecord = Omit<PublishedCopy, "status"> & {
  readonly status: CopyRecord["status"] | "unknown";
  readonly asOf: Instant | null;
};

/**
 * The worse of both is told: a record may be a cached one from before the decision, a list may be older than the record.
 * An index that is not in force under a record that was published is a contradiction, and not believed.
 */
export function standingRecord(record: PublishedCopy, now: StatusNow): StandingRecord {
  const { asOf } = now;
  if (record.status !== "issued") return { ...record, asOf };
  if (now.status === "valid") return { ...record, asOf };
  if (now.status === "annulled" || now.status === "superseded") return { ...record, status: now.status, asOf };
  return { ...record, status: "unknown", asOf };
}

/** What the second verdict asks of a record. */
export function matchingRecord(record: StandingRecord): MatchingRecord {
  const { identity, status, number, agency, sealedAt } = record;
  return { identity, status, number, agencyId: agency.id, agencyName: agency.name, sealedAt, isOurs: true };
}
