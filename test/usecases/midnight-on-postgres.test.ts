import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { booksOf, closeBookWith } from "../../db/stores/administration.ts";
import { keepHandedOver } from "../../db/stores/paper-lines.ts";
import type { BookId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { Period } from "../../src/core/register-print.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import { actor, book, compared, found, issued, lineOf, openPaperDesk, printOf, sql, take } from "./paper-desk.ts";

openPaperDesk();

const oldYear = "2026-12-31" as LocalDate;
const newYear = "2027-01-01" as LocalDate;
const midnight = "2026-12-31T17:00:00Z" as Instant;

const lines = (year: number) =>
  sql<{ number: number; status: string }[]>`select number, status from paper_line where year = ${year} order by number`;

const closed = async () => {
  const old = (await booksOf(sql, actor.agencyId)).find((one) => one.year === 2026);
  return closeBookWith(sql, old?.id as BookId, midnight, noteOf(actor, "book_closed", randomUUID(), midnight));
};

test("REG-1: at midnight of the year, half by the old day and half by the new one at once: each book runs 1 to n without gap", async () => {
  await book(2026);
  await book(2027);
  const papers = [];
  for (let i = 0; i < 12; i += 1) papers.push(await compared());
  const taken = await Promise.all(papers.map((paper, i) => take(paper, i % 2 === 0 ? oldYear : newYear)));
  expect(taken.every(({ ok }) => ok)).toBe(true);
  for (const year of [2026, 2027]) expect((await lines(year)).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
});

test("REG-1: of one paper asked for on both sides of midnight at once one line lives, and none of the new year is given up", async () => {
  await book(2026);
  await book(2027);
  for (let i = 0; i < 8; i += 1) {
    const paper = await compared();
    await Promise.all([take(paper, oldYear), take(paper, newYear), take(paper, oldYear)]);
    const living = await sql`select year from paper_line where dossier_id = ${paper.id} and status = 'in_progress'`;
    expect(living).toEqual([{ year: 2027 }]);
  }
  expect(await lines(2027)).toEqual(Array.from({ length: 8 }, (_, i) => ({ number: i + 1, status: "in_progress" })));
  const numbers = (await lines(2026)).map(({ number }) => number);
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
});

test("REG-2, REG-3: the old book is closed amid numbers of both days: whoever comes after finds it closed, and its total is its lines", async () => {
  await book(2026);
  await book(2027);
  for (let i = 0; i < 3; i += 1) await issued(oldYear);
  const papers = [await compared(), await compared(), await compared()];
  const [late, closing] = await Promise.all([
    Promise.all(
      papers.map(async (paper) => {
        const taken = await take(paper, oldYear);
        if (taken.ok) await keepHandedOver(sql, await lineOf(paper.id), actor);
        return taken;
      }),
    ),
    closed(),
  ]);
  const again = closing.ok ? closing : await closed(); // a number in progress keeps it open
  expect(again.ok).toBe(true);
  for (const taken of late) if (!taken.ok) expect(taken.failure.code).toBe("no_open_book");
  const [{ closing_total } = { closing_total: 0 }] = await sql<{ closing_total: number }[]>`
    select closing_total from book where year = 2026`;
  expect(closing_total).toBe((await lines(2026)).length);
  expect(await take(await compared(), newYear)).toMatchObject({ value: { number: 1, bookText: "01/2027-SCT/BS" } });
});

test("REG-1: a clock that goes back over New Year gives up no number of the new year and dates nothing in the old one", async () => {
  await book(2026);
  await book(2027);
  await issued(oldYear);
  const { id } = await compared();
  expect(await take(await found(id), newYear)).toMatchObject({ value: { number: 1 } });
  expect(await take(await found(id), oldYear)).toEqual({ ok: false, failure: { code: "clock_behind" } });
  const straight = sql.begin(async (tx) => {
    await tx`update paper_line set status = 'voided', void_reason = 'year_changed', voided_at = now() where dossier_id = ${id}`;
    await tx`insert into paper_line (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at,
        officer_id, signer_name, signer_title, mandate_id, comparing_policy_id, applicant_name, title, copies, fee_dong)
      select ${randomUUID()}, agency_id, (select id from book where year = 2026), suffix, 2026, 2, dossier_id, 'in_progress',
        ${oldYear}, numbered_at, officer_id, signer_name, signer_title, mandate_id, comparing_policy_id, applicant_name, title,
        copies, fee_dong from paper_line where dossier_id = ${id}`;
  });
  await expect(straight).rejects.toThrow("REG-1");
  expect([await lines(2026), await lines(2027)]).toEqual([
    [{ number: 1, status: "issued" }],
    [{ number: 1, status: "in_progress" }],
  ]);
});

test("REG-2: without a book of the new year the number of the old one is not given up; with it both happen at once", async () => {
  await book(2026);
  const { id } = await compared();
  expect(await take(await found(id), oldYear)).toMatchObject({ value: { number: 1 } });
  expect(await take(await found(id), newYear)).toMatchObject({ failure: { code: "no_open_book" } });
  expect(await lines(2026)).toEqual([{ number: 1, status: "in_progress" }]);
  await book(2027);
  expect(await take(await found(id), newYear)).toMatchObject({ value: { number: 1, bookText: "01/2027-SCT/BS" } });
  expect(await lines(2026)).toEqual([{ number: 1, status: "voided" }]);
});

test("REG-3: a clock that goes back takes no number of a month that is signed, nor of a book that is closed", async () => {
  await book(2026);
  await issued(oldYear);
  expect(await (await printOf("2026-12" as Period, midnight)).keep()).toBe("kept");
  await expect(take(await compared(), oldYear)).rejects.toThrow("printed and signed");
  expect((await closed()).ok).toBe(true);
  expect(await take(await compared(), oldYear)).toMatchObject({ failure: { code: "no_open_book" } });
  expect(await lines(2026)).toEqual([{ number: 1, status: "issued" }]);
});
