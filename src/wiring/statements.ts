import { keepPayments } from "../../db/stores/fees.ts";
import {
  findStatement,
  findStatementLine,
  keepSetAside,
  keepStatement,
  payablesByCode,
  statementColumnsOf,
  statementLines,
  statementsOf,
  waitingLines,
} from "../../db/stores/statements.ts";
import {
  bookExact,
  bookLine,
  type DecidingWorld,
  importStatement,
  matchLines,
  setLineAside,
} from "../usecases/fees/reconcile.ts";
import type { StatementsDesk } from "../web/pages/fees/statements-world.ts";
import { type House, newId } from "./house.ts";

const listed = 50;

const deciding = ({ sql, now }: House): DecidingWorld => ({
  now,
  newEntryId: newId,
  lines: (id) => statementLines(sql, id),
  line: (id, agencyId) => findStatementLine(sql, id, agencyId),
  payables: (agencyId, codes) => payablesByCode(sql, agencyId, codes),
  keepPayments: (...kept) => keepPayments(sql, ...kept),
});

export function statementsDesk(house: House): StatementsDesk {
  const { sql, now } = house;
  const world = deciding(house);
  return {
    statements: async ({ agencyId }) => {
      const statements = await statementsOf(sql, agencyId, listed);
      const waiting = await waitingLines(sql, agencyId);
      return statements.map((one) => ({ ...one, waiting: waiting.get(one.id) ?? 0 }));
    },
    bring: (file, actor) =>
      importStatement(file, actor, {
        ...{ now, newStatementId: newId },
        columns: (agencyId) => statementColumnsOf(sql, agencyId),
        keepStatement: (...kept) => keepStatement(sql, ...kept),
      }),
    statement: async (id, actor) => {
      const statement = await findStatement(sql, id, actor.agencyId);
      if (statement === null) return null;
      const waiting = await matchLines(statement.id, actor, world);
      const isWaiting = new Set(waiting.map(({ line }) => line.id));
      const settled = (await statementLines(sql, statement.id)).filter((line) => !isWaiting.has(line.id));
      return { statement, waiting, settled };
    },
    bookExact: async (id, actor) => {
      const statement = await findStatement(sql, id, actor.agencyId);
      return statement === null ? null : bookExact(statement.id, actor, world);
    },
    line: async (id, actor) => {
      const line = await findStatementLine(sql, id, actor.agencyId);
      if (line === null) return null;
      const waiting = await matchLines(line.statementId, actor, world);
      return { line, verdict: waiting.find((one) => one.line.id === line.id)?.verdict ?? null };
    },
    bookLine: (id, booking, actor) => bookLine(id, booking, actor, world),
    setAside: (id, reason, actor) =>
      setLineAside(id, reason, actor, {
        ...world,
        keepSetAside: (line, ...kept) => keepSetAside(sql, line.id, ...kept),
      }),
  };
}
