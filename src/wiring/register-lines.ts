import { namesEver } from "../../db/stores/book-names.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { newestLine } from "../../db/stores/register.ts";
import { keepCorrection } from "../../db/stores/register-corrections.ts";
import { officersOf, searchBooks } from "../../db/stores/register-search.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, type LocalDate, ok } from "../core/kernel.ts";
import type { RegisterLine } from "../core/lists.ts";
import { correctLine } from "../usecases/correct-line.ts";
import type { LineWorld, RegisterSearchWorld } from "../web/pages/register/world.ts";
import type { House } from "./house.ts";

export const lineWorld = (house: House): LineWorld => ({
  line: async (id, book, actor) => {
    const line = await lineOf(house, id, book, actor.agencyId);
    return line === null ? fail({ code: "not_found" }) : ok(line);
  },
  correct: (id, request, actor) =>
    correctLine(id, request, actor, {
      now: house.now,
      line: (...asked) => lineOf(house, ...asked),
      keepCorrection: (...kept) => keepCorrection(house.sql, ...kept),
    }),
});

async function lineOf(
  { sql }: House,
  id: DossierId,
  form: RegisterLine["form"],
  agencyId: AgencyId,
): Promise<RegisterLine | null> {
  const dossier = await findDossier(sql, id, agencyId);
  return dossier === null ? null : newestLine(sql, id, form);
}

export const registerSearchWorld = ({ sql }: House): RegisterSearchWorld => ({
  search: async ({ agencyId }, book, asked) => {
    const names = await namesEver(sql, agencyId, book);
    return searchBooks(
      sql,
      names.map(({ suffix, from, to }) => ({ agencyId, suffix, ...daysOfYears(from, to) })),
      asked,
    );
  },
  officers: ({ agencyId }) => officersOf(sql, agencyId),
});

const daysOfYears = (from: number, to: number) => ({
  from: `${from}-01-01` as LocalDate,
  to: `${to}-12-31` as LocalDate,
});
