import type { Context } from "hono";
import type { CheckDoor } from "../../core/copy-check.ts";
import type { Bytes, Instant, Result } from "../../core/kernel.ts";
import type { CopyRecord } from "../../core/record.ts";
import type { PublishedCopy, StandingRecord, StatusNow } from "../../core/status/standing.ts";
import type { PublishedRecords } from "../../publish/published-records.ts";
import type { Packing } from "../design/packed-skeleton.ts";
import type { Asker, WebEnv } from "../route.ts";
import type { FiledReport, ReportDesk } from "./filed-report.ts";
import type { UploadReport } from "./upload-answer.ts";

/** SHA-256 and length of an upload up to the end of the agency signature's revision. DESIGN decision 5. */
export type CopyIdentity = CopyRecord["identity"];

/** What an examination of an upload gives back. */
export type Examined = {
  /** Null where there is no agency signature. */
  readonly identity: CopyIdentity | null;
  /** @param record the proven record that the visitor's code led to, or the identity did, with its status now */
  readonly reportWith: (record: StandingRecord | null) => UploadReport;
  /** The same with everything that was found, for a report to be filed; null where there is too much for one. */
  readonly filedWith?: (record: StandingRecord | null) => FiledReport | null;
};

/** `busy`: too many files wait. `stopped`: this one asked for more time or memory than one file gets. */
export type ExamineFailure = { readonly code: "busy" | "stopped" };

export type VerificationWorld = Pick<PublishedRecords, "find" | "prove"> & {
  /** Never throws for a bad file. */
  readonly examineUpload: (pdf: Bytes) => Promise<Result<Examined, ExamineFailure>>;
  /** The record of a file that came without its code; a door without a database leaves this out and asks for the code. */
  readonly findRecordByIdentity?: (identity: CopyIdentity) => Promise<PublishedCopy | null>;
  readonly statusNow: (record: CopyRecord) => Promise<StatusNow>;
  readonly now: () => Instant;
  /** Counts codes that nobody has against who asks; left out where files are published and others keep the gate. */
  readonly guesses?: (asker: Asker) => {
    readonly refusedForSeconds: () => number | null;
    readonly missed: () => void;
  };
  /** Who sends a file, for a fair share of the memory; left out where each visitor has a memory of its own. */
  readonly addressOf?: (c: Context<WebEnv>) => string;
  /** That the copy was checked now, for its holder to see; never by whom. Left out where there is no store. */
  readonly noteCheck?: (statusIndex: number, door: CheckDoor) => void;
  /** A door in the visitor's browser: whether it reached the service's files for this answer. */
  readonly isCutOff?: () => boolean;
  /** Base 64 of the pinned root: what a visitor's browser reads signed codes by. Left out where no code leads. */
  readonly rootKey?: string;
  /** Packs pages for who takes gzip; left out where the platform does it on the way, or nothing goes over a line. */
  readonly packing?: Packing;
  /** Left out where there is no key to sign reports: the page then says so. */
  readonly reports?: ReportDesk;
};
