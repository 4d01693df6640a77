import type { Actor, Certificate, Dossier } from "../core/dossier.ts";
import type { AgencyId, CertificateId, DossierId } from "../core/ids.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { type AnnulmentDecision, type AnnulmentKind, annulmentBounds } from "../core/status/annulment.ts";
import type { Failure } from "./failure.ts";

/** What an official says of a copy that was issued. */
export type AnnulmentRequest = {
  readonly decision: AnnulmentDecision;
  /** Number in the register, this year's series or an earlier one's, of the copy that stands in its place; null where none does. */
  readonly successor: { readonly number: number; readonly year: number } | null;
  /** `superseded` wants a successor; an annulled copy may have one. */
  readonly kind: AnnulmentKind;
};

export type NewAnnulment = {
  readonly kind: AnnulmentKind;
  readonly decision: AnnulmentDecision;
  readonly successorId: CertificateId | null;
};

export type AnnullingWorld = {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly certificate: (id: DossierId) => Promise<Certificate | null>;
  /** An issued copy of the same agency and kind of book, by its number. */
  readonly issuedByNumber: (of: Certificate, number: number, year: number) => Promise<Certificate | null>;
  /** One transaction: decision, event, and the job that tells the world; false where one stands already. */
  readonly keepAnnulment: (certificate: Certificate, annulment: NewAnnulment, actor: Actor) => Promise<boolean>;
  /** Status list at once; what fails here is done by the job. */
  readonly tellAtOnce: () => Promise<void>;
};

/**
 * A copy certified against the rules loses its legal value by a decision of the head of the agency, told by every
 * verification from that second. The register line stays. TT 01/2020 Art. 7, rule ANNUL-1.
 */
export async function annulCertificate(
  dossierId: DossierId,
  request: AnnulmentRequest,
  actor: Actor,
  world: AnnullingWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const certificate = dossier.status === "released" ? await world.certificate(dossierId) : null;
  if (certificate?.status !== "issued") return fail({ code: "wrong_stage", status: dossier.status });
  const decision = checkedDecision(request.decision, certificate, world.now());
  if (decision === null) return fail({ code: "rule_broken", rule: "ANNUL-1" });
  const successor = await successorOf(certificate, request, world);
  if (!successor.ok) return successor;
  const annulment = { kind: request.kind, decision, successorId: successor.value?.id ?? null };
  if (!(await world.keepAnnulment(certificate, annulment, actor))) return fail({ code: "already_annulled" });
  await world.tellAtOnce();
  return ok(null);
}

/** A decision about a copy is not older than the copy, and not of tomorrow. */
function checkedDecision(
  { number, date, by, reason }: AnnulmentDecision,
  { printedOn }: Certificate,
  now: Instant,
): AnnulmentDecision | null {
  const told = { number: tidy(number), date, by: tidy(by), reason: tidy(reason) };
  const isTimely = printedOn <= date && date <= localDateOf(now);
  const { leastReason } = annulmentBounds;
  const isWhole =
    within(told.number, 1, annulmentBounds.number) &&
    within(told.by, 1, annulmentBounds.by) &&
    within(told.reason, leastReason, annulmentBounds.reason);
  return isTimely && isWhole ? told : null;
}

const tidy = (text: string): string => text.normalize("NFC").trim();
const within = (text: string, least: number, most: number): boolean => text.length >= least && text.length <= most;

async function successorOf(
  certificate: Certificate,
  { kind, successor }: AnnulmentRequest,
  world: AnnullingWorld,
): Promise<Result<Certificate | null, Failure>> {
  if (successor === null) return kind === "superseded" ? fail({ code: "successor_unknown" }) : ok(null);
  const found = await world.issuedByNumber(certificate, successor.number, successor.year);
  return found === null || found.id === certificate.id ? fail({ code: "successor_unknown" }) : ok(found);
}
