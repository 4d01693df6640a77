import { accessesOf, noteAccess } from "../../db/stores/accesses.ts";
import { livingCertificate } from "../../db/stores/certificates.ts";
import { newestChecks } from "../../db/stores/copy-checks.ts";
import { isRestricted } from "../../db/stores/data-answers.ts";
import { keepRequest, requestsOfDossier } from "../../db/stores/data-requests.ts";
import { intakeOf } from "../../db/stores/dossiers.ts";
import { eraseDueBlobs, eraseDueContacts, erasePetitionContacts, forgetDueAccesses } from "../../db/stores/erasures.ts";
import { eventsOf } from "../../db/stores/events.ts";
import { feeAccountOf } from "../../db/stores/fees.ts";
import { eraseDueGrants } from "../../db/stores/grant-erasures.ts";
import { offSiteOf } from "../../db/stores/off-site.ts";
import { openingsOfDossier } from "../../db/stores/openings.ts";
import { originalsOf } from "../../db/stores/originals.ts";
import { eraseDuePayments } from "../../db/stores/payment-erasures.ts";
import { lookUpsOf } from "../../db/stores/sources.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import { minuteOf } from "../core/copy-check.ts";
import type { Dossier } from "../core/dossier.ts";
import { receiptText } from "../core/fee-account.ts";
import type { BlobId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result, utf8 } from "../core/kernel.ts";
import type { KeptThing } from "../core/terms.ts";
import { storedZip, type ZipEntry } from "../roof/stored-zip.ts";
import { askData } from "../usecases/ask-data.ts";
import type { Failure } from "../usecases/failure.ts";
import { type KeepingWorld, keepTerms } from "../usecases/keep-terms.ts";
import type { OwnDataWorld } from "../web/citizens/data-world.ts";
import { beginAttempt } from "../web/throttle.ts";
import { askedBy, dossierBySecret } from "./citizen-links.ts";
import { checkDigits } from "./citizens.ts";
import { dispatchPartOf } from "./dispatch-desk.ts";
import { newestCopy } from "./evidence.ts";
import { proveDigits, provenDossier } from "./grants.ts";
import { beginVisit } from "./guests.ts";
import { agencyNameOf, type House, newId, readBlob, unlessErased } from "./house.ts";
import { throttleWorld } from "./key-use.ts";

const listed = 50;

/** Archives are made in memory, some at once: a day's count for each link bounds what that costs. */
const askRule = { name: "own_data", attempts: 10, windowSeconds: 86_400, blockSeconds: 86_400 };

export const ownDataWorld = (house: House): OwnDataWorld => ({
  view: async (secret, token) => {
    const dossier = await dossierBySecret(house, secret);
    if (dossier === null) return fail({ code: "link_unknown" });
    const isProven = (await provenDossier(house, secret, token)).ok;
    const requests = await requestsOfDossier(house.sql, dossier.id);
    const { openings, ...looks } = await accessesTo(house, dossier.id, listed);
    return ok({
      isProven,
      status: dossier.status,
      agencyName: agencyNameOf(house, dossier.agencyId),
      ...looks,
      openings: openings.map(({ openedAt, ...told }) => ({ openedAt, told: isProven ? told : null })),
      requests: isProven ? requests : requests.map((one) => ({ ...one, words: null, extension: null })),
      isRestricted: await isRestricted(house.sql, dossier.id),
      terms: house.terms,
    });
  },
  ask: (secret, asking) =>
    askData(secret, asking, {
      now: house.now,
      terms: house.terms,
      dossierBySecret: (text) => dossierBySecret(house, text),
      checkDigits: (dossier, typed) => checkAsked(house, dossier, typed),
      keepRequest: (dossier, request) => keepRequest(house.sql, dossier, { ...request, id: newId() }),
    }),
  prove: (secret, digits) => proveDigits(house, secret, digits),
  begin: (secret, { id: dossierId }) => beginVisit(house, { kind: "citizen", dossierId, link: askedBy(secret) }),
  archive: (dossier) => archiveOf(house, dossier),
});

/** Officials, receivers and checks alike. */
async function accessesTo({ sql }: House, id: DossierId, limit: number) {
  const certificate = await livingCertificate(sql, id);
  return {
    accesses: await accessesOf(sql, id, limit),
    openings: await openingsOfDossier(sql, id, limit),
    checks: certificate === null ? [] : await newestChecks(sql, certificate.id, limit),
  };
}

async function checkAsked(house: House, dossier: Dossier, digits: string): Promise<Result<null, Failure>> {
  const known = await checkDigits(house, dossier.id, digits, "identity_digits");
  if (!known.ok) return known;
  const asked = await beginAttempt(throttleWorld(house), askRule, dossier.id);
  return asked.ok ? ok(null) : asked;
}

/** What was paid for all that was presented together; who took it is not the holder's. */
async function feeOf({ sql }: House, { id, agencyId }: Dossier): Promise<object | null> {
  const submission = await submissionOf(sql, id, agencyId);
  if (submission === null) return null;
  const { balance, payments } = await feeAccountOf(sql, submission.id, agencyId);
  const told = payments.map(({ receipt, way, amountDong, payer, at, reversal, givenBack }) => ({
    ...{ receipt: receiptText(receipt), way, amountDong, payer, at, takenBackAt: reversal?.at ?? null },
    givenBack: givenBack.map((one) => ({
      ...{ way: one.way, amountDong: one.amountDong, to: one.payer, at: one.at, undoneAt: one.undone?.at ?? null },
    })),
  }));
  return { ...balance, payments: told };
}

/** Where it was certified, if not at the office, and where its facts were looked up; which officials did is not the holder's. */
async function whereAndWhence({ sql }: House, { id }: Dossier): Promise<object> {
  const offSite = await offSiteOf(sql, id);
  const lookUps = await lookUpsOf(sql, id);
  return {
    offSite: offSite && withoutOfficial(offSite),
    lookUps: lookUps.map(withoutOfficial),
  };
}

const withoutOfficial = <T extends { readonly by: string }>({ by: _, ...told }: T): Omit<T, "by"> => told;

const largestArchiveBytes = 200 * 1024 * 1024;

/** Everything of the holder's: what is known as JSON, and the files that are still there. Names of officials are not theirs. */
async function archiveOf(house: House, dossier: Dossier): Promise<Bytes> {
  const { sql } = house;
  const certificate = await livingCertificate(sql, dossier.id);
  const files: ZipEntry[] = [];
  const absent: string[] = [];
  let left = largestArchiveBytes;
  const take = async (name: string, read: () => Promise<Bytes>) => {
    const bytes = await unlessErased(async () => ok(await read()));
    if (!bytes.ok || bytes.value.length > left) return absent.push(name);
    left -= bytes.value.length;
    return files.push({ name, content: bytes.value });
  };
  for (const original of await originalsOf(sql, dossier.id)) {
    if (original.status !== "refused")
      await take(`ban-quet/${original.ordinal}`, () => readBlob(house, original.blobId));
  }
  if (dossier.status === "released" && certificate !== null)
    await take("ban-sao-chung-thuc.pdf", () => newestCopy(house, certificate));
  const events = await eventsOf(sql, dossier.id);
  const data = {
    version: 1,
    madeAt: house.now(),
    agency: agencyNameOf(house, dossier.agencyId),
    dossier,
    intake: await intakeOf(sql, dossier.id),
    returned: await dispatchPartOf(house, dossier.id),
    fee: await feeOf(house, dossier),
    ...(await whereAndWhence(house, dossier)),
    certificate: certificate && { number: certificate.number, book: certificate.bookText, on: certificate.printedOn },
    steps: events.map(({ what, at }) => ({ what, at })),
    ...(await accessesTo(house, dossier.id, 10_000)),
    requests: (await requestsOfDossier(sql, dossier.id)).map(({ id: _, dossierId: __, status: ___, ...told }) => told),
    /** Erased, or too large for one archive: the counter has those that are not erased. */
    absent,
  };
  await noteAccess(sql, dossier.id, "data_taken", null, minuteOf(house.now()));
  return storedZip([{ name: "du-lieu.json", content: utf8(JSON.stringify(data, null, 2)) }, ...files]);
}

/** Their keys are destroyed already; a crash here leaves waste that the sweep takes away. */
export async function removeFiles({ blobs }: House, files: readonly BlobId[]): Promise<void> {
  for (const id of files) await blobs.erase(id);
}

export const keepingWorld = (house: House): KeepingWorld => ({
  now: house.now,
  terms: house.terms,
  eraseDue: (thing, before) => eraseDue(house, thing, before),
});

const eraseContacts = async ({ sql, now }: House, before: Instant): Promise<number> =>
  (await eraseDueContacts(sql, before, now())) + (await erasePetitionContacts(sql, before, now()));

async function eraseDue(house: House, thing: KeptThing, before: Instant): Promise<number> {
  const contacts = thing === "contact" ? await eraseContacts(house, before) : 0;
  if (thing === "grant") return eraseDueGrants(house.sql, before, house.now());
  if (thing === "payment") return eraseDuePayments(house.sql, before, house.now());
  if (thing === "access") return forgetDueAccesses(house.sql, before, house.now());
  const files = await eraseDueBlobs(house.sql, thing, before, house.now());
  await removeFiles(house, files);
  return contacts + files.length;
}

/** Tells how much went; the proofs stand in the store. */
export async function keepHouseTerms(house: House): Promise<void> {
  const count = await keepTerms(keepingWorld(house));
  if (count > 0) house.log.info("terms_kept", { count });
}
