import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, PersonId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { Deed, Mandate, MandateId } from "../../core/mandate.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";
import type { AgencyPerson } from "./person.ts";

/** A mandate as the agency's administrator sees it. */
export type KeptMandate = Mandate & { readonly fullName: string; readonly endReason: string | null };

/** What an administrator writes down of an office or a deed. */
export type MandateFacts = Omit<Mandate, "id" | "agencyId" | "endedAt">;

export type MandatingWorld = {
  readonly now: () => Instant;
  readonly newMandateId: () => MandateId;
  /** Whether every sign can stand in a copy and in the register. */
  readonly isPrintable: (text: string) => boolean;
  readonly person: (id: PersonId, agencyId: AgencyId) => Promise<AgencyPerson | null>;
  /** One transaction with the note. */
  readonly keepMandate: (mandate: Mandate, note: Note) => Promise<void>;
};

/** AUTH-2: from its first day on the person signs under it, until its last day or its end. LAW 2.1. */
export async function giveMandate(
  facts: MandateFacts,
  actor: Actor,
  world: MandatingWorld,
): Promise<Result<MandateId, AdministrationFailure>> {
  const { agencyId } = actor;
  const holder = await world.person(facts.personId, agencyId);
  if (holder === null) return fail({ code: "not_found" });
  if (!holder.roles.includes("signer")) return fail({ code: "holder_not_signer" });
  if (facts.kind !== "office" && !isWhole(facts.deed)) return fail({ code: "deed_missing" });
  const unfit = unprintable(facts, holder, world.isPrintable);
  if (unfit !== null) return fail({ code: "not_printable", field: unfit });
  const id = world.newMandateId();
  const about = `${holder.fullName}: ${facts.deed?.number ?? facts.post}, ${facts.from} – ${facts.to ?? "…"}`;
  const note = noteOf(actor, "mandate_given", about, world.now());
  await world.keepMandate({ ...facts, id, agencyId, endedAt: null }, note);
  return ok(id);
}

const isWhole = (deed: Deed | null): boolean => deed !== null && deed.date !== null && deed.issuedBy !== null;

/** A copy that cannot be printed would be told at signing, when it is nobody's fault any more. */
function unprintable(
  { titleLines, deed, post }: MandateFacts,
  { fullName }: AgencyPerson,
  isPrintable: (text: string) => boolean,
): string | null {
  if (!titleLines.every(isPrintable)) return "titleLines";
  if (!isPrintable(post)) return "post";
  if (deed !== null && !isPrintable(`${deed.number}${deed.issuedBy ?? ""}`)) return "deedNumber";
  return isPrintable(fullName) ? null : "holder";
}

export type MandateEndingWorld = {
  readonly now: () => Instant;
  readonly mandate: (id: MandateId, agencyId: AgencyId) => Promise<KeptMandate | null>;
  /** One transaction with the note; false when it has ended already. */
  readonly keepEnd: (id: MandateId, reason: string, note: Note) => Promise<boolean>;
};

/** From this second on nothing is signed under it; what was signed before keeps naming it. AUTH-2. */
export async function endMandate(
  id: MandateId,
  reason: string,
  actor: Actor,
  world: MandateEndingWorld,
): Promise<Result<null, AdministrationFailure>> {
  const mandate = await world.mandate(id, actor.agencyId);
  if (mandate === null) return fail({ code: "not_found" });
  const about = `${mandate.fullName}: ${mandate.deed?.number ?? mandate.post}: ${reason}`;
  const ended = await world.keepEnd(id, reason, noteOf(actor, "mandate_ended", about, world.now()));
  return ended ? ok(null) : fail({ code: "mandate_ended" });
}
