import { officialCredential } from "../../db/stores/credentials.ts";
import { mandatesOf } from "../../db/stores/mandates.ts";
import type { SignerWorld } from "../usecases/signer.ts";
import type { House } from "./house.ts";

/** Whose certificate, by what right: asked by everything that an official signs. */
export const signersWorld = ({ sql }: House): SignerWorld => ({
  credential: (personId, at) => officialCredential(sql, personId, at),
  mandates: ({ personId, agencyId }) => mandatesOf(sql, personId, agencyId),
});
