import type { Actor, Certificate, Credential, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result, type Sha256 } from "../core/kernel.ts";
import { standingOf } from "../core/register.ts";
import type { Failure } from "./failure.ts";
import { type CopiesWorld, isOverMidnight } from "./sign-certificate.ts";
import { checkHere, type SignerWorld } from "./signer.ts";

/** What our own examination found of a copy about to leave. */
export type SealedFindings = {
  readonly identity: { readonly sha256: Sha256; readonly length: number };
  /** Proven by the timestamp in the agency's signature. */
  readonly sealedAt: Instant;
};

export type SealingWorld<Key> = Pick<SignerWorld, "absences"> & {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly certificate: (id: DossierId) => Promise<Certificate | null>;
  /** The agency's registered certificate, if it holds at that time. */
  readonly agencyCredential: (agencyId: AgencyId, at: Instant) => Promise<Credential | null>;
  readonly openKey: (credential: Credential, pin: string, actor: Actor) => Promise<Result<Key, Failure>>;
  readonly checkRevocation: (credential: Credential) => Promise<Result<null, Failure>>;
  readonly personSigned: (certificate: Certificate) => Promise<Bytes>;
  readonly seal: (signed: Bytes, key: Key, certificate: Certificate, at: Instant) => Promise<Result<Bytes, Failure>>;
  /** DESIGN step 5: nothing leaves that our own examiner does not pass. */
  readonly examine: (sealed: Bytes, certificate: Certificate) => Promise<Result<SealedFindings, Failure>>;
  /** One transaction with the publishing job; false when another seal was kept first. */
  readonly keepSealed: (
    certificate: Certificate,
    sealed: Bytes,
    found: SealedFindings,
    clerk: Actor,
  ) => Promise<boolean>;
  /** The printed date has passed: the officer signs again under the same number, or the number is voided by the year. */
  readonly returnToOfficer: (certificate: Certificate) => Promise<void>;
} & CopiesWorld<Key>;

/**
 * The clerk, another person than the officer, seals with the agency's key. LAW R2, NĐ 30/2020; SIGN-1, DATE-1. COPIES-1: of
 * many copies each is sealed and kept by itself; none is published before all are sealed.
 */
export async function sealCertificate<Key>(
  dossierId: DossierId,
  pin: string,
  actor: Actor,
  world: SealingWorld<Key>,
): Promise<Result<Certificate, Failure>> {
  const begun = await world.atTheDesk(() => beginSealing(dossierId, pin, actor, world));
  if (!begun.ok) return begun;
  try {
    return await sealEachCopy(begun.value, actor, world);
  } finally {
    world.closeKey(begun.value.key);
  }
}

type Begun<Key> = AgencyKey<Key> & { readonly at: Instant; readonly certificate: Certificate };

type AgencyKey<Key> = { readonly key: Key; readonly credential: Credential };

async function beginSealing<Key>(
  dossierId: DossierId,
  pin: string,
  actor: Actor,
  world: SealingWorld<Key>,
): Promise<Result<Begun<Key>, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const certificate = dossier.status === "person_signed" ? await world.certificate(dossierId) : null;
  if (certificate === null) return fail({ code: "wrong_stage", status: dossier.status });
  if (certificate.officerId === actor.personId) return fail({ code: "same_person" });
  const at = world.now();
  if (standingOf(certificate.printedOn, localDateOf(at)) !== "good") {
    await world.returnToOfficer(certificate);
    return fail({ code: "printed_date_passed" });
  }
  const opened = await openAgencyKey(actor, pin, at, world);
  if (!opened.ok) return opened;
  const begun = await world.beginCopies(certificate, actor);
  return begun.ok ? ok({ ...opened.value, at, certificate }) : begun;
}

async function sealEachCopy<Key>(
  { key, credential, at, certificate }: Begun<Key>,
  actor: Actor,
  world: SealingWorld<Key>,
): Promise<Result<Certificate, Failure>> {
  for await (const copy of world.copiesLeft(certificate)) {
    if (world.isStopping()) return fail({ code: "act_cut" });
    if (isOverMidnight(copy, world.now())) {
      await world.returnToOfficer(certificate);
      return fail({ code: "printed_date_passed" });
    }
    const still = await hasSealFor(copy, credential, actor, world);
    if (!still.ok) return still;
    const sealed = await world.atTheDesk(() => sealWith(key, copy, actor, at, world));
    if (!sealed.ok) return sealed;
  }
  return ok(certificate);
}

/** AUTH-1, AUTH-3: an absence may be noted, the registered seal be ended, between two of many copies. */
async function hasSealFor<Key>(
  { copies }: Certificate,
  { id }: Credential,
  actor: Actor,
  world: SealingWorld<Key>,
): Promise<Result<null, Failure>> {
  if (copies === 1) return ok(null);
  const held = await sealOf(actor, world.now(), world);
  if (!held.ok) return held;
  return held.value.id === id ? ok(null) : fail({ code: "no_registered_certificate" });
}

async function sealOf<Key>(
  actor: Actor,
  at: Instant,
  world: Pick<SealingWorld<Key>, "absences" | "agencyCredential">,
): Promise<Result<Credential, Failure>> {
  const here = await checkHere(actor, at, world);
  if (!here.ok) return here;
  const credential = await world.agencyCredential(actor.agencyId, at);
  return credential === null ? fail({ code: "no_registered_certificate" }) : ok(credential);
}

async function openAgencyKey<Key>(
  actor: Actor,
  pin: string,
  at: Instant,
  world: SealingWorld<Key>,
): Promise<Result<AgencyKey<Key>, Failure>> {
  const held = await sealOf(actor, at, world);
  if (!held.ok) return held;
  const credential = held.value;
  const key = await world.openKey(credential, pin, actor);
  if (!key.ok) return key;
  const standing = await world.checkRevocation(credential);
  return standing.ok ? ok({ key: key.value, credential }) : standing;
}

async function sealWith<Key>(
  key: Key,
  certificate: Certificate,
  actor: Actor,
  at: Instant,
  world: SealingWorld<Key>,
): Promise<Result<Certificate, Failure>> {
  const sealed = await world.seal(await world.personSigned(certificate), key, certificate, at);
  if (!sealed.ok) return sealed;
  const found = await world.examine(sealed.value, certificate);
  if (!found.ok) return found;
  const kept = await world.keepSealed(certificate, sealed.value, found.value, actor);
  return kept ? ok(certificate) : fail({ code: "wrong_stage", status: "sealed" });
}
