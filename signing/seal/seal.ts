import { type Bytes, fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { parseIdentity } from "../format/certificate.ts";
import type { Primitives } from "../format/primitives.ts";
import type { KeyHolder } from "../keys/key-holder.ts";
import type { Deflate } from "./appearance.ts";
import { completeSignature } from "./complete.ts";
import { tokenMarginBytes } from "./measure.ts";
import { type PreparedSignature, prepareSignature, type SignatureRequest } from "./prepare.ts";
import { type Imprint, requestTimestamp, type Timestamp, type TimestampWorld } from "./timestamp.ts";

/** Who signs is told by the key, so the request does not say it again. */
export type SealRequest = Omit<SignatureRequest, "certificate" | "chain" | "algorithm" | "isTimestamped">;

export type SealWorld = {
  readonly key: KeyHolder;
  /** Null for level B-B: development and tests only, release wants B-T (DESIGN decision 7). */
  readonly timestamps: Omit<TimestampWorld, "primitives"> | null;
  readonly deflate: Deflate;
  readonly primitives: Primitives;
};

/** @property provenTime of the timestamp; null where none was asked for */
export type SealedPdf = { readonly pdf: Bytes; readonly provenTime: Instant | null };

/** One signature of level B-T: prepare, the key signs, the time is proven, the gap is filled. EN 319 142-1 §6.2. */
export async function sealSignature(
  request: SealRequest,
  world: SealWorld,
): Promise<Result<SealedPdf, SigningFailure>> {
  const { certificate, chain, algorithm } = world.key;
  const isTimestamped = world.timestamps !== null;
  const whole = { ...request, certificate, chain, algorithm, isTimestamped };
  const prepared = prepareSignature(whole, world.primitives, world.deflate);
  if (!prepared.ok) return prepared;

  const signature = await signPrepared(prepared.value, world.key, world.primitives);
  if (!signature.ok) return signature;

  const timestamp = await timestampFor(signature.value, world);
  if (!timestamp.ok) return timestamp;

  const token = timestamp.value?.token ?? null;
  const pdf = completeSignature(prepared.value.pdf, prepared.value, signature.value, token);
  return pdf.ok ? ok({ pdf: pdf.value, provenTime: timestamp.value?.genTime ?? null }) : pdf;
}

/**
 * The same, and once more with the room that was missing, where the authority's token outgrew what the reservation was
 * measured by: a fail-over to another authority, or its longer key, then asks nobody for a PIN again.
 *
 * @param outgrown told of it, so that the next reservation is measured anew
 */
export async function sealWithRoom(
  request: SealRequest,
  world: SealWorld,
  outgrown: () => void,
): Promise<Result<SealedPdf, SigningFailure>> {
  const sealed = await sealSignature(request, world);
  if (sealed.ok || sealed.failure.code !== "signature_larger_than_reserved") return sealed;
  outgrown();
  return sealSignature({ ...request, reservedBytes: sealed.failure.neededBytes + tokenMarginBytes }, world);
}

/** Asks the key, and believes its answer only if the certificate verifies it: a token can hold several keys. */
export async function signPrepared(
  prepared: PreparedSignature,
  key: KeyHolder,
  primitives: Pick<Primitives, "verify">,
): Promise<Result<Bytes, SigningFailure>> {
  const certificate = parseIdentity(prepared.certificate);
  if (!certificate.ok) return fail({ code: "certificate_unreadable" });
  const signed = await key.sign(prepared.toBeSigned, prepared.algorithm);
  if (!signed.ok) return fail({ code: "key_failed", failure: signed.failure });
  const { publicKey } = certificate.value;
  const holds = await primitives.verify(publicKey, prepared.algorithm, prepared.toBeSigned, signed.value);
  return holds ? signed : fail({ code: "signature_wrong" });
}

async function timestampFor(signature: Bytes, world: SealWorld): Promise<Result<Timestamp | null, SigningFailure>> {
  if (world.timestamps === null) return ok(null);
  return await requestTimestamp(imprintOf(signature, world.primitives), {
    ...world.timestamps,
    primitives: world.primitives,
  });
}

/** What a signature timestamp dates, RFC 3161 Appendix A: the signature value. */
export const imprintOf = (signature: Bytes, primitives: Pick<Primitives, "digest">): Imprint => ({
  hash: "sha256",
  bytes: primitives.digest("sha256", signature),
});
