import type { Actor, Certificate, Credential, Dossier, Signer } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, type LocalDate, localDateOf, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";
import { type SignerWorld, signerFor } from "./signer.ts";

/** @template Key an opened key; it never leaves the call that opened it */
export type SigningWorld<Key> = SignerWorld & {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly openKey: (credential: Credential, pin: string, actor: Actor) => Promise<Result<Key, Failure>>;
  readonly checkRevocation: (credential: Credential) => Promise<Result<null, Failure>>;
  /** Number and register line, durable together; the same dossier gets the same number again. REG-1, REG-2. */
  readonly takeNumber: (dossier: Dossier, signer: Signer, today: LocalDate) => Promise<Result<Certificate, Failure>>;
  readonly compose: (dossier: Dossier, certificate: Certificate, signer: Signer) => Promise<Result<Bytes, Failure>>;
  /** Level B-T: the timestamp is part of the act. */
  readonly sign: (copy: Bytes, key: Key, certificate: Certificate, at: Instant) => Promise<Result<Bytes, Failure>>;
  /** One intact signature, made with the registered certificate, over our own bytes. */
  readonly examine: (signed: Bytes, copy: Bytes, signer: Credential) => Promise<Result<null, Failure>>;
  /** Durable; false when another signature was kept first. */
  readonly keepPersonSigned: (certificate: Certificate, signed: Bytes, actor: Actor) => Promise<boolean>;
};

/**
 * The official signs the attestation with an own key. NĐ 45/2020 Art. 10(3); NĐ 30/2020 for the separate keys.
 * The PIN is proved before the number is taken, so a mistyped PIN costs none; the number is durable before the key
 * is used, so a crash in between leaves neither gap nor twin (DESIGN decision 7).
 */
export async function signCertificate<Key>(
  dossierId: DossierId,
  pin: string,
  actor: Actor,
  world: SigningWorld<Key>,
): Promise<Result<Certificate, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "attested" && dossier.status !== "numbered") {
    return fail({ code: "wrong_stage", status: dossier.status });
  }
  const at = world.now();
  const found = await signerFor(actor, { at, paperKind: dossier.kind }, world);
  if (!found.ok) return found;
  const signer = found.value;
  const key = await world.openKey(signer, pin, actor);
  if (!key.ok) return key;
  const standing = await world.checkRevocation(signer);
  if (!standing.ok) return standing;

  const certificate = await world.takeNumber(dossier, signer, localDateOf(at));
  if (!certificate.ok) return certificate;
  const signed = await composeAndSign(dossier, certificate.value, signer, { key: key.value, at }, world);
  if (!signed.ok) return signed;
  const kept = await world.keepPersonSigned(certificate.value, signed.value, actor);
  return kept ? certificate : fail({ code: "wrong_stage", status: "person_signed" });
}

async function composeAndSign<Key>(
  dossier: Dossier,
  certificate: Certificate,
  signer: Signer,
  act: { readonly key: Key; readonly at: Instant },
  world: SigningWorld<Key>,
): Promise<Result<Bytes, Failure>> {
  const copy = await world.compose(dossier, certificate, signer);
  if (!copy.ok) return copy;
  const signed = await world.sign(copy.value, act.key, certificate, act.at);
  if (!signed.ok) return signed;
  const examined = await world.examine(signed.value, copy.value, signer);
  return examined.ok ? ok(signed.value) : examined;
}
