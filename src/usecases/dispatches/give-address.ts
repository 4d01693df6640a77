import { type Email, parseEmail, type Settling } from "../../core/dispatch.ts";
import type { Actor, Dossier } from "../../core/dossier.ts";
import type { AgencyId, DossierId, PersonId } from "../../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import type { Failure } from "../failure.ts";

type KeepingWorld = {
  readonly now: () => Instant;
  /** Counted before anything is kept: whoever has the digits must not fill somebody's mailbox. */
  readonly admit: (dossier: Dossier) => Promise<Result<null, Failure>>;
  /**
   * Durable on return. What waits for another address is withdrawn; where the result is there it is sent now. Typed twice
   * within a minute it is one.
   */
  readonly keepEmail: (dossier: Dossier, email: Email, by: PersonId | null, at: Instant) => Promise<void>;
};

export type OwnAddressWorld = KeepingWorld & {
  /** By the hash of the secret, unless expired; of several papers presented together the first. */
  readonly dossierBySecret: (secret: string) => Promise<Dossier | null>;
  /** Counts the attempt first, compares in constant time. */
  readonly checkDigits: (dossier: Dossier, digits: string) => Promise<Result<null, Failure>>;
};

/** The citizen says by the own link, with the four digits, where the result is to go. NĐ 45/2020 Art. 10(3): no consent is asked for it. */
export async function giveOwnAddress(
  secret: string,
  { email, digits }: { readonly email: string; readonly digits: string },
  world: OwnAddressWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  if (!parseEmail(email).ok) return fail({ code: "malformed_request", field: "email" });
  const proven = await world.checkDigits(dossier, digits);
  return proven.ok ? keep(dossier, email, null, world) : proven;
}

export type CounterAddressWorld = KeepingWorld & {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
};

/** The same at the counter, and sending again after a way did not work. */
export async function giveAddressAtCounter(
  id: DossierId,
  email: string,
  actor: Actor,
  world: CounterAddressWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(id, actor.agencyId);
  return dossier === null ? fail({ code: "not_found" }) : keep(dossier, email, actor.personId, world);
}

async function keep(
  dossier: Dossier,
  typed: string,
  by: PersonId | null,
  world: KeepingWorld,
): Promise<Result<null, Failure>> {
  const email = parseEmail(typed);
  if (!email.ok) return fail({ code: "malformed_request", field: "email" });
  const admitted = await world.admit(dossier);
  if (!admitted.ok) return admitted;
  await world.keepEmail(dossier, email.value, by, world.now());
  return ok(null);
}

export type SettlingWorld = {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly keepSettling: (dossier: Dossier, how: Settling, actor: Actor, at: Instant) => Promise<void>;
};

/** An official reached the citizen otherwise, and the dossier leaves the list of what did not arrive; or tried to, and it stays. */
export async function settleDispatch(
  id: DossierId,
  how: Settling,
  actor: Actor,
  world: SettlingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(id, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  await world.keepSettling(dossier, how, actor, world.now());
  return ok(null);
}
