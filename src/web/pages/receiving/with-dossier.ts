import type { Context } from "hono";
import { actorOf, onDossier } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { refuse } from "../../refusal.tsx";
import type { Actor, WebEnv } from "../../route.ts";

/** Shows something of a dossier, or tells that there is none: another agency's is not there either. */
export async function withDossier(
  c: Context<WebEnv>,
  person: Actor,
  world: Pick<OfficialsWorld, "dossier">,
  show: (view: DossierView) => Response | Promise<Response>,
): Promise<Response> {
  const view = await onDossier(c.req.param("id") ?? "", (id) => world.dossier(id, actorOf(person)));
  return view.ok ? show(view.value) : refuse(c, view.failure);
}

/** `/dossiers/…` and what follows. */
export const pathOf = ({ dossier }: Pick<DossierView, "dossier">, rest = ""): string =>
  `/dossiers/${dossier.id}${rest}`;
