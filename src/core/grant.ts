import type { AgencyId, CertificateId, RecipientId } from "./ids.ts";
import { type Branded, fail, type Instant, ok, type Result } from "./kernel.ts";

export type GrantId = Branded<string, "GrantId">;
export type OpeningId = Branded<string, "OpeningId">;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function parseGrantId(text: string): Result<GrantId, { code: "not_found" }> {
  return uuid.test(text) ? ok(text as GrantId) : fail({ code: "not_found" });
}

export function parseOpeningId(text: string): Result<OpeningId, { code: "not_found" }> {
  return uuid.test(text) ? ok(text as OpeningId) : fail({ code: "not_found" });
}

/** Whom a grant is for; `id` is null of an office that is not registered and was only named. */
export type Grantee = { readonly id: RecipientId | null; readonly name: string };

/** The citizen's leave for one recipient to take one copy, or some of its pages, for one procedure. */
export type Grant = {
  readonly id: GrantId;
  readonly certificateId: CertificateId;
  readonly agencyId: AgencyId;
  readonly grantee: Grantee;
  /** As the citizen wrote it, or a procedure's code. */
  readonly procedure: string;
  /** Numbers of the original's pages, rising; null for the whole copy. */
  readonly pages: readonly number[] | null;
  readonly uses: number;
  readonly used: number;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
};

/** How a receiver proved itself: by its key, by a code sent to its registered address, or to the citizen face to face. */
export const receiverProofs = ["key", "code", "confirmation"] as const;

export type ReceiverProof = (typeof receiverProofs)[number];

/** One use of a grant. The same facts stand in the receipt of both sides. */
export type Opening = {
  readonly id: OpeningId;
  readonly grantId: GrantId;
  /** 1 for the first. */
  readonly ordinal: number;
  readonly openedAt: Instant;
  readonly proof: ReceiverProof;
  /** Who proved to be it; null where only the citizen confirmed who stood there. */
  readonly recipientId: RecipientId | null;
  /** What it was called then. */
  readonly openedBy: string;
};

/** Most and fewest days and openings of one grant, and the letters of what the citizen writes. */
export const grantBounds = { mostDays: 30, mostUses: 10, mostLetters: 200, mostOpenGrants: 50 } as const;

export const grantStates = ["open", "annulled", "revoked", "expired", "exhausted"] as const;

export type GrantState = (typeof grantStates)[number];

/** What stands first is told first: a copy without value matters more than a link that is over. */
export function grantState(
  { revokedAt, expiresAt, used, uses }: Grant,
  now: Instant,
  hasCopyLostItsValue: boolean,
): GrantState {
  if (hasCopyLostItsValue) return "annulled";
  if (revokedAt !== null) return "revoked";
  if (now >= expiresAt) return "expired";
  return used >= uses ? "exhausted" : "open";
}

/**
 * `1, 3-5` as rising numbers, each once; null where it is anything else or names a page that is not there.
 *
 * @param pages how many the original has
 */
export function parsePages(text: string, pages: number): readonly number[] | null {
  const chosen = new Set<number>();
  for (const part of text.split(/[,;\s]+/).filter((one) => one !== "")) {
    const range = /^(\d{1,4})(?:[-–](\d{1,4}))?$/.exec(part);
    if (range === null) return null;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    if (first < 1 || last < first || last > pages) return null;
    for (let page = first; page <= last; page++) chosen.add(page);
  }
  return chosen.size === 0 ? null : [...chosen].sort((a, b) => a - b);
}

/** `1, 3-5`. */
export function pagesText(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === page - 1) run[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}
