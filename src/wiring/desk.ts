import { leftByAbsent } from "../../db/stores/absences.ts";
import { booksOf as booksIn } from "../../db/stores/administration.ts";
import { annulmentOfDossier } from "../../db/stores/annulments.ts";
import { bookNamesOf } from "../../db/stores/book-names.ts";
import { livingCertificate } from "../../db/stores/certificates.ts";
import { coarseScansOf } from "../../db/stores/coarse-scans.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { countOnce } from "../../db/stores/give-once.ts";
import { countLeftOut, leftOutPages } from "../../db/stores/left-out-pages.ts";
import { offSiteOf } from "../../db/stores/off-site.ts";
import { pagesOf } from "../../db/stores/pages.ts";
import { countDuePetitions } from "../../db/stores/petitions.ts";
import { countQueue, listQueue } from "../../db/stores/queue.ts";
import { attesterOf, newestLine, openBooks, registerOfDay } from "../../db/stores/register.ts";
import { registerOfDayAt } from "../../db/stores/register-corrections.ts";
import { searchDossiers } from "../../db/stores/search.ts";
import { countUndelivered } from "../../db/stores/undelivered.ts";
import { attestation, attestedElsewhere, attestedOn } from "../../signing/compose/wording.ts";
import type { Actor, Signer } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, localDateOf, ok, type Result } from "../core/kernel.ts";
import { actOf } from "../core/off-site.ts";
import { soonBefore } from "../core/petition.ts";
import { type BookKind, booksToOpen, isSharedSeries, yearOf } from "../core/register.ts";
import { endOf } from "../core/register-correction.ts";
import type { Failure } from "../usecases/failure.ts";
import { copySignerFor } from "../usecases/signer.ts";
import type { CitizensWorld } from "../web/citizens/world.ts";
import type { OfficialsWorld } from "../web/officials/world.ts";
import type { QueueWorld } from "../web/pages/queue/world.ts";
import type { RegisterWorld } from "../web/pages/register/world.ts";
import type { Chosen, DeskView, DeskWorld } from "../web/pages/signing/world.ts";
import { actOnMany } from "./act-on-many.ts";
import { namesAround } from "./book-names.ts";
import { calendarAt } from "./calendars.ts";
import { codeOf, linkOf } from "./codes.ts";
import { copiesUnderWay } from "./copies-act.ts";
import { agencyNameOf, type House, readBlob } from "./house.ts";
import { listActs } from "./list-acts.ts";
import { remoteWorld } from "./remote-signing.ts";
import { signersWorld } from "./signers.ts";
import { credentialFor } from "./signing-elsewhere.ts";

export const queueWorld = ({ sql, now }: House): QueueWorld => ({
  now,
  calendar: ({ agencyId }) => calendarAt({ sql }, agencyId),
  queue: (actor, statuses, range) => listQueue(sql, actor.agencyId, statuses, range),
  leftByAbsent: (actor) => leftByAbsent(sql, actor, localDateOf(now())),
  queueCounts: (actor) => countQueue(sql, actor.agencyId),
  duePetitions: async ({ agencyId }) =>
    countDuePetitions(sql, agencyId, soonBefore(now(), await calendarAt({ sql }, agencyId))),
  undeliveredCount: (actor) => countUndelivered(sql, actor.agencyId, now()),
  search: (actor, words, limit) => searchDossiers(sql, actor.agencyId, words, limit),
});

export const registerWorld = (house: House, { openBook }: Pick<OfficialsWorld, "openBook">): RegisterWorld => ({
  now: house.now,
  registerDay: async (actor, day, book, seen) => {
    const { [book]: suffix } = await bookNamesOf(house.sql, actor.agencyId, yearOf(day));
    return seen === null
      ? registerOfDay(house.sql, actor.agencyId, suffix, day)
      : registerOfDayAt(house.sql, actor.agencyId, suffix, day, endOf(seen));
  },
  isShared: async ({ agencyId }, day) => isSharedSeries(await bookNamesOf(house.sql, agencyId, yearOf(day))),
  openBooks: (actor, book) => booksOf(house, actor, book),
  nextYearsToOpen: async (actor, book) => {
    const today = localDateOf(house.now());
    const known = await booksIn(house.sql, actor.agencyId);
    const namesOf = await namesAround(house, actor);
    return booksToOpen(known, namesOf, today, [book]).flatMap(({ year }) => (year > yearOf(today) ? [year] : []));
  },
  onceCounts: (actor, year) => countOnce(house.sql, actor.agencyId, year),
  openBook,
});

type Acts = Pick<OfficialsWorld, "sign" | "seal" | "voidNumber" | "sealedCopy"> & Pick<CitizensWorld, "qrOf">;

export const deskWorld = (house: House, acts: Acts): DeskWorld => {
  const { sign, seal, voidNumber, sealedCopy, qrOf } = acts;
  const lists = listActs(house);
  const onMany = (act: "sign" | "seal", chosen: readonly Chosen[], pin: string, actor: Actor) =>
    lists.run(act, chosen, actor, (told) => {
      const list = { act, ids: chosen.map(({ id }) => id), pin, actor };
      return actOnMany(house, list, (id) => acts[act](id, pin, actor), told);
    });
  return {
    now: house.now,
    desk: (id, actor) => deskView(house, id, actor),
    // Keys are for electronic copies: what is on paper only is signed by hand, from its own page.
    queue: async (...asked) => (await queueWorld(house).queue(...asked)).filter(({ onPaperOnly }) => !onPaperOnly),
    leftOutOf: (ids) => countLeftOut(house.sql, ids),
    coarseScansOf: (ids) => coarseScansOf(house.sql, ids),
    personSigned: (id, actor) => personSigned(house, id, actor),
    ...{ sign, seal, voidNumber, sealedCopy, qrOf },
    agentAddress: agentAddressOf(house),
    remote: remoteWorld(house),
    agentFor: async (act, actor) => {
      const credential = await credentialFor(house, act, actor, house.now());
      return credential?.keyPlace.kind === "agent" ? agentAddressOf(house) : null;
    },
    signMany: (...asked) => onMany("sign", ...asked),
    sealMany: (...asked) => onMany("seal", ...asked),
    listAct: lists.newest,
  };
};

const agentAddressOf = ({ keyDevices }: House): string => `http://127.0.0.1:${keyDevices.agentPort}`;

async function booksOf(house: House, actor: Actor, book: BookKind) {
  const year = yearOf(localDateOf(house.now()));
  const { [book]: suffix } = await bookNamesOf(house.sql, actor.agencyId, year);
  return openBooks(house.sql, actor.agencyId, suffix, year);
}

async function deskView(house: House, id: DossierId, actor: Actor): Promise<Result<DeskView, Failure>> {
  const { sql } = house;
  const dossier = await findDossier(sql, id, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const now = house.now();
  const signer = await copySignerFor(actor, dossier, now, signersWorld(house));
  const elsewhere = actOf(await offSiteOf(sql, id));
  const [book, another] = await booksOf(house, actor, "electronic");
  return ok({
    dossier,
    pages: await pagesOf(sql, id),
    leftOut: await leftOutPages(sql, id),
    coarseScan: (await coarseScansOf(sql, [id])).get(id) ?? null,
    attestedBy: await attesterOf(sql, id),
    copies: await copiesUnderWay(house, await livingCertificate(sql, id)),
    line: await newestLine(sql, id),
    signer: signer.ok ? ok(printedSigner(signer.value)) : signer,
    book:
      book === undefined || another !== undefined
        ? fail({ code: book === undefined ? "no_open_book" : "several_open_books" } as const)
        : ok(book),
    wording: { ...attestation, dayLine: attestedOn, elsewhere: elsewhere && attestedElsewhere(elsewhere) },
    today: localDateOf(now),
    agencyName: agencyNameOf(house, actor.agencyId),
    annulment: dossier.status === "released" ? await annulmentOfDossier(sql, id) : null,
    verificationLink: dossier.status === "released" ? await linkOfCopy(house, id) : null,
  });
}

const printedSigner = ({ signerName: name, mandate }: Signer) => ({ name, titleLines: mandate.titleLines, mandate });

async function linkOfCopy(house: House, id: DossierId): Promise<string | null> {
  const certificate = await livingCertificate(house.sql, id);
  return certificate === null ? null : linkOf(house, await codeOf(house, certificate));
}

async function personSigned(house: House, id: DossierId, actor: Actor): Promise<Result<Bytes, Failure>> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const certificate = await livingCertificate(house.sql, id);
  if (dossier.status !== "person_signed" || certificate?.personSignedBlobId == null) {
    return fail({ code: "wrong_stage", status: dossier.status });
  }
  return ok(await readBlob(house, certificate.personSignedBlobId));
}
