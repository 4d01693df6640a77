import { agencyCredential, officialCredential } from "../../db/stores/credentials.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { findMandate } from "../../db/stores/mandates.ts";
import {
  endOwnSignatures,
  keepPreparedSignature,
  type PreparedRow,
  takePreparedSignature,
} from "../../db/stores/prepared-signatures.ts";
import { decodePrepared, encodePrepared, type PreparedCopy } from "../../signing/seal/prepared.ts";
import type { Actor, Certificate, Credential } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import type { MandateId } from "../core/mandate.ts";
import type { Failure } from "../usecases/failure.ts";
import {
  type Part,
  type PreparingWorld,
  prepareAct,
  prepareCopies,
  type ToPrepare,
} from "../usecases/prepare-elsewhere.ts";
import {
  type ActElsewhere,
  type ActToSign,
  type CompletingWorld,
  completeAct,
  type SigningAct,
} from "../usecases/sign-elsewhere.ts";
import { completeNotice, prepareNotice } from "../usecases/sign-notice-elsewhere.ts";
import type { SignElsewhereWorld, WaitingPart, WaitingSignature } from "../web/officials/signing-elsewhere.ts";
import { actOf, type Held } from "./act-elsewhere.ts";
import { checkIdle, copiesBehind } from "./copies-act.ts";
import { agencyNameOf, type House, keepBlob, newId, readBlob, unlessHindered } from "./house.ts";
import { completingNoticeWorld, preparingNoticeWorld } from "./notices.ts";
import { baseOf, completeField, prepareField } from "./prepared-field.ts";
import { sealingWorld } from "./sealing.ts";
import { signingWorld } from "./signing.ts";

const roleOf = { sign: "officer", seal: "agency" } as const;

/** Registered and in force: of the person, or of the agency. */
export const credentialFor = (
  house: House,
  act: ActElsewhere,
  actor: Actor,
  at: Instant,
): Promise<Credential | null> =>
  act === "seal" ? agencyCredential(house.sql, actor.agencyId, at) : officialCredential(house.sql, actor.personId, at);

export const preparingWorld = (house: House): PreparingWorld<PreparedCopy> => ({
  ...sealingWorld(house),
  ...signingWorld(house),
  prepare: (act, pdf, about) => prepareFor(house, act, pdf, about),
  checkIdle: (line, act) => checkIdle(house, line, act),
  copiesBehind: (line, act, part) => copiesBehind(house, line, act, part),
});

function prepareFor(
  house: House,
  act: SigningAct,
  pdf: Bytes,
  { certificate, credential, at }: ToPrepare,
): Promise<Result<PreparedCopy, Failure>> {
  const { agencyId, officerId } = certificate;
  const name = act === "sign" ? certificate.signerName : agencyNameOf(house, agencyId);
  const holder = { agencyId, personId: act === "sign" ? officerId : null };
  return prepareField(house, roleOf[act], pdf, { credential, name, holder, at });
}

const completingWorld = (house: House): CompletingWorld<PreparedCopy> => {
  const signing = signingWorld(house);
  const sealing = sealingWorld(house);
  return {
    ...sealing,
    ...signing,
    complete: (act, prepared, value) => completeField(house, roleOf[act], prepared, value),
    examineSigned: (signed, prepared, signer) => signing.examine(signed, baseOf(prepared), signer),
    examineSealed: sealing.examine,
    isLackingCopies: async (line, act) =>
      line.copies > 1 && (await copiesBehind(house, line, act, { after: 0, most: 1 })).length > 0,
  };
};

export const completed = (house: House, toSign: ActToSign<PreparedCopy>, value: Bytes, actor: Actor) =>
  unlessHindered(() => completeAct(toSign, value, actor, completingWorld(house)));

/** For keys at their holder's own computer: what is prepared is kept until the value comes back. */
export const signElsewhereWorld = (house: House): SignElsewhereWorld => ({
  prepare: (use, id, actor) =>
    house.atTheDesk(() => (use === "notice" ? keptNotice(house, id, actor) : keptAct(house, use, id, actor))),
  prepareCopies: (act, id, part, actor) => house.atTheDesk(() => keptCopies(house, act, id, part, actor)),
  complete: (taken, value, actor) => house.atTheDesk(() => completeKept(house, taken, value, actor)),
});

type Waiting = Promise<Result<WaitingSignature, Failure>>;

async function keptAct(house: House, act: SigningAct, id: DossierId, actor: Actor): Waiting {
  const prepared = await unlessHindered(() => prepareAct(act, id, actor, preparingWorld(house)));
  if (!prepared.ok) return prepared;
  return ok(await keepAct(house, id, prepared.value, actor));
}

function keepAct(house: House, id: DossierId, { certificate, act, ...rest }: ActToSign<PreparedCopy>, actor: Actor) {
  const mandateId = act === "sign" ? certificate.mandateId : null;
  return keepPrepared(house, { ...rest, mandateId, use: act, line: certificate, dossierId: id }, actor);
}

/** COPIES-1: who begins anew, or asks for a part again, lets go of what was prepared before; files are not kept for nothing. */
async function keptCopies(
  house: House,
  act: SigningAct,
  id: DossierId,
  part: Part,
  actor: Actor,
): Promise<Result<WaitingPart, Failure>> {
  const prepared = await unlessHindered(() => prepareCopies(act, id, part, actor, preparingWorld(house)));
  if (!prepared.ok) return prepared;
  const copies = part.after === 0 ? null : prepared.value.acts.map(({ certificate }) => certificate.id);
  const begun = { dossierId: id, act, personId: actor.personId, copies };
  for (const blobId of await endOwnSignatures(house.sql, begun, house.now())) await house.blobs.erase(blobId);
  const items: WaitingSignature[] = [];
  for (const one of prepared.value.acts) items.push(await keepAct(house, id, one, actor));
  return ok({ items, next: prepared.value.next });
}

async function keptNotice(house: House, id: DossierId, actor: Actor): Waiting {
  const prepared = await unlessHindered(() => prepareNotice(id, actor, preparingNoticeWorld(house)));
  if (!prepared.ok) return prepared;
  const { signer, ...rest } = prepared.value;
  const kept = { ...rest, credential: signer, mandateId: signer.mandate.id };
  return ok(await keepPrepared(house, { ...kept, use: "notice", line: null, dossierId: id }, actor));
}

type ToKeep = {
  readonly use: ActElsewhere;
  readonly dossierId: DossierId;
  /** Of the register; a notice has none. */
  readonly line: Pick<Certificate, "id" | "number" | "bookText" | "copy" | "copies"> | null;
  readonly credential: Credential;
  readonly mandateId: MandateId | null;
  readonly prepared: PreparedCopy;
  readonly preparedAt: Instant;
};

async function keepPrepared(
  house: House,
  { use, dossierId, line, credential, mandateId, prepared, preparedAt }: ToKeep,
  { agencyId, personId }: Actor,
): Promise<WaitingSignature> {
  const { blobId } = await keepBlob(house, agencyId, "prepared", encodePrepared(prepared));
  const id = newId<string>();
  const { toBeSigned, algorithm } = prepared.signature;
  const ended = await keepPreparedSignature(house.sql, {
    ...{ id, agencyId, dossierId, act: use, blobId, toBeSigned, preparedAt, personId },
    certificateId: line?.id ?? null,
    ...{ credentialId: credential.id, mandateId },
  });
  for (const earlier of ended) await house.blobs.erase(earlier);
  const { number, bookText, copy, copies } = line ?? { number: null, bookText: null, copy: 1, copies: 1 };
  return { id, dossierId, number, bookText, copy, copies, toBeSigned, algorithm, certificate: credential.certificate };
}

async function completeKept(
  house: House,
  taken: Pick<PreparedRow, "id" | "act">,
  value: Bytes,
  actor: Actor,
): Promise<Result<{ readonly dossierId: DossierId }, Failure>> {
  const row = await takePreparedSignature(house.sql, taken, actor.personId, house.now());
  if (row === null) return fail({ code: "not_found" });
  const prepared = decodePrepared(await readBlob(house, row.blobId), house.primitives);
  await house.blobs.erase(row.blobId);
  const credential = await credentialFor(house, row.act, actor, house.now());
  if (credential?.id !== row.credentialId) return fail({ code: "not_found" });
  const mandate = row.mandateId === null ? null : await findMandate(house.sql, row.mandateId, actor.agencyId);
  if (mandate === null && row.act !== "seal") return fail({ code: "mandate_missing" });
  const held = { credential, mandate, prepared, actor };
  if (row.act === "notice") return completeKeptNotice(house, row, held, value);
  const toSign = await actOf(house, row, row.act, held);
  return toSign === null ? fail({ code: "not_found" }) : completed(house, toSign, value, actor);
}

async function completeKeptNotice(
  house: House,
  { dossierId, preparedAt }: PreparedRow,
  { credential, mandate, prepared, actor }: Held,
  value: Bytes,
): Promise<Result<{ readonly dossierId: DossierId }, Failure>> {
  const dossier = await findDossier(house.sql, dossierId, actor.agencyId);
  if (dossier === null || mandate === null) return fail({ code: "not_found" });
  const toSign = { dossier, signer: { ...credential, mandate, comparingPolicyId: null }, prepared, preparedAt };
  const kept = await unlessHindered(() => completeNotice(toSign, value, actor, completingNoticeWorld(house)));
  return kept.ok ? ok({ dossierId }) : kept;
}
