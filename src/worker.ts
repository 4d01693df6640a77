import { type JobHandler, runJobs } from "../db/job-loop.ts";
import { bringForward } from "../db/jobs.ts";
import { webhookJob } from "../db/stores/copy-events.ts";
import { dispatchJob } from "../db/stores/dispatches.ts";
import { enqueueDueEvidence, evidenceJob } from "../db/stores/evidence.ts";
import { mailJob } from "../db/stores/outbox.ts";
import { batchJob } from "../db/stores/verification-batches.ts";
import type { Readers } from "../ocr/readers.ts";
import type { BookId, CertificateId, OriginalId } from "./core/ids.ts";
import { fail, ok } from "./core/kernel.ts";
import type { PaperLineId } from "./core/paper-line.ts";
import { extendEvidence } from "./usecases/extend-evidence.ts";
import { publishCertificate } from "./usecases/publish-certificate.ts";
import { giveUpReading, readOriginal } from "./usecases/read-original.ts";
import { dispatchHandler } from "./wiring/dispatching.ts";
import { evidenceWorld } from "./wiring/evidence.ts";
import type { House } from "./wiring/house.ts";
import { mailHandler } from "./wiring/mailing.ts";
import { publishAnnulment, publishBook, publishingWorld, publishPaper, publishVoid } from "./wiring/publishing.ts";
import { readingWorld } from "./wiring/reading.ts";
import { verifyBatch } from "./wiring/recipients-api.ts";
import { sweepStore } from "./wiring/sweeping.ts";
import { askLateWitnesses } from "./wiring/watched-log.ts";
import { deliverWebhooks } from "./wiring/webhooks.ts";

/** What is done beside requests. No job ever signs for a person (DESIGN decision 9). */
export const jobHandlers = (house: House, readers: Readers): Readonly<Record<string, JobHandler>> => ({
  read_original: async ({ job, signal, progress }) => {
    const world = readingWorld(house, { readers, signal, progress });
    const read = await readOriginal(job.subject as OriginalId, world);
    if (read.ok) return read;
    if (job.attempt < job.maxAttempts) return fail({ code: read.failure.code, retry: true });
    await giveUpReading(job.subject as OriginalId, world); // else the dossier would wait for this scan for ever
    return ok(null);
  },
  publish_certificate: async ({ job }) => {
    await publishCertificate(job.subject as CertificateId, publishingWorld(house));
    return ok(null);
  },
  publish_void: async ({ job }) => {
    await publishVoid(house, job.subject as CertificateId);
    return ok(null);
  },
  publish_paper: async ({ job }) => {
    await publishPaper(house, job.subject as PaperLineId);
    return ok(null);
  },
  publish_annulment: async ({ job }) => {
    await publishAnnulment(house, job.subject as CertificateId);
    return ok(null);
  },
  [evidenceJob]: async ({ job }) => {
    await extendEvidence(job.subject as CertificateId, evidenceWorld(house));
    return ok(null);
  },
  [batchJob]: (context) => verifyBatch(house, context),
  [mailJob]: mailHandler(house),
  [webhookJob]: (context) => deliverWebhooks(house, context),
  [dispatchJob]: (context) => dispatchHandler(house, context),
  publish_book: async ({ job }) => {
    await publishBook(house, job.subject as BookId);
    return ok(null);
  },
});

const sweepEveryMs = 3_600_000;
const statusEveryMs = 30_000; // an edge says "as of" a time that is less than a minute old
const evidenceEveryMs = 10_000;
const witnessesEveryMs = 10_000;

/** Resolves when the last job under way has ended. */
export async function startWorker(house: House, readers: Readers, signal: AbortSignal): Promise<void> {
  const onError = (error: unknown) => house.log.error("sweep_failed", { error });
  const sweep = () => sweepStore(house).catch(onError);
  const sweeping = setInterval(sweep, sweepEveryMs);
  void sweep();
  const renew = () => enqueueDueEvidence(house.sql, house.now()).catch(onError);
  const renewing = setInterval(renew, evidenceEveryMs);
  const tellStatus = () => house.tellStatus().catch(onError);
  const telling = setInterval(tellStatus, statusEveryMs);
  void tellStatus();
  const handlers = Object.entries(jobHandlers(house, readers));
  const publishes = (kind: string) => kind.startsWith("publish_");
  const askWitnesses = async () => {
    if (await askLateWitnesses(house)) await bringForward(house.sql, handlers.map(([kind]) => kind).filter(publishes));
  };
  const cosigning = setInterval(() => askWitnesses().catch(onError), witnessesEveryMs);
  const common = { sql: house.sql, signal, leaseSeconds: 10, backoffSeconds: 1 };
  const onFailure = (error: unknown, job: { readonly kind: string } | null) =>
    house.log.error("job_failed", { job: job?.kind ?? null, error });
  const some = (kinds: (kind: string) => boolean) => Object.fromEntries(handlers.filter(([kind]) => kinds(kind)));
  const tells = (kind: string) => kind === webhookJob || kind === dispatchJob;
  await Promise.all([
    runJobs({
      ...common,
      handlers: some((kind) => !publishes(kind) && !tells(kind)),
      concurrency: 4,
      onError: onFailure,
    }),
    // these wait for a receiver that is slow: nobody's pages wait behind them
    runJobs({ ...common, handlers: some(tells), concurrency: 4, onError: onFailure }),
    // these wait for one writing of the log that they share: with more of them each writing takes more leaves
    runJobs({ ...common, handlers: some(publishes), concurrency: 16, onError: onFailure }),
  ]);
  clearInterval(sweeping);
  clearInterval(telling);
  clearInterval(renewing);
  clearInterval(cosigning);
}
