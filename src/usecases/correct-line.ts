import type { Actor } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../core/kernel.ts";
import type { RegisterLine } from "../core/lists.ts";
import { type CorrectedPart, correctionBounds, partsOf, readingOf, textNow } from "../core/register-correction.ts";
import type { Failure } from "./failure.ts";

/** What an official says of one column of an issued line. */
export type CorrectionRequest = {
  readonly form: RegisterLine["form"];
  readonly part: CorrectedPart;
  readonly reads: string;
  readonly reason: string;
  /** How many corrections the line had when it was looked at. */
  readonly seen: number;
};

export type CorrectingWorld = {
  readonly now: () => Instant;
  /** The newest line of that dossier in that book. */
  readonly line: (id: DossierId, form: RegisterLine["form"], agencyId: AgencyId) => Promise<RegisterLine | null>;
  /** An entry beside the line; refused where it no longer stands as it was looked at, or its month is signed right now. */
  readonly keepCorrection: (
    id: DossierId,
    form: RegisterLine["form"],
    correction: {
      readonly ordinal: number;
      readonly part: CorrectedPart;
      readonly was: string;
      readonly reads: string;
      readonly reason: string;
      readonly at: Instant;
    },
    actor: Actor,
  ) => Promise<Result<null, Failure>>;
};

/**
 * A wrong register line is struck through, stays legible, and is noted with who, when and why: an entry, never an update.
 * Sent twice it is kept once. LAW 3.4, REG-4.
 */
export async function correctLine(
  id: DossierId,
  request: CorrectionRequest,
  actor: Actor,
  world: CorrectingWorld,
): Promise<Result<null, Failure>> {
  const line = await world.line(id, request.form, actor.agencyId);
  if (line === null) return fail({ code: "not_found" });
  if (line.status !== "issued") return fail({ code: "wrong_stage", status: line.dossierStatus });
  const reads = partsOf(line).includes(request.part) ? readingOf(request.part, request.reads) : null;
  const reason = request.reason.normalize("NFC").trim();
  if (reads === null || !isWhole(reason)) return fail({ code: "rule_broken", rule: "REG-4" });
  const { part, seen } = request;
  const next = line.corrections[seen];
  if (next !== undefined) {
    const isSame = next.part === part && next.reads === reads && next.reason === reason;
    return isSame ? ok(null) : fail({ code: "line_changed" });
  }
  const was = textNow(line, part);
  const isNew = reads !== was && seen === line.corrections.length && seen < correctionBounds.most;
  if (!isNew) return fail({ code: "rule_broken", rule: "REG-4" });
  const correction = { ordinal: seen + 1, part, was, reads, reason, at: world.now() };
  return world.keepCorrection(id, request.form, correction, actor);
}

const isWhole = (reason: string): boolean =>
  reason.length >= correctionBounds.leastReason && reason.length <= correctionBounds.reason;
