import type { Actor } from "../../core/dossier.ts";
import { type Bytes, fail, ok, type Result } from "../../core/kernel.ts";
import type { AdministrationFailure } from "./failure.ts";
import { checkHolding, type FoundKey, type HoldingAsked } from "./key-holding.ts";
import type { AgencyPerson } from "./person.ts";
import { keepHolding, type RegisteringWorld } from "./register-certificate.ts";

export type IssuingWorld = Omit<RegisteringWorld, "openKeyFile" | "checkTrust"> & {
  /** Under the development PKI, whose every name says DEVELOPMENT; null in production. */
  readonly issue:
    | ((
        holder: AgencyPerson | null,
        asked: HoldingAsked,
        actor: Actor,
      ) => Promise<{
        readonly key: FoundKey;
        readonly pkcs12: Bytes;
        readonly pin: string;
      }>)
    | null;
};

/** @returns the PIN of the new key, to be shown once: it encrypts the key and is kept nowhere */
export async function issueDemoCertificate(
  asked: HoldingAsked,
  actor: Actor,
  world: IssuingWorld,
): Promise<Result<{ readonly pin: string; readonly subject: string }, AdministrationFailure>> {
  if (world.issue === null) return fail({ code: "development_only" });
  const holder = asked.personId === null ? null : await world.person(asked.personId, actor.agencyId);
  const holding = checkHolding(asked, holder, world.isPrintable);
  if (!holding.ok) return holding;
  const { key, pkcs12, pin } = await world.issue(holder, asked, actor);
  const kept = await keepHolding(
    asked,
    { key, held: { pkcs12 }, what: "demo_certificate_issued", holder },
    actor,
    world,
  );
  return kept.ok ? ok({ pin, subject: key.subject }) : kept;
}
