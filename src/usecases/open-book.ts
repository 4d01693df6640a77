import type { Actor } from "../core/dossier.ts";
import type { AgencyId, BookId } from "../core/ids.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { yearOf } from "../core/register.ts";
import type { Failure } from "./failure.ts";

export type OpeningBookWorld = {
  readonly now: () => Instant;
  readonly newBookId: () => BookId;
  /** One transaction with the log job; null when a book of that kind and year is open already. */
  readonly keepBook: (book: {
    id: BookId;
    agencyId: AgencyId;
    suffix: string;
    year: number;
    openedAt: Instant;
  }) => Promise<BookId | null>;
};

/** Opens the year's next book of a kind; exactly one is open at a time. NĐ 23/2015 Art. 13, LAW R7; REG-2. */
export async function openBook(
  suffix: string,
  actor: Pick<Actor, "agencyId">,
  world: OpeningBookWorld,
): Promise<Result<BookId, Failure>> {
  const openedAt = world.now();
  const year = yearOf(localDateOf(openedAt));
  const kept = await world.keepBook({ id: world.newBookId(), agencyId: actor.agencyId, suffix, year, openedAt });
  return kept === null ? fail({ code: "several_open_books" }) : ok(kept);
}
