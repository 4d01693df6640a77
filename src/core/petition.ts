import type { WorkingCalendar } from "./calendar.ts";
import { extendedBy } from "./deadlines.ts";
import type { AgencyId } from "./ids.ts";
import { type Branded, type Instant, instantOfSeconds, secondsOf } from "./kernel.ts";

/** Phản ánh: something is wrong. Kiến nghị: something should be otherwise. A complaint (khiếu nại) has a law of its own. */
export const petitionKinds = ["feedback", "petition"] as const;

export type PetitionKind = (typeof petitionKinds)[number];

export type PetitionId = Branded<string, "PetitionId">;

/** Twelve signs of Crockford's base 32, 60 bits: opens one petition and its answer to whoever types it. */
export type PetitionCode = Branded<string, "PetitionCode">;

/** In either case, with spaces and hyphens as people type them; null where it cannot be one. */
export function parsePetitionCode(text: string): PetitionCode | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{12}$/.test(plain) ? (plain as PetitionCode) : null;
}

const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** @param bytes at least eight, evenly spread */
export function petitionCodeOf(bytes: Uint8Array): PetitionCode {
  let bits = 0n;
  for (const byte of bytes.subarray(0, 8)) bits = (bits << 8n) | BigInt(byte);
  let code = "";
  for (let i = 0; i < 12; i++) code += signs[Number((bits >> BigInt(5 * i)) & 31n)];
  return code as PetitionCode;
}

/** `7K2M-9QXT-0AB4`, as it is read out and typed. */
export const shownPetitionCode = (code: PetitionCode): string => code.replace(/(.{4})(?=.)/g, "$1-");

export type NewPetition = {
  readonly kind: PetitionKind;
  readonly words: string;
  /** How the agency may reach who wrote; nobody has to say. */
  readonly contact: string | null;
};

export const petitionBounds = { leastWords: 10, mostWords: 2000, mostContact: 200, mostAnswer: 4000 } as const;

/** As the head of the agency has it. */
export type Petition = NewPetition & {
  readonly id: PetitionId;
  readonly number: number;
  readonly agencyId: AgencyId;
  /** Of what it is about, where it came from a citizen's own page. */
  readonly dossierCode: string | null;
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
  readonly answer: { readonly words: string; readonly by: string; readonly at: Instant } | null;
};

/** VOICE-2: the end of the `days`-th working day after the one on which it came. */
export const petitionDue = (receivedAt: Instant, days: number, calendar: WorkingCalendar): Instant =>
  extendedBy(receivedAt, days, calendar);

const soonDays = 2;

/** What is due before then is due soon: within two working days from the day after now. */
export const soonBefore = (now: Instant, calendar: WorkingCalendar): Instant =>
  instantOfSeconds(secondsOf(petitionDue(now, soonDays, calendar)) + 1);

/** Late before it is late: whoever answers sees it two working days ahead. */
export function petitionStanding(
  { dueAt, answer }: Pick<Petition, "dueAt" | "answer">,
  now: Instant,
  calendar: WorkingCalendar,
): "answered" | "open" | "soon" | "late" {
  if (answer !== null) return "answered";
  if (dueAt < now) return "late";
  return dueAt < soonBefore(now, calendar) ? "soon" : "open";
}

/** From the best to the worst, as the words stand on the page. */
export const ratingSteps = [5, 4, 3, 2, 1] as const;

export type RatingSteps = (typeof ratingSteps)[number];

export const ratingReasons = ["time", "attitude", "guidance", "trips", "website", "other"] as const;

export type RatingReason = (typeof ratingReasons)[number];

/** VOICE-1: once a submission, after its return, without a way back to who gave it. */
export type Rating = {
  readonly steps: RatingSteps;
  readonly reason: RatingReason | null;
  readonly words: string | null;
};

export const mostRatingWords = 500;
