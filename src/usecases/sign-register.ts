import type { Actor, Credential, Signer } from "../core/dossier.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import {
  isEmpty,
  isOver,
  isYear,
  type KeptPrint,
  type Period,
  type PeriodTotals,
  yearOfPeriod,
} from "../core/register-print.ts";
import type { Failure } from "./failure.ts";
import { type SignerWorld, signerFor } from "./signer.ts";

/** @template Key an opened key; it never leaves the call that opened it */
export type RegisterWorld<Key> = SignerWorld & {
  readonly now: () => Instant;
  /** Of the actor's own agency. */
  readonly totals: (period: Period, actor: Actor) => Promise<PeriodTotals>;
  /** Each month of a year in order. */
  readonly months: (year: number, actor: Actor) => Promise<readonly PeriodTotals[]>;
  readonly prints: (year: number, actor: Actor) => Promise<readonly KeptPrint[]>;
  readonly compose: (totals: PeriodTotals, signer: Signer, at: Instant, actor: Actor) => Promise<Bytes>;
  readonly openKey: (credential: Credential, pin: string, actor: Actor) => Promise<Result<Key, Failure>>;
  readonly checkRevocation: (credential: Credential) => Promise<Result<null, Failure>>;
  /** Level B-T: the timestamp is part of the act. */
  readonly sign: (print: Bytes, key: Key, signer: Credential, at: Instant) => Promise<Result<Bytes, Failure>>;
  /** Nothing is kept that our own examiner does not pass, nor what could be taken for a certified copy. */
  readonly examine: (signed: Bytes, print: Bytes, signer: Credential) => Promise<Result<Instant, Failure>>;
  /** Durable; another print of the period that was kept first stands. Refused where a line was corrected since. */
  readonly keepPrint: (
    totals: PeriodTotals,
    signed: { readonly pdf: Bytes; readonly signer: Signer; readonly signedAt: Instant },
    actor: Actor,
  ) => Promise<Result<null, Failure>>;
};

/**
 * The person certifying signs the print of a month, or the closing of a year. REG-3, NĐ 23/2015 Art. 13.
 *
 * A month is printed once it is over and each of its numbers is issued or voided; a year once all its months with
 * numbers are signed. May be sent again after any break: the first print that was kept stands.
 */
export async function signRegister<Key>(
  period: Period,
  pin: string,
  actor: Actor,
  world: RegisterWorld<Key>,
): Promise<Result<null, Failure>> {
  const at = world.now();
  const prints = await world.prints(yearOfPeriod(period), actor);
  if (prints.some((print) => print.period === period)) return ok(null);
  const totals = await world.totals(period, actor);
  const hindrance = await hindranceOf(totals, prints, at, actor, world);
  if (hindrance !== null) return fail(hindrance);
  const found = await signerFor(actor, { at, paperKind: null }, world);
  if (!found.ok) return found;
  const signer = found.value;
  const print = await world.compose(totals, signer, at, actor);
  const key = await world.openKey(signer, pin, actor);
  if (!key.ok) return key;
  const standing = await world.checkRevocation(signer);
  if (!standing.ok) return standing;
  return signAndKeep(print, totals, { key: key.value, signer, at, actor }, world);
}

/** Why the period cannot be signed yet, so that nobody types a PIN in vain; null where it can. */
export async function hindranceOf(
  totals: PeriodTotals,
  prints: readonly KeptPrint[],
  now: Instant,
  actor: Actor,
  world: Pick<RegisterWorld<unknown>, "months">,
): Promise<Failure | null> {
  const { period } = totals;
  if (!isOver(period, localDateOf(now))) return { code: "period_not_over" };
  if (isEmpty(totals)) return { code: "period_empty" };
  if (totals.inProgress > 0) return { code: "numbers_in_progress", count: totals.inProgress };
  return isYear(period) ? unsignedMonth(period, prints, actor, world) : null;
}

async function unsignedMonth(
  year: Period,
  prints: readonly KeptPrint[],
  actor: Actor,
  world: Pick<RegisterWorld<unknown>, "months">,
): Promise<Failure | null> {
  const signed = new Set(prints.map(({ period }) => period));
  const months = await world.months(yearOfPeriod(year), actor);
  const unsigned = months.find((month) => !signed.has(month.period) && !isEmpty(month));
  return unsigned === undefined ? null : { code: "month_unsigned", month: unsigned.period };
}

async function signAndKeep<Key>(
  print: Bytes,
  totals: PeriodTotals,
  act: { readonly key: Key; readonly signer: Signer; readonly at: Instant; readonly actor: Actor },
  world: RegisterWorld<Key>,
): Promise<Result<null, Failure>> {
  const { key, signer, at, actor } = act;
  const signed = await world.sign(print, key, signer, at);
  if (!signed.ok) return signed;
  const examined = await world.examine(signed.value, print, signer);
  if (!examined.ok) return examined;
  return world.keepPrint(totals, { pdf: signed.value, signer, signedAt: examined.value }, actor);
}
