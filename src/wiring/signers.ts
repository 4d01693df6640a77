import { absencesOf } from "../../db/stores/absences.ts";
import { comparisonOf } from "../../db/stores/comparing-policy.ts";
import { officialCredential } from "../../db/stores/credentials.ts";
import { mandatesOf } from "../../db/stores/mandates.ts";
import type { CopySignerWorld } from "../usecases/signer.ts";
import type { House } from "./house.ts";

/** Whose certificate, by what right, and whether they are here: asked by everything that an official signs. */
export const signersWorld = ({ sql }: House): CopySignerWorld => ({
  credential: (personId, at) => officialCredential(sql, personId, at),
  mandates: ({ personId, agencyId }) => mandatesOf(sql, personId, agencyId),
  absences: ({ personId }) => absencesOf(sql, personId),
  comparison: ({ id, agencyId }) => comparisonOf(sql, id, agencyId),
});
