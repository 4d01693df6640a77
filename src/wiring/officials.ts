import { jobState } from "../../db/jobs.ts";
import { bookNamesOf } from "../../db/stores/book-names.ts";
import { keepBook, type NewBook } from "../../db/stores/books.ts";
import { keepVoid, livingCertificate } from "../../db/stores/certificates.ts";
import { coarseScansOf } from "../../db/stores/coarse-scans.ts";
import {
  findDossier,
  intakeOf,
  keepAttestation,
  keepDeclaredPages,
  keepLink,
  keepRefusal,
  refusalOf,
  waitingDossiers,
} from "../../db/stores/dossiers.ts";
import { isScanErased } from "../../db/stores/erasures.ts";
import { eventsOf } from "../../db/stores/events.ts";
import { feeBalanceOf } from "../../db/stores/fees.ts";
import { forgeryRecordsOf } from "../../db/stores/forgery-records.ts";
import { earlierCopies, keepOnceAnswer, onceAnswerOf } from "../../db/stores/give-once.ts";
import { keepLeftOut, leftOutPages } from "../../db/stores/left-out-pages.ts";
import { noticeOf } from "../../db/stores/notices.ts";
import { offSiteOf } from "../../db/stores/off-site.ts";
import { keepConfirmation, originalsOf } from "../../db/stores/originals.ts";
import { keepForm, pagesOf } from "../../db/stores/pages.ts";
import { countQueue, listQueue } from "../../db/stores/queue.ts";
import { receivingAccountOf } from "../../db/stores/receiving-account.ts";
import { lookUpsOf } from "../../db/stores/sources.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import { withdrawalOf } from "../../db/stores/withdrawals.ts";
import type { Actor } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { fail, localDateOf, ok, type Result } from "../core/kernel.ts";
import { bookText, yearOf } from "../core/register.ts";
import { mayFollow } from "../core/stages.ts";
import { noteOf } from "../usecases/administration/note.ts";
import { attestCopy } from "../usecases/attest-copy.ts";
import { chooseForm } from "../usecases/choose-form.ts";
import { confirmPage } from "../usecases/confirm-page.ts";
import { correctDeclaration } from "../usecases/correct-declaration.ts";
import type { Failure } from "../usecases/failure.ts";
import { giveOnce, type OnceRequest } from "../usecases/give-once.ts";
import { leaveOutPage } from "../usecases/leave-out-page.ts";
import { openBook } from "../usecases/open-book.ts";
import { receiveScan } from "../usecases/receive-scan.ts";
import { refuseDossier } from "../usecases/refuse-dossier.ts";
import { renewLink } from "../usecases/renew-link.ts";
import { sealCertificate } from "../usecases/seal-certificate.ts";
import { signCertificate } from "../usecases/sign-certificate.ts";
import { signNotice } from "../usecases/sign-notice.ts";
import { voidNumber } from "../usecases/void-number.ts";
import type { DossierView, NextToCompare, OfficialsWorld } from "../web/officials/world.ts";
import { calendarAt } from "./calendars.ts";
import { linkFor, newSecret } from "./citizen-links.ts";
import { checkDigits, qrOf } from "./citizens.ts";
import { linkOfReleased } from "./codes.ts";
import { isPrintable } from "./composing.ts";
import { actOnCopies } from "./copies-by-list.ts";
import { dispatchPartOf } from "./dispatch-desk.ts";
import { type House, newId, unlessHindered } from "./house.ts";
import { originalFile, pageStream, sealedCopy } from "./kept-files.ts";
import { noticeDraft, noticeWorld, signedNotice } from "./notices.ts";
import { opening } from "./opening.ts";
import { paperOfPage, wordsOfPage } from "./page-parts.ts";
import { receivingWorld } from "./receiving.ts";
import { sealingWorld } from "./sealing.ts";
import { signingWorld } from "./signing.ts";

/** Each question of an official bound to its use case, and each use case to its world. */
export function officialsWorld(house: House): OfficialsWorld {
  const { sql } = house;
  const dossier = (id: DossierId, agencyId: Actor["agencyId"]) => findDossier(sql, id, agencyId);
  const pages = (id: DossierId) => pagesOf(sql, id);
  const certificate = (id: DossierId) => livingCertificate(sql, id);
  return {
    ...receiving(house),
    nextToCompare: (actor) => nextToCompare(house, actor),
    now: house.now,
    hasCitizenStore: house.citizenStore !== null,
    calendar: ({ agencyId }) => calendarAt(house, agencyId),
    correctDeclaration: (id, count, actor) =>
      correctDeclaration(id, count, actor, {
        dossier,
        keepDeclaredPages: (...kept) => keepDeclaredPages(sql, ...kept),
      }),
    confirmPage: (id, page, actor) =>
      confirmPage(id, page, actor, { dossier, pages, keepConfirmation: (...kept) => keepConfirmation(sql, ...kept) }),
    attest: (id, statement, actor) =>
      attestCopy(id, statement, actor, {
        dossier,
        pages,
        offSite: (known) => offSiteOf(sql, known),
        isForgeryRecorded: async (known) => (await forgeryRecordsOf(sql, known)).length > 0,
        onceAnswered: async (known) => (await onceAnswerOf(sql, known)) !== null,
        earlierCopies: (known) => earlierCopies(sql, known),
        keepAgain: (known, again, by) =>
          keepOnceAnswer(sql, known, { ...again, answer: "again", link: null }, by, house.now()),
        keepAttestation: (...kept) => keepAttestation(sql, ...kept, house.now()),
      }),
    refuse: (id, refusal, actor) =>
      refuseDossier(id, refusal, actor, {
        dossier,
        isPrintable: (text) => isPrintable(house, text),
        keepRefusal: (...kept) => keepRefusal(sql, ...kept, house.now()),
      }),
    signNotice: (id, pin, actor) =>
      house.atTheDesk(() => unlessHindered(() => signNotice(id, pin, actor, noticeWorld(house)))),
    refusalNotice: (id, actor) => signedNotice(house, id, actor),
    noticeDraft: (id, actor) => noticeDraft(house, id, actor),
    ...keyUses(house),
    voidNumber: (id, reason, actor) =>
      voidNumber(id, reason, actor, { dossier, certificate, keepVoid: (...kept) => keepVoid(sql, ...kept) }),
    openBook: async (actor, book, year = yearOf(localDateOf(house.now()))) =>
      openBook(
        (await bookNamesOf(sql, actor.agencyId, year))[book ?? "electronic"],
        actor,
        { now: house.now, newBookId: newId, keepBook: (book) => keepBook(sql, book, openingNote(actor, book)) },
        year,
      ),
  };
}

const keyUses = (house: House): Pick<OfficialsWorld, "sign" | "seal"> => ({
  sign: (id, pin, actor) =>
    actOnCopies(house, "sign", { id, pin, actor }, (run) => signCertificate(id, pin, actor, signingWorld(house, run))),
  seal: (id, pin, actor) =>
    actOnCopies(house, "seal", { id, pin, actor }, (run) => sealCertificate(id, pin, actor, sealingWorld(house, run))),
});

const openingNote = (actor: Actor, book: NewBook) => (ordinal: number) =>
  noteOf(actor, "book_opened", bookText({ ...book, ordinal }), book.openedAt);

function receiving(house: House) {
  const { sql } = house;
  return {
    ...opening(house),
    waiting: (actor) => waitingDossiers(sql, actor.agencyId, 200),
    dossier: (id, actor) => viewOf(house, id, actor),
    receiveScan: (id, scan, actor) => receiveScan(id, scan, actor, receivingWorld(house)),
    pageStream: (id, number, actor, asked) => pageStream(house, id, number, actor, asked),
    pageWords: (id, number, actor) => wordsOfPage(house, id, number, actor),
    pagePaper: (id, number, actor) => paperOfPage(house, id, number, actor),
    chooseForm: (id, choice, actor) =>
      chooseForm(id, choice, actor, {
        dossier: (known, agencyId) => findDossier(sql, known, agencyId),
        pages: (known) => pagesOf(sql, known),
        keepForm: (dossier, page, form, by) => keepForm(sql, dossier, page, form, by),
      }),
    leaveOutPage: (id, asked, actor) =>
      leaveOutPage(id, asked, actor, {
        dossier: (known, agencyId) => findDossier(sql, known, agencyId),
        pages: (known) => pagesOf(sql, known),
        leftOut: (known) => leftOutPages(sql, known),
        keepLeftOut: (dossier, place, leftOut, by) => keepLeftOut(sql, dossier, place, leftOut, by),
      }),
    sealedCopy: (id, actor) => sealedCopy(house, id, actor),
    originalFile: (id, originalId, actor) => originalFile(house, id, originalId, actor),
    renewLink: async (id, actor) => {
      const renewed = await renewLink(id, actor, {
        now: house.now,
        newSecret,
        dossier: (wanted, agencyId) => findDossier(sql, wanted, agencyId),
        keepLink: (...kept) => keepLink(sql, ...kept),
      });
      return renewed.ok ? ok({ citizenLink: linkFor(house, renewed.value.secret) }) : renewed;
    },
    giveOnce: (id, request, actor) => giveOnceAt(house, id, request, actor),
    qrOf,
  } satisfies Partial<OfficialsWorld>;
}

async function nextToCompare({ sql }: House, { agencyId }: Actor): Promise<NextToCompare | null> {
  const [next] = await listQueue(sql, agencyId, ["read"], { limit: 1, offset: 0 });
  return next === undefined ? null : { id: next.id, waiting: (await countQueue(sql, agencyId)).get("read") ?? 1 };
}

async function giveOnceAt(house: House, id: DossierId, request: OnceRequest, actor: Actor) {
  const given = await giveOnce(id, request, actor, {
    now: house.now,
    newSecret,
    dossier: (wanted, agencyId) => findDossier(house.sql, wanted, agencyId),
    earlierCopies: (dossier) => earlierCopies(house.sql, dossier),
    checkDigits: (earlier, digits) => checkDigits(house, earlier.dossierId, digits, "counter_digits"),
    keepAnswer: (dossier, kept, by) => keepOnceAnswer(house.sql, dossier, kept, by, house.now()),
  });
  if (!given.ok) return given;
  const { earlier, secret } = given.value;
  return ok({ earlier, citizenLink: secret === null ? null : linkFor(house, secret) });
}

async function viewOf(house: House, id: DossierId, actor: Actor): Promise<Result<DossierView, Failure>> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  const submission = dossier && (await submissionOf(house.sql, id, actor.agencyId));
  if (dossier === null || submission === null) return fail({ code: "not_found" });
  const originals = await originalsOf(house.sql, id);
  const waiting = originals.find((original) => original.status === "waiting");
  const job = waiting === undefined ? null : await jobState(house.sql, "read_original", waiting.id);
  const certificate = await livingCertificate(house.sql, id);
  return ok({
    dossier,
    submission,
    originals,
    pages: await pagesOf(house.sql, id),
    leftOut: await leftOutPages(house.sql, id),
    coarseScan: (await coarseScansOf(house.sql, [id])).get(id) ?? null,
    certificate,
    verificationLink: await linkOfReleased(house, certificate),
    reading: job === null ? null : { done: job.progressDone, total: job.progressTotal },
    events: await eventsOf(house.sql, id),
    intake: await intakeOf(house.sql, id),
    refusal: await refusalOf(house.sql, id),
    withdrawal: await withdrawalOf(house.sql, id),
    notice: await noticeOf(house.sql, id),
    earlier: mayFollow(dossier.status, "reused") ? await earlierCopies(house.sql, dossier) : [],
    procedureCodes: house.procedureCodes,
    onceAnswer: await onceAnswerOf(house.sql, id),
    offSite: await offSiteOf(house.sql, id),
    sources: await lookUpsOf(house.sql, id),
    account: await receivingAccountOf(house.sql, dossier.agencyId),
    fee: await feeBalanceOf(house.sql, submission.id),
    scanErased: await isScanErased(house.sql, id),
    dispatch: await dispatchPartOf(house, id),
  });
}
