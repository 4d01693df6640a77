import { type KeptSeal, keepSealed, livingCertificate, returnToOfficer } from "../../db/stores/certificates.ts";
import { agencyCredential } from "../../db/stores/credentials.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { keepCopySealed } from "../../db/stores/further-copies.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { Actor, Certificate } from "../core/dossier.ts";
import type { SealingWorld } from "../usecases/seal-certificate.ts";
import { copiesWorld, newRun, type Run } from "./copies-act.ts";
import { examineSealed } from "./examining.ts";
import { agencyNameOf, type House, keepBlob, readBlob } from "./house.ts";
import { openKey } from "./key-use.ts";
import { checkRevocation, signOneOfMany } from "./sealing-act.ts";
import { signersWorld } from "./signers.ts";

export const sealingWorld = (house: House, run: Run = newRun()): SealingWorld<KeyHolder> => ({
  ...copiesWorld(house, "seal", run),
  now: house.now,
  dossier: (id, agencyId) => findDossier(house.sql, id, agencyId),
  certificate: (id) => livingCertificate(house.sql, id),
  absences: signersWorld(house).absences,
  agencyCredential: (agencyId, at) => agencyCredential(house.sql, agencyId, at),
  openKey: (credential, pin) => openKey(house, credential, pin),
  checkRevocation: (credential) => checkRevocation(house, credential),
  personSigned: (certificate) => {
    if (certificate.personSignedBlobId === null) throw new Error("a person-signed certificate has no bytes");
    return readBlob(house, certificate.personSignedBlobId);
  },
  seal: (signed, key, certificate, at) => {
    const name = agencyNameOf(house, certificate.agencyId);
    return signOneOfMany(house, "agency", signed, key, {
      name,
      at,
      holder: { agencyId: certificate.agencyId, personId: null },
    });
  },
  examine: (sealed, certificate) => examineSealed(house, sealed, certificate),
  keepSealed: async (certificate, sealed, found, clerk) => {
    const { blobId } = await keepBlob(house, certificate.agencyId, "sealed_copy", sealed);
    await house.pass("seal: sealed bytes stored");
    if (certificate.copy > 1) return keepFurther(house, certificate, { ...found, blobId }, clerk);
    const kept = await keepSealed(house.sql, certificate, { ...found, blobId }, clerk);
    if (!kept) await house.blobs.erase(blobId);
    await house.pass("seal: kept");
    return kept;
  },
  returnToOfficer: async (certificate) => {
    for (const blobId of await returnToOfficer(house.sql, certificate)) await house.blobs.erase(blobId);
  },
});

/** What the person signed stands within what was sealed: of a thousand copies it is not kept twice. */
async function keepFurther(house: House, copy: Certificate, seal: KeptSeal, clerk: Actor): Promise<boolean> {
  const kept = await keepCopySealed(house.sql, copy, seal, clerk);
  const unneeded = kept ? copy.personSignedBlobId : seal.blobId;
  if (unneeded !== null) await house.blobs.erase(unneeded);
  await house.pass("seal: copy kept");
  return kept;
}
