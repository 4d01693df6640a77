import { findDossier } from "../../db/stores/dossiers.ts";
import { keepOffSite } from "../../db/stores/off-site.ts";
import { keepBeside, keepDossier, keepScanned } from "../../db/stores/opened-dossiers.ts";
import { keepLookUp } from "../../db/stores/sources.ts";
import type { Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, type Instant, ok, type Result, utf8 } from "../core/kernel.ts";
import { checkOffSite, type OffSite } from "../core/off-site.ts";
import { addPaper } from "../usecases/add-paper.ts";
import { addScannedPapers } from "../usecases/add-scanned-papers.ts";
import type { Failure } from "../usecases/failure.ts";
import { askedByOfficial, lookUpSource } from "../usecases/look-up-source.ts";
import { openDossier } from "../usecases/open-dossier.ts";
import { recordOffSite } from "../usecases/record-off-site.ts";
import type { OfficialsWorld } from "../web/officials/world.ts";
import { calendarAt } from "./calendars.ts";
import { linkFor, newSecret } from "./citizen-links.ts";
import { checkDigits, hashDigits } from "./citizens.ts";
import { isPrintable } from "./composing.ts";
import { type House, keepBlob, newId } from "./house.ts";
import { receivingWorld } from "./receiving.ts";

/** What is presented at the counter, with where it is certified. */
export function opening(house: House) {
  const { sql } = house;
  return {
    openDossier: async (request, actor) => {
      const strange = strangeFieldOf(house, request);
      if (strange !== undefined) return fail({ code: "malformed_request", field: strange });
      const elsewhere = checkPlace(house, request.offSite, house.now());
      if (!elsewhere.ok) return elsewhere;
      const { dossierId, code, secret } = await openDossier(request, actor, {
        now: house.now,
        calendar: (agencyId) => calendarAt(house, agencyId),
        newDossierId: newId,
        newSubmissionId: newId,
        newSecret,
        hashDigits: (id, digits) => hashDigits(house, id, digits),
        keepAccount: async (agencyId, number) =>
          (await keepBlob(house, agencyId, "portal_account", utf8(number))).blobId,
        eraseAccount: (id) => house.blobs.erase(id),
        keepDossier: (...kept) => keepDossier(sql, ...kept),
      });
      return ok({ dossierId, code, citizenLink: secret === null ? null : linkFor(house, secret) });
    },
    newFormId: newId,
    addPaper: async (beside, request, actor) => {
      const strange = strangeFieldOf(house, request);
      if (strange !== undefined) return fail({ code: "malformed_request", field: strange });
      return addPaper(beside, request, actor, {
        ...adding(house),
        keepBeside: (...kept) => keepBeside(sql, ...kept),
      });
    },
    addScannedPapers: async (beside, request, scans, actor) => {
      const strange = strangeFieldOf(house, request);
      if (strange !== undefined) return fail({ code: "malformed_request", field: strange });
      const { storeScan, recognise, eraseScan, newOriginalId } = receivingWorld(house);
      return addScannedPapers(beside, request, scans, actor, {
        ...{ storeScan, recognise, eraseScan, newOriginalId },
        ...adding(house),
        keepScanned: (...kept) => keepScanned(sql, ...kept),
      });
    },
    lookUpSource: async (id, request, actor) => {
      const strange = (["databaseName", "transactionId"] as const).find(
        (name) => !isPrintable(house, request[name] ?? ""),
      );
      if (strange !== undefined) return fail({ code: "malformed_request", field: strange });
      return lookUpSource(id, request, actor, {
        now: house.now,
        dossier: (wanted, agencyId) => findDossier(sql, wanted, agencyId),
        ask: askedByOfficial,
        keepLookUp: (...kept) => keepLookUp(sql, ...kept, house.now()),
      });
    },
    recordOffSite: async (id, offSite, actor) => {
      if (!isPrintable(house, offSite?.place ?? "")) return fail({ code: "malformed_request", field: "place" });
      return recordOffSite(id, offSite, actor, {
        now: house.now,
        dossier: (wanted, agencyId) => findDossier(sql, wanted, agencyId),
        keepOffSite: (...kept) => keepOffSite(sql, ...kept),
      });
    },
  } satisfies Partial<OfficialsWorld>;
}

/** What any paper beside one that is here asks for. */
const adding = (house: House) => ({
  now: house.now,
  calendar: (agencyId: AgencyId) => calendarAt(house, agencyId),
  newDossierId: newId as () => DossierId,
  dossier: (id: DossierId, agencyId: AgencyId) => findDossier(house.sql, id, agencyId),
  checkDigits: ({ id }: Dossier, digits: string) => checkDigits(house, id, digits, "counter_digits"),
});

/** What stands in a copy or in a notice of refusal: whoever types it mends it, before anybody signs. */
const printedFields = ["title", "applicantName", "holderName", "documentNumber"] as const;

const strangeFieldOf = (house: House, request: Partial<Record<(typeof printedFields)[number], string | null>>) =>
  printedFields.find((field) => !isPrintable(house, request[field] ?? ""));

/** Its place is printed too. */
function checkPlace(house: House, offSite: OffSite | null, openedAt: Instant): Result<null, Failure> {
  if (offSite === null) return ok(null);
  if (!isPrintable(house, offSite.place)) return fail({ code: "malformed_request", field: "place" });
  return checkOffSite(offSite, { openedAt, now: house.now() });
}
