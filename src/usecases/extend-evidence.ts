import type { Certificate } from "../core/dossier.ts";
import type { CertificateId } from "../core/ids.ts";
import { type Bytes, type Instant, instantOfSeconds, type Result, secondsOf } from "../core/kernel.ts";

/** A code of snake_case for the plan and the log; what it means stands where it is made. */
type EvidenceFailure = { readonly code: string };

type EvidencePlan = {
  /** Since when the next form should be there. */
  readonly dueSince: Instant;
  /** In a row. */
  readonly failures: number;
  /** Forms so far; the next has the ordinal after it. */
  readonly made: number;
};

/** @template Extended a longer form with what its timestamp proves */
export type EvidenceWorld<Extended> = {
  readonly now: () => Instant;
  readonly certificate: (id: CertificateId) => Promise<Certificate | null>;
  /** Null where nothing was released. */
  readonly plan: (id: CertificateId) => Promise<EvidencePlan | null>;
  /** The newest form, the sealed copy at its beginning. */
  readonly newest: (certificate: Certificate) => Promise<Bytes>;
  /** Asks the authorities; the bytes given are a prefix of those that come back. */
  readonly extend: (pdf: Bytes) => Promise<Result<Extended, EvidenceFailure>>;
  /** As a stranger would, and: the identity is the registered one, every signature has reached B-LTA. */
  readonly examine: (extended: Extended, certificate: Certificate) => Promise<Result<null, EvidenceFailure>>;
  /** Form and next due date in one transaction; false when another form came first. */
  readonly keep: (certificate: Certificate, ordinal: number, extended: Extended) => Promise<boolean>;
  readonly postpone: (certificate: Certificate, failure: EvidenceFailure, until: Instant) => Promise<void>;
};

const firstWaitSeconds = 5;
const longestWaitSeconds = 3600;

/** Five seconds, doubled with every failure in a row, an hour at most: an authority that is down is not besieged. */
const waitAfter = (failures: number): number =>
  Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(failures, 20));

const alarmSeconds = 24 * 3600;

/** What is due since before this has failed for a day: a person must look. */
export const overdueBefore = (now: Instant): Instant => instantOfSeconds(secondsOf(now) - alarmSeconds);

/**
 * Makes the long-term form of a released copy, or renews it. DESIGN decision 6. May be run again at any time: what is not
 * due is left alone, and of two that run at once one is kept. Failures are written into the plan, so the job itself ends.
 */
export async function extendEvidence<Extended>(id: CertificateId, world: EvidenceWorld<Extended>): Promise<void> {
  const [certificate, plan] = [await world.certificate(id), await world.plan(id)];
  if (certificate?.status !== "issued" || plan === null || plan.dueSince > world.now()) return;
  const extended = await world.extend(await world.newest(certificate));
  // Nothing leaves that our own examiner does not pass: a worse file than the one before is never served.
  const judged = extended.ok ? await world.examine(extended.value, certificate) : extended;
  if (extended.ok && judged.ok) {
    await world.keep(certificate, plan.made + 1, extended.value);
    return;
  }
  const failure = judged.ok ? { code: "not_kept" } : judged.failure;
  const until = instantOfSeconds(secondsOf(world.now()) + waitAfter(plan.failures));
  await world.postpone(certificate, failure, until);
}
