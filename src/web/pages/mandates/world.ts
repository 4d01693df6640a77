import type { Instant, Result } from "../../../core/kernel.ts";
import type { MandateId } from "../../../core/mandate.ts";
import type { AdministrationFailure } from "../../../usecases/administration/failure.ts";
import type { KeptMandate, MandateFacts } from "../../../usecases/administration/mandates.ts";
import type { AgencyPerson } from "../../../usecases/administration/person.ts";
import type { Actor } from "../../route.ts";

type Answer<T> = Promise<Result<T, AdministrationFailure>>;

/** What the pages about the right to sign ask; each question of the actor's own agency only. */
export type MandatesWorld = {
  readonly now: () => Instant;
  readonly people: (actor: Actor) => Promise<readonly AgencyPerson[]>;
  readonly mandates: (actor: Actor) => Promise<readonly KeptMandate[]>;
  readonly mandate: (id: MandateId, actor: Actor) => Promise<KeptMandate | null>;
  readonly giveMandate: (facts: MandateFacts, actor: Actor) => Answer<MandateId>;
  readonly endMandate: (id: MandateId, reason: string, actor: Actor) => Answer<null>;
};
