import type { TransactionSql } from "postgres";
import type { JobContext } from "../../db/job-loop.ts";
import { enqueue, finish, type HeldJob, untilDone } from "../../db/jobs.ts";
import { livingCertificate } from "../../db/stores/certificates.ts";
import {
  addressOf,
  dispatchJob,
  goingWith,
  keepLetterLink,
  noteAttempt,
  openDispatch,
  secretHashOf,
} from "../../db/stores/dispatches.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { dispatchPolicyOf } from "../../db/stores/undelivered.ts";
import { type Dispatch, type DispatchFault, usualPolicy } from "../core/dispatch.ts";
import type { DispatchId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, hexOf, type Instant, ok, type Result, type Sha256, secondsOf } from "../core/kernel.ts";
import type { StoredPaper } from "../roof/citizen-store.ts";
import type { Mail } from "../roof/mail.ts";
import { attemptDispatch, type DueDispatch } from "../usecases/dispatches/attempt-dispatch.ts";
import { letterOf } from "../web/citizens/letter.tsx";
import { hashSecret, linkFor } from "./citizen-links.ts";
import { codeOf, linkOf } from "./codes.ts";
import { decidedOf } from "./decided.ts";
import { newestCopy } from "./evidence.ts";
import { agencyNameOf, type House, keyedHash, randomOf, readBlob, unlessErased } from "./house.ts";

type Sent = Promise<Result<null, DispatchFault>>;

/**
 * One attempt. It is noted, the job ended and the next one asked for in one transaction, since the queue's own pause is
 * a minute at most and ours a day.
 */
export async function dispatchHandler(house: House, { job }: JobContext) {
  const id = job.subject as DispatchId;
  const open = await openDispatch(house.sql, id);
  if (open === null) return ok(null);
  if (open.nextTryAt !== null && open.nextTryAt > house.now()) {
    await house.sql.begin((tx) => endAndAskAgain(house, tx, job, open.nextTryAt));
    return ok("finished" as const);
  }
  const address = await whereTo(house, open);
  await attemptDispatch(
    { ...open, address },
    {
      now: house.now,
      share: () => (randomOf(1)[0] ?? 0) / 255,
      send: (due, to) => (due.way === "email" ? mailResult(house, due, to) : storeCopy(house, due, to)),
      note: async (noted, outcome) => {
        const done = await house.sql.begin(async (tx) => {
          const noLonger = await noteAttempt(tx, noted, outcome);
          await endAndAskAgain(house, tx, job, outcome.nextTryAt);
          return noLonger;
        });
        if (done !== null) await house.blobs.erase(done);
      },
    },
  );
  return ok("finished" as const);
}

async function endAndAskAgain(house: House, tx: TransactionSql, job: HeldJob, nextTryAt: Instant | null) {
  if (!(await finish(tx, job)) || nextTryAt === null) return;
  const delaySeconds = Math.max(1, secondsOf(nextTryAt) - secondsOf(house.now()));
  await enqueue(tx, { kind: dispatchJob, subject: job.subject, maxAttempts: untilDone, delaySeconds });
}

/** The e-mail, or the number of the account; null where its holder had it erased. */
async function whereTo(house: House, { dossierId, way }: Dispatch): Promise<string | null> {
  const { email, accountBlobId } = await addressOf(house.sql, dossierId);
  if (way === "email" || accountBlobId === null) return way === "email" ? email : null;
  const number = await unlessErased(async () => ok(await readBlob(house, accountBlobId)));
  return number.ok ? new TextDecoder().decode(number.value) : null;
}

const copyName = "ban-sao-chung-thuc.pdf";

async function mailResult(house: House, due: DueDispatch, to: string): Sent {
  const { mail } = house;
  if (mail === null) return fail({ code: "no_mail_server", retry: false });
  const link = await letterLink(house, due);
  const others = await goingWith(house.sql, due.id);
  const pdf = others.length > 0 ? null : await attachmentOf(house, due);
  const facts = {
    what: others.includes("copy") ? "copy" : due.what,
    agency: agencyNameOf(house, due.agencyId),
    decided: due.what === "annulled" ? await decisionOn(house, due.dossierId) : null,
    link,
  } as const;
  const letter = (attached: boolean): Mail => ({ id: due.id, to, ...letterOf({ ...facts, attached }) });
  if (pdf === null) return mail.send(letter(false));
  const sent = await mail.send({ ...letter(true), pdf: { name: copyName, bytes: pdf } });
  // many servers refuse a large letter with the same digits as an unknown address: the link alone may still pass
  return sent.ok || sent.failure.retry ? sent : mail.send(letter(false));
}

async function decisionOn(house: House, dossierId: DossierId) {
  const certificate = await livingCertificate(house.sql, dossierId);
  if (certificate === null) throw new Error("an annulled copy has no certificate");
  return decidedOf(house, certificate.id);
}

/**
 * A link of the letter's own, that follows from the dispatch and the link of the slip: kept nowhere, the same in each
 * attempt, and dead once the counter gives out another. It opens from before the letter leaves. Null while the link of
 * the slip is ended.
 */
async function letterLink(house: House, { id, dossierId }: Dispatch): Promise<string | null> {
  const slip = await secretHashOf(house.sql, dossierId);
  if (slip === null) throw new Error("a dispatch has no dossier");
  if (slip === "ended") return null;
  const secret = Buffer.from(keyedHash(house, "letter link", `${id} ${hexOf(slip)}`).subarray(0, 16));
  const text = secret.toString("base64url");
  await keepLetterLink(house.sql, id, hashSecret(text));
  return linkFor(house, text);
}

/** Null where the agency has not decided so, where it is too large, and of what is no copy: its page is enough. */
async function attachmentOf(house: House, { dossierId, agencyId, what }: Dispatch): Promise<Bytes | null> {
  const policy = (await dispatchPolicyOf(house.sql, agencyId)) ?? usualPolicy;
  if (!policy.attaches || what !== "copy") return null;
  const copy = await copyOf(house, dossierId);
  return copy === null || copy.pdf.length > policy.mostBytes ? null : copy.pdf;
}

/** Null where it was erased. */
async function copyOf(house: House, dossierId: DossierId) {
  const certificate = await livingCertificate(house.sql, dossierId);
  if (certificate === null) return null;
  const pdf = await unlessErased(async () => ok(await newestCopy(house, certificate)));
  return pdf.ok ? { certificate, pdf: pdf.value } : null;
}

async function storeCopy(house: House, due: DueDispatch, personalNumber: string): Sent {
  const { citizenStore } = house;
  if (citizenStore === null) return fail({ code: "no_store", retry: false });
  const paper = await storedPaper(house, due, personalNumber);
  return paper === null ? fail({ code: "content_gone", retry: false }) : citizenStore.put(paper);
}

async function storedPaper(house: House, due: DueDispatch, personalNumber: string): Promise<StoredPaper | null> {
  const { dossierId, agencyId } = due;
  const dossier = await findDossier(house.sql, dossierId, agencyId);
  const copy = await copyOf(house, dossierId);
  if (dossier === null || copy === null) return null;
  const { certificate, pdf } = copy;
  if (certificate.sealedAt === null) throw new Error("a released copy is sealed");
  return {
    id: certificate.id,
    owner: { personalNumber, name: dossier.applicantName },
    paper: {
      code: null, // the national list of kinds is not public: a gateway maps the name
      name: dossier.title,
      number: dossier.documentNumber,
      issuedOn: dossier.issuedOn,
      issuedBy: dossier.issuedBy,
    },
    certification: {
      number: certificate.number,
      book: certificate.bookText,
      issuedOn: certificate.printedOn,
      issuedBy: { id: agencyId, name: agencyNameOf(house, agencyId) },
      signedBy: certificate.signerName,
      validUntil: null,
      procedure: house.procedureCodes[dossier.procedure],
      verification: linkOf(house, await codeOf(house, certificate)),
    },
    file: { sha256: sha256Of(house, pdf), sealedAt: certificate.sealedAt, pdf },
  };
}

const sha256Of = (house: House, bytes: Bytes) => hexOf(house.primitives.digest("sha256", bytes)) as Sha256;
