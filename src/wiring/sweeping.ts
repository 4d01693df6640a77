import { sweepJobs } from "../../db/jobs.ts";
import { sweepChecks } from "../../db/stores/copy-checks.ts";
import { enqueueDueDispatches } from "../../db/stores/dispatches.ts";
import { overdueEvidence } from "../../db/stores/evidence.ts";
import { enqueuePaidReleases } from "../../db/stores/fee-releases.ts";
import { sweepGuests } from "../../db/stores/guests.ts";
import { readWaitingAgain } from "../../db/stores/originals.ts";
import { failedMails } from "../../db/stores/outbox.ts";
import { endAbandonedSignatures } from "../../db/stores/prepared-signatures.ts";
import { sweepSessions } from "../../db/stores/sessions.ts";
import { sweepThrottle } from "../../db/stores/throttle.ts";
import { enqueueDueWebhooks, sweepDeliveries } from "../../db/stores/webhook-deliveries.ts";
import { type Instant, instantOfSeconds, secondsOf } from "../core/kernel.ts";
import { batchDays } from "../core/verification-batch.ts";
import { deliveryDays } from "../core/webhooks.ts";
import { overdueBefore } from "../usecases/extend-evidence.ts";
import { defaultSessionPolicy } from "../web/session.ts";
import type { House } from "./house.ts";
import { keepHouseTerms } from "./personal-data.ts";
import { forgetBatches } from "./recipients-api.ts";
import { makeWeeklyReports } from "./weekly-reports.ts";

const daySeconds = 86_400;

/** Takes up again what was left lying, and forgets ended sessions, old counters, jobs long done, copies that nobody signed, files that no row names. */
export async function sweepStore(house: House): Promise<void> {
  const now = house.now();
  const before = (seconds: number): Instant => instantOfSeconds(secondsOf(now) - seconds);
  await readWaitingAgain(house.sql);
  await sweepSessions(house.db, now, before(defaultSessionPolicy.idleSeconds));
  await sweepThrottle(house.db, now, before(daySeconds));
  await sweepChecks(house.sql, before(90 * daySeconds));
  await sweepGuests(house.sql, now, before(daySeconds));
  await keepHouseTerms(house);
  await sweepJobs(house.sql, 30 * daySeconds);
  await forgetBatches(house, before(batchDays * daySeconds));
  await enqueueDueWebhooks(house.sql, now);
  await enqueueDueDispatches(house.sql, now);
  await enqueuePaidReleases(house.sql);
  await sweepDeliveries(house.sql, before(deliveryDays * daySeconds));
  await forgetAbandoned(house, before(daySeconds));
  await house.blobs.sweep();
  await tellOverdue(house);
  await makeWeeklyReports(house); // the last: a report that fails holds nothing else up
}

const mostAbandoned = 200;

/** Copies that were prepared for a key elsewhere and never signed: whole documents, which nobody may keep for nothing. */
async function forgetAbandoned({ sql, blobs, now, log }: House, before: Instant): Promise<void> {
  const over = await endAbandonedSignatures(sql, { before, at: now(), most: mostAbandoned });
  for (const id of over) await blobs.erase(id);
  if (over.length > 0) log.info("prepared_swept", { count: over.length });
}

/** An hour apart and never silent: a copy that waits a day for its evidence has an authority that keeps failing. */
async function tellOverdue({ sql, now, log }: House): Promise<void> {
  const count = await overdueEvidence(sql, overdueBefore(now()), null);
  if (count > 0) log.error("evidence_overdue", { count });
  const unsent = await failedMails(sql, instantOfSeconds(secondsOf(now()) - daySeconds));
  if (unsent > 0) log.error("mail_given_up_today", { count: unsent });
}
