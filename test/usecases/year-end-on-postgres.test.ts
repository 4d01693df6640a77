import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { booksOf, closeBookWith } from "../../db/stores/administration.ts";
import { keepBook } from "../../db/stores/books.ts";
import { newestLine } from "../../db/stores/register.ts";
import { keepCorrection } from "../../db/stores/register-corrections.ts";
import { printsOf, totalsOf, totalsOfMonths } from "../../db/stores/register-prints.ts";
import type { BookId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { Period } from "../../src/core/register-print.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import { openBook } from "../../src/usecases/open-book.ts";
import { hindranceOf } from "../../src/usecases/sign-register.ts";
import { actor, book, compared, found, issued, numbered, openPaperDesk, printOf, series, ownerSql as sql, suffix, take } from "./paper-desk.ts"; // biome-ignore format: one line

openPaperDesk();

const opening = (now: string, year: number) =>
  openBook(suffix, actor, { now: () => now as Instant, newBookId: () => randomUUID() as BookId, keepBook: (one) => keepBook(sql, one) }, year); // biome-ignore format: one line

const months = (year: number) => totalsOfMonths(sql, series, year);
const hindrance = async (period: string, now: string) => {
  const totals = await totalsOf(sql, series, period as Period);
  return hindranceOf(totals, await printsOf(sql, series, 2026), now as Instant, actor, { months });
};

test("REG-3: month end and year end by the clock: months are signed, the next book is open in time, numbers begin at 1, the year closes with its total", async () => {
  await book();
  await issued("2026-11-30" as LocalDate);
  await issued("2026-12-31" as LocalDate);
  const open = await numbered();
  await take(await found(open), "2026-12-31" as LocalDate);

  expect(await hindrance("2026-11", "2026-11-30T16:59:59Z")).toEqual({ code: "period_not_over" });
  expect(await hindrance("2026-11", "2026-11-30T17:00:00Z")).toBeNull();
  expect(await (await printOf("2026-11" as Period, "2026-12-01T02:00:00Z" as Instant)).keep()).toBe("kept");
  expect(await opening("2026-11-30T16:59:59Z", 2027)).toMatchObject({ ok: false });
  expect(await opening("2026-12-28T02:00:00Z", 2027)).toMatchObject({ ok: true });
  expect(await take(await compared(), "2026-12-31" as LocalDate)).toMatchObject({ value: { number: 4, bookText: "01/2026-SCT/BS" } }); // biome-ignore format: one line

  const newYear = "2027-01-01" as LocalDate;
  expect(await hindrance("2026-12", "2026-12-31T17:00:00Z")).toEqual({ code: "numbers_in_progress", count: 2 });
  expect(await take(await found(open), newYear)).toMatchObject({ value: { number: 1, bookText: "01/2027-SCT/BS" } });
  const [left] = await sql<{ dossier_id: string }[]>`select dossier_id from paper_line where number = 4`;
  expect(await take(await found(left?.dossier_id as never), newYear)).toMatchObject({ value: { number: 2 } });
  expect(await issued(newYear)).toBeDefined();

  expect(await hindrance("2026", "2027-01-02T02:00:00Z")).toEqual({ code: "month_unsigned", month: "2026-12" });
  expect(await (await printOf("2026-12" as Period, "2027-01-02T02:00:00Z" as Instant)).keep()).toBe("kept");
  expect(await hindrance("2026", "2027-01-02T02:00:00Z")).toBeNull();
  const year = await printOf("2026" as Period, "2027-01-02T03:00:00Z" as Instant);
  expect(year.totals).toMatchObject({ firstNumber: 1, lastNumber: 4, issued: 2, voided: 2, inProgress: 0, copies: 6 });
  expect(await year.keep()).toBe("kept");
  const sum = (await months(2026)).reduce((total, one) => total + one.issued + one.voided, 0);
  expect(sum).toBe(4);

  const old = (await booksOf(sql, actor.agencyId)).find((one) => one.year === 2026);
  const closedAt = "2027-01-02T04:00:00Z" as Instant;
  expect(await closeBookWith(sql, old?.id as BookId, closedAt, noteOf(actor, "book_closed", "", closedAt))).toMatchObject({ ok: true }); // biome-ignore format: one line
  expect(await sql`select closing_total from book where year = 2026`).toEqual([{ closing_total: 4 }]);
  expect(await take(await compared(), "2026-12-31" as LocalDate)).toMatchObject({ failure: { code: "no_open_book" } });
});

test("REG-4: what was wrong in December and is found in January stands in the print of January, the closed year stays as it was signed", async () => {
  await book();
  const id = await issued("2026-12-30" as LocalDate);
  for (const [period, at] of [["2026-12", "2027-01-02T02:00:00Z"], ["2026", "2027-01-02T03:00:00Z"]] as const) // biome-ignore format: one line
    expect(await (await printOf(period as Period, at as Instant)).keep()).toBe("kept");
  const line = await newestLine(sql, id, "paper");
  const entry = { ordinal: 1, part: "fee", was: String(line?.feeDong), reads: "12000", reason: "Tính nhầm số trang", at: "2027-01-08T02:00:00Z" as Instant } as const; // biome-ignore format: one line
  expect(await keepCorrection(sql, id, "paper", entry, actor)).toMatchObject({ ok: true });
  expect(await totalsOf(sql, series, "2026" as Period)).toMatchObject({ feeDong: 18_000, corrections: 0 });
  expect((await months(2027))[0]).toMatchObject({ feeDong: -6000, corrections: 1, firstNumber: null });
});

test("REG-3: a month that is signed takes no line on paper more, and its print stays as it was signed", async () => {
  await book();
  await issued("2026-11-20" as LocalDate);
  expect(await (await printOf("2026-11" as Period, "2026-12-01T02:00:00Z" as Instant)).keep()).toBe("kept");
  await expect(take(await compared(), "2026-11-30" as LocalDate)).rejects.toThrow("printed and signed");
  for (const change of ["update register_print set voided = 1", "delete from register_print"])
    await expect(sql.unsafe(change)).rejects.toThrow(/evidence/);
});
