import type { Actor } from "../../core/dossier.ts";
import { fail, type Instant, localDateOf, ok, type Result } from "../../core/kernel.ts";
import { type BookNames, yearsToOpen } from "../../core/register.ts";
import type { AdministrationFailure } from "./failure.ts";
import { type Note, noteOf } from "./note.ts";

export type NamingWorld = {
  readonly now: () => Instant;
  /** One transaction with the note; false where books of that year are in use under other names. */
  readonly keepNames: (year: number, names: BookNames, note: Note) => Promise<boolean>;
};

/**
 * What the books of a year are called, from that year on, before its first number is taken; both the same: one series for
 * both kinds of copies. LAW 2.4, O3; REG-5.
 *
 * @param year one whose books may be opened now
 */
export async function nameBooks(
  year: number,
  names: BookNames,
  actor: Actor,
  world: NamingWorld,
): Promise<Result<null, AdministrationFailure>> {
  const at = world.now();
  if (!yearsToOpen(localDateOf(at)).includes(year)) return fail({ code: "not_found" });
  const about = `${year}: ${names.electronic}, ${names.paper}`;
  const kept = await world.keepNames(year, names, noteOf(actor, "books_named", about, at));
  return kept ? ok(null) : fail({ code: "book_names_in_use" });
}
