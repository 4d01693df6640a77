import { booksOf } from "../../db/stores/administration.ts";
import { bookNamesOf } from "../../db/stores/book-names.ts";
import type { BookId } from "../../src/core/ids.ts";
import { type LocalDate, localDateOf } from "../../src/core/kernel.ts";
import { bookKinds } from "../../src/core/register.ts";
import { monthsOf, type Period } from "../../src/core/register-print.ts";
import { signRegister } from "../../src/usecases/sign-register.ts";
import { absencesWorld } from "../../src/wiring/absences.ts";
import { administrationWorld } from "../../src/wiring/administration.ts";
import { unlessHindered } from "../../src/wiring/house.ts";
import { officialsWorld } from "../../src/wiring/officials.ts";
import { lineWorld } from "../../src/wiring/register-lines.ts";
import { type Act, reason } from "./act.ts";
import { walkRegister } from "./keys-and-bytes.ts";

export const openBook: Act = (visit) =>
  officialsWorld(visit.town.house).openBook(visit.by("head"), visit.chance.pick(bookKinds));

/** Of a year that is over, as a rule; the one in use is closed now and then, and another opened behind it. */
export const closeBook: Act = async (visit) => {
  const actor = visit.by("head");
  const books = await booksOf(visit.town.sql, actor.agencyId);
  const thisYear = Number(localDateOf(visit.town.now()).slice(0, 4));
  const book = books.find((one) => one.closedAt === null && (one.year < thisYear || visit.chance.below(40) === 0));
  const id = book?.id ?? ("00000000-0000-4000-8000-000000000000" as BookId);
  return administrationWorld(visit.town.house, {}).closeBook(id, actor);
};

export const signMonth: Act = (visit) => {
  const { town, chance } = visit;
  const today = localDateOf(town.now());
  const year = Number(today.slice(0, 4)) - chance.below(2);
  const period = chance.below(6) === 0 ? (String(year) as Period) : chance.pick(monthsOf(year));
  const kind = chance.pick(bookKinds);
  return unlessHindered(async () => {
    const { [kind]: suffix } = await bookNamesOf(town.sql, visit.by("signer").agencyId, Number(period.slice(0, 4)));
    return signRegister(period, "0000", visit.by("signer"), walkRegister(town, suffix));
  });
};

export const away: Act = async (visit) => {
  const { town, chance } = visit;
  const head = visit.by("head");
  const world = absencesWorld(town.house);
  const [open] = (await world.absences(head)).filter(({ endedAt }) => endedAt === null);
  if (open !== undefined) return world.endAbsence(open.id, head);
  const from = localDateOf(town.now());
  const { personId } = visit.by(chance.pick(["signer", "clerk"]));
  const substituteId = chance.below(2) === 0 ? null : visit.by("substitute").personId;
  return world.noteAbsence({ personId, from, to: from as LocalDate, substituteId }, head);
};

export const correct: Act = async (visit) => {
  const { town, chance, dossier } = visit;
  if (dossier === null) return { ok: false, failure: { code: "nothing_there" } };
  const request = {
    form: chance.pick(["electronic", "paper"] as const),
    part: "applicant" as const,
    reads: `Lò Văn ${chance.below(99)} (hư cấu)`,
    reason,
  };
  return lineWorld(town.house).correct(dossier.id, { ...request, seen: chance.below(2) }, visit.by("signer"));
};
