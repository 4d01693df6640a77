import type { Actor } from "../../../core/dossier.ts";
import type { PersonId } from "../../../core/ids.ts";
import type { Reception, ReceptionId, ReceptionPlace, ReceptionPost } from "../../../core/reception.ts";

/** One-stop desks of the actor's own agency. */
export type ReceptionsWorld = {
  readonly receptions: (actor: Actor) => Promise<readonly Reception[]>;
  readonly posts: (actor: Actor) => Promise<readonly ReceptionPost[]>;
  /** Whether the font of the slips has every sign of it. */
  readonly isPrintable: (text: string) => boolean;
  /** False where a desk of that name goes on. */
  readonly open: (place: ReceptionPlace, actor: Actor) => Promise<boolean>;
  /** False where the agency has none of that id that goes on. */
  readonly end: (id: ReceptionId, actor: Actor) => Promise<boolean>;
  /** False where person or desk is none of the agency's. */
  readonly post: (personId: PersonId, receptionId: ReceptionId | null, actor: Actor) => Promise<boolean>;
};
