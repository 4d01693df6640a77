import { livingCertificate } from "../../db/stores/certificates.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { isCopyErased } from "../../db/stores/erasures.ts";
import { findGuest, keepGuest } from "../../db/stores/guests.ts";
import { keepHandover } from "../../db/stores/handovers.ts";
import type { Dossier } from "../core/dossier.ts";
import { parseDossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { Recipient } from "../core/recipients.ts";
import type { Failure } from "../usecases/failure.ts";
import { type HandoverId, handOver } from "../usecases/grants/hand-over.ts";
import type { HandCopy, HandoverWorld } from "../web/handover/world.ts";
import { sessionIdHash, sessionTokenOf } from "../web/session.ts";
import { askedBy, dossiersBySecret, isEndedLink } from "./citizen-links.ts";
import { checkDigits } from "./citizens.ts";
import { recipientAnywhere } from "./grant-recipients.ts";
import { hasLostItsValue } from "./grants.ts";
import { later } from "./guests.ts";
import { type House, newId, randomOf } from "./house.ts";

const visitSeconds = 900;

export const handoverWorld = (house: House): HandoverWorld => ({
  office: (id) => recipientAnywhere(house, id),
  prove: async (id, secrets, digits) => {
    const recipient = await recipientAnywhere(house, id);
    return recipient === null ? fail({ code: "not_found" }) : prove(house, recipient, secrets, digits);
  },
  proven: async (id, token, dossierIds) => {
    const dossiers = await provenDossiers(house, await recipientAnywhere(house, id), token, dossierIds);
    return copiesOf(house, dossiers);
  },
  newHandoverId: newId,
  handOver: async (id, token, wish) => {
    const recipient = await recipientAnywhere(house, id);
    if (recipient === null || !/^[0-9a-f-]{36}$/.test(wish.id)) return fail({ code: "not_found" });
    const dossiers = await provenDossiers(house, recipient, token, wish.dossierIds);
    if (dossiers.length < wish.dossierIds.length) return fail({ code: "not_proven" });
    return handOver(dossiers, { id: wish.id as HandoverId, recipient }, wish.procedure, handingWorld(house));
  },
  exampleLink: `${house.publicUrl}/c/…`,
});

/** One visit over several copies: a row each, under the token with the dossier's id, so that none opens another. */
const visitHash = (token: string, dossierId: string) => sessionIdHash(`${token}.${dossierId}`);

async function prove(
  house: House,
  recipient: Recipient,
  secrets: readonly string[],
  digits: string,
): Promise<Result<{ readonly token: string; readonly copies: readonly HandCopy[] }, Failure>> {
  const proven = new Map<Dossier["id"], { readonly dossier: Dossier; readonly secret: string }>();
  for (const secret of secrets) {
    const behind = await behindLink(house, recipient, secret);
    if (!behind.ok) return behind;
    const right = await checkDigits(house, behind.value[0].id, digits, "identity_digits");
    if (!right.ok) return right;
    // Of papers that were presented together those that are done may be handed over, each once.
    const done = behind.value.filter(({ status }) => status === "released");
    if (done.length === 0) return fail({ code: "not_released" });
    for (const dossier of done) proven.set(dossier.id, { dossier, secret });
  }
  const papers = [...proven.values()];
  const copies = await copiesOf(
    house,
    papers.map(({ dossier }) => dossier),
  );
  if (copies.length === 0) return fail({ code: "erased" });
  const token = sessionTokenOf(randomOf(32));
  const createdAt = house.now();
  const times = { createdAt, expiresAt: later(createdAt, visitSeconds) };
  for (const { dossier, secret } of papers) {
    const comer = { kind: "citizen", dossierId: dossier.id, link: askedBy(secret) } as const;
    await keepGuest(house.sql, visitHash(token, dossier.id), comer, times);
  }
  return ok({ token, copies });
}

async function behindLink(
  house: House,
  { agencyId }: Recipient,
  secret: string,
): Promise<Result<readonly [Dossier, ...Dossier[]], Failure>> {
  const [first, ...others] = await dossiersBySecret(house, secret);
  // As at the link's own address: who has its 128 bits learns there that it was ended, and nothing more here.
  if (first === undefined && (await isEndedLink(house, secret))) return fail({ code: "link_ended" });
  // Another agency's administrator registered this office: it stands before nobody else's citizens.
  return first?.agencyId === agencyId ? ok([first, ...others]) : fail({ code: "link_unknown" });
}

async function provenDossiers(
  house: House,
  recipient: Recipient | null,
  token: string | null,
  ids: readonly string[],
): Promise<readonly Dossier[]> {
  if (recipient === null || token === null) return [];
  const found = ids.map(async (text) => {
    const id = parseDossierId(text);
    const guest = id.ok ? await findGuest(house.sql, visitHash(token, id.value), house.now()) : null;
    const isProven = id.ok && guest?.kind === "citizen" && guest.dossierId === id.value;
    return isProven ? findDossier(house.sql, id.value, recipient.agencyId) : null;
  });
  return (await Promise.all(found)).filter((dossier) => dossier !== null);
}

async function copiesOf(house: House, dossiers: readonly Dossier[]): Promise<readonly HandCopy[]> {
  const copies = dossiers.map(async ({ id, kind, status }) => {
    const certificate = status === "released" ? await livingCertificate(house.sql, id) : null;
    if (certificate === null || (await isCopyErased(house.sql, certificate.id))) return null;
    return { dossierId: id, kind, number: certificate.number, printedOn: certificate.printedOn };
  });
  return (await Promise.all(copies)).filter((copy) => copy !== null);
}

const handingWorld = (house: House): Parameters<typeof handOver>[3] => ({
  now: house.now,
  newGrantId: newId,
  certificate: (dossier) => livingCertificate(house.sql, dossier.id),
  hasLostItsValue: ({ id }) => hasLostItsValue(house, id),
  isErased: ({ id }) => isCopyErased(house.sql, id),
  keepHandover: (handover, grants) => keepHandover(house.sql, handover, grants, house.mail === null ? null : newId()),
});
