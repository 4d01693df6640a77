import { createHash, timingSafeEqual } from "node:crypto";
import { annulmentOfCertificate } from "../../db/stores/annulments.ts";
import { livingCertificate } from "../../db/stores/certificates.ts";
import { isCopyErased } from "../../db/stores/erasures.ts";
import { findGrant, grantsOfCopy, keepGrant, revokeGrant } from "../../db/stores/grants.ts";
import { confirmRequest, endGuest, waitingRequests } from "../../db/stores/guests.ts";
import { openingsOfCopy } from "../../db/stores/openings.ts";
import { pagesOf } from "../../db/stores/pages.ts";
import type { Certificate, Dossier } from "../core/dossier.ts";
import { type Grant, grantState, parseGrantId } from "../core/grant.ts";
import type { CertificateId } from "../core/ids.ts";
import { type Bytes, fail, ok, type Result, utf8 } from "../core/kernel.ts";
import type { Failure } from "../usecases/failure.ts";
import { confirmAtCounter } from "../usecases/grants/confirm-at-counter.ts";
import { makeGrant } from "../usecases/grants/make-grant.ts";
import type { GrantLine, GrantsView, GrantsWorld, Visit } from "../web/grants/world.ts";
import { sessionIdHash } from "../web/session.ts";
import { beginAttempt } from "../web/throttle.ts";
import { askedBy, dossierBySecret } from "./citizen-links.ts";
import { checkDigits, qrOf } from "./citizens.ts";
import { activeRecipient, activeRecipients } from "./grant-recipients.ts";
import { beginVisit, digitsOf, guestOf } from "./guests.ts";
import { agencyNameOf, type House, keyedHash, newId, randomOf } from "./house.ts";
import { throttleWorld } from "./key-use.ts";

/** Four digits on a screen, behind the citizen's own proof: ten wrong ones an hour and a link rests. */
const numberRule = { name: "counter_number", attempts: 10, windowSeconds: 3600, blockSeconds: 3600 };

export const grantSecretHash = (house: House, secret: string): Bytes => keyedHash(house, "grant secret", secret);

/** What the office's screen shows and the citizen types. */
export const counterNumber = (house: House, requestId: string): string =>
  digitsOf(house, "counter number", requestId, 4);

export const hasLostItsValue = async (house: House, id: CertificateId): Promise<boolean> =>
  (await annulmentOfCertificate(house.sql, id)) !== null;

/** The four digits of a link, for a visit. */
export async function proveDigits(house: House, secret: string, digits: string): Promise<Result<Visit, Failure>> {
  const dossier = await dossierBySecret(house, secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const proven = await checkDigits(house, dossier.id, digits, "identity_digits");
  if (!proven.ok) return proven;
  return ok(await beginVisit(house, { kind: "citizen", dossierId: dossier.id, link: askedBy(secret) }));
}

export const grantsWorld = (house: House): GrantsWorld => ({
  prove: (secret, digits) => proveDigits(house, secret, digits),
  view: async (secret, token) => {
    const proven = await provenDossier(house, secret, token);
    return proven.ok ? viewOf(house, proven.value) : proven;
  },
  newGrantId: newId,
  make: async (secret, token, wish) => {
    const proven = await provenDossier(house, secret, token);
    if (!proven.ok) return proven;
    const made = await makeGrant(proven.value, wish, grantingWorld(house));
    return made.ok ? ok({ grant: made.value.grant, link: `${house.publicUrl}/g/${made.value.secret}` }) : made;
  },
  revoke: async (secret, token, grantId) => {
    const grant = await ownGrant(house, secret, token, grantId);
    if (!grant.ok) return grant;
    await revokeGrant(house.sql, grant.value.id, house.now());
    return ok(null);
  },
  confirm: async (secret, token, grantId, number) => {
    const grant = await ownGrant(house, secret, token, grantId);
    return grant.ok ? confirmAtCounter(grant.value, number, confirmingWorld(house)) : grant;
  },
  leave: (token) => endGuest(house.sql, sessionIdHash(token)),
  qrOf,
});

/** Of this link, by somebody who typed this link's digits a moment ago. */
export async function provenDossier(
  house: House,
  secret: string,
  token: string | null,
): Promise<Result<Dossier, Failure>> {
  const dossier = await dossierBySecret(house, secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const guest = await guestOf(house, token);
  return guest?.kind === "citizen" && guest.dossierId === dossier.id ? ok(dossier) : fail({ code: "not_proven" });
}

/** A grant of this link's own copy; another's is as unknown as none. */
async function ownGrant(
  house: House,
  secret: string,
  token: string | null,
  grantId: string,
): Promise<Result<Grant, Failure>> {
  const dossier = await provenDossier(house, secret, token);
  if (!dossier.ok) return dossier;
  const id = parseGrantId(grantId);
  const certificate = await livingCertificate(house.sql, dossier.value.id);
  const grant = id.ok ? await findGrant(house.sql, id.value) : null;
  return grant !== null && grant.certificateId === certificate?.id ? ok(grant) : fail({ code: "not_found" });
}

async function viewOf(house: House, dossier: Dossier): Promise<Result<GrantsView, Failure>> {
  const certificate = dossier.status === "released" ? await livingCertificate(house.sql, dossier.id) : null;
  if (certificate === null) return fail({ code: "not_released" });
  return ok({
    kind: dossier.kind,
    agencyName: agencyNameOf(house, dossier.agencyId),
    pages: (await pagesOf(house.sql, dossier.id)).length,
    recipients: await activeRecipients(house, dossier.agencyId),
    lines: await linesOf(house, certificate),
  });
}

async function linesOf(house: House, { id }: Certificate): Promise<readonly GrantLine[]> {
  const { sql, now } = house;
  const [grants, openings, isLost] = [
    await grantsOfCopy(sql, id),
    await openingsOfCopy(sql, id),
    await hasLostItsValue(house, id),
  ];
  const lines = grants.map(async (grant) => ({
    grant,
    state: grantState(grant, now(), isLost),
    openings: openings.filter(({ grantId }) => grantId === grant.id),
    isAsked: (await waitingRequests(sql, grant.id, now())).length > 0,
  }));
  return Promise.all(lines);
}

const grantingWorld = (house: House) => ({
  now: house.now,
  certificate: (dossier: Dossier) => livingCertificate(house.sql, dossier.id),
  isErased: ({ id }: Certificate) => isCopyErased(house.sql, id),
  hasLostItsValue: ({ id }: Certificate) => hasLostItsValue(house, id),
  pageCount: async (dossier: Dossier) => (await pagesOf(house.sql, dossier.id)).length,
  recipient: (id: string, { agencyId }: Dossier) => activeRecipient(house, id, agencyId),
  newSecret: () => {
    const text = Buffer.from(randomOf(16)).toString("base64url");
    return { text, hash: grantSecretHash(house, text) };
  },
  keepGrant: (grant: Grant, secretHash: Bytes) => keepGrant(house.sql, grant, secretHash),
});

const confirmingWorld = (house: House) => ({
  now: house.now,
  beginAttempt: (grant: Grant) => beginAttempt(throttleWorld(house), numberRule, grant.id),
  waiting: (grant: Grant) => waitingRequests(house.sql, grant.id, house.now()),
  isNumberOf: ({ id }: { readonly id: string }, typed: string) => isSameText(typed, counterNumber(house, id)),
  confirm: (request: Parameters<typeof confirmRequest>[1], at: Parameters<typeof confirmRequest>[2]) =>
    confirmRequest(house.sql, request, at),
});

/** By digest: equal lengths whatever was typed, and no early end to be measured. */
export const isSameText = (typed: string, right: string): boolean =>
  timingSafeEqual(createHash("sha256").update(utf8(typed)).digest(), createHash("sha256").update(utf8(right)).digest());
