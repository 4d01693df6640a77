import { keepBookNames } from "../../db/stores/book-names.ts";
import { keepRequest } from "../../db/stores/data-requests.ts";
import { eraseDueBlobs, eraseDueContacts } from "../../db/stores/erasures.ts";
import { eraseDuePayments } from "../../db/stores/payment-erasures.ts";
import { type Instant, localDateOf, ok } from "../../src/core/kernel.ts";
import { usualBookNames } from "../../src/core/register.ts";
import { daysAfter } from "../../src/core/terms.ts";
import { nameBooks } from "../../src/usecases/administration/name-books.ts";
import { dataRequestsWorld } from "../../src/wiring/data-requests.ts";
import { newId } from "../../src/wiring/house.ts";
import { linkEndWorld } from "../../src/wiring/link-end.ts";
import { officialsWorld } from "../../src/wiring/officials.ts";
import { type Act, reason, type Told } from "./act.ts";

const nothing: Told = { ok: false, failure: { code: "nothing_there" } };

/** At the counter, also while the paper is on its way, and twice. */
export const endLink: Act = async (visit) => {
  const { town, dossier } = visit;
  if (dossier === null) return nothing;
  return linkEndWorld(town.house, officialsWorld(town.house)).endLink(dossier.id, visit.by("receiver"));
};

const { electronic, paper } = usualBookNames;
const names = [usualBookNames, { electronic: paper, paper: electronic }, { electronic: paper, paper }];

/** This year or the next, shared, swapped or as usual: mostly too late. */
export const callBooks: Act = (visit) => {
  const { town, chance } = visit;
  const year = Number(localDateOf(town.now()).slice(0, 4)) + chance.below(2);
  const world = {
    now: town.now,
    keepNames: (...kept: Parameters<typeof keepBookNames> extends [unknown, ...infer Kept] ? Kept : never) =>
      keepBookNames(town.sql, ...kept),
  };
  return nameBooks(year, chance.pick(names), visit.by("head"), world);
};

/** A holder wants the content left alone, is answered at once, and lifts it now and then. DATA-3 */
export const restrict: Act = async (visit) => {
  const { town, chance, dossier } = visit;
  if (dossier === null) return nothing;
  const kind = chance.below(3) === 0 ? "lift" : "restrict";
  const id = newId<string>();
  const [askedAt, dueAt] = [town.now(), daysAfter(town.now(), 15)];
  const says = kind === "restrict" ? reason : null;
  await keepRequest(town.sql, dossier, { id, kind, says, askedAt, dueAt });
  if (kind === "lift") return ok(null);
  const answer = { outcome: chance.pick(["done", "declined"] as const), says: reason };
  return dataRequestsWorld(town.house).answerInWords(id, answer, visit.by("head"));
};

/** As if a term had passed: of what ended a while ago some goes, whoever works on it now. KEEP-1 */
export const sweep: Act = async ({ town, chance }) => {
  const before = daysAfter(town.now(), -chance.below(3)) as Instant;
  const part = chance.pick(["scan", "contact"] as const);
  await eraseDueBlobs(town.sql, part, before, town.now());
  await eraseDueContacts(town.sql, before, town.now());
  await eraseDuePayments(town.sql, daysAfter(town.now(), -4000), town.now());
  return ok(null);
};
