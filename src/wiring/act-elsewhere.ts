import { findCertificate } from "../../db/stores/certificates.ts";
import { comparisonOf } from "../../db/stores/comparing-policy.ts";
import type { PreparedRow } from "../../db/stores/prepared-signatures.ts";
import type { PreparedCopy } from "../../signing/seal/prepared.ts";
import type { Actor, Credential } from "../core/dossier.ts";
import { localDateOf } from "../core/kernel.ts";
import type { Mandate } from "../core/mandate.ts";
import type { SigningAct } from "../usecases/sign-elsewhere.ts";
import type { House } from "./house.ts";

/** What came back is held against this. */
export type Held = {
  readonly credential: Credential;
  /** As it is printed; null for a seal. */
  readonly mandate: Mandate | null;
  readonly prepared: PreparedCopy;
  readonly actor: Actor;
};

/** The line as it is printed on what was prepared: day and signer become durable with the signature only. */
export async function actOf(
  house: House,
  row: PreparedRow,
  act: SigningAct,
  { credential, mandate, prepared, actor }: Held,
) {
  const { preparedAt, certificateId } = row;
  const certificate = certificateId === null ? null : await findCertificate(house.sql, certificateId);
  if (certificate === null) return null;
  if (act === "seal" || mandate === null) return { act, certificate, credential, prepared, preparedAt };
  const comparison = await comparisonOf(house.sql, certificate.dossierId, actor.agencyId);
  const printed = {
    printedOn: localDateOf(preparedAt),
    officerId: actor.personId,
    signerName: credential.signerName,
    signerTitle: mandate.titleLines,
    mandateId: mandate.id,
    comparingPolicyId: comparison.by === actor.personId ? comparison.policyId : null,
  };
  return { act, certificate: { ...certificate, ...printed }, credential, prepared, preparedAt };
}
