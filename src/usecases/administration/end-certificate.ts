import type { Actor } from "../../core/dossier.ts";
import type { AgencyId } from "../../core/ids.ts";
import { fail, type Instant, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";

export type EndingWorld = {
  readonly now: () => Instant;
  /** Whose certificate it is, in words; null where the agency has none of that id. */
  readonly holderOf: (id: string, agencyId: AgencyId) => Promise<string | null>;
  /** One transaction with the note; false when it has ended already. */
  readonly keepEnd: (id: string, note: Note) => Promise<boolean>;
  readonly renewKeyList: () => Promise<void>;
};

/** From now on it signs nothing here. What it signed before stays good, so its row is never deleted. */
export async function endCertificate(
  id: string,
  actor: Actor,
  world: EndingWorld,
): Promise<Result<null, AdministrationFailure>> {
  const holder = await world.holderOf(id, actor.agencyId);
  if (holder === null) return fail({ code: "not_found" });
  const ended = await world.keepEnd(id, noteOf(actor, "certificate_ended", holder, world.now()));
  if (!ended) return fail({ code: "certificate_ended" });
  await world.renewKeyList();
  return { ok: true, value: null };
}
