import { type Bytes, equalBytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { parseIdentity } from "../format/certificate.ts";
import type { Primitives } from "../format/primitives.ts";
import type { KeyFailure, KeyHolder } from "../keys/key-holder.ts";
import type { PreparedSignature } from "./prepare.ts";
import { checkPrepared } from "./prepared.ts";

/**
 * Signs a list under one authorisation where the key works so, else one by one under one opening. A file that has changed
 * since it was prepared is refused before the key is asked, and takes no other with it; what failed can be asked again.
 *
 * @returns the signature value of each, in order
 */
export async function signBatch(
  batch: readonly PreparedSignature[],
  key: KeyHolder,
  primitives: Pick<Primitives, "digest" | "hasher" | "verify">,
): Promise<readonly Result<Bytes, SigningFailure>[]> {
  const checked = batch.map((prepared) => checkFor(key, prepared, primitives));
  const sound = checked.flatMap((one) => (one.ok ? [one.value] : []));
  const values = await askKey(key, sound);
  const signed: Result<Bytes, SigningFailure>[] = [];
  for (const one of checked) {
    if (!one.ok) signed.push(one);
    else signed.push(await verified(one.value, values.shift() ?? unanswered, primitives));
  }
  return signed;
}

const unanswered = fail({ code: "key_unavailable", reason: "no_answer" } as const);

function checkFor(key: KeyHolder, prepared: PreparedSignature, primitives: Pick<Primitives, "digest" | "hasher">) {
  const isKeys = equalBytes(prepared.certificate, key.certificate) && sameAlgorithm(prepared, key);
  return isKeys ? checkPrepared(prepared, primitives) : fail({ code: "prepared_changed" } as const);
}

const sameAlgorithm = (a: Pick<PreparedSignature, "algorithm">, b: Pick<PreparedSignature, "algorithm">) =>
  JSON.stringify(a.algorithm) === JSON.stringify(b.algorithm);

async function askKey(key: KeyHolder, sound: readonly PreparedSignature[]): Promise<Result<Bytes, KeyFailure>[]> {
  if (sound.length === 0) return [];
  const values = sound.map(({ toBeSigned }) => toBeSigned);
  if (key.signAll !== undefined) {
    const all = await key.signAll(values, key.algorithm);
    return all.ok ? [...all.value] : values.map(() => all);
  }
  const signed: Result<Bytes, KeyFailure>[] = [];
  for (const value of values) signed.push(await key.sign(value, key.algorithm));
  return signed;
}

/** As for a single signature: a value is believed only if the certificate verifies it. */
async function verified(
  prepared: PreparedSignature,
  value: Result<Bytes, KeyFailure>,
  primitives: Pick<Primitives, "verify">,
): Promise<Result<Bytes, SigningFailure>> {
  if (!value.ok) return fail({ code: "key_failed", failure: value.failure });
  return verifyValue(prepared, value.value, primitives);
}

/** For a value that comes back from elsewhere, such as a token at its holder's own computer. */
export async function verifyValue(
  { certificate, algorithm, toBeSigned }: PreparedSignature,
  value: Bytes,
  primitives: Pick<Primitives, "verify">,
): Promise<Result<Bytes, SigningFailure>> {
  const identity = parseIdentity(certificate);
  if (!identity.ok) return fail({ code: "certificate_unreadable" });
  const holds = await primitives.verify(identity.value.publicKey, algorithm, toBeSigned, value);
  return holds ? ok(value) : fail({ code: "signature_wrong" });
}
