import { type Branded, type Instant, instantOfSeconds, secondsOf } from "./kernel.ts";

export type BreachId = Branded<string, "BreachId">;

export const breachSteps = ["told_authority", "told_people", "other"] as const;

/** A breach of personal data as it was noted when it was found. DATA-4. */
export type Breach = {
  readonly id: BreachId;
  readonly foundAt: Instant;
  readonly happened: string;
  /** Which data, and about how many people. */
  readonly concerns: string;
  /** What was done at once. */
  readonly done: string;
  readonly by: string;
  readonly notedAt: Instant;
  /** Oldest first. */
  readonly steps: readonly BreachStep[];
};

export type BreachStep = {
  readonly what: (typeof breachSteps)[number];
  readonly at: Instant;
  readonly says: string;
  readonly by: string;
};

const authorityHours = 72;
const soonHours = 24;

const hoursAfter = (at: Instant, hours: number): Instant => instantOfSeconds(secondsOf(at) + hours * 3600);

/** When the authority must have been told. Luật Bảo vệ dữ liệu cá nhân 2025 Art. 23: 72 hours after it was found. */
export const breachDue = ({ foundAt }: Pick<Breach, "foundAt">): Instant => hoursAfter(foundAt, authorityHours);

/** DATA-4: hours run on nights and holidays too; who was told late was told late. */
export function breachStanding(breach: Pick<Breach, "foundAt" | "steps">, now: Instant): BreachStanding {
  const due = breachDue(breach);
  const told = breach.steps.find(({ what }) => what === "told_authority");
  if (told !== undefined) return told.at <= due ? "told" : "told_late";
  if (now > due) return "late";
  return now >= hoursAfter(due, -soonHours) ? "soon" : "open";
}

export type BreachStanding = "open" | "soon" | "late" | "told" | "told_late";
