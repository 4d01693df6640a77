import type { Actor, Certificate, Credential, Dossier } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { standingOf } from "../core/register.ts";
import type { Failure } from "./failure.ts";
import type { SealingWorld } from "./seal-certificate.ts";
import type { SigningWorld } from "./sign-certificate.ts";
import type { ActToSign, SigningAct } from "./sign-elsewhere.ts";
import { checkHere, copySignerFor } from "./signer.ts";

export type PreparingWorld<Prepared> = Pick<
  SigningWorld<never> & SealingWorld<never>,
  | "now"
  | "dossier"
  | "credential"
  | "mandates"
  | "absences"
  | "comparison"
  | "agencyCredential"
  | "checkRevocation"
  | "takeNumber"
  | "compose"
  | "certificate"
  | "personSigned"
  | "returnToOfficer"
> & {
  readonly prepare: (act: SigningAct, pdf: Bytes, about: ToPrepare) => Promise<Result<Prepared, Failure>>;
  /** `act_under_way` while a key at the server goes through the copies of this line. */
  readonly checkIdle: (line: Certificate, act: SigningAct) => Promise<Result<null, Failure>>;
  /** The further copies behind `after` that the act has not reached yet, in order, as this act prints them; at most so many. */
  readonly copiesBehind: (line: Certificate, act: SigningAct, part: Part) => Promise<readonly Certificate[]>;
};

export type ToPrepare = {
  readonly certificate: Certificate;
  readonly credential: Credential;
  readonly at: Instant;
};

/**
 * Some of the copies of a number, from those behind copy `after` on.
 *
 * @property after 0 begins anew; else `next` of the part before
 * @property most bounds what one request prepares
 */
export type Part = { readonly after: number; readonly most: number };

/** @property next where the next part begins; null: the line itself is the last of this one */
export type PreparedPart<Prepared> = {
  readonly acts: readonly ActToSign<Prepared>[];
  readonly next: number | null;
};

/**
 * First half of signing or sealing where the key is elsewhere: everything that is checked before a key is used, the number,
 * the copy with its gap. The number is durable first, as always (DESIGN decision 7): what is never signed can be voided.
 */
export async function prepareAct<Prepared>(
  act: SigningAct,
  dossierId: DossierId,
  actor: Actor,
  world: PreparingWorld<Prepared>,
): Promise<Result<ActToSign<Prepared>, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  // its copies come back part by part, and the line only moves when all are signed
  if (dossier !== null && dossier.electronicCopies > 1) return fail({ code: "key_elsewhere_for_copies" });
  const begun = await beginAct(act, dossier, actor, world);
  return begun.ok ? prepareCopy(act, begun.value.line, begun.value, world) : begun;
}

/**
 * COPIES-1: the same for the copies of one number, part by part; of a number with one copy that one. What is asked before a
 * key is used is asked for each part again, so that nothing is handed out for an officer whose right has ended meanwhile.
 * The line is copy 1 and comes last: its step is the act's.
 */
export async function prepareCopies<Prepared>(
  act: SigningAct,
  dossierId: DossierId,
  part: Part,
  actor: Actor,
  world: PreparingWorld<Prepared>,
): Promise<Result<PreparedPart<Prepared>, Failure>> {
  const begun = await beginAct(act, await world.dossier(dossierId, actor.agencyId), actor, world);
  if (!begun.ok) return begun;
  const { line } = begun.value;
  const idle = await world.checkIdle(line, act);
  if (!idle.ok) return idle;
  const further = await world.copiesBehind(line, act, part);
  const isLast = further.length < part.most;
  const acts: ActToSign<Prepared>[] = [];
  for (const copy of isLast ? [...further, line] : further) {
    const prepared = await prepareCopy(act, copy, begun.value, world);
    if (!prepared.ok) return prepared;
    acts.push(prepared.value);
  }
  return ok({ acts, next: isLast ? null : (further.at(-1)?.copy ?? null) });
}

type Begun = {
  readonly line: Certificate;
  readonly credential: Credential;
  readonly at: Instant;
  /** What lacks the signature: the copy as it is composed, or as the officer signed it. */
  readonly pdfOf: (copy: Certificate) => Promise<Result<Bytes, Failure>>;
};

async function beginAct(
  act: SigningAct,
  dossier: Dossier | null,
  actor: Actor,
  world: Omit<PreparingWorld<never>, "prepare">,
): Promise<Result<Begun, Failure>> {
  if (dossier === null) return fail({ code: "not_found" });
  const at = world.now();
  const awaited = await awaits(act, dossier, actor, at, world);
  if (!awaited.ok) return awaited;
  return act === "sign" ? beginSigning(dossier, actor, at, world) : beginSealing(awaited.value, actor, at, world);
}

async function prepareCopy<Prepared>(
  act: SigningAct,
  certificate: Certificate,
  { credential, at, pdfOf }: Begun,
  world: Pick<PreparingWorld<Prepared>, "prepare">,
): Promise<Result<ActToSign<Prepared>, Failure>> {
  const pdf = await pdfOf(certificate);
  if (!pdf.ok) return pdf;
  const prepared = await world.prepare(act, pdf.value, { certificate, credential, at });
  return prepared.ok ? ok({ act, certificate, credential, prepared: prepared.value, preparedAt: at }) : prepared;
}

/** @returns the line to be sealed; null where the number is still to be taken */
async function awaits(
  act: SigningAct,
  dossier: Dossier,
  actor: Actor,
  at: Instant,
  world: Pick<PreparingWorld<never>, "certificate" | "returnToOfficer">,
): Promise<Result<Certificate | null, Failure>> {
  if (dossier.onPaperOnly) return fail({ code: "on_paper_only" });
  const wrongStage = fail({ code: "wrong_stage", status: dossier.status } as const);
  if (act === "sign") return dossier.status === "attested" || dossier.status === "numbered" ? ok(null) : wrongStage;
  const certificate = dossier.status === "person_signed" ? await world.certificate(dossier.id) : null;
  if (certificate === null) return wrongStage;
  if (certificate.officerId === actor.personId) return fail({ code: "same_person" });
  if (standingOf(certificate.printedOn, localDateOf(at)) === "good") return ok(certificate);
  await world.returnToOfficer(certificate);
  return fail({ code: "printed_date_passed" });
}

async function beginSigning(
  dossier: Dossier,
  actor: Actor,
  at: Instant,
  world: Pick<
    PreparingWorld<never>,
    "credential" | "mandates" | "absences" | "comparison" | "checkRevocation" | "takeNumber" | "compose"
  >,
): Promise<Result<Begun, Failure>> {
  const signer = await copySignerFor(actor, dossier, at, world);
  if (!signer.ok) return signer;
  const standing = await world.checkRevocation(signer.value);
  if (!standing.ok) return standing;
  const line = await world.takeNumber(dossier, signer.value, localDateOf(at));
  if (!line.ok) return line;
  const pdfOf = (copy: Certificate) => world.compose(dossier, copy, signer.value);
  return ok({ line: line.value, credential: signer.value, at, pdfOf });
}

async function beginSealing(
  line: Certificate | null,
  actor: Actor,
  at: Instant,
  world: Pick<PreparingWorld<never>, "absences" | "agencyCredential" | "checkRevocation" | "personSigned">,
): Promise<Result<Begun, Failure>> {
  if (line === null) throw new Error("nothing to seal");
  const here = await checkHere(actor, at, world);
  if (!here.ok) return here;
  const credential = await world.agencyCredential(actor.agencyId, at);
  if (credential === null) return fail({ code: "no_registered_certificate" });
  const standing = await world.checkRevocation(credential);
  if (!standing.ok) return standing;
  return ok({ line, credential, at, pdfOf: async (copy) => ok(await world.personSigned(copy)) });
}
