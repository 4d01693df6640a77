import type { Actor, Dossier, Signer } from "../../core/dossier.ts";
import type { AgencyId, DossierId } from "../../core/ids.ts";
import { fail, type Instant, type LocalDate, localDateOf, type Result } from "../../core/kernel.ts";
import { mayNumberPaper, type PaperLine } from "../../core/paper-line.ts";
import type { Failure } from "../failure.ts";
import { type CopySignerWorld, copySignerFor } from "../signer.ts";

/** AUTH-1 to AUTH-4: whoever signs by hand holds the right on that day too, and is not who compared unless a rule says so. */
export type NumberingPaperWorld = CopySignerWorld & {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly paperCopies: (id: DossierId) => Promise<number>;
  /** Number and register line, durable together; the same dossier gets the same number again. REG-1, REG-2. */
  readonly takeNumber: (dossier: Dossier, signer: Signer, today: LocalDate) => Promise<Result<PaperLine, Failure>>;
};

/**
 * The person certifying takes the number for the copies on paper, from the book for paper, and prints the attestation to
 * sign it by hand. Asked for again on the same day it answers with the same line; on a later day of the year the line is
 * dated anew (DATE-1).
 */
export async function numberPaper(
  dossierId: DossierId,
  actor: Actor,
  world: NumberingPaperWorld,
): Promise<Result<PaperLine, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (!mayNumberPaper(dossier.status)) return fail({ code: "wrong_stage", status: dossier.status });
  if ((await world.paperCopies(dossierId)) === 0) return fail({ code: "no_paper_wanted" });
  const at = world.now();
  const signer = await copySignerFor(actor, dossier, at, world);
  return signer.ok ? world.takeNumber(dossier, signer.value, localDateOf(at)) : signer;
}
