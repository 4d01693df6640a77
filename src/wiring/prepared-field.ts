import { X509Certificate } from "node:crypto";
import { usualAlgorithm } from "../../signing/keys/key-kind.ts";
import { verifyValue } from "../../signing/seal/batch.ts";
import { completeSignature } from "../../signing/seal/complete.ts";
import { prepareSignature } from "../../signing/seal/prepare.ts";
import type { PreparedCopy } from "../../signing/seal/prepared.ts";
import { imprintOf } from "../../signing/seal/seal.ts";
import { requestTimestamp } from "../../signing/seal/timestamp.ts";
import type { Credential } from "../core/dossier.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { nodeDeflate } from "../primitives-node.ts";
import type { Failure } from "../usecases/failure.ts";
import type { House } from "./house.ts";
import { type PictureHolder, pictureToPrint } from "./pictures.ts";
import { asFailure, reservation, uses } from "./sealing-act.ts";
import { forgetSample, timestamps } from "./timestamps.ts";

type Role = keyof typeof uses;

/** A file that lacks only the signature of a key elsewhere, in the field that is meant for it. */
export async function prepareField(
  house: House,
  role: Role,
  pdf: Bytes,
  {
    credential,
    ...signer
  }: {
    readonly credential: Credential;
    readonly name: string;
    readonly holder: PictureHolder;
    readonly at: Instant;
  },
): Promise<Result<PreparedCopy, Failure>> {
  const algorithm = usualAlgorithm(new X509Certificate(credential.certificate).publicKey);
  if (algorithm === null) return fail({ code: "no_registered_certificate" });
  const key = { certificate: credential.certificate, chain: credential.chain, algorithm };
  const reserved = await reservation(house, key);
  if (!reserved.ok) return reserved;
  const picture = await pictureToPrint(house, signer.holder);
  const { fieldName, reason } = uses[role];
  const prepared = prepareSignature(
    {
      ...{ pdf, fieldName, reason, ...key, isTimestamped: true },
      claimedTime: signer.at,
      reservedBytes: reserved.value,
      name: signer.name,
      ...(picture === null ? {} : { appearance: picture }),
    },
    house.primitives,
    nodeDeflate,
  );
  return prepared.ok ? ok({ signature: prepared.value, baseLength: pdf.length }) : fail(asFailure(prepared.failure));
}

/** Puts the value in, if the certificate verifies it over exactly what was prepared, and proves the time. Level B-T. */
export async function completeField(
  house: House,
  role: Role,
  { signature }: PreparedCopy,
  value: Bytes,
): Promise<Result<Bytes, Failure>> {
  const { primitives } = house;
  const use = uses[role];
  const verified = await verifyValue(signature, value, primitives);
  if (!verified.ok) return fail(asFailure(verified.failure));
  await house.pass(use.keyUsed);
  const timestamp = await requestTimestamp(imprintOf(value, primitives), {
    ...timestamps(house, use.timestamped),
    primitives,
  });
  if (!timestamp.ok) return fail(asFailure(timestamp.failure));
  const completed = completeSignature(signature.pdf.slice(), signature, value, timestamp.value.token);
  if (completed.ok) return completed;
  // the key's holder is asked once more, for a copy prepared with the room that is needed now
  if (completed.failure.code === "signature_larger_than_reserved") forgetSample(house);
  return fail(asFailure(completed.failure));
}

/** What it was prepared from: what comes back must begin with it. */
export const baseOf = ({ signature, baseLength }: PreparedCopy): Bytes => signature.pdf.subarray(0, baseLength);
