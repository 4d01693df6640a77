import type { PersonId } from "./ids.ts";

declare const receptionIdBrand: unique symbol;
export type ReceptionId = string & { readonly [receptionIdBrand]: "ReceptionId" };

/** A one-stop desk of an agency, as slips name it. */
export type ReceptionPlace = { readonly name: string; readonly place: string };

export type Reception = ReceptionPlace & { readonly id: ReceptionId; readonly ended: boolean };

/** Who receives for an agency, and at which desk; null where at none. */
export type ReceptionPost = {
  readonly personId: PersonId;
  readonly fullName: string;
  readonly receptionId: ReceptionId | null;
};
