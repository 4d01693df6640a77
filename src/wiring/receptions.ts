import {
  endReception,
  keepReception,
  keepReceptionPost,
  receptionPostsOf,
  receptionsOf,
} from "../../db/stores/receptions.ts";
import type { AgencyId } from "../core/ids.ts";
import type { ReceptionId } from "../core/reception.ts";
import { noteOf } from "../usecases/administration/note.ts";
import type { ReceptionsWorld } from "../web/pages/receptions/world.ts";
import { isPrintable } from "./composing.ts";
import { type House, newId } from "./house.ts";

export const receptionsWorld = (house: Pick<House, "sql" | "now" | "fonts">): ReceptionsWorld => {
  const { sql, now } = house;
  const named = async (id: ReceptionId | null, agencyId: AgencyId) =>
    (await receptionsOf(sql, agencyId)).find((one) => one.id === id)?.name ?? "–";
  return {
    receptions: ({ agencyId }) => receptionsOf(sql, agencyId),
    posts: ({ agencyId }) => receptionPostsOf(sql, agencyId),
    isPrintable: (text) => isPrintable(house, text),
    open: (place, actor) =>
      keepReception(sql, newId(), place, noteOf(actor, "reception_opened", `${place.name}, ${place.place}`, now())),
    end: async (id, actor) =>
      endReception(sql, id, noteOf(actor, "reception_ended", await named(id, actor.agencyId), now())),
    post: async (personId, receptionId, actor) => {
      const who = (await receptionPostsOf(sql, actor.agencyId)).find((one) => one.personId === personId);
      if (who === undefined) return false;
      const about = `${who.fullName}: ${await named(receptionId, actor.agencyId)}`;
      return keepReceptionPost(sql, personId, receptionId, noteOf(actor, "reception_post_kept", about, now()));
    },
  };
};
