import type { Instant } from "../kernel.ts";
import type { TracedStep } from "./step-times.ts";

/** Whose work a step of a dossier is. */
const duties = ["receiver", "comparer", "signer", "clerk"] as const;

export type Duty = (typeof duties)[number];

const dutiesOfStep: Readonly<Record<TracedStep, readonly Duty[]>> = {
  ...{ scan: ["receiver"], compare: ["comparer"], number: ["signer"], sign: ["signer"], seal: ["clerk"], publish: [] },
  ...{ hand: ["signer", "clerk"], refuse: ["comparer", "signer"], notice: ["signer"] },
};

/** That a person was entrusted with something, or no longer. */
export type RoleChange = { readonly role: string; readonly given: boolean; readonly at: Instant };

/**
 * STAT-3: in which duty a person did a step: those that the step is and that the person had then. Where nothing is known
 * of that moment, those that the step is.
 *
 * @param changes of that person, in the order in which they happened
 */
export function dutyOf(step: TracedStep, changes: readonly RoleChange[], at: Instant): readonly Duty[] {
  const had = new Map(changes.filter((change) => change.at <= at).map(({ role, given }) => [role, given]));
  const own = dutiesOfStep[step];
  const fitting = own.filter((duty) => had.get(duty) === true);
  return fitting.length > 0 ? fitting : own;
}
