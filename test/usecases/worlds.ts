import type { Certificate } from "../../src/core/dossier.ts";
import { calendarOf } from "../../src/core/holidays.ts";
import type { BlobId, BookId, DossierId, OriginalId } from "../../src/core/ids.ts";
import { fail, type LocalDate, localDateOf, ok, utf8 } from "../../src/core/kernel.ts";
import { numberText, standingOf, yearOf } from "../../src/core/register.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import { mayFollow } from "../../src/core/stages.ts";
import type { DossierCode, SubmissionId } from "../../src/core/submission.ts";
import type { AttestingWorld } from "../../src/usecases/attest-copy.ts";
import type { ConfirmingWorld } from "../../src/usecases/confirm-page.ts";
import type { CorrectingWorld } from "../../src/usecases/correct-declaration.ts";
import type { OpeningBookWorld } from "../../src/usecases/open-book.ts";
import type { OpeningWorld } from "../../src/usecases/open-dossier.ts";
import type { ReadingWorld } from "../../src/usecases/read-original.ts";
import type { ReceivingWorld } from "../../src/usecases/receive-scan.ts";
import type { RefusingWorld } from "../../src/usecases/refuse-dossier.ts";
import type { SealingWorld } from "../../src/usecases/seal-certificate.ts";
import type { CopiesWorld, SigningWorld } from "../../src/usecases/sign-certificate.ts";
import type { VoidingWorld } from "../../src/usecases/void-number.ts";
import { aCertificate, aCredential, agency, anOriginal, aPage, type Desk, sha256 } from "./desk.ts";

/** The worlds of the use cases over one desk in memory. What leaves the process is an `async` function. */

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** As the database does it: the dossier goes on only from where it may, whoever comes second is told. */
export function advance(desk: Desk, to: DossierStatus): boolean {
  if (!mayFollow(desk.dossier.status, to)) return false;
  desk.dossier = { ...desk.dossier, status: to };
  return true;
}

const finding = (desk: Desk) => ({
  dossier: async (id: DossierId, agencyId: string) =>
    desk.dossier.id === id && desk.dossier.agencyId === agencyId ? desk.dossier : null,
});

const store = (desk: Desk, bytes: Uint8Array) => {
  desk.ids += 1;
  const blobId = `blob-${desk.ids}` as BlobId;
  desk.blobs.set(blobId, bytes);
  return { blobId, sha256: sha256(bytes) };
};

export const openingWorld = (desk: Desk): OpeningWorld => ({
  now: () => desk.now,
  calendar: async () => calendarOf([]),
  newDossierId: () => `dossier-${++desk.ids}` as DossierId,
  newSubmissionId: () => `submission-${++desk.ids}` as SubmissionId,
  newSecret: () => ({ text: "secret", hash: utf8("hash of secret") }),
  hashDigits: (id, digits) => utf8(`${id} ${digits}`),
  keepAccount: async (_, number) => store(desk, utf8(number)).blobId,
  eraseAccount: async (id) => void desk.blobs.delete(id),
  keepDossier: async (dossier) => {
    desk.dossier = dossier;
    return { dossierId: dossier.id, code: "H00-261122-0001" as DossierCode, fresh: true };
  },
});

export const receivingWorld = (desk: Desk): ReceivingWorld => ({
  ...finding(desk),
  now: () => desk.now,
  newOriginalId: () => `original-${++desk.ids}` as OriginalId,
  storeScan: async (_, body) => {
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    const bytes = Buffer.concat(parts);
    return ok({ ...store(desk, bytes), sizeBytes: bytes.length });
  },
  recognise: async (stored) =>
    text(desk.blobs.get(stored.blobId) ?? utf8("")).startsWith("JPEG")
      ? ok(null)
      : fail({ code: "upload_refused", reason: "unknown_type" }),
  eraseScan: async (stored) => {
    desk.blobs.delete(stored.blobId);
  },
  addOriginal: async (id, dossier, stored) => {
    if (desk.dossier.status !== "received" && !advance(desk, "received")) return false;
    desk.originals.push(anOriginal({ id, dossierId: dossier.id, ...stored }));
    return true;
  },
});

export const readingWorld = (desk: Desk): ReadingWorld => ({
  original: async (id) => desk.originals.find((it) => it.id === id) ?? null,
  scanBytes: async (original) => utf8(original.id),
  makePages: async () => ok([1, 2].map((number) => madePage(number))),
  earlierPages: async () => [],
  isSamePage: () => false,
  readWords: async (page) => ({ words: utf8(`words of page ${page.index}`), straightWords: null, printed: null }),
  keepBytes: async (_, bytes) => store(desk, bytes),
  streamDigest: sha256,
  progress: async () => undefined,
  keepPages: async (original, pages) => {
    if (!advance(desk, "read")) return;
    desk.originals = desk.originals.map((it) => (it.id === original.id ? { ...it, status: "read" } : it));
    desk.pages = pages.map(({ sha256: streamSha256 }, i) =>
      aPage(i + 1, { streamSha256, confirmedSha256: null, wordsBlobId: null }),
    );
  },
  pagesWithoutWords: async () =>
    desk.pages
      .filter(({ wordsBlobId }) => wordsBlobId === null)
      .map((page) => ({ ...page, index: page.number, straight: null })),
  keepWords: async (_, index, { blobId }) => {
    desk.pages = desk.pages.map((page) => (page.number === index ? { ...page, wordsBlobId: blobId } : page));
  },
  refuseOriginal: async (original, refusalReason) => {
    desk.originals = desk.originals.map((it) =>
      it.id === original.id ? { ...it, status: "refused", refusalReason } : it,
    );
  },
});

/** In place of `makePages`: a file that cannot be taken. */
export const noPages = async () => fail({ code: "upload_refused" as const, reason: "encrypted_pdf" });

const madePage = (number: number) => ({
  image: utf8(`page ${number}`),
  widthPx: 1654,
  heightPx: 2339,
  dpi: 200,
  dpiSource: "measured",
  uprightTurn: 0,
  blank: false,
  findings: [],
  fingerprint: null,
  straight: null,
});

export const correctingWorld = (desk: Desk): CorrectingWorld => ({
  ...finding(desk),
  keepDeclaredPages: async (_, declaredPages) => {
    if (desk.dossier.status !== "received" && desk.dossier.status !== "read") return false;
    desk.dossier = { ...desk.dossier, declaredPages };
    return true;
  },
});

export const confirmingWorld = (desk: Desk): ConfirmingWorld => ({
  ...finding(desk),
  pages: async () => desk.pages,
  keepConfirmation: async (_, page, streamSha256, { personId: by }) => {
    desk.confirmations.push({ page, streamSha256, by });
    desk.pages = desk.pages.map((it) => (it.number === page ? { ...it, confirmedSha256: streamSha256 } : it));
  },
});

export const attestingWorld = (desk: Desk): AttestingWorld => ({
  offSite: async () => desk.offSite,
  ...finding(desk),
  pages: async () => desk.pages,
  isForgeryRecorded: async () => false,
  onceAnswered: async () => desk.onceAnswers.length > 0,
  earlierCopies: async () => desk.earlier,
  keepAgain: async (_, { reason }) => {
    if (desk.onceAnswers.length === 0) desk.onceAnswers.push(reason);
  },
  keepAttestation: async (_, { pages }, { personId: by }) => {
    if (!advance(desk, "attested")) return false;
    desk.attestations.push({ pages, by });
    return true;
  },
});

export const refusingWorld = (desk: Desk): RefusingWorld => ({
  ...finding(desk),
  isPrintable: (words) => !words.includes("🙂"),
  keepRefusal: async (_, refusal, { personId: by }) => {
    if (!advance(desk, "refused")) return false;
    desk.refusals.push({ ...refusal, by });
    return true;
  },
});

export const openingBookWorld = (desk: Desk): OpeningBookWorld => ({
  now: () => desk.now,
  newBookId: () => `book-${++desk.ids}` as BookId,
  keepBook: async ({ id, suffix, year }) => {
    if (desk.books.some((book) => book.suffix === suffix && book.year === year)) return null;
    desk.books.push({ suffix, year });
    return id;
  },
});

/** The number of a dossier: taken up again while it stands, the next one otherwise. */
function numberOn(desk: Desk, today: LocalDate): Certificate {
  const living = desk.certificate;
  if (living !== null && standingOf(living.printedOn, today) !== "void") return { ...living, printedOn: today };
  if (living !== null) desk.voids.push({ number: living.number, reason: "year_changed", by: living.officerId });
  const number = desk.numbersTaken.length + 1;
  desk.numbersTaken.push(number);
  return aCertificate({ number, printedOn: today, numberedAt: desk.now });
}

/** A number with one copy: what an act on many needs does nothing. */
const singleCopy: CopiesWorld<string> = {
  beginCopies: async () => ok(null),
  copiesLeft: async function* (line) {
    yield line;
  },
  isStopping: () => false,
  atTheDesk: (act) => act(),
  closeKey: () => undefined,
};

export const signingWorld = (desk: Desk): SigningWorld<string> => ({
  ...finding(desk),
  ...singleCopy,
  now: () => desk.now,
  credential: async (personId, at) => {
    const credential = aCredential();
    const holds = credential.validFrom <= at && at < credential.validTo;
    return personId === credential.personId && holds ? credential : null;
  },
  mandates: async ({ personId }) => desk.mandates.filter((one) => one.personId === personId),
  absences: async ({ personId }) => desk.absences.filter((one) => one.personId === personId),
  comparison: async () => ({ by: desk.attestations[0]?.by ?? null, policyId: desk.comparingPolicy }),
  openKey: async (_, pin) => (pin === "123456" ? ok("officer's key") : fail({ code: "wrong_pin" })),
  checkRevocation: async () => ok(null),
  takeNumber: async (_, __, today) => {
    const open = desk.books.filter(({ year }) => year === yearOf(today)).length;
    if (open === 0) return fail({ code: "no_open_book" });
    if (open > 1) return fail({ code: "several_open_books" });
    desk.certificate = numberOn(desk, today);
    advance(desk, "numbered");
    return ok(desk.certificate);
  },
  compose: async (_, { number, printedOn }) => ok(utf8(`copy ${numberText(number)} of ${printedOn}`)),
  sign: async (copy, key) => ok(utf8(`${text(copy)} + ${key.replace("'s key", "")}`)),
  examine: async (signed, copy) =>
    text(signed) === `${text(copy)} + officer` ? ok(null) : fail({ code: "examination_failed", reason: "changed" }),
  keepPersonSigned: async (_, signed) => {
    if (!advance(desk, "person_signed")) return false;
    desk.personSigned = text(signed);
    return true;
  },
});

export const sealingWorld = (desk: Desk): SealingWorld<string> => ({
  ...finding(desk),
  ...singleCopy,
  now: () => desk.now,
  certificate: async () => desk.certificate,
  absences: async ({ personId }) => desk.absences.filter((one) => one.personId === personId),
  agencyCredential: async (agencyId, at) => {
    const credential = aCredential({ role: "agency_seal", personId: null });
    return agencyId === agency && at < credential.validTo ? credential : null;
  },
  openKey: async (_, pin) => (pin === "654321" ? ok("agency's key") : fail({ code: "wrong_pin" })),
  checkRevocation: async () => ok(null),
  personSigned: async () => utf8(desk.personSigned ?? ""),
  seal: async (signed, key) => ok(utf8(`${text(signed)} + ${key.replace("'s key", "")}`)),
  examine: async (sealed) => ok({ identity: { sha256: sha256(sealed), length: sealed.length }, sealedAt: desk.now }),
  keepSealed: async (certificate, sealed, { identity, sealedAt }) => {
    if (!advance(desk, "sealed")) return false;
    desk.sealed = text(sealed);
    desk.certificate = { ...certificate, status: "issued", identity, sealedAt };
    return true;
  },
  returnToOfficer: async (certificate) => {
    const isVoid = standingOf(certificate.printedOn, localDateOf(desk.now)) === "void";
    if (!advance(desk, isVoid ? "voided" : "numbered")) return;
    desk.personSigned = null;
    if (isVoid) desk.voids.push({ number: certificate.number, reason: "year_changed", by: certificate.officerId });
  },
});

export const voidingWorld = (desk: Desk): VoidingWorld => ({
  ...finding(desk),
  certificate: async () => desk.certificate,
  keepVoid: async ({ number }, reason, { personId: by }) => {
    if (!advance(desk, "voided")) return false;
    desk.voids.push({ number, reason, by });
    return true;
  },
});
