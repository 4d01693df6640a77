import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  findStatementLine,
  keepSetAside,
  payablesByCode,
  statementLines,
  statementsOf,
} from "../../db/stores/statements.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import { outstandingOf } from "../../src/core/fee-account.ts";
import type { StatementId, StatementLine } from "../../src/core/statement-match.ts";
import { purposeOf } from "../../src/core/vietqr.ts";
import { bookExact, bookLine, matchLines, setLineAside } from "../../src/usecases/fees/reconcile.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { agency, morning } from "./desk.ts";
import { account, giveBack, receipts, submissionOf, takeBack } from "./fee-desk.ts";
import { actor, aPaper, openPaperDesk, sql } from "./paper-desk.ts";
import { as, bring, codeOf, type Line, world } from "./statement-desk.ts";

openPaperDesk();

const kindsOf = async (id: StatementId) => (await matchLines(id, actor, world())).map(({ verdict }) => verdict.kind);

const left = async (paper: Dossier) => outstandingOf((await account(paper)).balance);

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

  test("FEE-7: two who bring the same lines at once, the other way round, do not wait for each other for ever", async () => {
    const undone = new Error("undone");
    for (let round = 0; round < 6; round++) {
      const lines: Line[] = ["A", "B", "C", "D"].map((content) => ["5.000", `${content} ${round}`]);
      const begun: Promise<StatementId>[] = [];
      const held = sql.begin(async (tx) => {
        await bring(lines.slice(round % 4, (round % 4) + 1), actor, "FT1", tx as unknown as typeof sql);
        begun.push(bring(lines), bring(lines.toReversed()));
        await untilSomebodyWaits(sql, 2);
        throw undone;
      });
      await expect(held).rejects.toBe(undone);
      const [one, other] = await Promise.all(begun);
      expect(one).toBe(other);
    }
  });

  test("FEE-7: a person books a line for a dossier, as much as is left of its fee, once; or sets it aside with a reason", async () => {
    const paper = await aPaper();
    const id = await bring([
      ["20.000", "khong ghi ma"],
      ["1.000", "lai"],
    ]);
    const [line, other] = await statementLines(sql, id);
    if (line === undefined || other === undefined) throw new Error("no lines");
    expect(await bookLine(line.id, as("H99-000000-0000"), actor, world())).toMatchObject({
      failure: { field: "code" },
    });
    const code = (await codeOf(paper)).toLowerCase();
    const booked = await Promise.all([1, 2].map(() => bookLine(line.id, as(code), actor, world())));
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

  test("FEE-7: the same money in another layout is told, and booked again only by a person who says it is another", async () => {
    const [first, second] = [await aPaper(), await aPaper()];
    const says = purposeOf(await codeOf(first));
    await bookExact(await bring([["18.000", `${says} nop phi`]]), actor, world());
    for (const [lines, reference] of [
      [[["18.000", `TK 0123 GD 99 ${says} NOP PHI`]], "ft-1"],
      [[["18.000", `${says} Nop phi chung thuc`]], ""],
    ] as [Line[], string][]) {
      const id = await bring(lines, actor, reference);
      expect(await kindsOf(id)).toEqual(["alike"]);
      expect(await bookExact(id, actor, world())).toBe(0);
      const [line] = await statementLines(sql, id);
      const book = (changes = {}) =>
        codeOf(second).then((code) => bookLine(line?.id ?? "", as(code, changes), actor, world()));
      expect(await book()).toEqual({ ok: false, failure: { code: "line_alike" } });
      expect(line?.alike?.receipt).toEqual({ year: 2026, number: 1 });
      if (reference === "") expect(await book({ isAnother: true })).toMatchObject({ ok: true });
    }
    const other = await bring([["18.000", "khac han"]], actor, "FT2");
    expect(await kindsOf(other)).toEqual(["unknown"]);
    expect(await receipts()).toEqual(["1/2026", "2/2026"]);
  });

  test("FEE-7: of a line that is set aside and booked in one moment exactly one wins; set aside it is booked on purpose only", async () => {
    const paper = await aPaper();
    const code = await codeOf(paper);
    const aside = {
      ...world(),
      keepSetAside: ({ id }: StatementLine, ...kept: [string, typeof actor, typeof morning]) =>
        keepSetAside(sql, id, ...kept),
    };
    for (const [i, sum] of ["1.000", "1.001", "1.002", "1.003"].entries()) {
      const [line] = await statementLines(sql, await bring([[sum, `dot ${i}`]], actor, `R${i}`));
      const id = line?.id ?? "";
      const acts = [
        () => setLineAside(id, "Tiền lãi ngân hàng (hư cấu)", actor, aside),
        () => bookLine(id, as(code), actor, world()),
      ];
      const done = await Promise.all((i % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
      expect(done.filter(({ ok }) => ok)).toHaveLength(1);
      const now = await findStatementLine(sql, id, agency);
      expect((now?.booked === null) !== (now?.setAside === null)).toBe(true);
      if (now?.setAside === null) continue;
      expect(await bookLine(id, as(code), actor, world())).toMatchObject({ failure: { code: "line_decided" } });
      expect(await bookLine(id, as(code, { isAside: true }), actor, world())).toMatchObject({ ok: true });
      const straight = sql`insert into statement_set_aside (line_id, reason, person_id, set_aside_at)
        values (${id}, 'Tiền lãi (hư cấu)', ${actor.personId}, ${morning})`;
      await expect(straight).rejects.toThrow(/FEE-7|duplicate/);
    }
  });

  test("FEE-7: the database sets aside no line that pays, lets none pay twice, and books no more than came in", async () => {
    const [paper, other] = [await aPaper(), await aPaper()];
    const [line] = await statementLines(sql, await bring([["5.000", "khong ghi ma"]]));
    if (line === undefined) throw new Error("no line");
    const pays = async (of: typeof paper, dong: number, way = "transfer") => sql`insert into fee_entry
        (id, agency_id, submission_id, kind, way, amount_dong, payer, person_id, entered_at, statement_line_id)
      values (${randomUUID()}, ${agency}, ${await submissionOf(of)}, 'payment', ${way}, ${dong}, 'Lò Thị Thử (hư cấu)',
        ${actor.personId}, ${morning}, ${line.id})`;
    await expect(pays(paper, 5001)).rejects.toThrow(/no more than came in/);
    await expect(pays(paper, 5000, "cash")).rejects.toThrow(/by transfer/);
    await pays(paper, 5000);
    await expect(pays(other, 5000)).rejects.toThrow(/pays once/);
    const aside = sql`insert into statement_set_aside (line_id, reason, person_id, set_aside_at)
      values (${line.id}, 'Tiền lãi (hư cấu)', ${actor.personId}, ${morning})`;
    await expect(aside).rejects.toThrow(/FEE-7/);
    expect(await keepSetAside(sql, line.id, "Tiền lãi ngân hàng (hư cấu)", actor, morning)).toBe(false);
  });

  test("FEE-8: a second identical transfer is booked whole on purpose only; what is above the fee goes back, by another person", async () => {
    const paper = await aPaper();
    const code = await codeOf(paper);
    const says = purposeOf(code);
    expect(await bookExact(await bring([["18.000", `${says} lan 1`]], actor, "A1"), actor, world())).toBe(1);
    const id = await bring([["18.000", `${says} lan 2`]], actor, "A2");
    expect([await kindsOf(id), await bookExact(id, actor, world())]).toEqual([["twice"], 0]);
    const [line] = await statementLines(sql, id);
    const book = (changes = {}) => bookLine(line?.id ?? "", as(code, { isAnother: true, ...changes }), actor, world());
    expect(await book()).toMatchObject({ failure: { code: "fee_settled" } });
    const booked = await Promise.all([1, 2].map(() => book({ isAboveFee: true })));
    expect([booked.every(({ ok }) => ok), await left(paper)]).toEqual([true, -18_000]);
    expect(await giveBack(paper, 18_000, { by: actor })).toMatchObject({ failure: { code: "fee_reversed_by_same" } });
    expect([await giveBack(paper, 18_000), await left(paper)]).toEqual([{ ok: true, value: null }, 0]);
    const counter = sql`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, person_id, entered_at, above_fee)
      select gen_random_uuid(), agency_id, submission_id, 'payment', 'cash', 1, payer, person_id, entered_at, true
      from fee_entry where kind = 'payment' limit 1`;
    await expect(counter).rejects.toThrow("fee_entry_above_fee");
  });

  test("FEE-7: another agency's dossier is never found, whatever a transfer says", async () => {
    const paper = await aPaper();
    const code = await codeOf(paper);
    expect(await payablesByCode(sql, "another" as typeof agency, [purposeOf(code).slice(3)])).toEqual([]);
  });
});
