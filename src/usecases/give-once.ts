import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgainReason, EarlierCopy } from "../core/give-once.ts";
import type { AgencyId, CertificateId, DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "../core/kernel.ts";
import { mayFollow } from "../core/stages.ts";
import type { Failure } from "./failure.ts";
import { type OpeningWorld, secretLifeSeconds } from "./open-dossier.ts";

export type OnceRequest =
  | { readonly answer: "reused"; readonly certificateId: CertificateId; readonly identityDigits: string }
  | { readonly answer: "in_vneid" }
  | { readonly answer: "again"; readonly reason: AgainReason };

export type GiveOnceWorld = Pick<OpeningWorld, "now" | "newSecret"> & {
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** Best first; of the dossier's own agency only. */
  readonly earlierCopies: (dossier: Dossier) => Promise<readonly EarlierCopy[]>;
  /** Whether these are the four digits that the earlier copy's applicant identified with; guesses are counted. */
  readonly checkDigits: (earlier: EarlierCopy, digits: string) => Promise<Result<null, Failure>>;
  /** One transaction: the answer, and the dossier's end where it is one. False when it was answered or had gone on. */
  readonly keepAnswer: (dossier: Dossier, kept: KeptAnswer, actor: Actor) => Promise<boolean>;
};

export type KeptAnswer = {
  readonly answer: OnceRequest["answer"];
  readonly reason: AgainReason | null;
  readonly earlier: EarlierCopy | null;
  /** Of the earlier copy that is given again: the link before opens nothing once this is durable. */
  readonly link: { readonly secretHash: Bytes; readonly secretExpiresAt: Instant } | null;
};

type Answered = { readonly earlier: EarlierCopy | null; readonly secret: string | null };

/**
 * ONCE-1: what the official decided about an original that was certified here before, or that VNeID has already. The
 * earlier copy is given again only to who asked for it then: same name, same four digits of the identity paper.
 *
 * @returns the new secret of the earlier copy's link, once; null where no copy is given again
 */
export async function giveOnce(
  dossierId: DossierId,
  request: OnceRequest,
  actor: Actor,
  world: GiveOnceWorld,
): Promise<Result<Answered, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (!mayFollow(dossier.status, "reused")) return fail({ code: "wrong_stage", status: dossier.status });
  const copies = await world.earlierCopies(dossier);
  if (request.answer === "reused") return giveAgain(dossier, request, copies, actor, world);
  const [earlier = null] = copies;
  if (request.answer === "again" && earlier === null) return fail({ code: "not_found" });
  const reason = request.answer === "again" ? request.reason : null;
  const done = await world.keepAnswer(dossier, { answer: request.answer, reason, earlier, link: null }, actor);
  return done ? ok({ earlier, secret: null }) : fail({ code: "wrong_stage", status: dossier.status });
}

async function giveAgain(
  dossier: Dossier,
  { certificateId, identityDigits }: Extract<OnceRequest, { answer: "reused" }>,
  copies: readonly EarlierCopy[],
  actor: Actor,
  world: GiveOnceWorld,
): Promise<Result<Answered, Failure>> {
  const earlier = copies.find((copy) => copy.certificateId === certificateId);
  // another applicant's copy is as good as none: its link would die in the owner's hands
  if (earlier === undefined || !earlier.sameApplicant) return fail({ code: "not_found" });
  const known = await world.checkDigits(earlier, identityDigits);
  if (!known.ok) return known;
  const secret = world.newSecret();
  const secretExpiresAt = instantOfSeconds(secondsOf(world.now()) + secretLifeSeconds);
  const link = { secretHash: secret.hash, secretExpiresAt };
  const done = await world.keepAnswer(dossier, { answer: "reused", reason: null, earlier, link }, actor);
  return done ? ok({ earlier, secret: secret.text }) : fail({ code: "wrong_stage", status: dossier.status });
}
