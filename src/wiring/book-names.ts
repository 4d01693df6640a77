import { bookNamesOf } from "../../db/stores/book-names.ts";
import type { Actor } from "../core/dossier.ts";
import { localDateOf } from "../core/kernel.ts";
import { type BookNames, yearOf } from "../core/register.ts";
import type { House } from "./house.ts";

/** What the books of this year and the next are called. */
export async function namesAround(
  { sql, now }: Pick<House, "sql" | "now">,
  { agencyId }: Pick<Actor, "agencyId">,
): Promise<(year: number) => BookNames> {
  const thisYear = yearOf(localDateOf(now()));
  const [running, next] = [
    await bookNamesOf(sql, agencyId, thisYear),
    await bookNamesOf(sql, agencyId, thisYear + 1),
  ] as const;
  return (year) => (year > thisYear ? next : running);
}
