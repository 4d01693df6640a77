import { keepSealed, livingCertificate, returnToOfficer } from "../../db/stores/certificates.ts";
import { agencyCredential } from "../../db/stores/credentials.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { SealingWorld } from "../usecases/seal-certificate.ts";
import { examineSealed } from "./examining.ts";
import { agencyNameOf, type House, keepBlob, readBlob } from "./house.ts";
import { openKey } from "./key-use.ts";
import { checkRevocation, signField } from "./sealing-act.ts";

export const sealingWorld = (house: House): SealingWorld<KeyHolder> => ({
  now: house.now,
  dossier: (id, agencyId) => findDossier(house.sql, id, agencyId),
  certificate: (id) => livingCertificate(house.sql, id),
  agencyCredential: (agencyId, at) => agencyCredential(house.sql, agencyId, at),
  openKey: (credential, pin) => openKey(house, credential, pin),
  checkRevocation: (credential) => checkRevocation(house, credential),
  personSigned: (certificate) => {
    if (certificate.personSignedBlobId === null) throw new Error("a person-signed certificate has no bytes");
    return readBlob(house, certificate.personSignedBlobId);
  },
  seal: (signed, key, certificate, at) => {
    const name = agencyNameOf(house, certificate.agencyId);
    return signField(house, "agency", signed, key, {
      name,
      at,
      holder: { agencyId: certificate.agencyId, personId: null },
    });
  },
  examine: (sealed, certificate) => examineSealed(house, sealed, certificate),
  keepSealed: async (certificate, sealed, found, clerk) => {
    const { blobId } = await keepBlob(house, certificate.agencyId, "sealed_copy", sealed);
    await house.pass("seal: sealed bytes stored");
    const kept = await keepSealed(house.sql, certificate, { ...found, blobId }, clerk);
    if (!kept) await house.blobs.erase(blobId);
    await house.pass("seal: kept");
    return kept;
  },
  returnToOfficer: (certificate) => returnToOfficer(house.sql, certificate),
});
