import type { AgencyId } from "../ids.ts";
import { type Instant, type LocalDate, localDateOf } from "../kernel.ts";
import { withoutTones } from "../without-tones.ts";
import type { Successor } from "./successor.ts";

/** What a decision does to a copy that was issued. TT 01/2020 Art. 7: it loses its legal value; or another one stands in its place. */
export type AnnulmentKind = "annulled" | "superseded";

/** As it is published: the decision, never the person whose paper it was. */
export type AnnulmentDecision = {
  /** as the agency numbers its decisions, such as `12/QĐ-UBND` */
  readonly number: string;
  readonly date: LocalDate;
  /** name and office of who decided */
  readonly by: string;
  readonly reason: string;
};

/** A copy's line, as the register and the printed copy name it. */
type NumberedCopy = { readonly number: number; readonly bookText: string };

export type KeptAnnulment = {
  readonly kind: AnnulmentKind;
  readonly decision: AnnulmentDecision;
  /** the copy that stands in its place */
  readonly successor: Successor | null;
  readonly notedAt: Instant;
  /** name of the official who entered the decision */
  readonly notedBy: string;
};

/** What is shown to everyone: no holder, nothing that was typed of the paper, no official but the one who decided. TT 01/2020 Art. 7. */
export type PublishedAnnulment = NumberedCopy &
  Omit<KeptAnnulment, "notedBy"> & {
    readonly agencyId: AgencyId;
    readonly date: LocalDate;
    /** COPIES-1: how many electronic copies of that number the decision takes; all of them. */
    readonly copies: number;
    /** One of the usual kinds; null where another word was typed, which may name somebody. */
    readonly paperKind: string | null;
  };

/**
 * The usual kind that was meant by what was typed; what stands in brackets beside it is let go.
 *
 * @param usual as they are written in the register
 * @returns null for any other word: an open list shows no text that was typed about one person's paper
 */
export function publishedKind(typed: string, usual: readonly string[]): string | null {
  const bare = (text: string) =>
    text
      .normalize("NFC")
      .replace(/\([^()]*\)/gu, " ")
      .trim()
      .toLocaleLowerCase("vi");
  return usual.find((kind) => bare(kind) === bare(typed)) ?? null;
}

/** Who has the copy, and how far the news came there. */
export type ToldRecipient = {
  /** Null: the citizen whose copy it is. */
  readonly name: string | null;
  /** Of the citizen: there is an e-mail. */
  readonly isActive: boolean;
  /** The letter's state; null where none was written. */
  readonly mail: "waiting" | "sent" | "failed" | null;
  /** Of each address of its programs. */
  readonly programs: readonly ("waiting" | "delivered" | "failed")[];
};

/** Where the public list tells a decision: `#so-7-01-2026-sctdt-bs-hoaban`; of letters without marks, for every mail program. */
export const anchorOf = ({
  number,
  bookText,
  agencyId,
}: Pick<PublishedAnnulment, "number" | "bookText" | "agencyId">): string =>
  `so-${number}-${withoutTones(bookText)}-${agencyId}`.replace(/[^a-z0-9]+/giu, "-");

export const annulmentBounds = { number: 60, by: 200, leastReason: 10, reason: 500 } as const;

/** Decisions that one list tells. */
export const mostListed = 1000;

/** Older parts of so many decisions: each whole, counted from the oldest, so that its address always tells the same. */
export const olderParts = (decisions: number): number =>
  decisions <= mostListed ? 0 : Math.floor(decisions / mostListed);

export type AnnulmentList = {
  readonly list: readonly PublishedAnnulment[];
  readonly older: number;
  /** Agencies with decisions, and the older parts of each one's own paper. */
  readonly papers: readonly { readonly agencyId: AgencyId; readonly older: number }[];
};

/** How a copy stood on one day of the Vietnamese calendar, as far as the register tells today. */
export type StandingOnDay = "not_yet" | "valid" | AnnulmentKind | "unknown" | "day_ahead";

type Known = {
  readonly sealedAt: Instant;
  readonly status: "issued" | AnnulmentKind | "unknown";
  readonly decision: Pick<AnnulmentDecision, "date"> | null;
};

/**
 * A decision says that the copy was wrong from the beginning; this answers what whoever relied on it that day could know.
 * On the day of the decision itself the copy counts as annulled: no hour is published.
 */
export function standingOn(day: LocalDate, copy: Known, now: Instant): StandingOnDay {
  if (day > localDateOf(now)) return "day_ahead";
  if (day < localDateOf(copy.sealedAt)) return "not_yet";
  if (copy.status === "unknown") return "unknown";
  if (copy.status === "issued") return "valid";
  return copy.decision !== null && day < copy.decision.date ? "valid" : copy.status;
}
