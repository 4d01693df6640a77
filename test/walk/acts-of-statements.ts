import type { AgencyId, DossierId } from "../../src/core/ids.ts";
import { utf8 } from "../../src/core/kernel.ts";
import { statementsDesk } from "../../src/wiring/statements.ts";
import { type Act, reason, type Told, type Visit } from "./act.ts";
import type { Town } from "./town.ts";

const nothing: Told = { ok: false, failure: { code: "nothing_there" } };

/** Lines that were brought lately, of either agency: banks send them again, in another order. */
const lately = new WeakMap<Town, string[]>();
const mostInMind = 60;

async function lineOf({ town, chance }: Visit, id: DossierId): Promise<string> {
  const [owed] = await town.sql<{ code: string; dong: string }[]>`
    select s.code, b.outstanding_dong as dong from dossier d join submission s on s.id = d.submission_id
      join fee_balance b on b.submission_id = s.id where d.id = ${id}`;
  const dong = Math.max(0, Number(owed?.dong ?? 0) + chance.pick([0, 0, 0, 0, 1000, -1000]));
  const [day] = town.now().split("T");
  return `${day};${dong === 0 ? 2000 : dong};CT ${owed?.code ?? "H00"};FT${chance.below(40)}`;
}

/** A bank's file of a few transfers, some of them known; now and then by two people at once, from the other end. */
export const bring: Act = async (visit) => {
  const { town, chance } = visit;
  const by = visit.by("receiver");
  const known = lately.get(town) ?? [];
  const ids = (town.dossiers.get(by.agencyId) ?? []).slice(-40);
  if (ids.length === 0) return nothing;
  const fresh: string[] = [];
  for (let i = chance.below(4); i >= 0; i--) fresh.push(await lineOf(visit, chance.pick(ids)));
  const lines = known.length === 0 ? fresh : [...fresh, chance.pick(known), chance.pick(known)];
  lately.set(town, [...known, ...fresh].slice(-mostInMind));
  const file = (some: readonly string[]) => utf8(["Ngày;Số tiền;Nội dung;Số tham chiếu", ...some].join("\n"));
  const desk = statementsDesk(town.house);
  const [brought] = await Promise.all([
    desk.bring(file(lines), by),
    chance.below(3) === 0 ? desk.bring(file(lines.toReversed()), by) : null,
  ]);
  return brought;
};

async function aStatement({ town, chance }: Visit, agencyId: AgencyId) {
  const desk = statementsDesk(town.house);
  const statements = await desk.statements({ agencyId } as Parameters<typeof desk.statements>[0]);
  return statements.length === 0 ? null : chance.pick(statements.slice(0, 5));
}

/** What names one dossier and pays exactly, in one press; sometimes in two at once. FEE-7 */
export const bookStatement: Act = async (visit) => {
  const by = visit.by("receiver");
  const statement = await aStatement(visit, by.agencyId);
  if (statement === null) return nothing;
  const desk = statementsDesk(visit.town.house);
  const [booked] = await Promise.all([
    desk.bookExact(statement.id, by),
    visit.chance.below(3) === 0 ? desk.bookExact(statement.id, by) : null,
  ]);
  return booked === null || booked === 0 ? nothing : { ok: true, value: booked };
};

/** One line: booked for what it names or for the paper at hand, or set aside; now and then both at once. FEE-7 */
export const decideLine: Act = async (visit) => {
  const { town, chance } = visit;
  const by = visit.by("receiver");
  const desk = statementsDesk(town.house);
  const asked = await aStatement(visit, by.agencyId);
  const found = asked === null ? null : await desk.statement(asked.id, by);
  const lines = found === null ? [] : [...found.waiting.map(({ line }) => line), ...found.settled];
  if (lines.length === 0) return nothing;
  const line = chance.pick(lines);
  const [named] = await town.sql<{ code: string }[]>`
    select s.code from dossier d join submission s on s.id = d.submission_id where d.id = ${visit.dossier?.id ?? null}`;
  const code =
    chance.below(3) === 0 ? (named?.code ?? "") : (/[A-Z]\d{2}[\w.]*-\d{6}-\d+/.exec(line.content)?.[0] ?? "");
  const book = () =>
    desk.bookLine(
      line.id,
      { code, isAnother: chance.below(2) === 0, isAboveFee: false, isAside: line.setAside !== null },
      by,
    );
  const setAside = () => desk.setAside(line.id, reason, by);
  const [first, second] = chance.below(2) === 0 ? [book, setAside] : [setAside, book];
  const [told] = await Promise.all([first(), chance.below(4) === 0 ? second() : null]);
  return told;
};
