import { expect, test } from "vitest";
import { feeDays, feeLines, unevenIssued, unevenSince } from "../../db/stores/fee-totals.ts";
import { keepHandedOver } from "../../db/stores/paper-lines.ts";
import { netOf, sumOfDays } from "../../src/core/fee-totals.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import { agency, morning } from "./desk.ts";
import { newEntry, pay, takeBack } from "./fee-desk.ts";
import { actor, book, found, lineOf, numbered, openPaperDesk, sql } from "./paper-desk.ts";

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
    { day: "2026-11-22", cashDong: 0, transferDong: 0, reversedDong: 10_000, receipts: 1, registerDong: 18_000 },
    undefined,
  ]);
  const december = sumOfDays(await feeDays(sql, agency, days("2026-12-01", "2027-01-01")));
  expect([netOf(december), december.receipts, december.registerDong]).toEqual([5000, 1, 0]);
  expect(await unevenIssued(sql, agency, november, 9)).toMatchObject([{ outstandingDong: 13_000, isDone: true }]);
  expect((await feeLines(sql, agency, november)).map(({ kind, amountDong }) => [kind, amountDong])).toEqual([
    ["payment", 10_000],
    ["reversal", -10_000],
  ]);
  expect(await unevenSince(sql, agency, "2026-11-23T00:00:00Z" as Instant, 9)).toEqual([]);
  await pay(paper, 13_000);
  expect(await unevenSince(sql, agency, morning, 9)).toEqual([]);
  expect(await unevenIssued(sql, agency, november, 9)).toEqual([]);
});
