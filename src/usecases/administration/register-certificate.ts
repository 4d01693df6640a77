import type { Actor, KeyPlace } from "../../core/dossier.ts";
import type { AgencyId, PersonId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { checkHolding, type FoundKey, type HoldingAsked, type Span, spanOf } from "./key-holding.ts";
import { type ActName, type Note, noteOf } from "./note.ts";
import type { AgencyPerson } from "./person.ts";

/** The key itself as a file, or where else it lies. */
export type HeldKey = { readonly pkcs12: Bytes } | { readonly place: Exclude<KeyPlace, { kind: "file" }> };

export type RegisteringWorld = {
  readonly now: () => Instant;
  readonly isPrintable: (text: string) => boolean;
  readonly person: (id: PersonId, agencyId: AgencyId) => Promise<AgencyPerson | null>;
  /** Opens the file as a proof that the PIN fits; neither PIN nor key stays. */
  readonly openKeyFile: (file: Bytes, pin: string) => Promise<Result<FoundKey, AdministrationFailure>>;
  /** @returns the same with its way to an anchor of the key list that is trusted for that role */
  readonly checkTrust: (
    key: FoundKey,
    role: "official" | "agency_seal",
  ) => Promise<Result<FoundKey, AdministrationFailure>>;
  /** One transaction with the note; false when the certificate is registered already. */
  readonly keepKey: (holding: HoldingAsked, key: FoundKey & Span, held: HeldKey, note: Note) => Promise<boolean>;
  readonly renewKeyList: () => Promise<void>;
};

/** A key file, still encrypted under its holder's PIN, is registered to a person or to the agency. DESIGN decision 9. */
export async function registerCertificate(
  asked: HoldingAsked,
  file: { readonly pkcs12: Bytes; readonly pin: string },
  actor: Actor,
  world: RegisteringWorld,
): Promise<Result<null, AdministrationFailure>> {
  const holder = asked.personId === null ? null : await world.person(asked.personId, actor.agencyId);
  const holding = checkHolding(asked, holder, world.isPrintable);
  if (!holding.ok) return holding;
  const key = await world.openKeyFile(file.pkcs12, file.pin);
  if (!key.ok) return key;
  const trusted = await world.checkTrust(key.value, asked.personId === null ? "agency_seal" : "official");
  if (!trusted.ok) return trusted;
  return keepHolding(
    asked,
    { key: trusted.value, held: { pkcs12: file.pkcs12 }, what: "certificate_registered", holder },
    actor,
    world,
  );
}

export type OutsideKeyWorld = Omit<RegisteringWorld, "openKeyFile"> & {
  /** The certificate of a PEM or DER file, with those above it that stand in the file too. */
  readonly readCertificate: (file: Bytes) => Result<FoundKey, AdministrationFailure>;
  /** Whether the operator has configured that device or service. */
  readonly isPlace: (place: KeyPlace) => boolean;
};

/**
 * A certificate whose key never comes here: on a token, with a remote signing service. That the holder has the key is shown
 * at the first signature, which is refused unless this certificate verifies it. DESIGN decision 9.
 */
export async function registerOutsideKey(
  asked: HoldingAsked,
  outside: { readonly certificate: Bytes; readonly place: Exclude<KeyPlace, { kind: "file" }> },
  actor: Actor,
  world: OutsideKeyWorld,
): Promise<Result<null, AdministrationFailure>> {
  const holder = asked.personId === null ? null : await world.person(asked.personId, actor.agencyId);
  const holding = checkHolding(asked, holder, world.isPrintable);
  if (!holding.ok) return holding;
  if (!world.isPlace(outside.place)) return fail({ code: "key_place_unknown" });
  const key = world.readCertificate(outside.certificate);
  if (!key.ok) return key;
  const trusted = await world.checkTrust(key.value, asked.personId === null ? "agency_seal" : "official");
  if (!trusted.ok) return trusted;
  const held = { place: outside.place };
  return keepHolding(asked, { key: trusted.value, held, what: "certificate_registered", holder }, actor, world);
}

export type HoldingToKeep = {
  readonly key: FoundKey;
  readonly held: HeldKey;
  readonly what: ActName;
  readonly holder: AgencyPerson | null;
};

/** Kept with its note, then made known: verifiers must know a certificate before it signs. */
export async function keepHolding(
  asked: HoldingAsked,
  { key, held, what, holder }: HoldingToKeep,
  actor: Actor,
  world: Pick<RegisteringWorld, "now" | "keepKey" | "renewKeyList">,
): Promise<Result<null, AdministrationFailure>> {
  const now = world.now();
  const span = spanOf(key, now);
  if (!span.ok) return span;
  const about = holder === null ? key.subject : `${holder.fullName}: ${key.subject}`;
  const kept = await world.keepKey(asked, { ...key, ...span.value }, held, noteOf(actor, what, about, now));
  if (!kept) return fail({ code: "certificate_taken" });
  await world.renewKeyList();
  return ok(null);
}
