import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keepWithdrawal } from "../../db/stores/withdrawals.ts";
import { outstandingOf } from "../../src/core/fee-account.ts";
import { feeDong } from "../../src/core/fees.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { agency, morning } from "./desk.ts";
import { account, colleague, newEntry, pay, receipts, submissionOf, takeBack } from "./fee-desk.ts";
import { actor, aPaper, openPaperDesk, ownerSql as sql } from "./paper-desk.ts";

openPaperDesk();

describe("what is owed", () => {
  test("FEE-1: the database computes the same fee as the program, for any original and any number of copies", async () => {
    const rows = await sql<{ pages: number; copies: number; dong: string }[]>`
      select pages, copies, fee_dong(pages, copies) as dong from generate_series(1, 400) pages, unnest(array[1, 2, 1000]) copies`;
    expect(rows.filter(({ pages, copies, dong }) => Number(dong) !== feeDong(pages, copies))).toEqual([]);
  });

  test("FEE-2: a paper that was taken back is charged no more; what was paid for it is to be given back", async () => {
    const paper = await aPaper();
    expect((await account(paper)).balance).toEqual({ grossDong: 18_000, waivedDong: 0, paidDong: 0 });
    await pay(paper, 18_000);
    await keepWithdrawal(sql, paper, "Không cần nữa (hư cấu)", actor, morning);
    expect(outstandingOf((await account(paper)).balance)).toBe(-18_000);
  });
});

describe("payments and their receipts", () => {
  test("FEE-3: the same form sent again, even at once, books once; never more than is owed", async () => {
    const paper = await aPaper();
    const id = newEntry();
    const sent = await Promise.all([1, 2, 3].map(() => pay(paper, 10_000, id)));
    expect(sent.every(({ ok }) => ok)).toBe(true);
    expect(await pay(paper, 8_001)).toEqual({ ok: false, failure: { code: "fee_too_much", outstandingDong: 8000 } });
    const counters = await Promise.all([1, 2].map(() => pay(paper, 8000)));
    expect(counters.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await pay(paper, 1)).toEqual({ ok: false, failure: { code: "fee_settled" } });
    expect(await receipts()).toEqual(["1/2026", "2/2026"]);
  });

  test("FEE-4: receipts run 1, 2, 3 … by agency and year without gap, whatever is refused or rolled back between", async () => {
    const papers = await Promise.all(Array.from({ length: 6 }, () => aPaper()));
    await Promise.all(papers.map((paper) => pay(paper, 6000)));
    const [first, second] = papers;
    if (first === undefined || second === undefined) throw new Error("no papers");
    await expect(
      sql.begin(async (tx) => {
        await tx`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, person_id, entered_at)
          values (${randomUUID()}, ${agency}, ${await submissionOf(first)}, 'payment', 'cash', 1, 'x', ${actor.personId}, ${morning})`;
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    await takeBack(first);
    await pay(second, 6000, newEntry(), "2026-12-31T17:00:00Z" as Instant); // midnight in Vietnam
    expect(await receipts()).toEqual(["1/2026", "2/2026", "3/2026", "4/2026", "5/2026", "6/2026", "1/2027"]);
  });

  test("FEE-3, FEE-4: a payment is taken back once; its receipt stays, marked, and the fee is owed again", async () => {
    const paper = await aPaper();
    await pay(paper, 18_000);
    await takeBack(paper);
    expect(await takeBack(paper)).toEqual({ ok: true, value: null });
    const { balance, payments } = await account(paper);
    expect([outstandingOf(balance), payments.length]).toEqual([18_000, 1]);
    expect(payments[0]).toMatchObject({ receipt: { number: 1 }, reversal: { by: "Đồng nghiệp (hư cấu)" } });
    await pay(paper, 18_000);
    expect(await receipts()).toEqual(["1/2026", "2/2026"]);
  });

  test("FEE-3, FEE-4: by any order of payments and reversals no more is paid than owed, and no receipt is missing", async () => {
    const paper = await aPaper();
    const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 18_000 }), fc.constant("back" as const)), {
      maxLength: 10,
    });
    const holds = async (walk: readonly (number | "back")[]) => {
      for (const step of walk) {
        const { payments } = await account(paper);
        const living = payments.findIndex(({ reversal }) => reversal === null);
        if (step !== "back") await pay(paper, step);
        else if (living >= 0) await takeBack(paper, living);
        const { balance, payments: now } = await account(paper);
        expect(balance.paidDong).toBeLessThanOrEqual(balance.grossDong);
        expect(balance.paidDong).toBe(
          now.filter((one) => one.reversal === null).reduce((sum, one) => sum + one.amountDong, 0),
        );
        expect(now.map(({ receipt }) => receipt.number)).toEqual(now.map((_, i) => i + 1));
      }
    };
    await fc.assert(fc.asyncProperty(steps, holds), { numRuns: 15 });
  });
});

describe("what the database refuses of fees", () => {
  const insert = async (changes: Record<string, string | number | null>) => {
    const paper = await aPaper();
    await pay(paper, 6000);
    const [payment] = (await account(paper)).payments;
    const other = await colleague();
    const row = {
      ...{
        id: randomUUID(),
        agency_id: agency,
        submission_id: await submissionOf(paper),
        kind: "payment",
        way: "cash",
      },
      ...{ amount_dong: 1000, payer: "Lò Thị Thử (hư cấu)", reverses: null, reason: null },
      ...{ person_id: actor.personId, entered_at: morning },
    };
    const filled = Object.entries({ ...row, ...changes }).map(([name, value]) => [
      name,
      value === "paid" ? payment?.id : value === "colleague" ? other.personId : value,
    ]);
    return sql`insert into fee_entry ${sql(Object.fromEntries(filled))}`;
  };
  const back = { kind: "reversal", reverses: "paid", reason: "Ghi nhầm số tiền (hư cấu)", amount_dong: 6000 };

  test.each([
    ["more than is owed", { amount_dong: 12_001 }, /more than is owed/],
    ["nothing", { amount_dong: 0 }, /amount_dong/],
    ["another agency's", { agency_id: "another" }, /agency/],
    ["a reversal by who booked it", back, /by another person/],
    ["a part of a payment taken back", { ...back, person_id: "colleague", amount_dong: 1000 }, /whole/],
    ["a reversal without a reason", { ...back, person_id: "colleague", reason: null }, /check/],
    ["a payment that says it takes one back", { reverses: "paid" }, /check/],
  ] as const)("FEE-3: %s", async (_, changes, says) => {
    await expect(insert(changes)).rejects.toThrow(says);
  });

  test.each([
    "update fee_entry set amount_dong = 1",
    "delete from fee_entry",
    "truncate fee_entry cascade",
    "update fee_receipt set number = 9",
    "delete from fee_receipt",
    "insert into fee_receipt (entry_id, agency_id, year, number) select id, agency_id, 2026, 2 from fee_entry",
    "insert into fee_receipt (entry_id, agency_id, year, number) select gen_random_uuid(), agency_id, 2026, 9 from fee_entry",
  ])("FEE-3, FEE-4: %s", async (statement) => {
    await pay(await aPaper(), 6000);
    await expect(sql.unsafe(statement)).rejects.toThrow(/refused|is kept|next one|evidence|fee_receipt_pkey/);
    expect(await receipts()).toEqual(["1/2026"]);
  });
});
