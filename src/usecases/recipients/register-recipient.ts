import type { Actor } from "../../core/dossier.ts";
import type { RecipientId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { Recipient } from "../../core/recipients.ts";
import type { AdministrationFailure } from "../administration/failure.ts";
import { type Note, noteOf } from "../administration/note.ts";

/** What an administrator says of a recipient. */
export type RecipientFacts = Pick<Recipient, "name" | "email" | "domain">;

export type RegisteringRecipientWorld = {
  readonly now: () => Instant;
  readonly newRecipientId: () => RecipientId;
  /** One transaction with the note; false when the agency has one of that name. */
  readonly keepRecipient: (recipient: Recipient, note: Note) => Promise<boolean>;
};

/** From now on citizens can hand copies to it; its programs can ask nothing before it has a key. */
export async function registerRecipient(
  facts: RecipientFacts,
  actor: Actor,
  world: RegisteringRecipientWorld,
): Promise<Result<RecipientId, AdministrationFailure>> {
  const [id, registeredAt] = [world.newRecipientId(), world.now()];
  const recipient: Recipient = { ...facts, id, agencyId: actor.agencyId, active: true, registeredAt };
  const kept = await world.keepRecipient(
    recipient,
    noteOf(actor, "recipient_registered", aboutRecipient(facts), registeredAt),
  );
  return kept ? ok(id) : fail({ code: "recipient_name_taken" });
}

/** An address that was changed can be found again: it is where codes and links go. */
export const aboutRecipient = ({ name, email, domain }: RecipientFacts): string =>
  [name, email, domain].filter((fact) => fact !== null).join(", ");
