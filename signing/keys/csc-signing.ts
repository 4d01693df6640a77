import { createHash, type KeyObject, verify } from "node:crypto";
import { type Bytes, concatBytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import { signatureIdentifier } from "../format/algorithm.ts";
import { oids } from "../format/oids.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import { type CscFailure, type Json, textsIn } from "./csc-ask.ts";
import type { KeyFailure } from "./key-holder.ts";
import { cryptoOptions } from "./key-kind.ts";
import { signatureValue } from "./pkcs11-mechanism.ts";

/** Ed25519 signs messages, and this interface takes digests. */
export type Digesting = Exclude<SignatureAlgorithm, { scheme: "ed25519" }>;

export type Ask = (path: string, body: Json) => Promise<Result<Json, CscFailure>>;

export const noAnswer = { code: "key_unavailable", reason: "service_answer_malformed" } as const;

/** What an authorisation is bound to: digests in base64, the name of their algorithm, and whose key it is. */
export const authorisedOver = (credentialID: string, values: readonly Bytes[], { hash }: Digesting) => ({
  credentialID,
  hashes: values.map((value) => createHash(hash).update(value).digest("base64")),
  hashAlgorithmOID: oids[hash],
});

/**
 * `signatures/signHash`, CSC API v2 §11.9, for exactly the values that the activation data was given for. Each answer is
 * verified with the certificate before it is believed.
 */
export async function signHashes(
  ask: Ask,
  publicKey: KeyObject,
  values: readonly Bytes[],
  algorithm: Digesting,
  { credentialId, activation }: { readonly credentialId: string; readonly activation: string },
): Promise<Result<readonly Result<Bytes, KeyFailure>[], KeyFailure>> {
  const about = authorisedOver(credentialId, values, algorithm);
  const signing = { ...about, SAD: activation, operationMode: "S", ...algorithmFields(algorithm) };
  const answer = await ask("signatures/signHash", signing);
  if (!answer.ok) return fail(asKeyFailure(answer.failure));
  const signatures = textsIn(answer.value, "signatures");
  if (signatures.length !== values.length) return fail(noAnswer);
  return ok(values.map((value, i) => fitting(publicKey, value, algorithm, signatures[i] ?? "")));
}

function algorithmFields(algorithm: Digesting): Json {
  if (algorithm.scheme === "rsa-pss") {
    const identifier = signatureIdentifier(algorithm);
    // Its parameters follow the identifier's header and the OID of eleven octets.
    const parameters = identifier.subarray((identifier[1] ?? 0) < 128 ? 13 : 14);
    return { signAlgo: oids.rsaPss, signAlgoParams: Buffer.from(parameters).toString("base64") };
  }
  return { signAlgo: signAlgos[algorithm.scheme][algorithm.hash] };
}

const signAlgos = {
  "rsa-pkcs1": {
    sha1: oids.sha1WithRsa,
    sha256: oids.sha256WithRsa,
    sha384: oids.sha384WithRsa,
    sha512: oids.sha512WithRsa,
  },
  ecdsa: {
    sha1: oids.ecdsaWithSha1,
    sha256: oids.ecdsaWithSha256,
    sha384: oids.ecdsaWithSha384,
    sha512: oids.ecdsaWithSha512,
  },
} as const;

/** Services differ in whether ECDSA comes as DER or as r and s side by side: the certificate tells which it was. */
function fitting(key: KeyObject, message: Bytes, algorithm: Digesting, base64: string): Result<Bytes, KeyFailure> {
  const value = concatBytes(Buffer.from(base64, "base64"));
  const forms =
    algorithm.scheme === "ecdsa" && value.length % 2 === 0 ? [value, signatureValue(value, algorithm)] : [value];
  const found = forms.find((form) => verify(algorithm.hash, message, { key, ...cryptoOptions(algorithm) }, form));
  return found === undefined ? fail({ code: "key_refused", reason: "signature_wrong" }) : ok(found);
}

const personSaidNo = new Set(["invalid_pin", "invalid_otp", "access_denied", "authorization_denied"]);

export function asKeyFailure(failure: CscFailure): KeyFailure {
  if (failure.code === "service_refused") {
    if (failure.error === "invalid_pin") return { code: "key_refused", reason: "wrong_pin" };
    return personSaidNo.has(failure.error) || failure.status < 500
      ? { code: "key_refused", reason: failure.error }
      : { code: "key_unavailable", reason: failure.error };
  }
  return { code: "key_unavailable", reason: failure.code === "service_unreachable" ? failure.reason : failure.code };
}
