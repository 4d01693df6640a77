import { bookNamesOf } from "../../db/stores/book-names.ts";
import { keepPersonSigned } from "../../db/stores/certificates.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { keepCopySigned } from "../../db/stores/further-copies.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { Dossier, Signer } from "../core/dossier.ts";
import { feeDong } from "../core/fees.ts";
import type { BlobId, CertificateId } from "../core/ids.ts";
import { type LocalDate, ok } from "../core/kernel.ts";
import { yearOf } from "../core/register.ts";
import type { SigningWorld } from "../usecases/sign-certificate.ts";
import { newCode, newFurtherCodes } from "./codes.ts";
import { composerOf, rehearse } from "./composing.ts";
import { copiesWorld, newRun, type Run } from "./copies-act.ts";
import { examinePersonSigned } from "./examining.ts";
import { type House, keepBlob, newId } from "./house.ts";
import { openKey } from "./key-use.ts";
import { checkRevocation, signOneOfMany } from "./sealing-act.ts";
import { signersWorld } from "./signers.ts";

/** @param run of the act that this world is made for: a copy composed in it may serve the next */
export const signingWorld = (house: House, run: Run = newRun()): SigningWorld<KeyHolder> => ({
  ...signersWorld(house),
  ...copiesWorld(house, "sign", run),
  now: house.now,
  dossier: (id, agencyId) => findDossier(house.sql, id, agencyId),
  openKey: (credential, pin) => openKey(house, credential, pin),
  checkRevocation: (credential) => checkRevocation(house, credential),
  takeNumber: (dossier, signer, today) => numberFor(house, dossier, signer, today),
  compose: composerOf(house),
  sign: (copy, key, certificate, at) => {
    const { signerName: name, agencyId, officerId: personId } = certificate;
    return signOneOfMany(house, "officer", copy, key, { name, at, holder: { agencyId, personId } });
  },
  examine: (signed, copy, signer) => examinePersonSigned(house, signed, copy, signer),
  keepPersonSigned: async (certificate, signed, actor) => {
    const { blobId } = await keepBlob(house, certificate.agencyId, "person_signed", signed);
    await house.pass("sign: signed bytes stored");
    const isLine = certificate.copy === 1;
    const kept = isLine
      ? await keepPersonSigned(house.sql, certificate, blobId, actor, house.now())
      : await keepCopySigned(house.sql, certificate, blobId);
    if (!kept) await house.blobs.erase(blobId);
    await house.pass(isLine ? "sign: kept" : "sign: copy kept");
    return kept;
  },
});

async function numberFor(house: House, dossier: Dossier, signer: Signer, today: LocalDate) {
  const rehearsed = dossier.status === "attested" ? await rehearse(house, dossier, signer, today) : ok(null);
  if (!rehearsed.ok) return rehearsed;
  await house.pass("number: before");
  const { agencyId, electronicCopies } = dossier;
  const further = await newFurtherCodes(house, agencyId, electronicCopies);
  const fresh = { id: newId<CertificateId>(), ...(await newCode(house, agencyId)), further };
  const letGo: BlobId[] = [];
  const numbered = await takeNumber(house.sql, {
    dossier,
    signer,
    today,
    suffix: (await bookNamesOf(house.sql, agencyId, yearOf(today))).electronic,
    feeDong: feeDong(dossier.declaredPages, electronicCopies),
    fresh,
    letGo: (blobIds) => letGo.push(...blobIds),
    beforeCommit: () => house.pass("number: inside the transaction"),
  });
  const isFresh = numbered.ok && numbered.value.codeBlobId === fresh.codeBlobId;
  const unused = isFresh ? [] : [fresh.codeBlobId, ...(further === null ? [] : [further.codesBlobId])];
  for (const blobId of [...letGo, ...unused]) await house.blobs.erase(blobId);
  await house.pass("number: committed");
  return numbered;
}
