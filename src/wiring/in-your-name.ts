import { sealedEntries, strangeEntries } from "../../db/stores/sealed-entries.ts";
import { entriesAtOnce, type InYourNameWorld } from "../web/pages/in-your-name/world.ts";
import type { House } from "./house.ts";

const mostStrange = 20;

export const inYourNameWorld = ({ sql, publicUrl }: House): InYourNameWorld => ({
  publicUrl,
  sealed: ({ agencyId, personId }, scope, before) =>
    sealedEntries(sql, { agencyId, officerId: scope === "mine" ? personId : null, before }, entriesAtOnce),
  strange: ({ agencyId }) => strangeEntries(sql, agencyId, mostStrange),
});
