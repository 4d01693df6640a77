import type { Actor, Certificate, Credential, Dossier, Signer } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, type LocalDate, localDateOf, ok, type Result } from "../core/kernel.ts";
import { standingOf } from "../core/register.ts";
import type { Failure } from "./failure.ts";
import { type CopySignerWorld, copySignerFor, stillSigns } from "./signer.ts";

/** @template Key an opened key; it never leaves the call that opened it */
export type SigningWorld<Key> = CopySignerWorld & {
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
} & CopiesWorld<Key>;

/** What an act on many copies of one number needs besides; on a single copy each of these does next to nothing. */
export type CopiesWorld<Key> = {
  /** `act_under_way` while another run of the same act goes through the copies. */
  readonly beginCopies: (line: Certificate, actor: Actor) => Promise<Result<null, Failure>>;
  /** The further copies that the act has not reached yet, in order, then the line: it is copy 1, and its step is the act's. */
  readonly copiesLeft: (line: Certificate) => AsyncIterable<Certificate>;
  /** Whether the service is ending: what is left waits for another PIN. */
  readonly isStopping: () => boolean;
  /** Others get their turn between two copies. */
  readonly atTheDesk: <T>(act: () => Promise<T>) => Promise<T>;
  readonly closeKey: (key: Key) => void;
};

/**
 * The official signs the attestation with an own key. NĐ 45/2020 Art. 10(3); NĐ 30/2020 for the separate keys.
 * The PIN is proved before the number is taken, so a mistyped PIN costs none; the number is durable before the key
 * is used, so a crash in between leaves neither gap nor twin (DESIGN decision 7).
 *
 * COPIES-1: of many copies each is signed and kept by itself, under the one number and PIN; the same act again goes on
 * with those that are left.
 */
export async function signCertificate<Key>(
  dossierId: DossierId,
  pin: string,
  actor: Actor,
  world: SigningWorld<Key>,
): Promise<Result<Certificate, Failure>> {
  const begun = await world.atTheDesk(() => beginSigning(dossierId, pin, actor, world));
  if (!begun.ok) return begun;
  try {
    return await signEachCopy(begun.value, actor, world);
  } finally {
    world.closeKey(begun.value.key);
  }
}

type Begun<Key> = {
  readonly dossier: Dossier;
  readonly signer: Signer;
  readonly key: Key;
  /** For which the authority was asked, AUTH-1: what every copy says of its signing. Its timestamp proves the rest. */
  readonly at: Instant;
  readonly certificate: Certificate;
};

async function beginSigning<Key>(
  dossierId: DossierId,
  pin: string,
  actor: Actor,
  world: SigningWorld<Key>,
): Promise<Result<Begun<Key>, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (dossier.status !== "attested" && dossier.status !== "numbered") {
    return fail({ code: "wrong_stage", status: dossier.status });
  }
  if (dossier.onPaperOnly) return fail({ code: "on_paper_only" });
  const at = world.now();
  const found = await copySignerFor(actor, dossier, at, world);
  if (!found.ok) return found;
  const signer = found.value;
  const key = await world.openKey(signer, pin, actor);
  if (!key.ok) return key;
  const standing = await world.checkRevocation(signer);
  if (!standing.ok) return standing;

  const certificate = await world.takeNumber(dossier, signer, localDateOf(at));
  if (!certificate.ok) return certificate;
  const begun = await world.beginCopies(certificate.value, actor);
  return begun.ok ? ok({ dossier, signer, key: key.value, at, certificate: certificate.value }) : begun;
}

async function signEachCopy<Key>(
  begun: Begun<Key>,
  actor: Actor,
  world: SigningWorld<Key>,
): Promise<Result<Certificate, Failure>> {
  for await (const copy of world.copiesLeft(begun.certificate)) {
    if (world.isStopping()) return fail({ code: "act_cut" });
    if (isOverMidnight(copy, world.now())) return fail({ code: "printed_date_passed" });
    const still = await hasRightFor(copy, begun, actor, world);
    if (!still.ok) return still;
    const signed = await world.atTheDesk(() => signCopy(copy, begun, actor, world));
    if (!signed.ok) return signed;
  }
  return ok(begun.certificate);
}

/** DATE-1: of an act on many copies the day may end between two of them. */
export const isOverMidnight = ({ copies, printedOn }: Certificate, now: Instant): boolean =>
  copies > 1 && standingOf(printedOn, localDateOf(now)) !== "good";

/** AUTH-1 to AUTH-3: a mandate may be ended, an absence be noted, between two of many copies. */
async function hasRightFor<Key>(
  { copies }: Certificate,
  { dossier, signer }: Begun<Key>,
  actor: Actor,
  world: SigningWorld<Key>,
): Promise<Result<null, Failure>> {
  if (copies === 1) return ok(null);
  const printed = { credentialId: signer.id, mandateId: signer.mandate.id };
  return stillSigns(printed, actor, { at: world.now(), paperKind: dossier.kind }, world);
}

async function signCopy<Key>(
  copy: Certificate,
  { dossier, signer, key, at }: Begun<Key>,
  actor: Actor,
  world: SigningWorld<Key>,
): Promise<Result<null, Failure>> {
  const signed = await composeAndSign(dossier, copy, signer, { key, at }, world);
  if (!signed.ok) return signed;
  const kept = await world.keepPersonSigned(copy, signed.value, actor);
  return kept ? ok(null) : fail({ code: "wrong_stage", status: "person_signed" });
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
