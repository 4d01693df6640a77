import type { PersonId } from "../../core/ids.ts";
import {
  type Bytes,
  fail,
  type Instant,
  instantOfSeconds,
  type LocalDate,
  ok,
  type Result,
  secondsOf,
} from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import type { AgencyPerson } from "./person.ts";

/** On what the right to sign rests: number and days of the decision. NĐ 280/2025 Art. 1(1); LAW 2.1, R3. */
export type Authority = { readonly document: string; readonly from: LocalDate; readonly to: LocalDate | null };

export type HoldingAsked = {
  /** Null: the agency, whose key the clerk keeps (NĐ 30/2020). */
  readonly personId: PersonId | null;
  readonly titleLines: readonly string[];
  readonly authority: Authority | null;
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

/** A signer has lines over the signature and an authority; what the copy cannot print is said now, not at signing. */
export function checkHolding(
  asked: HoldingAsked,
  holder: AgencyPerson | null,
  isPrintable: (text: string) => boolean,
): Result<null, AdministrationFailure> {
  if (asked.personId === null) return ok(null);
  if (holder === null) return fail({ code: "not_found" });
  if (!holder.roles.includes("signer")) return fail({ code: "holder_not_signer" });
  if (asked.authority === null || asked.titleLines.length === 0) return fail({ code: "authority_missing" });
  if (!asked.titleLines.every(isPrintable)) return fail({ code: "not_printable", field: "titleLines" });
  return isPrintable(holder.fullName) ? ok(null) : fail({ code: "not_printable", field: "holder" });
}

/** Signing is refused outside the days of the certificate, and outside those of the authority. LAW R3. */
export function spanOf(key: FoundKey, authority: Authority | null, now: Instant): Result<Span, AdministrationFailure> {
  if (key.notAfter <= now) return fail({ code: "certificate_expired" });
  const from = authority === null ? key.notBefore : later(key.notBefore, startOf(authority.from));
  const to = authority?.to == null ? key.notAfter : earlier(key.notAfter, endOf(authority.to));
  return from < to && to > now ? ok({ validFrom: from, validTo: to }) : fail({ code: "authority_apart" });
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
const vietnamSeconds = 7 * 3600;
const startOf = (day: LocalDate): Instant =>
  instantOfSeconds(secondsOf(`${day}T00:00:00Z` as Instant) - vietnamSeconds);
const endOf = (day: LocalDate): Instant => instantOfSeconds(secondsOf(startOf(day)) + 86_400);
