import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, RecipientId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { Recipient } from "../../core/recipients.ts";
import type { AdministrationFailure } from "../administration/failure.ts";
import { type Note, noteOf } from "../administration/note.ts";
import { aboutRecipient, type RecipientFacts } from "./register-recipient.ts";

export type ChangingRecipientWorld = {
  readonly now: () => Instant;
  readonly recipient: (id: RecipientId, agencyId: AgencyId) => Promise<Recipient | null>;
  /** One transaction with the note; false when the agency has another of that name. */
  readonly keepChanged: (recipient: Recipient, note: Note) => Promise<boolean>;
};

/** Name and addresses. What was handed over before keeps the name that it had then. */
export async function changeRecipient(
  id: RecipientId,
  facts: RecipientFacts,
  actor: Actor,
  world: ChangingRecipientWorld,
): Promise<Result<null, AdministrationFailure>> {
  const recipient = await world.recipient(id, actor.agencyId);
  if (recipient === null) return fail({ code: "not_found" });
  const about = `${aboutRecipient(recipient)} → ${aboutRecipient(facts)}`;
  const note = noteOf(actor, "recipient_changed", about, world.now());
  const kept = await world.keepChanged({ ...recipient, ...facts }, note);
  return kept ? ok(null) : fail({ code: "recipient_name_taken" });
}

/** One that is not active receives nothing, and its keys open nothing; they work again when it is. */
export async function setRecipientActive(
  id: RecipientId,
  active: boolean,
  actor: Actor,
  world: ChangingRecipientWorld,
): Promise<Result<null, AdministrationFailure>> {
  const recipient = await world.recipient(id, actor.agencyId);
  if (recipient === null) return fail({ code: "not_found" });
  const what = active ? "recipient_activated" : "recipient_deactivated";
  await world.keepChanged({ ...recipient, active }, noteOf(actor, what, recipient.name, world.now()));
  return ok(null);
}
