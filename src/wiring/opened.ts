import type { Context } from "hono";
import { annulmentOfCertificate } from "../../db/stores/annulments.ts";
import { findCertificate } from "../../db/stores/certificates.ts";
import { dossierOfCertificate } from "../../db/stores/dossiers.ts";
import { findGrant } from "../../db/stores/grants.ts";
import { findCounterRequest } from "../../db/stores/guests.ts";
import { findOpening } from "../../db/stores/openings.ts";
import { pagesOf } from "../../db/stores/pages.ts";
import type { Certificate, Dossier } from "../core/dossier.ts";
import { type Grant, type Opening, parseOpeningId } from "../core/grant.ts";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import type { OpeningView, ReceiversWorld } from "../web/grants/receiver-world.ts";
import type { WebEnv } from "../web/route.ts";
import { admitAll } from "../web/throttle.ts";
import { codeOf, linkOf } from "./codes.ts";
import { newestCopy } from "./evidence.ts";
import { guestOf, later } from "./guests.ts";
import { agencyNameOf, type House, readBlob } from "./house.ts";
import { throttleWorld } from "./key-use.ts";
import { signedReceipt } from "./receipts.ts";

/** How long one use lets the same browser fetch: a download that breaks must not cost a second one. */
const fetchSeconds = 3600;

export type Opened = {
  readonly opening: Opening;
  readonly grant: Grant;
  readonly certificate: Certificate;
  readonly dossier: Dossier;
  readonly view: OpeningView;
};

/**
 * A receipt costs a signature and a timestamp of somebody else's, each time: few of one opening, more of a whole office behind
 * one address. A recipient's program has its receipt with the answer, counted by its key.
 */
const receiptRules = {
  address: { name: "receipt_by_address", attempts: 100, windowSeconds: 3600, blockSeconds: 900 },
  opening: { name: "receipt_of_opening", attempts: 10, windowSeconds: 3600, blockSeconds: 900 },
} as const;

/**
 * What was opened, for whoever opened it: everybody else is told that there is nothing.
 *
 * @param addressOf who receipts are counted against
 */
export const openedWorld = (
  house: House,
  addressOf: (c: Context<WebEnv>) => string,
): Pick<ReceiversWorld, "opening" | "copyOf" | "pageOf" | "receiptOf"> => {
  const { facts, ...files } = openedFor<string | null>(house, (opening, token) => isTheirs(house, opening, token));
  const opening: ReceiversWorld["opening"] = async (id, token) => {
    const opened = await facts(id, token);
    return opened.ok ? ok(opened.value.view) : opened;
  };
  const receiptOf: ReceiversWorld["receiptOf"] = async (c, id, token, as, language) => {
    const opened = await facts(id, token); // first: who may not have it uses up nobody's count
    if (!opened.ok) return opened;
    const { openingId } = opened.value.view;
    const admitted = await admitAll(throttleWorld(house), [
      [receiptRules.address, addressOf(c)],
      [receiptRules.opening, openingId],
    ]);
    return admitted.ok ? signedReceipt(house, opened.value.view, as, language) : admitted;
  };
  return { ...files, opening, receiptOf };
};

/** Whether this opening is of who asks. */
type Theirs<Who> = (opening: Opening, who: Who) => boolean | Promise<boolean>;

/** @param isOf object-level: of whom it is not true is told that there is nothing */
export const openedFor = <Who>(house: House, isOf: Theirs<Who>) => ({
  facts: (id: string, who: Who) => openedBy(house, id, (opening) => isOf(opening, who)),
  copyOf: async (id: string, who: Who): Promise<Result<Bytes, Failure>> => {
    const opened = await stillOpen(house, id, (opening) => isOf(opening, who));
    if (!opened.ok) return opened;
    // Of chosen pages there is no PDF: one cut from the copy would look certified.
    return opened.value.grant.pages === null ? ok(await newestCopy(house, opened.value.certificate)) : notFound;
  },
  pageOf: async (id: string, number: number, who: Who): Promise<Result<Bytes, Failure>> => {
    const opened = await stillOpen(house, id, (opening) => isOf(opening, who));
    return opened.ok ? pictureOf(house, opened.value, number) : opened;
  },
});

const notFound = fail({ code: "not_found" } as const);

async function openedBy(
  house: House,
  idText: string,
  isOf: (opening: Opening) => boolean | Promise<boolean>,
): Promise<Result<Opened, Failure>> {
  const id = parseOpeningId(idText);
  const opening = id.ok ? await findOpening(house.sql, id.value) : null;
  if (opening === null || !(await isOf(opening))) return notFound;
  return ok(await openedFacts(house, opening));
}

/** Of a browser: the recipient that proved to be it, or the very browser whose request the citizen confirmed. */
async function isTheirs(house: House, { id, recipientId }: Opening, token: string | null): Promise<boolean> {
  const guest = await guestOf(house, token);
  if (guest?.kind === "recipient") return guest.recipientId === recipientId;
  if (guest?.kind !== "counter") return false;
  return (await findCounterRequest(house.sql, guest.requestId))?.openingId === id;
}

/** What an opening tells, whoever asks: callers say who may. */
export async function openedFacts(house: House, opening: Opening): Promise<Opened> {
  const { sql } = house;
  const grant = await findGrant(sql, opening.grantId);
  const certificate = grant && (await findCertificate(sql, grant.certificateId));
  const dossier = grant && (await dossierOfCertificate(sql, grant.certificateId));
  if (grant === null || certificate === null || dossier === null) throw new Error("an opening has lost its copy");
  return { opening, grant, certificate, dossier, view: await viewOf(house, opening, grant, certificate, dossier) };
}

async function viewOf(
  house: House,
  opening: Opening,
  { procedure, pages, uses, revokedAt }: Grant,
  certificate: Certificate,
  { kind }: Dossier,
): Promise<OpeningView> {
  if (certificate.identity === null) throw new Error("a released copy has no identity");
  const until = later(opening.openedAt, fetchSeconds);
  const isLost = (await annulmentOfCertificate(house.sql, certificate.id)) !== null;
  const over = house.now() >= until ? "over" : null;
  return {
    openingId: opening.id,
    opening,
    procedure,
    pages,
    uses,
    copy: {
      kind,
      agencyName: agencyNameOf(house, certificate.agencyId),
      number: certificate.number,
      bookText: certificate.bookText,
      printedOn: certificate.printedOn,
      sha256: certificate.identity.sha256,
      lengthBytes: certificate.identity.length,
      verificationLink: linkOf(house, await codeOf(house, certificate)),
    },
    until,
    closed: isLost ? "annulled" : revokedAt !== null ? "revoked" : over,
  };
}

const closedFailures = {
  over: { code: "grant_expired" },
  revoked: { code: "grant_revoked" },
  annulled: { code: "copy_without_value" },
} as const satisfies Record<string, Failure>;

async function stillOpen(...asked: Parameters<typeof openedBy>): Promise<Result<Opened, Failure>> {
  const opened = await openedBy(...asked);
  if (!opened.ok || opened.value.view.closed === null) return opened;
  return fail(closedFailures[opened.value.view.closed]);
}

async function pictureOf(house: House, { grant, dossier }: Opened, number: number): Promise<Result<Bytes, Failure>> {
  if (grant.pages?.includes(number) !== true) return notFound;
  const page = (await pagesOf(house.sql, dossier.id)).find((known) => known.number === number);
  return page === undefined ? notFound : ok(await readBlob(house, page.blobId));
}
