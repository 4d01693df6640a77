import type { Context } from "hono";
import { dossierOfCertificate } from "../../db/stores/dossiers.ts";
import { findGrantBySecret, noteGrantEvent } from "../../db/stores/grants.ts";
import { findCounterRequest, keepCounterRequest } from "../../db/stores/guests.ts";
import { keepOpening } from "../../db/stores/openings.ts";
import { isCodeOver, keepCode, spendCode, tryCode } from "../../db/stores/outbox.ts";
import { type Grant, grantState, type Opening } from "../core/grant.ts";
import type { RecipientId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { guessLimit } from "../roof/guesses.ts";
import type { Failure } from "../usecases/failure.ts";
import { type OpeningWorld, openGrant, type ProvenReceiver } from "../usecases/grants/open-grant.ts";
import type { ReceiverHere, ReceiversWorld, ReceiverView } from "../web/grants/receiver-world.ts";
import type { Visit } from "../web/grants/world.ts";
import type { WebEnv } from "../web/route.ts";
import { admitAll, beginAttempt, type ThrottleRule } from "../web/throttle.ts";
import { activeRecipient } from "./grant-recipients.ts";
import { counterNumber, grantSecretHash, hasLostItsValue, isSameText } from "./grants.ts";
import { beginVisit, digitsOf, guestOf, later } from "./guests.ts";
import { agencyNameOf, type House, newId, randomOf } from "./house.ts";
import { throttleWorld } from "./key-use.ts";
import { openedWorld } from "./opened.ts";

/** A mistyped link is a miss too, and a whole office may stand behind one address. */
const guessRule = { misses: 60, windowSeconds: 600, mostAddresses: 20_000 };

/** Whoever holds a link could fill a mailbox: so many letters a recipient an hour, and so many an address. */
/**
 * Letters are counted by who asks for them: a stranger with a link would else use up what the recipient's own people need. All
 * to one recipient are bounded too, ten times above, so that no letter box is flooded.
 */
const codeRules = {
  recipient: { name: "code_to_recipient", attempts: 200, windowSeconds: 3600, blockSeconds: 900 },
  address: { name: "code_by_address", attempts: 20, windowSeconds: 3600, blockSeconds: 900 },
} as const;
const counterRule: ThrottleRule = { name: "counter_asked", attempts: 30, windowSeconds: 3600, blockSeconds: 900 };

const requestSeconds = 600;

/** @param addressOf who guesses and letters are counted against */
export function receiversWorld(house: House, addressOf: (c: Context<WebEnv>) => string): ReceiversWorld {
  const limit = guessLimit(guessRule, { now: house.now, randomKey: () => randomOf(32) });
  return {
    look: (secret, token) => look(house, secret, token),
    sendCode: async (c, secret) => {
      const grant = await openGrantBy(house, secret);
      return grant.ok ? sendCode(house, grant.value, addressOf(c)) : grant;
    },
    proveByCode: (challenge, code) => proveByCode(house, challenge, code),
    askAtCounter: async (c, secret) => {
      const grant = await openGrantBy(house, secret);
      return grant.ok ? askAtCounter(house, grant.value, addressOf(c)) : grant;
    },
    open: (secret, token) => open(house, secret, token),
    ...openedWorld(house, addressOf),
    guesses: (c) => {
      const address = addressOf(c);
      return { refusedForSeconds: () => limit.refusedForSeconds(address), missed: () => limit.missed(address) };
    },
    outboxFolder: house.mail?.folder ?? null,
  };
}

export const grantBy = async (house: House, secret: string): Promise<Result<Grant, Failure>> => {
  const grant = secret.length > 64 ? null : await findGrantBySecret(house.sql, grantSecretHash(house, secret));
  return grant === null ? fail({ code: "grant_unknown" }) : ok(grant);
};

const closed = {
  annulled: { code: "copy_without_value" },
  revoked: { code: "grant_revoked" },
  expired: { code: "grant_expired" },
  exhausted: { code: "grant_exhausted" },
} as const satisfies Record<string, Failure>;

const stateOf = async (house: House, grant: Grant) =>
  grantState(grant, house.now(), await hasLostItsValue(house, grant.certificateId));

/** For what only an open one is good for; asking for it of another is noted. */
async function openGrantBy(house: House, secret: string): Promise<Result<Grant, Failure>> {
  const grant = await grantBy(house, secret);
  if (!grant.ok) return grant;
  const state = await stateOf(house, grant.value);
  if (state === "open") return grant;
  await noteGrantEvent(house.sql, grant.value.id, `refused_${state}`);
  return fail(closed[state]);
}

async function look(house: House, secret: string, token: string | null): Promise<Result<ReceiverView, Failure>> {
  const found = await grantBy(house, secret);
  if (!found.ok) return found;
  const grant = found.value;
  const state = await stateOf(house, grant);
  if (state !== "open") return ok({ state });
  const dossier = await dossierOfCertificate(house.sql, grant.certificateId);
  if (dossier === null) throw new Error("a granted copy has no dossier");
  const agencyName = agencyNameOf(house, grant.agencyId);
  const canMail = house.mail !== null && (await meantRecipient(house, grant)) !== null;
  return ok({ state, grant, kind: dossier.kind, agencyName, canMail, here: await hereOf(house, grant, token) });
}

const meantRecipient = async (house: House, { grantee, agencyId }: Grant) =>
  grantee.id === null ? null : activeRecipient(house, grantee.id, agencyId);

async function hereOf(house: House, grant: Grant, token: string | null): Promise<ReceiverHere> {
  const guest = await guestOf(house, token);
  if (guest?.kind === "recipient") {
    const known = await activeRecipient(house, guest.recipientId, grant.agencyId);
    const isMeant = known !== null && known.id === grant.grantee.id;
    return { kind: "recipient", name: known?.name ?? "", isMeant };
  }
  const request = guest?.kind === "counter" ? await findCounterRequest(house.sql, guest.requestId) : null;
  if (request?.grantId !== grant.id) return { kind: "nobody" };
  const isOver = house.now() >= request.expiresAt;
  const standing = request.confirmedAt !== null ? "confirmed" : isOver ? "over" : "waiting";
  return { kind: "counter", number: counterNumber(house, request.id), standing };
}

async function sendCode(
  house: House,
  grant: Grant,
  address: string,
): Promise<Result<{ readonly challenge: string }, Failure>> {
  const recipient = await meantRecipient(house, grant);
  if (recipient === null) return fail({ code: "mail_unavailable" });
  const sent = await mailCode(house, recipient.id, address);
  if (sent.ok) await noteGrantEvent(house.sql, grant.id, "code_asked");
  return sent;
}

/** @param address who asked, whose letters are counted too */
export async function mailCode(
  house: House,
  recipientId: RecipientId,
  address: string,
): Promise<Result<{ readonly challenge: string }, Failure>> {
  if (house.mail === null) return fail({ code: "mail_unavailable" });
  const admitted = await admitAll(throttleWorld(house), [
    [codeRules.address, address],
    [codeRules.recipient, recipientId],
  ]);
  if (!admitted.ok) return admitted;
  const challenge = newId<string>();
  await keepCode(house.sql, { id: challenge, recipientId, mailId: newId(), at: house.now() });
  return ok({ challenge });
}

/** What the letter carries and the page asks for; kept nowhere. */
export const codeDigits = (house: House, challenge: string): string => digitsOf(house, "recipient code", challenge, 6);

const isUuid = (text: string): boolean => /^[0-9a-f-]{36}$/.test(text);

export async function proveByCode(house: House, challenge: string, typed: string): Promise<Result<Visit, Failure>> {
  const { sql, now } = house;
  const recipientId = isUuid(challenge) ? await tryCode(sql, challenge, now()) : null;
  if (recipientId === null) return fail({ code: "code_over" });
  if (!isSameText(typed, codeDigits(house, challenge)))
    return fail({ code: (await isCodeOver(sql, challenge, now())) ? "code_over" : "wrong_code" });
  if (!(await spendCode(sql, challenge, now()))) return fail({ code: "code_over" });
  return ok(await beginVisit(house, { kind: "recipient", recipientId }));
}

async function askAtCounter(house: House, { id: grantId }: Grant, address: string): Promise<Result<Visit, Failure>> {
  const attempt = await beginAttempt(throttleWorld(house), counterRule, address);
  if (!attempt.ok) return attempt;
  const id = newId<string>();
  const at = house.now();
  await keepCounterRequest(house.sql, { id, grantId, expiresAt: later(at, requestSeconds) }, at);
  return ok(await beginVisit(house, { kind: "counter", requestId: id }));
}

async function open(house: House, secret: string, token: string | null): Promise<Result<Opening, Failure>> {
  const grant = await grantBy(house, secret);
  if (!grant.ok) return grant;
  const receiver = await receiverOf(house, grant.value, token);
  return receiver === null ? fail({ code: "not_proven" }) : openGrant(grant.value, receiver, openingWorld(house));
}

async function receiverOf(house: House, grant: Grant, token: string | null): Promise<ProvenReceiver | null> {
  const guest = await guestOf(house, token);
  if (guest?.kind === "counter") {
    const request = await findCounterRequest(house.sql, guest.requestId);
    const isConfirmed = request !== null && request.confirmedAt !== null;
    return isConfirmed ? { proof: "confirmation", grantId: request.grantId, requestId: request.id } : null;
  }
  if (guest?.kind !== "recipient") return null;
  const recipient = await activeRecipient(house, guest.recipientId, grant.agencyId);
  // Of another agency's list or no longer active: it is told like any other recipient for whom the link is not.
  return { proof: "code", recipientId: guest.recipientId, name: recipient?.name ?? "" };
}

export const openingWorld = (house: House): OpeningWorld => ({
  now: house.now,
  newOpeningId: newId,
  hasLostItsValue: ({ certificateId }) => hasLostItsValue(house, certificateId),
  keepOpening: (grant, opening, requestId) => keepOpening(house.sql, grant, opening, requestId),
  noteRefusal: (grant, why) => noteGrantEvent(house.sql, grant.id, `refused_${why}`),
});
