import type { Actor } from "../../../core/dossier.ts";
import type { AgencyId } from "../../../core/ids.ts";
import type { Instant } from "../../../core/kernel.ts";
import type { PetitionKind } from "../../../core/petition.ts";
import type { DossierStatus } from "../../../core/stages.ts";
import type { Counts, TrendPoint } from "../../../core/statistics/counts.ts";
import type { AgencyWork } from "../../../core/statistics/ranking.ts";
import type { Span } from "../../../core/statistics/span.ts";

export type Province = { readonly code: string; readonly name: string };

/** With what presses at this moment, whatever the span. */
export type ProvinceWork = AgencyWork & {
  readonly late: number;
  readonly atRisk: number;
  readonly petitionsLate: number;
  readonly petitionsSoon: number;
};

/** A dossier that is late or soon will be: its code and terms, nobody's name. */
export type PressingDossier = {
  readonly agencyId: AgencyId;
  readonly code: string;
  readonly paper: number;
  readonly status: DossierStatus;
  readonly dueAt: Instant;
  readonly againAt: Instant | null;
  readonly standing: "late" | "at_risk";
  /** Since it was due, by the clock, as the applicant waits; 0 where it is not late. */
  readonly lateSeconds: number;
};

export type PressingPetition = {
  readonly number: number;
  readonly kind: PetitionKind;
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
  readonly standing: "late" | "soon";
};

export type ProvinceView = {
  readonly province: Province;
  readonly span: Span;
  readonly works: readonly ProvinceWork[];
  /** Of the span before. */
  readonly before: readonly AgencyWork[];
  /** By month since the first line of any agency of the province. */
  readonly trend: readonly TrendPoint[];
  readonly longest: readonly PressingDossier[];
};

export type AgencyView = {
  readonly province: Province;
  readonly span: Span;
  readonly agencyId: AgencyId;
  readonly name: string;
  readonly counts: Counts;
  readonly trend: readonly TrendPoint[];
  /** One more than `mostListed` where there are more; the same of petitions. */
  readonly dossiers: readonly PressingDossier[];
  readonly petitions: readonly PressingPetition[];
};

/** What a province sees of the agencies that lie in it, and of no other. AUTH-5. */
export type ProvinceWorld = {
  readonly now: () => Instant;
  /** Null where the actor's agency is no province's. */
  readonly view: (span: Span, actor: Actor) => Promise<ProvinceView | null>;
  /** Null where there is no such agency in the actor's province. */
  readonly agency: (agencyId: AgencyId, span: Span, actor: Actor) => Promise<AgencyView | null>;
};

export const mostListed = 200;
