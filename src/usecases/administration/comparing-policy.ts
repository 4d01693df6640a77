import type { Actor } from "../../core/dossier.ts";
import type { Instant, LocalDate } from "../../core/kernel.ts";
import { type Note, noteOf } from "./note.ts";

/** Whether who compared a paper may sign its copy, and the document by which the agency decided so. AUTH-4. */
export type ComparingPolicy = {
  readonly comparerSigns: boolean;
  readonly deedNumber: string;
  readonly deedDate: LocalDate;
};

export type ComparingPolicyWorld = {
  readonly now: () => Instant;
  /** One transaction with the note. */
  readonly keep: (policy: ComparingPolicy, note: Note) => Promise<void>;
};

/** From now on; lines of the register go on naming the rule by which they were signed. */
export async function keepComparingPolicy(
  policy: ComparingPolicy,
  actor: Actor,
  world: ComparingPolicyWorld,
): Promise<void> {
  const about = `${policy.comparerSigns ? "+" : "−"} ${policy.deedNumber}, ${policy.deedDate}`;
  await world.keep(policy, noteOf(actor, "comparing_policy_kept", about, world.now()));
}
