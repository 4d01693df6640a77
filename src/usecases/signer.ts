import type { Actor, Credential, Signer } from "../core/dossier.ts";
import type { PersonId } from "../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../core/kernel.ts";
import { type Mandate, type MandateId, mandateFor, type ToSign } from "../core/mandate.ts";
import type { Failure } from "./failure.ts";

export type SignerWorld = {
  /** AUTH-1: the official's registered certificate, if it holds at that time. */
  readonly credential: (personId: PersonId, at: Instant) => Promise<Credential | null>;
  /** AUTH-2: all that the person was ever given in the own agency. */
  readonly mandates: (actor: Actor) => Promise<readonly Mandate[]>;
};

/** AUTH-1, AUTH-2: who signs this now, with which certificate, by what right. Asked before a PIN is tried or a number taken. */
export async function signerFor(actor: Actor, toSign: ToSign, world: SignerWorld): Promise<Result<Signer, Failure>> {
  const credential = await world.credential(actor.personId, toSign.at);
  if (credential === null) return fail({ code: "no_registered_certificate" });
  const mandate = mandateFor(await world.mandates(actor), toSign);
  return mandate.ok ? ok({ ...credential, mandate: mandate.value }) : mandate;
}

/** The same asked again where a signature comes back later: certificate and mandate are those that are printed. */
export async function stillSigns(
  printed: { readonly credentialId: string; readonly mandateId: MandateId | null },
  actor: Actor,
  toSign: ToSign,
  world: SignerWorld,
): Promise<Result<null, Failure>> {
  const credential = await world.credential(actor.personId, toSign.at);
  if (credential?.id !== printed.credentialId) return fail({ code: "no_registered_certificate" });
  const mandates = await world.mandates(actor);
  const mandate = mandateFor(
    mandates.filter(({ id }) => id === printed.mandateId),
    toSign,
  );
  return mandate.ok ? ok(null) : mandate;
}
