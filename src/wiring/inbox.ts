import type { Context } from "hono";
import { findCertificate } from "../../db/stores/certificates.ts";
import { dossierOfCertificate } from "../../db/stores/dossiers.ts";
import { findGrant } from "../../db/stores/grants.ts";
import { endGuest } from "../../db/stores/guests.ts";
import { copiesOfHandover, type HandedCopy, handoversOf, openingsOfRecipient } from "../../db/stores/handovers.ts";
import { findOpening } from "../../db/stores/openings.ts";
import { grantState } from "../core/grant.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { Recipient } from "../core/recipients.ts";
import type { Failure } from "../usecases/failure.ts";
import type { HandoverId } from "../usecases/grants/hand-over.ts";
import { openGrant } from "../usecases/grants/open-grant.ts";
import type { CopyLine, HandoverView, InboxWorld } from "../web/inbox/world.ts";
import type { WebEnv } from "../web/route.ts";
import { sessionIdHash } from "../web/session.ts";
import { newestCopy } from "./evidence.ts";
import { recipientAnywhere } from "./grant-recipients.ts";
import { hasLostItsValue } from "./grants.ts";
import { guestOf } from "./guests.ts";
import type { House } from "./house.ts";
import { openedFacts } from "./opened.ts";
import { mailCode, openingWorld, proveByCode } from "./receivers.ts";

const shown = { handovers: 200, openings: 50 };

/** @param addressOf who letters are counted against */
export const inboxWorld = (house: House, addressOf: (c: Context<WebEnv>) => string): InboxWorld => ({
  office: (id) => recipientAnywhere(house, id),
  canMail: house.mail !== null,
  outboxFolder: house.mail?.folder ?? null,
  sendCode: async (c, id) => {
    const recipient = await recipientAnywhere(house, id);
    return recipient === null ? fail({ code: "not_found" }) : mailCode(house, recipient.id, addressOf(c));
  },
  proveByCode: (challenge, code) => proveByCode(house, challenge, code),
  view: async (id, token) => {
    const recipient = await provenRecipient(house, id, token);
    if (!recipient.ok) return recipient;
    const { sql } = house;
    return ok({
      handovers: await handoversOf(sql, recipient.value.id, shown.handovers, null),
      openings: await openingsOfRecipient(sql, recipient.value.id, shown.openings),
    });
  },
  handover: async (id, token, handoverId) => {
    const recipient = await provenRecipient(house, id, token);
    return recipient.ok ? viewOf(house, recipient.value, handoverId) : recipient;
  },
  open: async (id, token, { handoverId, grantId }) => {
    const recipient = await provenRecipient(house, id, token);
    if (!recipient.ok) return recipient;
    const view = await viewOf(house, recipient.value, handoverId);
    if (!view.ok) return view;
    const line = view.value.lines.find((one) => one.grantId === grantId);
    const grant = line === undefined ? null : await findGrant(house.sql, line.grantId);
    if (grant === null) return fail({ code: "not_found" });
    const { id: recipientId, name } = recipient.value;
    return openGrant(grant, { proof: "code", recipientId, name }, openingWorld(house));
  },
  openCopies: async (id, token, handoverId) => {
    const recipient = await provenRecipient(house, id, token);
    if (!recipient.ok) return recipient;
    const view = await viewOf(house, recipient.value, handoverId);
    if (!view.ok) return view;
    const open = view.value.lines.filter(({ opening }) => opening?.isOpen === true);
    return ok(open.map((line) => ({ name: `${line.kind} ${line.number}`, read: () => copyOf(house, line) })));
  },
  leave: (token) => endGuest(house.sql, sessionIdHash(token)),
});

/** Of this inbox: another recipient's visit is none here. */
async function provenRecipient(house: House, id: string, token: string | null): Promise<Result<Recipient, Failure>> {
  const recipient = await recipientAnywhere(house, id);
  if (recipient === null) return fail({ code: "not_found" });
  const guest = await guestOf(house, token);
  const isProven = guest?.kind === "recipient" && guest.recipientId === recipient.id;
  return isProven ? ok(recipient) : fail({ code: "not_proven" });
}

async function viewOf(house: House, recipient: Recipient, idText: string): Promise<Result<HandoverView, Failure>> {
  const id = /^[0-9a-f-]{36}$/.test(idText) ? (idText as HandoverId) : null;
  const [line] = id === null ? [] : await handoversOf(house.sql, recipient.id, 1, id);
  if (line === undefined) return fail({ code: "not_found" });
  const copies = await copiesOfHandover(house.sql, line.id);
  return ok({ ...line, lines: await Promise.all(copies.map((copy) => lineOf(house, copy))) });
}

async function lineOf(house: House, { grantId, certificateId, openingId }: HandedCopy): Promise<CopyLine> {
  const { sql, now } = house;
  const [grant, certificate] = [await findGrant(sql, grantId), await findCertificate(sql, certificateId)];
  const dossier = await dossierOfCertificate(sql, certificateId);
  if (grant === null || certificate === null || dossier === null) throw new Error("a handover has lost its copy");
  const opening = openingId === null ? null : await findOpening(sql, openingId);
  const opened = opening === null ? null : await openedFacts(house, opening);
  return {
    grantId,
    kind: dossier.kind,
    number: certificate.number,
    printedOn: certificate.printedOn,
    state: grantState(grant, now(), await hasLostItsValue(house, certificateId)),
    left: grant.uses - grant.used,
    opening: opened && { id: opened.opening.id, isOpen: opened.view.closed === null },
  };
}

async function copyOf(house: House, { grantId }: CopyLine) {
  const grant = await findGrant(house.sql, grantId);
  const certificate = grant && (await findCertificate(house.sql, grant.certificateId));
  if (certificate === null) throw new Error("a handover has lost its copy");
  return newestCopy(house, certificate);
}
