import { X509Certificate } from "node:crypto";
import { type Bytes, fail, type Result } from "../../src/core/kernel.ts";
import { askerOf, type CscOpenFailure, credentialInfo } from "./csc.ts";
import type { CscPost } from "./csc-ask.ts";
import { asKeyFailure, authorisedOver, type Digesting, signHashes } from "./csc-signing.ts";
import { activationByCode, authorizationUrl, type CscService } from "./csc-token.ts";
import type { KeyFailure } from "./key-holder.ts";
import { usualAlgorithm } from "./key-kind.ts";

/** One key with a service that wants its holder on its own page. */
export type RemoteCredential = {
  readonly service: CscService;
  readonly credentialId: string;
  /** As registered; the service's own must be the same. */
  readonly certificate: Bytes;
};

/** What ties the way there to the way back. @property state, verifier random, 43 to 128 signs (RFC 7636 §4.1) */
export type RoundTrip = { readonly redirectUri: string; readonly state: string; readonly verifier: string };

/** Where the holder's browser is sent to agree to exactly this value. CSC API v2 §8.3.3; null for a key that takes no digests. */
export function pageFor(
  { service, credentialId, certificate }: RemoteCredential,
  value: Bytes,
  trip: RoundTrip,
): string | null {
  const algorithm = digestingOf(certificate);
  if (algorithm === null) return null;
  const { hashes, hashAlgorithmOID } = authorisedOver(credentialId, [value], algorithm);
  return authorizationUrl(service, { ...trip, credentialId, hashes, hashAlgorithmOid: hashAlgorithmOID });
}

/**
 * The signature over `value`, with the code that the holder's browser brought back: the code is turned into activation data
 * that is bound to the value's digest, and used at once. RFC 6749 §4.1.3, RFC 7636 §4.5.
 */
export async function signByCode(
  credential: RemoteCredential,
  value: Bytes,
  { code, ...trip }: Omit<RoundTrip, "state"> & { readonly code: string },
  post: CscPost,
): Promise<Result<Bytes, CscOpenFailure | KeyFailure>> {
  const { service, credentialId, certificate } = credential;
  const algorithm = digestingOf(certificate);
  if (algorithm === null) return fail({ code: "credential_disabled" });
  const ask = await askerOf(service, post);
  if (!ask.ok) return ask;
  const info = await credentialInfo(credential, ask.value, "page");
  if (!info.ok) return info;
  const activation = await activationByCode(service, post, { code, ...trip });
  if (!activation.ok) return fail(asKeyFailure(activation.failure));
  const { publicKey } = new X509Certificate(certificate);
  const held = { credentialId, activation: activation.value };
  const signed = await signHashes(ask.value, publicKey, [value], algorithm, held);
  if (!signed.ok) return signed;
  return signed.value[0] ?? fail({ code: "key_unavailable", reason: "service_answer_malformed" });
}

function digestingOf(certificate: Bytes): Digesting | null {
  const algorithm = usualAlgorithm(new X509Certificate(certificate).publicKey);
  return algorithm === null || algorithm.scheme === "ed25519" ? null : algorithm;
}
