import type { FreshCopies } from "../../db/stores/further-copies.ts";
import type { Certificate } from "../core/dossier.ts";
import type { AgencyId, BlobId, CertificateId } from "../core/ids.ts";
import { type Bytes, bytesOfHex, utf8 } from "../core/kernel.ts";
import {
  furtherCode,
  parseVerificationCode,
  recordName,
  type VerificationCode,
  verificationCodeOf,
} from "../core/verification-code.ts";
import { type House, keepBlob, newId, randomOf, readBlob } from "./house.ts";

/**
 * A fresh verification code. The database keeps only its hash, which is the public name of the record; the code itself
 * lies encrypted among the blobs, since composing again and renewing the record need it. DESIGN decision 13.
 */
export async function newCode(house: House, agencyId: AgencyId): Promise<{ codeHash: Bytes; codeBlobId: BlobId }> {
  const code = verificationCodeOf(randomOf(16));
  const kept = await keepBlob(house, agencyId, "verification_code", utf8(code));
  return { codeHash: codeHashOf(house, code), codeBlobId: kept.blobId };
}

/** The secret that the codes of a line's further copies follow from, and what the database keeps of them. */
export async function newFurtherCodes(house: House, agencyId: AgencyId, copies: number): Promise<FreshCopies | null> {
  if (copies === 1) return null;
  const secret = randomOf(32);
  const { blobId } = await keepBlob(house, agencyId, "verification_code", secret);
  const ordinals = Array.from({ length: copies - 1 }, (_, i) => i + 2);
  return {
    codesBlobId: blobId,
    copies: ordinals.map((copy) => {
      return { id: newId<CertificateId>(), codeHash: codeHashOf(house, furtherCode(secret, copy, sha256Of(house))) };
    }),
  };
}

const sha256Of = (house: Pick<House, "primitives">) => (bytes: Uint8Array) => house.primitives.digest("sha256", bytes);

export async function codeOf(house: House, certificate: Certificate): Promise<VerificationCode> {
  if (certificate.copy > 1) {
    return furtherCode(await readBlob(house, certificate.codeBlobId), certificate.copy, sha256Of(house));
  }
  const code = parseVerificationCode(new TextDecoder().decode(await readBlob(house, certificate.codeBlobId)));
  if (!code.ok) throw new Error("the stored verification code is malformed");
  return code.value;
}

export const linkOf = (house: Pick<House, "publicUrl">, code: VerificationCode): string =>
  `${house.publicUrl}/v/${code}`;

export const codeHashOf = (house: Pick<House, "primitives">, code: VerificationCode): Bytes =>
  bytesOfHex(recordName(code, sha256Of(house))) ?? new Uint8Array();

/** What the citizen hands on; null while there is no released copy. */
export const linkOfReleased = async (house: House, certificate: Certificate | null): Promise<string | null> =>
  certificate?.status === "issued" ? linkOf(house, await codeOf(house, certificate)) : null;
