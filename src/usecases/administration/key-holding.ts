import type { PersonId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import type { AgencyPerson } from "./person.ts";

export type HoldingAsked = {
  /** Null: the agency, whose key the clerk keeps (NĐ 30/2020). */
  readonly personId: PersonId | null;
};

/** A certificate as its key file or its issuer gives it. */
export type FoundKey = {
  readonly certificate: Bytes;
  /** Nearest issuer first. */
  readonly chain: readonly Bytes[];
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly subject: string;
};

export type Span = { readonly validFrom: Instant; readonly validTo: Instant };

/** Who holds a key signs; by what right, mandates say (AUTH-2). What the copy cannot print is said now, not at signing. */
export function checkHolding(
  asked: HoldingAsked,
  holder: AgencyPerson | null,
  isPrintable: (text: string) => boolean,
): Result<null, AdministrationFailure> {
  if (asked.personId === null) return ok(null);
  if (holder === null) return fail({ code: "not_found" });
  if (!holder.roles.includes("signer")) return fail({ code: "holder_not_signer" });
  return isPrintable(holder.fullName) ? ok(null) : fail({ code: "not_printable", field: "holder" });
}

/** Signing is refused outside the days of the certificate. AUTH-1. */
export function spanOf(key: FoundKey, now: Instant): Result<Span, AdministrationFailure> {
  if (key.notAfter <= now) return fail({ code: "certificate_expired" });
  return ok({ validFrom: key.notBefore, validTo: key.notAfter });
}
