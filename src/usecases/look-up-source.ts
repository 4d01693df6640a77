import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, type Instant, ok, type Result } from "../core/kernel.ts";
import type { LookUp } from "../core/source.ts";
import type { Failure } from "./failure.ts";

/** What the official says of it; a way that asks by itself takes database and name only. */
export type LookUpRequest = Omit<LookUp, "at" | "askedThrough"> & { readonly at: Instant | null };

/** What a database is asked about. */
export type LookUpQuestion = Pick<Dossier, "kind" | "documentNumber" | "holderName"> &
  Pick<LookUp, "database" | "databaseName">;

/**
 * A way to a database: answers with its transaction, and what it said beside the paper. The way that is always there is the
 * official, who asked on another screen; nothing is assumed where a way does not answer.
 */
export type AskDatabase = (
  question: LookUpQuestion,
  request: LookUpRequest,
  now: Instant,
) => Promise<Result<Pick<LookUp, "transactionId" | "outcome" | "at" | "askedThrough">, Failure>>;

export type LookingUpWorld = {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly ask: AskDatabase;
  /** Durable on return; false when the original was attested meanwhile. */
  readonly keepLookUp: (dossier: Dossier, lookUp: LookUp, actor: Actor) => Promise<boolean>;
};

/** SOURCE-1, R15: what was shown from VNeID or asked of a database is written down before the original is attested. */
export async function lookUpSource(
  dossierId: DossierId,
  request: LookUpRequest,
  actor: Actor,
  world: LookingUpWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const wrongStage = fail({ code: "wrong_stage", status: dossier.status } as const);
  if (dossier.status !== "received" && dossier.status !== "read") return wrongStage;
  const { kind, documentNumber, holderName } = dossier;
  const { source, database, databaseName } = request;
  const answer = await world.ask({ kind, documentNumber, holderName, database, databaseName }, request, world.now());
  if (!answer.ok) return answer;
  const kept = await world.keepLookUp(dossier, { source, database, databaseName, ...answer.value }, actor);
  return kept ? ok(null) : wrongStage;
}

/** The way without a connection: the official's own word, which a database's transaction makes checkable. */
export const askedByOfficial: AskDatabase = async (_question, { source, transactionId, outcome, at }, now) => {
  if (source === "database" && transactionId === null)
    return fail({ code: "malformed_request", field: "transactionId" });
  if (at !== null && at > now) return fail({ code: "malformed_request", field: "time" });
  return ok({ transactionId, outcome, at: at ?? now, askedThrough: "official" });
};
