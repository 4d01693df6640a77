import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { feeDays, feeLines } from "../../db/stores/fee-totals.ts";
import { endWaiver, feeWaiverOf, keepWaiver } from "../../db/stores/fee-waivers.ts";
import { keepWithdrawal } from "../../db/stores/withdrawals.ts";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import { type FeeExemptionId, type FeeWaiverId, givenBackOf, outstandingOf } from "../../src/core/fee-account.ts";
import { netOf, sumOfDays } from "../../src/core/fee-totals.ts";
import type { Period } from "../../src/core/register-print.ts";
import { daysOf } from "../../src/core/register-print.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { agency, morning } from "./desk.ts";
import { account, colleague, giveBack, newEntry, pay, receipts, submissionOf, takeBack, undo } from "./fee-desk.ts";
import { actor, aPaper, openPaperDesk, sql } from "./paper-desk.ts";

openPaperDesk();

const left = async (paper: Dossier) => outstandingOf((await account(paper)).balance);

/** Paid, and taken back by its applicant: all of it is left over. */
async function withdrawn(amountDong = 18_000): Promise<Dossier> {
  const paper = await aPaper();
  await pay(paper, amountDong);
  await keepWithdrawal(sql, paper, "Không cần nữa (hư cấu)", actor, morning);
  return paper;
}

async function waived(paper: Dossier, by: Actor): Promise<void> {
  const [id, exemptionId] = [randomUUID() as string as FeeWaiverId, randomUUID() as string as FeeExemptionId];
  const admin = await colleague();
  await sql`insert into fee_exemption (id, agency_id, reason, legal_basis, from_day, percent, kept_by, kept_at)
    values (${exemptionId}, ${agency}, 'Hộ nghèo (hư cấu)', 'Nghị quyết 1 (hư cấu)', '2020-01-01', 100, ${admin.personId}, ${morning})`;
  const told = { id, exemptionId, submissionId: await submissionOf(paper), dossierId: paper.id };
  await keepWaiver(sql, { ...told, evidence: "Sổ hộ nghèo số 1 (hư cấu)" }, by, morning);
}

async function unwaived(paper: Dossier): Promise<void> {
  const waiver = await feeWaiverOf(sql, await submissionOf(paper));
  if (waiver !== null)
    await endWaiver(sql, { id: waiver.id, dossierId: paper.id, reason: "Ghi nhầm hồ sơ (hư cấu)" }, actor, morning);
}

/** What people do to a fee, lawful at that moment or not. */
const acts = {
  pay,
  takeBack: async (paper: Dossier) => {
    const living = (await account(paper)).payments.findIndex(({ reversal }) => reversal === null);
    return living < 0 ? null : takeBack(paper, living);
  },
  giveBack: async (paper: Dossier, dong: number) => giveBack(paper, Math.min(dong, Math.max(1, -(await left(paper))))),
  undo: (paper: Dossier) => undo(paper, actor),
  waive: (paper: Dossier) => waived(paper, actor),
  unwaive: unwaived,
};

describe("money that is left over", () => {
  test("FEE-8: goes back in parts by another person, never more than is left over; payment and receipt stand", async () => {
    const paper = await withdrawn();
    expect(await giveBack(paper, 18_001)).toEqual({
      ok: false,
      failure: { code: "fee_too_much_back", mostDong: 18_000 },
    });
    expect(await giveBack(paper, 6000)).toEqual({ ok: true, value: null });
    expect(await giveBack(paper, 12_001)).toMatchObject({ failure: { mostDong: 12_000 } });
    await giveBack(paper, 12_000);
    const { payments } = await account(paper);
    expect([await left(paper), givenBackOf(payments), payments[0]?.reversal, await receipts()]).toEqual([
      ...[0, 18_000, null, ["1/2026"]],
    ]);
    expect(await giveBack(paper, 1)).toMatchObject({ failure: { code: "fee_too_much_back", mostDong: 0 } });
  });

  test("FEE-8: the same form sent again, even at once, gives back once; so do two counters at once", async () => {
    const paper = await withdrawn();
    const [id, other] = [newEntry(), await colleague()];
    const sent = await Promise.all([1, 2, 3].map(() => giveBack(paper, 6000, { id, by: other })));
    expect([sent.every(({ ok }) => ok), await left(paper)]).toEqual([true, -12_000]);
    const counters = await Promise.all([1, 2].map(() => giveBack(paper, 12_000)));
    expect([counters.filter(({ ok }) => ok).length, await left(paper)]).toEqual([1, 0]);
  });

  test("FEE-8: not by who took it, not without how it went, and not of what is still owed", async () => {
    const paper = await withdrawn();
    expect(await giveBack(paper, 6000, { by: actor })).toEqual({
      ok: false,
      failure: { code: "fee_reversed_by_same" },
    });
    expect(await giveBack(paper, 6000, { reason: "ký" })).toMatchObject({ failure: { rule: "FEE-8" } });
    const owing = await aPaper();
    await pay(owing, 18_000);
    expect(await giveBack(owing, 1)).toMatchObject({ failure: { code: "fee_too_much_back" } });
  });

  test("FEE-8: not by who waived the fee: waiving and giving back alone would empty the till", async () => {
    const paper = await aPaper();
    await pay(paper, 18_000);
    const waiving = await colleague();
    await waived(paper, waiving);
    const own = giveBack(paper, 18_000, { by: waiving });
    await expect(own).resolves.toMatchObject({ failure: { code: "fee_reversed_by_same" } });
    const straight = sql`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, gives_back, reason, person_id, entered_at)
      select gen_random_uuid(), agency_id, submission_id, 'given_back', way, 1, payer, id, 'Trả lại (hư cấu)', ${waiving.personId}, entered_at
      from fee_entry where kind = 'payment' and submission_id = ${await submissionOf(paper)}`;
    await expect(straight).rejects.toThrow("FEE-8: who waived");
    expect(await giveBack(paper, 18_000)).toEqual({ ok: true, value: null });
  });

  test("FEE-8: written down wrongly it is undone whole by another person; until then its payment is not taken back", async () => {
    const paper = await withdrawn();
    const giver = await colleague();
    await giveBack(paper, 6000, { by: giver });
    expect(await takeBack(paper)).toEqual({ ok: false, failure: { code: "fee_given_back" } });
    expect(await undo(paper, giver)).toEqual({ ok: false, failure: { code: "fee_reversed_by_same" } });
    const undone = await Promise.all([undo(paper, actor), undo(paper, actor)]);
    expect([undone.every(({ ok }) => ok), await left(paper)]).toEqual([true, -18_000]);
    expect((await takeBack(paper)).ok).toBe(true);
    expect([await left(paper), givenBackOf((await account(paper)).payments)]).toEqual([0, 0]);
  });

  test("FEE-8: who gives back while the fee is owed again waits, and gives nothing that is owed", async () => {
    const paper = await aPaper();
    await pay(paper, 18_000);
    await waived(paper, actor);
    let given: ReturnType<typeof giveBack> | undefined;
    await sql.begin(async (tx) => {
      await tx`select 1 from submission where id = ${await submissionOf(paper)} for update`;
      await tx`insert into fee_waiver_end (waiver_id, reason, person_id, ended_at)
        select id, 'Ghi nhầm hồ sơ (hư cấu)', ${actor.personId}, ${morning} from fee_waiver`;
      given = giveBack(paper, 18_000);
      await untilSomebodyWaits(sql);
    });
    expect([await given, await left(paper)]).toEqual([
      { ok: false, failure: { code: "fee_too_much_back", mostDong: 0 } },
      0,
    ]);
  });

  test("FEE-8: totals and the list say what went back, and sums agree with the accounts", async () => {
    const paper = await withdrawn();
    await giveBack(paper, 6000);
    await giveBack(paper, 2000, { by: await colleague() });
    await undo(paper, actor, 2000);
    const november = daysOf("2026-11" as Period);
    expect(await feeDays(sql, agency, november)).toMatchObject([
      { cashDong: 12_000, reversedDong: 0, givenBackDong: 6000, receipts: 1, registerDong: 0 },
    ]);
    const lines = await feeLines(sql, agency, november);
    expect(lines.map(({ kind, amountDong, receipt }) => `${kind} ${amountDong} ${receipt.number}`).toSorted()).toEqual([
      ...["given_back -2000 1", "given_back -6000 1", "given_back_undone 2000 1", "payment 18000 1"],
    ]);
  });

  test("FEE-3, FEE-8: by any order of what people do, books, receipts and sums agree, and nobody gets back more than was paid", async () => {
    const what = fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[]));
    const steps = fc.array(fc.tuple(what, fc.integer({ min: 1, max: 18_000 })), { minLength: 4, maxLength: 9 });
    const paper = await aPaper();
    const holds = async (walk: readonly (readonly [keyof typeof acts, number])[]) => {
      for (const [name, dong] of walk) {
        await acts[name](paper, dong);
        const { balance, payments } = await account(paper);
        const living = payments.filter(({ reversal }) => reversal === null);
        const taken = living.reduce((sum, { amountDong }) => sum + amountDong, 0);
        expect(balance.paidDong).toBe(taken - givenBackOf(payments));
        expect(payments.every((one) => givenBackOf([one]) <= (one.reversal === null ? one.amountDong : 0))).toBe(true);
        expect(netOf(sumOfDays(await feeDays(sql, agency, daysOf("2026-11" as Period))))).toBe(balance.paidDong);
      }
    };
    await fc.assert(fc.asyncProperty(steps, holds), { numRuns: 6 });
  });
});

describe("what the database refuses of money given back", () => {
  const insert = async (changes: Record<string, string | number | null>, isOver = true) => {
    const paper = isOver ? await withdrawn(6000) : await aPaper();
    if (!isOver) await pay(paper, 6000);
    const row = {
      ...{ id: randomUUID(), agency_id: agency, submission_id: await submissionOf(paper), kind: "given_back" },
      ...{ way: "cash", amount_dong: 6000, payer: "Lò Thị Thử (hư cấu)", reverses: null, entered_at: morning },
      ...{ gives_back: (await account(paper)).payments[0]?.id ?? null, reason: "Đã ký nhận (hư cấu)" },
      person_id: (await colleague()).personId,
    };
    const by = changes["person_id"] === "taker" ? { person_id: actor.personId } : {};
    return sql`insert into fee_entry ${sql({ ...row, ...changes, ...by })}`;
  };

  test("FEE-8: more than is left over, by who took it, of no payment that stands, without saying how", async () => {
    const refused = [
      [{ amount_dong: 6001 }, /no more is given back/],
      [{ person_id: "taker" }, /another person/],
      [{ gives_back: null }, /of a payment that stands/],
      [{ gives_back: randomUUID() }, /of a payment that stands/],
      [{ reason: null }, /fee_entry_check/],
      [{ kind: "given_back_undone" }, /undone whole/],
    ] as const;
    for (const [changes, says] of refused) await expect(insert(changes)).rejects.toThrow(says);
  });

  test("FEE-8: what is still owed, even of a payment that stands; and a payment once some of it went back", async () => {
    await expect(insert({}, false)).rejects.toThrow(/no more is given back/);
    const paper = await withdrawn(6000);
    await giveBack(paper, 1000);
    const other = await colleague();
    const reversal = sql`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, reverses, reason, person_id, entered_at)
      select gen_random_uuid(), agency_id, submission_id, 'reversal', way, amount_dong, payer, id, 'Ghi nhầm (hư cấu)', ${other.personId}, ${morning}
      from fee_entry where kind = 'payment' and submission_id = ${await submissionOf(paper)}`;
    await expect(reversal).rejects.toThrow(/FEE-8/);
  });
});
