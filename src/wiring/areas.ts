import { createHash } from "node:crypto";
import { areaBringer, areaOfAgency, importAreasWith, knownAreas, nameAreaOfAgency } from "../../db/stores/areas.ts";
import type { Sha256 } from "../core/kernel.ts";
import { importAreas } from "../usecases/administration/import-areas.ts";
import { noteOf } from "../usecases/administration/note.ts";
import type { AreasWorld } from "../web/pages/areas/world.ts";
import type { House } from "./house.ts";

export const areasWorld = ({ sql, now }: Pick<House, "sql" | "now">): AreasWorld => ({
  known: () => knownAreas(sql),
  bringer: ({ agencyId }) => areaBringer(sql, agencyId),
  ours: ({ agencyId }) => areaOfAgency(sql, agencyId),
  name: ({ code, name }, actor) =>
    nameAreaOfAgency(sql, code, noteOf(actor, "agency_area_named", `${code} ${name}`, now())),
  take: (list, actor) => {
    const at = now();
    const sha256 = createHash("sha256").update(list).digest("hex") as Sha256;
    return importAreas(list, {
      keepAreas: (judge) =>
        importAreasWith(
          sql,
          judge,
          { sha256, at },
          {
            agencyId: actor.agencyId,
            note: ({ added, changed }) =>
              noteOf(actor, "areas_imported", `+${added.length}, ~${changed.length}, ${sha256.slice(0, 16)}`, at),
          },
        ),
    });
  },
});
