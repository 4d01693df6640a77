import type { Area, AreaBringer, AreaChanges } from "../../../core/areas.ts";
import type { Actor } from "../../../core/dossier.ts";
import type { Bytes, Result } from "../../../core/kernel.ts";
import type { ImportFailure } from "../../../usecases/administration/import-areas.ts";

/** Areas are everybody's; which one an agency is of is its own administrator's to say, where it lies is nobody's here (AUTH-5). */
export type AreasWorld = {
  /** What is said now, by code. */
  readonly known: () => Promise<ReadonlyMap<string, Area>>;
  /** What a list brought by the actor may not say. */
  readonly bringer: (actor: Actor) => Promise<AreaBringer>;
  /** Code of the area that the actor's agency is of; null where nobody named it. */
  readonly ours: (actor: Actor) => Promise<string | null>;
  /** False where there is no such area any more. */
  readonly name: (area: Area, actor: Actor) => Promise<boolean>;
  readonly take: (list: Bytes, actor: Actor) => Promise<Result<AreaChanges, ImportFailure>>;
};
