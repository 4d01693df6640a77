import type { Certificate } from "../core/dossier.ts";
import type { AgencyId, BlobId } from "../core/ids.ts";
import { type Bytes, bytesOfHex, utf8 } from "../core/kernel.ts";
import {
  parseVerificationCode,
  recordName,
  type VerificationCode,
  verificationCodeOf,
} from "../core/verification-code.ts";
import { type House, keepBlob, randomOf, readBlob } from "./house.ts";

/**
 * A fresh verification code. The database keeps only its hash, which is the public name of the record; the code itself
 * lies encrypted among the blobs, since composing again and renewing the record need it. DESIGN decision 13.
 */
export async function newCode(house: House, agencyId: AgencyId): Promise<{ codeHash: Bytes; codeBlobId: BlobId }> {
  const code = verificationCodeOf(randomOf(16));
  const kept = await keepBlob(house, agencyId, "verification_code", utf8(code));
  return { codeHash: codeHashOf(house, code), codeBlobId: kept.blobId };
}

export async function codeOf(house: House, certificate: Certificate): Promise<VerificationCode> {
  const code = parseVerificationCode(new TextDecoder().decode(await readBlob(house, certificate.codeBlobId)));
  if (!code.ok) throw new Error("the stored verification code is malformed");
  return code.value;
}

export const linkOf = (house: Pick<House, "publicUrl">, code: VerificationCode): string =>
  `${house.publicUrl}/v/${code}`;

export const codeHashOf = (house: Pick<House, "primitives">, code: VerificationCode): Bytes =>
  bytesOfHex(recordName(code, (bytes) => house.primitives.digest("sha256", bytes))) ?? new Uint8Array();

/** What the citizen hands on; null while there is no released copy. */
export const linkOfReleased = async (house: House, certificate: Certificate | null): Promise<string | null> =>
  certificate?.status === "issued" ? linkOf(house, await codeOf(house, certificate)) : null;
