import { expect, test } from "vitest";
import { feeDays, feeLines, lastOpenedBefore, unevenIssued, unevenOpened } from "../../db/stores/fee-totals.ts";
import { keepHandedOver } from "../../db/stores/paper-lines.ts";
import { newestLine } from "../../db/stores/register.ts";
import { keepCorrection } from "../../db/stores/register-corrections.ts";
import { totalsOf } from "../../db/stores/register-prints.ts";
import { countIn } from "../../db/stores/statistics.ts";
import { netOf, sumOfDays } from "../../src/core/fee-totals.ts";
import type { DossierId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { Period } from "../../src/core/register-print.ts";
import { agency, morning } from "./desk.ts";
import { newEntry, pay, takeBack } from "./fee-desk.ts";
import { actor, book, found, issued, lineOf, numbered, openPaperDesk, printOf, series, sql } from "./paper-desk.ts";

openPaperDesk();

const days = (from: string, before: string) => ({ from: from as LocalDate, before: before as LocalDate });
const november = days("2026-11-01", "2026-12-01");

test("days and months of what was taken, by way, beside the register; the difference is told dossier by dossier", async () => {
  await book();
  const paper = await found(await numbered());
  await keepHandedOver(sql, await lineOf(paper.id), actor);
  await pay(paper, 10_000);
  await takeBack(paper);
  await pay(paper, 5000, newEntry(), "2026-11-30T17:00:00Z" as Instant); // the first minute of December in Vietnam
  const [day, another] = await feeDays(sql, agency, november);
  expect([day, another]).toEqual([
    {
      ...{ day: "2026-11-22", cashDong: 0, transferDong: 0, reversedDong: 10_000, givenBackDong: 0 },
      ...{ receipts: 1, registerDong: 18_000 },
    },
    undefined,
  ]);
  const december = sumOfDays(await feeDays(sql, agency, days("2026-12-01", "2027-01-01")));
  expect([netOf(december), december.receipts, december.registerDong]).toEqual([5000, 1, 0]);
  expect(await unevenIssued(sql, agency, november, 9)).toMatchObject([{ outstandingDong: 13_000, isDone: true }]);
  expect((await feeLines(sql, agency, november)).map(({ kind, amountDong }) => [kind, amountDong])).toEqual([
    ["payment", 10_000],
    ["reversal", -10_000],
  ]);
  expect(await unevenOpened(sql, agency, days("2026-11-23", "2027-01-01"), 9)).toEqual([]);
  expect(await unevenOpened(sql, agency, days("2026-11-22", "2026-11-23"), 9)).toMatchObject([
    { outstandingDong: 13_000 },
  ]);
  const [some, none] = ["2026-11-23", "2026-11-22"] as [LocalDate, LocalDate];
  expect([await lastOpenedBefore(sql, agency, some), await lastOpenedBefore(sql, agency, none)]).toEqual([none, null]);
  await pay(paper, 13_000);
  expect(await unevenOpened(sql, agency, november, 9)).toEqual([]);
  expect(await unevenIssued(sql, agency, november, 9)).toEqual([]);
});

test("REG-4: the fee of a corrected line counts in a month as that month's print and its statistics say", async () => {
  await book();
  const id = await issued();
  const correct = async (line: DossierId, reads: string, at: Instant) => {
    const { corrections = [], feeDong } = (await newestLine(sql, line, "paper")) ?? {};
    const was = corrections.at(-1)?.reads ?? String(feeDong);
    const entry = {
      ordinal: corrections.length + 1,
      part: "fee" as const,
      was,
      reads,
      reason: "Tính nhầm số trang",
      at,
    };
    expect(await keepCorrection(sql, line, "paper", entry, actor)).toMatchObject({ ok: true });
  };
  await correct(id, "15000", "2026-11-25T02:00:00Z" as Instant); // before the month is signed: on the line's own day
  await (await printOf("2026-11" as Period, "2026-12-01T02:00:00Z" as Instant)).keep();
  await correct(id, "12000", "2026-12-02T02:00:00Z" as Instant); // since: on the day of the entry
  const december = days("2026-12-01", "2027-01-01");
  for (const [asked, month, sums] of [
    [november, "2026-11", [["2026-11-22", 15_000]]],
    [december, "2026-12", [["2026-12-02", -3000]]],
  ] as const) {
    const told = await feeDays(sql, agency, asked);
    expect(told.map(({ day, registerDong }) => [day, registerDong])).toEqual(sums);
    const { registerDong } = sumOfDays(told);
    const counts = await countIn(sql, { agencyId: agency, ...asked, now: morning });
    expect(counts.paper.dong + counts.electronic.dong).toBe(registerDong);
    if (month === "2026-11") expect((await totalsOf(sql, series, month as Period)).feeDong).toBe(registerDong);
  }
});
