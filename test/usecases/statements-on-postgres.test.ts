import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keepPayments } from "../../db/stores/fees.ts";
import {
  findStatementLine,
  keepSetAside,
  keepStatement,
  payablesByCode,
  statementLines,
  statementsOf,
} from "../../db/stores/statements.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import type { FeeEntryId } from "../../src/core/fee-account.ts";
import { utf8 } from "../../src/core/kernel.ts";
import { noColumns } from "../../src/core/statement.ts";
import type { StatementId } from "../../src/core/statement-match.ts";
import type { DossierCode } from "../../src/core/submission.ts";
import { purposeOf } from "../../src/core/vietqr.ts";
import {
  bookExact,
  bookLine,
  type DecidingWorld,
  importStatement,
  matchLines,
  setLineAside,
} from "../../src/usecases/fees/reconcile.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { agency, morning } from "./desk.ts";
import { account, pay, receipts, submissionOf, takeBack } from "./fee-desk.ts";
import { actor, aPaper, openPaperDesk, sql } from "./paper-desk.ts";

openPaperDesk();

const world = (): DecidingWorld => ({
  now: () => morning,
  newEntryId: () => randomUUID() as string as FeeEntryId,
  lines: (id) => statementLines(sql, id),
  line: (id, agencyId) => findStatementLine(sql, id, agencyId),
  payables: (agencyId, codes) => payablesByCode(sql, agencyId, codes),
  keepPayments: (...kept) => keepPayments(sql, ...kept),
});

async function codeOf(paper: Dossier): Promise<DossierCode> {
  const [row] = await sql<{ code: DossierCode }[]>`select code from submission where id = ${await submissionOf(paper)}`;
  if (row === undefined) throw new Error("no submission");
  return row.code;
}

type Line = readonly [sum: string, content: string];

async function bring(lines: readonly Line[], by = actor): Promise<StatementId> {
  const table = lines.map(([sum, content]) => `22/11/2026;${sum};${content};FT1`);
  const file = utf8(["Ngày;Số tiền;Nội dung;Số tham chiếu", ...table].join("\n"));
  const brought = await importStatement(file, by, {
    now: () => morning,
    newStatementId: () => randomUUID() as string as StatementId,
    columns: async () => noColumns,
    keepStatement: (...kept) => keepStatement(sql, ...kept),
  });
  if (!brought.ok) throw new Error(brought.failure.code);
  return brought.value;
}

const kindsOf = async (id: StatementId) => (await matchLines(id, actor, world())).map(({ verdict }) => verdict.kind);

describe("a bank's statement against the fees that are owed", () => {
  test("FEE-7: what pays exactly is booked in one press, even pressed twice at once; the rest waits for a person", async () => {
    const papers = [await aPaper(), await aPaper(), await aPaper()];
    const says = await Promise.all(papers.map(async (paper) => purposeOf(await codeOf(paper))));
    const [first = "", second = "", third = ""] = says;
    const id = await bring([
      ["18.000", `${first} nop phi`],
      ["17.999", second],
      ["20.000", third],
      ["18.000", first],
      ["5.000", "tien dien (hu cau)"],
    ]);
    expect(await kindsOf(id)).toEqual(["exact", "too_little", "too_much", "twice", "unknown"]);
    const pressed = await Promise.all([bookExact(id, actor, world()), bookExact(id, actor, world())]);
    expect(pressed.toSorted()).toEqual([0, 1]);
    expect(await kindsOf(id)).toEqual(["too_little", "too_much", "twice", "unknown"]);
    expect([await receipts(), (await statementLines(sql, id))[0]?.booked?.receipt.number]).toEqual([["1/2026"], 1]);
  });

  test("FEE-7: the same file again adds nothing, one that overlaps adds what is new, and twins in a file are two", async () => {
    const one: Line[] = [
      ["5.000", "A"],
      ["5.000", "A"],
    ];
    const id = await bring(one);
    expect(await bring(one)).toBe(id);
    const later = await bring([...one, ["7.000", "B"]]);
    expect((await statementLines(sql, id)).length).toBe(2);
    expect((await statementLines(sql, later)).map(({ content }) => content)).toEqual(["B"]);
    expect((await statementsOf(sql, agency, 9)).length).toBe(2);
  });

  test("FEE-7: a person books a line for a dossier, as much as is left of its fee, once; or sets it aside with a reason", async () => {
    const paper = await aPaper();
    const id = await bring([
      ["20.000", "khong ghi ma"],
      ["1.000", "lai"],
    ]);
    const [line, other] = await statementLines(sql, id);
    if (line === undefined || other === undefined) throw new Error("no lines");
    expect(await bookLine(line.id, "H99-000000-0000", actor, world())).toMatchObject({ failure: { field: "code" } });
    const code = (await codeOf(paper)).toLowerCase();
    const booked = await Promise.all([1, 2].map(() => bookLine(line.id, code, actor, world())));
    expect(booked.filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect((await account(paper)).payments.map(({ amountDong, way }) => [amountDong, way])).toEqual([
      [18_000, "transfer"],
    ]);
    const aside = {
      ...world(),
      keepSetAside: ({ id: lineId }: { id: typeof line.id }, ...kept: [string, typeof actor, typeof morning]) =>
        keepSetAside(sql, lineId, ...kept),
    };
    expect(await setLineAside(other.id, "ít", actor, aside)).toMatchObject({ failure: { code: "rule_broken" } });
    await setLineAside(other.id, "Tiền lãi ngân hàng (hư cấu)", actor, aside);
    expect(await kindsOf(id)).toEqual([]);
  });

  test("FEE-7: a payment by a line that was taken back lets the line pay again", async () => {
    const paper = await aPaper();
    const id = await bring([["18.000", purposeOf(await codeOf(paper))]]);
    await bookExact(id, actor, world());
    await takeBack(paper);
    expect(await kindsOf(id)).toEqual(["exact"]);
    expect(await bookExact(id, actor, world())).toBe(1);
    expect(await receipts()).toEqual(["1/2026", "2/2026"]);
  });

  test("FEE-7: a statement asks for papers before their submission, and keeps nothing of one while it waits for another", async () => {
    const [first, second] = [await aPaper(), await aPaper()];
    const id = await bring([
      ["18.000", purposeOf(await codeOf(first))],
      ["18.000", purposeOf(await codeOf(second))],
    ]);
    let pressed: Promise<number> = Promise.resolve(0);
    await sql.begin(async (tx) => {
      await tx`select id from dossier where id = ${second.id} for update`;
      pressed = bookExact(id, actor, world());
      await untilSomebodyWaits(sql);
      await tx`select id from submission where id = ${await submissionOf(second)} for share nowait`;
      await tx`select id from agency where id = ${agency} for no key update nowait`;
    });
    expect([await pressed, await receipts()]).toEqual([2, ["1/2026", "2/2026"]]);
  });

  test("FEE-7: another agency's dossier is never found, whatever a transfer says", async () => {
    const paper = await aPaper();
    const code = await codeOf(paper);
    expect(await payablesByCode(sql, "another" as typeof agency, [purposeOf(code).slice(3)])).toEqual([]);
  });
});

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
