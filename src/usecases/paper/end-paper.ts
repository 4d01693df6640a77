import type { Actor, Dossier } from "../../core/dossier.ts";
import type { AgencyId, DossierId } from "../../core/ids.ts";
import { fail, ok, type Result } from "../../core/kernel.ts";
import type { PaperLine } from "../../core/paper-line.ts";
import type { Failure } from "../failure.ts";

export type EndingPaperWorld = {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** The living one. */
  readonly line: (id: DossierId) => Promise<PaperLine | null>;
  /** What is left of the fee where the agency's rule keeps results until it is paid (FEE-6); else 0. */
  readonly withheldDong: (dossier: Dossier) => Promise<number>;
  /** One transaction; of a dossier on paper only it ends the way. False when another official was first, or its fee is unpaid again. */
  readonly keepHandedOver: (line: PaperLine, actor: Actor) => Promise<boolean>;
  /** One transaction: the line stays, marked with reason and person. */
  readonly keepVoid: (line: PaperLine, reason: string, actor: Actor) => Promise<boolean>;
};

/** An official saw the copies signed and sealed by hand, and gave them to the applicant. Sent again it changes nothing. */
export async function handOverPaper(
  dossierId: DossierId,
  actor: Actor,
  world: EndingPaperWorld,
): Promise<Result<null, Failure>> {
  const found = await lineOf(dossierId, actor, world);
  if (!found.ok) return found;
  const { dossier, line } = found.value;
  if (line.status === "issued") return ok(null);
  const outstandingDong = await world.withheldDong(dossier);
  if (outstandingDong > 0) return fail({ code: "fee_unpaid", outstandingDong });
  if (await world.keepHandedOver(line, actor)) return ok(null);
  const since = await world.withheldDong(dossier); // a payment was taken back in that moment
  return since > 0
    ? fail({ code: "fee_unpaid", outstandingDong: since })
    : fail({ code: "wrong_stage", status: dossier.status });
}

/** REG-1 for the book of paper: a number given up keeps its line with reason and person. */
export async function voidPaper(
  dossierId: DossierId,
  reason: string,
  actor: Actor,
  world: EndingPaperWorld,
): Promise<Result<null, Failure>> {
  const found = await lineOf(dossierId, actor, world);
  if (!found.ok) return found;
  const { dossier, line } = found.value;
  if (line.status !== "in_progress") return fail({ code: "wrong_stage", status: dossier.status });
  if (reason.trim().length < 10) return fail({ code: "rule_broken", rule: "REG-1" });
  const done = await world.keepVoid(line, reason.normalize("NFC").trim(), actor);
  return done ? ok(null) : fail({ code: "wrong_stage", status: dossier.status });
}

async function lineOf(
  dossierId: DossierId,
  actor: Actor,
  world: EndingPaperWorld,
): Promise<Result<{ dossier: Dossier; line: PaperLine }, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const line = await world.line(dossierId);
  return line === null ? fail({ code: "wrong_stage", status: dossier.status }) : ok({ dossier, line });
}
