import type { Actor, Dossier, Intake, PaperFacts } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../core/kernel.ts";

export type OpeningRequest = PaperFacts &
  Intake & {
    readonly applicantName: string;
    /** Last four digits of the applicant's identity paper: the citizen's second factor at download. */
    readonly identityDigits: string;
  };

export type OpeningWorld = {
  readonly now: () => Instant;
  readonly newDossierId: () => DossierId;
  /** 128 random bits as text for the citizen's link, with the only form that is stored. */
  readonly newSecret: () => { readonly text: string; readonly hash: Bytes };
  /** Keyed, since four digits alone are guessed at once. */
  readonly hashDigits: (dossierId: DossierId, digits: string) => Bytes;
  /** Durable on return. */
  readonly keepDossier: (dossier: Dossier, kept: KeptWithDossier) => Promise<void>;
};

export type KeptWithDossier = Intake & {
  readonly openedBy: Actor;
  readonly identityDigitsHash: Bytes;
  readonly secretHash: Bytes;
  readonly secretExpiresAt: Instant;
};

/** How long a citizen's link opens; renewed at the counter. DESIGN decision 14. */
export const secretLifeSeconds = 365 * 86_400;

/** The applicant presents a paper original at the counter. NĐ 45/2020 Art. 10(3), first step. */
export async function openDossier(
  request: OpeningRequest,
  actor: Actor,
  world: OpeningWorld,
): Promise<{ dossierId: DossierId; secret: string }> {
  const { identityDigits, identityKind, contact, paperCopies, applicantName, ...paper } = request;
  const id = world.newDossierId();
  const openedAt = world.now();
  const secret = world.newSecret();
  const dossier: Dossier = { ...paper, id, applicantName, agencyId: actor.agencyId, status: "received", openedAt };
  await world.keepDossier(dossier, {
    openedBy: actor,
    identityKind,
    contact,
    paperCopies,
    identityDigitsHash: world.hashDigits(id, identityDigits),
    secretHash: secret.hash,
    secretExpiresAt: instantOfSeconds(secondsOf(openedAt) + secretLifeSeconds),
  });
  return { dossierId: id, secret: secret.text };
}
