import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, BookId } from "../../core/ids.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../../core/kernel.ts";
import { bookText, yearsToOpen } from "../../core/register.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";

type BookToOpen = { id: BookId; agencyId: AgencyId; suffix: string; year: number; openedAt: Instant };

export type BookOpeningWorld = {
  readonly now: () => Instant;
  readonly newBookId: () => BookId;
  /** One transaction with log job and note; null while one of that kind and year is open. `name_over`: the agency calls its books otherwise. */
  readonly keepBook: (book: BookToOpen, note: (ordinal: number) => Note) => Promise<BookId | null | "name_over">;
};

/** The next book of a kind in its year, which is running or, in December, the next; never two open. NĐ 23/2015 Art. 13, REG-2. */
export async function openYearsBook(
  { suffix, year }: Pick<BookToOpen, "suffix" | "year">,
  actor: Actor,
  world: BookOpeningWorld,
): Promise<Result<BookId, AdministrationFailure>> {
  const openedAt = world.now();
  if (!yearsToOpen(localDateOf(openedAt)).includes(year)) return fail({ code: "not_found" });
  const note = (ordinal: number) => noteOf(actor, "book_opened", bookText({ year, ordinal, suffix }), openedAt);
  const book = { id: world.newBookId(), agencyId: actor.agencyId, suffix, year, openedAt };
  const kept = await world.keepBook(book, note);
  if (kept === "name_over") return fail({ code: "book_name_over" });
  return kept === null ? fail({ code: "book_open" }) : ok(kept);
}
