import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { statementLines } from "../../db/stores/statements.ts";
import { agency, morning } from "./desk.ts";
import { pay, submissionOf } from "./fee-desk.ts";
import { actor, aPaper, openPaperDesk, ownerSql as sql } from "./paper-desk.ts";
import { bring } from "./statement-desk.ts";

openPaperDesk();

describe("what the database refuses of statements", () => {
  const straight = async (changes: Record<string, string | number>) => {
    const paper = await aPaper();
    const id = await bring([["6.000", "A"]]);
    const [line] = await statementLines(sql, id);
    const row = {
      ...{
        id: randomUUID(),
        agency_id: agency,
        submission_id: await submissionOf(paper),
        kind: "payment",
        way: "transfer",
      },
      ...{
        amount_dong: 6000,
        payer: "x",
        person_id: actor.personId,
        entered_at: morning,
        statement_line_id: line?.id ?? "",
      },
    };
    await sql`insert into fee_entry ${sql(row)}`;
    return sql`insert into fee_entry ${sql({ ...row, id: randomUUID(), ...changes })}`;
  };

  test.each([
    ["a line pays twice", {}, /pays once/],
    ["a line pays more than came in", { amount_dong: 6001 }, /no more than came in/],
    ["a line pays in cash", { way: "cash" }, /by transfer/],
  ])("FEE-7: %s", async (_, changes, says) => {
    await expect(straight(changes)).rejects.toThrow(says);
  });

  test.each([
    "statement_line",
    "statement_import",
  ])("FEE-7: a row of %s is neither changed nor deleted", async (table) => {
    await pay(await aPaper(), 1000);
    await bring([["6.000", "A"]]);
    await expect(sql.unsafe(`delete from ${table}`)).rejects.toThrow();
    await expect(sql.unsafe(`truncate ${table} cascade`)).rejects.toThrow();
  });
});
