import type { Actor } from "../core/dossier.ts";
import type { AgencyId, BookId } from "../core/ids.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { yearOf, yearsToOpen } from "../core/register.ts";
import type { Failure } from "./failure.ts";

export type OpeningBookWorld = {
  readonly now: () => Instant;
  readonly newBookId: () => BookId;
  /** One transaction with the log job; null when a book of that kind and year is open already. `name_over`: the agency calls its books otherwise. */
  readonly keepBook: (book: {
    id: BookId;
    agencyId: AgencyId;
    suffix: string;
    year: number;
    openedAt: Instant;
  }) => Promise<BookId | null | "name_over">;
};

/**
 * Opens the next book of a kind in its year; exactly one is open at a time. In December the next year's too. NĐ 23/2015
 * Art. 13, LAW R7; REG-2.
 *
 * @param asked year of the book; null for the running one
 */
export async function openBook(
  suffix: string,
  actor: Pick<Actor, "agencyId">,
  world: OpeningBookWorld,
  asked: number | null = null,
): Promise<Result<BookId, Failure>> {
  const openedAt = world.now();
  const today = localDateOf(openedAt);
  const year = asked ?? yearOf(today);
  if (!yearsToOpen(today).includes(year)) return fail({ code: "malformed_request", field: "year" });
  const kept = await world.keepBook({ id: world.newBookId(), agencyId: actor.agencyId, suffix, year, openedAt });
  if (kept === "name_over") return fail({ code: "book_name_over" });
  return kept === null ? fail({ code: "several_open_books" }) : ok(kept);
}
