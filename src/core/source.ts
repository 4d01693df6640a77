import type { Instant } from "./kernel.ts";

/** Besides the paper original, which is presented in any case (ORIG-1): what was shown from VNeID, or a database. */
export const sources = ["vneid", "database"] as const;

export const sourceDatabases = [
  "population", // Cơ sở dữ liệu quốc gia về dân cư
  "civil_status",
  "land",
  "business",
  "insurance",
  "driving",
  "education",
  "other",
] as const;

export type SourceDatabase = (typeof sourceDatabases)[number];

/** What it said beside the paper; what differs says "look again" and refuses nothing. */
export const lookUpOutcomes = ["same", "differs", "not_found"] as const;

export type LookUpOutcome = (typeof lookUpOutcomes)[number];

/** SOURCE-1: which, when, under which transaction. NĐ 23/2015 Art. 9(8), 9(9). */
export type LookUp = {
  readonly source: (typeof sources)[number];
  /** Null of VNeID. */
  readonly database: SourceDatabase | null;
  /** Of another database, which. */
  readonly databaseName: string | null;
  /** As the database gave it; VNeID may give none. */
  readonly transactionId: string | null;
  readonly outcome: LookUpOutcome;
  readonly at: Instant;
  /** `official`: asked on another screen and written down; else the name of the way that asked. */
  readonly askedThrough: string;
};

export type KeptLookUp = LookUp & { readonly by: string };
