import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { mayFollow } from "../core/stages.ts";
import type { Failure } from "./failure.ts";

export type WithdrawingWorld = {
  /** One transaction: the line that says who and why, and the step. False when a number was taken meanwhile. */
  readonly keepWithdrawal: (dossier: Dossier, reason: string, actor: Actor | null) => Promise<boolean>;
};

export type CounterWithdrawalWorld = WithdrawingWorld & {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
};

export type CitizenWithdrawalWorld = WithdrawingWorld & {
  readonly dossierBySecret: (secret: string) => Promise<Dossier | null>;
  /** Counts the attempt first, compares in constant time. */
  readonly checkDigits: (dossier: Dossier, digits: string) => Promise<Result<null, Failure>>;
};

const shortestReason = 10;

/**
 * WITHDRAW-1: the applicant takes the paper back at the counter, before a number is taken; why is written down. Nothing
 * is deleted, and what was withdrawn does not go on: whoever wants it after all presents the paper again.
 */
export async function withdrawAtCounter(
  dossierId: DossierId,
  reason: string,
  actor: Actor,
  world: CounterWithdrawalWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (reason.trim().length < shortestReason) return fail({ code: "rule_broken", rule: "WITHDRAW-1" });
  return withdraw(dossier, reason, actor, world);
}

/** The same from the applicant's own link, with the digits; the applicant owes nobody a reason. */
export async function withdrawByLink(
  secret: string,
  digits: string,
  reason: string,
  world: CitizenWithdrawalWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const proven = await world.checkDigits(dossier, digits);
  return proven.ok ? withdraw(dossier, reason, null, world) : proven;
}

async function withdraw(
  dossier: Dossier,
  reason: string,
  actor: Actor | null,
  world: WithdrawingWorld,
): Promise<Result<null, Failure>> {
  const wrongStage = fail({ code: "wrong_stage", status: dossier.status } as const);
  if (!mayFollow(dossier.status, "withdrawn")) return wrongStage;
  return (await world.keepWithdrawal(dossier, reason.normalize("NFC").trim(), actor)) ? ok(null) : wrongStage;
}
