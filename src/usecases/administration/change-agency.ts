import type { Actor } from "../../core/dossier.ts";
import { fail, type Instant, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";

export type AgencyFacts = { readonly name: string; readonly province: string; readonly code: string };

export type AgencyWorld = {
  readonly now: () => Instant;
  readonly isPrintable: (text: string) => boolean;
  /** One transaction with the note; refuses once the agency has given a number, and a code that another has. */
  readonly keepAgency: (facts: AgencyFacts, note: Note) => Promise<Result<null, AdministrationFailure>>;
  readonly renewKeyList: () => Promise<void>;
};

/** Only while no number is given: copies and log name the agency as it was, and nothing may make them look wrong. */
export async function changeAgency(
  facts: AgencyFacts,
  actor: Actor,
  world: AgencyWorld,
): Promise<Result<null, AdministrationFailure>> {
  if (!world.isPrintable(facts.name)) return fail({ code: "not_printable", field: "name" });
  const about = `${facts.name}, ${facts.province}, ${facts.code}`;
  const kept = await world.keepAgency(facts, noteOf(actor, "agency_changed", about, world.now()));
  if (kept.ok) await world.renewKeyList();
  return kept;
}
