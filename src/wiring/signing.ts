import { keepPersonSigned } from "../../db/stores/certificates.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { Dossier, Signer } from "../core/dossier.ts";
import { feeDong } from "../core/fees.ts";
import type { CertificateId } from "../core/ids.ts";
import { type LocalDate, ok } from "../core/kernel.ts";
import type { SigningWorld } from "../usecases/sign-certificate.ts";
import { newCode } from "./codes.ts";
import { composeFor, rehearse } from "./composing.ts";
import { examinePersonSigned } from "./examining.ts";
import { bookSuffix, type House, keepBlob, newId } from "./house.ts";
import { openKey } from "./key-use.ts";
import { checkRevocation, signField } from "./sealing-act.ts";
import { signersWorld } from "./signers.ts";

export const signingWorld = (house: House): SigningWorld<KeyHolder> => ({
  ...signersWorld(house),
  now: house.now,
  dossier: (id, agencyId) => findDossier(house.sql, id, agencyId),
  openKey: (credential, pin) => openKey(house, credential, pin),
  checkRevocation: (credential) => checkRevocation(house, credential),
  takeNumber: (dossier, signer, today) => numberFor(house, dossier, signer, today),
  compose: (dossier, certificate) => composeFor(house, dossier, certificate),
  sign: (copy, key, certificate, at) => {
    const { signerName: name, agencyId, officerId: personId } = certificate;
    return signField(house, "officer", copy, key, { name, at, holder: { agencyId, personId } });
  },
  examine: (signed, copy, signer) => examinePersonSigned(house, signed, copy, signer),
  keepPersonSigned: async (certificate, signed, actor) => {
    const { blobId } = await keepBlob(house, certificate.agencyId, "person_signed", signed);
    await house.pass("sign: signed bytes stored");
    const kept = await keepPersonSigned(house.sql, certificate, blobId, actor, house.now());
    if (!kept) await house.blobs.erase(blobId);
    await house.pass("sign: kept");
    return kept;
  },
});

async function numberFor(house: House, dossier: Dossier, signer: Signer, today: LocalDate) {
  const rehearsed = dossier.status === "attested" ? await rehearse(house, dossier, signer, today) : ok(null);
  if (!rehearsed.ok) return rehearsed;
  await house.pass("number: before");
  const fresh = { id: newId<CertificateId>(), ...(await newCode(house, dossier.agencyId)) };
  const numbered = await takeNumber(house.sql, {
    dossier,
    signer,
    today,
    suffix: bookSuffix,
    feeDong: feeDong(dossier.declaredPages),
    fresh,
    beforeCommit: () => house.pass("number: inside the transaction"),
  });
  if (!numbered.ok || numbered.value.codeBlobId !== fresh.codeBlobId) await house.blobs.erase(fresh.codeBlobId);
  await house.pass("number: committed");
  return numbered;
}
