import { X509Certificate } from "node:crypto";
import { findCertificate } from "../../db/stores/certificates.ts";
import { agencyCredential, officialCredential } from "../../db/stores/credentials.ts";
import { keepPreparedSignature, type PreparedRow, takePreparedSignature } from "../../db/stores/prepared-signatures.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { usualAlgorithm } from "../../signing/keys/key-kind.ts";
import { signBatch, verifyValue } from "../../signing/seal/batch.ts";
import { completeSignature } from "../../signing/seal/complete.ts";
import { prepareSignature } from "../../signing/seal/prepare.ts";
import { decodePrepared, encodePrepared, type PreparedCopy } from "../../signing/seal/prepared.ts";
import { imprintOf } from "../../signing/seal/seal.ts";
import { requestTimestamp } from "../../signing/seal/timestamp.ts";
import type { Actor, Certificate, Credential } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { nodeDeflate } from "../primitives-node.ts";
import { actOnEach, type OneOfMany } from "../usecases/act-on-each.ts";
import type { Failure } from "../usecases/failure.ts";
import {
  type ActToSign,
  type CompletingWorld,
  completeAct,
  type PreparingWorld,
  prepareAct,
  type SigningAct,
  type ToPrepare,
} from "../usecases/sign-elsewhere.ts";
import type { SignElsewhereWorld, WaitingSignature } from "../web/officials/signing-elsewhere.ts";
import { agencyNameOf, type House, keepBlob, newId, readBlob, unlessStorageFull } from "./house.ts";
import { openKey } from "./key-use.ts";
import { pictureToPrint } from "./pictures.ts";
import { sealingWorld } from "./sealing.ts";
import { asFailure, reservation, uses } from "./sealing-act.ts";
import { signingWorld } from "./signing.ts";
import { timestamps } from "./timestamps.ts";

const roleOf = { sign: "officer", seal: "agency" } as const;

/** Registered and in force: of the person, or of the agency. */
export const credentialFor = (house: House, act: SigningAct, actor: Actor, at: Instant): Promise<Credential | null> =>
  act === "sign" ? officialCredential(house.sql, actor.personId, at) : agencyCredential(house.sql, actor.agencyId, at);

const preparingWorld = (house: House): PreparingWorld<PreparedCopy> => ({
  ...sealingWorld(house),
  ...signingWorld(house),
  credential: (act, actor, at) => credentialFor(house, act, actor, at),
  prepare: (act, pdf, about) => prepareFor(house, act, pdf, about),
});

async function prepareFor(
  house: House,
  act: SigningAct,
  pdf: Bytes,
  { certificate, credential, at }: ToPrepare,
): Promise<Result<PreparedCopy, Failure>> {
  const algorithm = usualAlgorithm(new X509Certificate(credential.certificate).publicKey);
  if (algorithm === null) return fail({ code: "no_registered_certificate" });
  const key = { certificate: credential.certificate, chain: credential.chain, algorithm };
  const reserved = await reservation(house, key);
  if (!reserved.ok) return reserved;
  const { agencyId, officerId } = certificate;
  const picture = await pictureToPrint(house, { agencyId, personId: act === "sign" ? officerId : null });
  const { fieldName, reason } = uses[roleOf[act]];
  const prepared = prepareSignature(
    {
      ...{ pdf, fieldName, reason, ...key, isTimestamped: true },
      claimedTime: at,
      reservedBytes: reserved.value,
      name: act === "sign" ? certificate.signerName : agencyNameOf(house, agencyId),
      ...(picture === null ? {} : { appearance: picture }),
    },
    house.primitives,
    nodeDeflate,
  );
  return prepared.ok ? ok({ signature: prepared.value, baseLength: pdf.length }) : fail(asFailure(prepared.failure));
}

const completingWorld = (house: House): CompletingWorld<PreparedCopy> => {
  const signing = signingWorld(house);
  const sealing = sealingWorld(house);
  return {
    ...sealing,
    ...signing,
    credential: (act, actor, at) => credentialFor(house, act, actor, at),
    complete: (act, prepared, value) => completeFor(house, act, prepared, value),
    examineSigned: (signed, { signature, baseLength }, signer) =>
      signing.examine(signed, signature.pdf.subarray(0, baseLength), signer),
    examineSealed: sealing.examine,
  };
};

async function completeFor(
  house: House,
  act: SigningAct,
  { signature }: PreparedCopy,
  value: Bytes,
): Promise<Result<Bytes, Failure>> {
  const { primitives } = house;
  const use = uses[roleOf[act]];
  const verified = await verifyValue(signature, value, primitives);
  if (!verified.ok) return fail(asFailure(verified.failure));
  await house.pass(use.keyUsed);
  const timestamp = await requestTimestamp(imprintOf(value, primitives), {
    ...timestamps(house, use.timestamped),
    primitives,
  });
  if (!timestamp.ok) return fail(asFailure(timestamp.failure));
  const completed = completeSignature(signature.pdf.slice(), signature, value, timestamp.value.token);
  return completed.ok ? completed : fail(asFailure(completed.failure));
}

/**
 * Many under one PIN. A key in a file is opened for each, so that each stands by itself; a key on a device or with a remote
 * service is asked once for the exact list.
 */
export async function actOnMany(
  house: House,
  act: SigningAct,
  ids: readonly DossierId[],
  pin: string,
  actor: Actor,
  one: (id: DossierId) => Promise<Result<Certificate, Failure>>,
): Promise<readonly OneOfMany[]> {
  const credential = await credentialFor(house, act, actor, house.now());
  const kind = credential?.keyPlace.kind;
  if (credential === null || ids.length < 2 || (kind !== "token" && kind !== "remote")) return actOnEach(ids, one);
  return house.atTheDesk(() => underOneKey(house, act, [...new Set(ids)], { credential, pin, actor }));
}

type Holder = { readonly credential: Credential; readonly pin: string; readonly actor: Actor };

async function underOneKey(
  house: House,
  act: SigningAct,
  ids: readonly DossierId[],
  { credential, pin, actor }: Holder,
): Promise<readonly OneOfMany[]> {
  const key = await openKey(house, credential, pin); // a mistyped PIN of a token costs no number
  if (!key.ok) return ids.map((dossierId, i) => ({ dossierId, result: i === 0 ? key : null }));
  const prepared: [DossierId, Result<ActToSign<PreparedCopy>, Failure>][] = [];
  for (const id of ids) {
    prepared.push([id, await unlessStorageFull(() => prepareAct(act, id, actor, preparingWorld(house)))]);
  }
  const results = await signAndComplete(house, prepared, key.value, actor);
  key.value.close?.();
  return results;
}

async function signAndComplete(
  house: House,
  prepared: readonly [DossierId, Result<ActToSign<PreparedCopy>, Failure>][],
  key: KeyHolder,
  actor: Actor,
): Promise<readonly OneOfMany[]> {
  const waiting = prepared.flatMap(([, one]) => (one.ok ? [one.value] : []));
  const values = [
    ...(await signBatch(
      waiting.map((one) => one.prepared.signature),
      key,
      house.primitives,
    )),
  ];
  const results: OneOfMany[] = [];
  for (const [dossierId, one] of prepared) {
    const value = one.ok ? values.shift() : undefined;
    if (!one.ok) results.push({ dossierId, result: one });
    else if (value?.ok !== true) results.push({ dossierId, result: fail(asFailure(value?.failure ?? noValue)) });
    else results.push({ dossierId, result: await completed(house, one.value, value.value, actor) });
  }
  return results;
}

const noValue = { code: "signature_wrong" } as const;

const completed = (house: House, toSign: ActToSign<PreparedCopy>, value: Bytes, actor: Actor) =>
  unlessStorageFull(() => completeAct(toSign, value, actor, completingWorld(house)));

/** For keys at their holder's own computer: what is prepared is kept until the value comes back. */
export const signElsewhereWorld = (house: House): SignElsewhereWorld => ({
  prepare: async (act, id, actor) =>
    house.atTheDesk(async () => {
      const prepared = await unlessStorageFull(() => prepareAct(act, id, actor, preparingWorld(house)));
      return prepared.ok ? ok(await keepPrepared(house, prepared.value, actor)) : prepared;
    }),
  complete: (id, value, actor) => house.atTheDesk(() => completeKept(house, id, value, actor)),
});

async function keepPrepared(
  house: House,
  { act, certificate, credential, prepared, preparedAt }: ActToSign<PreparedCopy>,
  actor: Actor,
): Promise<WaitingSignature> {
  const { blobId } = await keepBlob(house, certificate.agencyId, "prepared", encodePrepared(prepared));
  const id = newId<string>();
  const { toBeSigned, algorithm } = prepared.signature;
  const { agencyId, dossierId, number, bookText } = certificate;
  await keepPreparedSignature(house.sql, {
    ...{ id, agencyId, dossierId, act, blobId, toBeSigned, preparedAt },
    certificateId: certificate.id,
    personId: actor.personId,
    credentialId: credential.id,
  });
  return { id, dossierId, number, bookText, toBeSigned, algorithm, certificate: credential.certificate };
}

async function completeKept(
  house: House,
  id: string,
  value: Bytes,
  actor: Actor,
): Promise<Result<Certificate, Failure>> {
  const row = await takePreparedSignature(house.sql, id, actor.personId, house.now());
  if (row === null) return fail({ code: "not_found" });
  const prepared = decodePrepared(await readBlob(house, row.blobId), house.primitives);
  await house.blobs.erase(row.blobId);
  const toSign = await actOf(house, row, prepared, actor);
  return toSign === null ? fail({ code: "not_found" }) : completed(house, toSign, value, actor);
}

/** The line as it is printed on what was prepared: day and signer become durable with the signature only. */
async function actOf(house: House, row: PreparedRow, prepared: PreparedCopy, actor: Actor) {
  const { act, preparedAt } = row;
  const certificate = await findCertificate(house.sql, row.certificateId);
  const credential = await credentialFor(house, act, actor, house.now());
  if (certificate === null || credential?.id !== row.credentialId) return null;
  if (act === "seal") return { act, certificate, credential, prepared, preparedAt };
  const { signerName, titleLines } = credential;
  const printed = {
    printedOn: localDateOf(preparedAt),
    officerId: actor.personId,
    signerName,
    signerTitle: titleLines,
  };
  return { act, certificate: { ...certificate, ...printed }, credential, prepared, preparedAt };
}
