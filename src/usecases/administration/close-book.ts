import type { Actor } from "../../core/dossier.ts";
import type { AgencyId, BookId } from "../../core/ids.ts";
import { fail, type Instant, type Result } from "../../core/kernel.ts";
import { bookText } from "../../core/register.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";

/** A book and what stands in it. */
export type BookLine = {
  readonly id: BookId;
  readonly suffix: string;
  readonly year: number;
  readonly ordinal: number;
  readonly openedAt: Instant;
  readonly closedAt: Instant | null;
  readonly issued: number;
  readonly voided: number;
  readonly inProgress: number;
};

export type ClosingWorld = {
  readonly now: () => Instant;
  readonly book: (id: BookId, agencyId: AgencyId) => Promise<BookLine | null>;
  /** One transaction with log job, total and note; waits for numbers that are being taken, and counts them. */
  readonly keepClosed: (id: BookId, closedAt: Instant, note: Note) => Promise<Result<null, AdministrationFailure>>;
};

/** At the end of the year the book is closed and what stands in it is counted; the log says so. NĐ 23/2015 Art. 13. */
export async function closeBook(
  id: BookId,
  actor: Actor,
  world: ClosingWorld,
): Promise<Result<null, AdministrationFailure>> {
  const book = await world.book(id, actor.agencyId);
  if (book === null) return fail({ code: "not_found" });
  if (book.closedAt !== null) return fail({ code: "book_closed" });
  const closedAt = world.now();
  const about = `${bookText(book)}: ${book.issued + book.voided}`;
  return world.keepClosed(id, closedAt, noteOf(actor, "book_closed", about, closedAt));
}
