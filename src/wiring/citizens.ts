import { timingSafeEqual } from "node:crypto";
import { noteAccess } from "../../db/stores/accesses.ts";
import { annulmentOfCertificate } from "../../db/stores/annulments.ts";
import { copyOfLine, livingCertificate } from "../../db/stores/certificates.ts";
import { newestChecks } from "../../db/stores/copy-checks.ts";
import { dispatchesOf } from "../../db/stores/dispatches.ts";
import { isCopyErased } from "../../db/stores/erasures.ts";
import { noteEvent } from "../../db/stores/events.ts";
import { noticeOf } from "../../db/stores/notices.ts";
import { identityDigitsHash, mostWrongDigits, noteWrongByLink, submissionOf } from "../../db/stores/submissions.ts";
import { makeQrCode } from "../../signing/compose/qr.ts";
import { minuteOf } from "../core/copy-check.ts";
import type { Certificate } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import { streamedZip, type ZipEntry } from "../roof/stored-zip.ts";
import { citizenState, type DeliveryWorld, deliverCopy } from "../usecases/deliver-copy.ts";
import type { Failure } from "../usecases/failure.ts";
import type { CitizenList, CitizensWorld, CitizenView } from "../web/citizens/world.ts";
import type { QrModules } from "../web/design/qr.tsx";
import type { Counter } from "../web/handover/world.ts";
import { beginAttempt } from "../web/throttle.ts";
import { citizenFee } from "./citizen-fee.ts";
import { dossierBySecret, dossiersBySecret } from "./citizen-links.ts";
import { codeOf, linkOf } from "./codes.ts";
import { evidenceOf, newestCopy } from "./evidence.ts";
import { activeRecipient } from "./grant-recipients.ts";
import { agencyNameOf, type House, keyedHash, readBlob, unlessErased } from "./house.ts";
import { throttleWorld } from "./key-use.ts";

/** Four digits are ten thousand: five guesses an hour against one link, and `mostWrongDigits` in its life. DESIGN decision 14. */
const digitsRule = { attempts: 5, windowSeconds: 3600, blockSeconds: 3600 };

const checksShown = 10;

export const hashDigits = (house: House, submissionId: string, digits: string): Bytes =>
  keyedHash(house, "identity digits", `${submissionId} ${digits}`);

export const citizensWorld = (house: House): CitizensWorld => ({
  papers: (secret) => listOf(house, secret),
  state: (secret) => viewOf(house, secret),
  deliver: (secret, digits, wanted) => unlessErased(() => deliverCopy(secret, digits, deliveryWorld(house), wanted)),
  qrOf,
  counter: (secret, recipientId) => counterOf(house, secret, recipientId),
});

async function counterOf(house: House, secret: string, recipientId: string): Promise<Counter | null> {
  const dossiers = await dossiersBySecret(house, secret);
  const done = dossiers.find(({ status }) => status === "released");
  const certificate = done && (await livingCertificate(house.sql, done.id));
  const isThere = certificate != null && !(await isCopyErased(house.sql, certificate.id));
  const office = done === undefined || !isThere ? null : await activeRecipient(house, recipientId, done.agencyId);
  return office && { id: office.id, name: office.name };
}

/** Of a link that names several papers; each is told as its own page tells it. */
async function listOf(house: House, secret: string): Promise<CitizenList | null> {
  const dossiers = await dossiersBySecret(house, secret);
  const [first, another] = dossiers;
  const submission = first && (await submissionOf(house.sql, first.id, first.agencyId));
  if (first === undefined || another === undefined || !submission) return null;
  const papers = dossiers.map(async ({ id, kind, status, dueAt, againAt }, i) => {
    const certificate = status === "released" ? await livingCertificate(house.sql, id) : null;
    const annulment = certificate === null ? null : await annulmentOfCertificate(house.sql, certificate.id);
    const hasNotice = status === "refused" && (await noticeOf(house.sql, id)) !== null;
    const isErased = certificate !== null && (await isCopyErased(house.sql, certificate.id));
    return { ordinal: i + 1, kind, status, dueAt: againAt ?? dueAt, hasNotice, annulment, isErased };
  });
  const { code, openedAt } = submission;
  const fee = await citizenFee(house, first, submission, qrOf);
  return { code, openedAt, fee, agencyName: agencyNameOf(house, first.agencyId), papers: await Promise.all(papers) };
}

async function viewOf(house: House, secret: string): Promise<Result<CitizenView, Failure>> {
  const found = await citizenState(secret, deliveryWorld(house));
  if (!found.ok) return found;
  const { id, status, kind, openedAt, agencyId } = found.value;
  const dueAt = found.value.againAt ?? found.value.dueAt;
  const certificate = status === "released" ? await livingCertificate(house.sql, id) : null;
  const verificationLink = certificate === null ? null : linkOf(house, await codeOf(house, certificate));
  const hasNotice = status === "refused" && (await noticeOf(house.sql, id)) !== null;
  const evidence = certificate === null ? null : await evidenceOf(house, certificate);
  const checks = certificate === null ? [] : await newestChecks(house.sql, certificate.id, checksShown);
  const annulment = certificate === null ? null : await annulmentOfCertificate(house.sql, certificate.id);
  const isErased = certificate !== null && (await isCopyErased(house.sql, certificate.id));
  const agencyName = agencyNameOf(house, agencyId);
  const submission = await submissionOf(house.sql, id, agencyId);
  if (submission === null) return fail({ code: "link_unknown" });
  const { code, papers } = submission;
  const ordinal = papers.find(({ dossierId }) => dossierId === id)?.ordinal ?? 1;
  const place = { code, ordinal, papers: papers.length };
  const sent = await dispatchesOf(house.sql, id);
  const copies = certificate === null ? null : copiesToFetch(certificate);
  return ok({
    ...place,
    fee: await citizenFee(house, found.value, submission, qrOf),
    sent,
    copies,
    hasNotice,
    status,
    kind,
    openedAt,
    dueAt,
    agencyName,
    verificationLink,
    evidence,
    annulment,
    checks,
    isErased,
  });
}

/** The printed strip's version where it fits, a larger one for a long host name. */
export function qrOf(link: string): QrModules | null {
  const small = makeQrCode(link, 5);
  const code = small.ok ? small : makeQrCode(link, 14);
  return code.ok ? code.value : null;
}

const deliveryWorld = (house: House): DeliveryWorld => ({
  dossierBySecret: (secret) => dossierBySecret(house, secret),
  certificate: (dossier) => livingCertificate(house.sql, dossier.id),
  checkDigits: (dossier, digits) => checkDigits(house, dossier.id, digits, "identity_digits"),
  sealedCopy: (certificate) => newestCopy(house, certificate),
  copyOf: (line, ordinal) => copyOfLine(house.sql, line.id, ordinal),
  archiveOf: async (line, { from, to }) => {
    if (to - from + 1 > copiesAnArchive(line)) return null;
    return streamedZip(copiesOf(house, line, from, to));
  },
  notice: async (dossier) => {
    const notice = await noticeOf(house.sql, dossier.id);
    return notice && readBlob(house, notice.blobId);
  },
  noteDelivery: async (dossier, what) => {
    await noteEvent(house.sql, dossier.id, what === "notice" ? "notice_delivered" : "delivered", null);
    const taken = what === "notice" ? "notice_taken" : "copy_taken";
    await noteAccess(house.sql, dossier.id, taken, null, minuteOf(house.now()));
  },
});

const mostArchiveBytes = 2 ** 31; // half of what an archive without ZIP64 can hold
const evidenceBytes = 128 * 1024;

const copiesAnArchive = ({ identity }: Certificate): number =>
  Math.max(1, Math.floor(mostArchiveBytes / ((identity?.length ?? 0) + evidenceBytes)));

/** Null where there is one copy. */
function copiesToFetch(line: Certificate): CitizenView["copies"] {
  if (line.copies === 1) return null;
  return { count: line.copies, atOnce: Math.min(line.copies, copiesAnArchive(line)) };
}

async function* copiesOf(house: House, line: Certificate, from: number, to: number): AsyncGenerator<ZipEntry> {
  const width = String(line.copies).length;
  for (let ordinal = from; ordinal <= to; ordinal++) {
    const copy = await copyOfLine(house.sql, line.id, ordinal);
    if (copy === null) throw new Error("a copy of a released number is not there");
    const name = `ban-sao-${String(ordinal).padStart(width, "0")}-tren-${line.copies}.pdf`;
    yield { name, content: await newestCopy(house, copy) };
  }
}

/** @param counter whose guesses are counted: the counter's do not lock the citizen out, nor the other way round */
export async function checkDigits(
  house: House,
  id: DossierId,
  digits: string,
  counter: "identity_digits" | "counter_digits",
): Promise<Result<null, Failure>> {
  const kept = await identityDigitsHash(house.sql, id);
  if (kept === null) return fail({ code: "wrong_digits" });
  // Counted over all papers presented together: they have the same digits, and each would give five guesses more.
  const attempt = await beginAttempt(throttleWorld(house), { ...digitsRule, name: counter }, kept.submissionId);
  if (!attempt.ok) return attempt;
  const byLink = counter === "identity_digits";
  if (byLink && kept.wrongByLink >= mostWrongDigits) return fail({ code: "link_unknown" });
  if (!timingSafeEqual(kept.hash, hashDigits(house, kept.submissionId, digits))) {
    if (byLink) await noteWrongByLink(house.sql, kept.submissionId);
    return fail({ code: "wrong_digits" });
  }
  await attempt.value.giveBack();
  return ok(null);
}
