import type { PersonId } from "../../core/ids.ts";

/** What a person may be entrusted with. */
export const roleNames = ["receiver", "comparer", "signer", "clerk", "administrator", "province"] as const;

export type RoleName = (typeof roleNames)[number];

/** A person of the agency as its administrator sees them; no password in any form. */
export type AgencyPerson = {
  readonly personId: PersonId;
  readonly userName: string;
  readonly fullName: string;
  readonly roles: readonly RoleName[];
  readonly active: boolean;
  /** The password was given by an administrator and not yet changed: no role counts until then. */
  readonly passwordInitial: boolean;
};

/** AUTH-5: who watches for a province belongs to the province's own agency and has no other duty. */
export const isFit = (roles: readonly RoleName[], isProvince: boolean): boolean =>
  !roles.includes("province") || (isProvince && roles.every((role) => role === "province"));
