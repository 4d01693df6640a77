import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newestLine, registerOfDay } from "../../db/stores/register.ts";
import { keepCorrection, registerOfDayAt, supplementOf } from "../../db/stores/register-corrections.ts";
import { totalsOf, totalsOfMonths } from "../../db/stores/register-prints.ts";
import type { DossierId } from "../../src/core/ids.ts";
import { type Instant, instantOfSeconds, type LocalDate, secondsOf } from "../../src/core/kernel.ts";
import type { RegisterLine } from "../../src/core/lists.ts";
import { type CorrectedPart, correctedParts, textNow } from "../../src/core/register-correction.ts";
import type { Period } from "../../src/core/register-print.ts";
import { correctLine } from "../../src/usecases/correct-line.ts";
import { agency } from "./desk.ts";
import { actor, book, found, issued, numbered, openPaperDesk, printOf, series, ownerSql as sql, suffix, take, today } from "./paper-desk.ts"; // biome-ignore format: one line

openPaperDesk();

const later = "2027-01-05T02:00:00Z" as Instant;
const reason = "Gõ nhầm so với giấy tờ tùy thân";

const correct = (id: DossierId, part: CorrectedPart, reads: string, at = later, seen?: number) =>
  newestLine(sql, id, "paper").then((line) =>
    correctLine(id, { form: "paper", part, reads, reason, seen: seen ?? line?.corrections.length ?? 0 }, actor, {
      now: () => at,
      line: (asked, form) => newestLine(sql, asked, form),
      keepCorrection: (...kept) => keepCorrection(sql, ...kept),
    }),
  );

const theLine = async (id: DossierId): Promise<RegisterLine> => {
  const line = await newestLine(sql, id, "paper");
  if (line === null) throw new Error("no line");
  return line;
};

const signMonth = (period: Period) => printOf(period, "2026-12-01T02:00:00Z" as Instant);

describe("LAW 3.4: a wrong line of the register", () => {
  test("REG-4: a correction is an entry beside the line: the old text stays, the new one counts, sent twice it is kept once", async () => {
    await book();
    const id = await issued();
    expect(await correct(id, "applicant", "  Lò Thị   Thơ (hư cấu) ")).toMatchObject({ ok: true });
    expect(await correct(id, "applicant", "Lò Thị Thơ (hư cấu)", later, 0)).toMatchObject({ ok: true });
    expect(await correct(id, "fee", "20.000")).toMatchObject({ ok: true });
    const line = await theLine(id);
    expect(line).toMatchObject({ applicantName: "Lò Thị Thử (hư cấu)", feeDong: 18_000 });
    expect([textNow(line, "applicant"), textNow(line, "fee")]).toEqual(["Lò Thị Thơ (hư cấu)", "20000"]);
    expect(line.corrections).toMatchObject([
      {
        ordinal: 1,
        was: "Lò Thị Thử (hư cấu)",
        reason,
        by: "Lê Thị Minh Họa (hư cấu)",
        at: later,
        countedIn: "2026-11",
      },
      { ordinal: 2, part: "fee", was: "18000", reads: "20000" },
    ]);
    const totals = await totalsOf(sql, series, "2026-11" as Period);
    expect(totals).toMatchObject({ feeDong: 20_000, copies: 3, corrections: 2 });
  });

  test("REG-4: of two officials who correct the same line the second looks again, and nothing is lost", async () => {
    await book();
    const id = await issued();
    const looked = await theLine(id); // by both, before either writes
    const asSeen = (reads: string) =>
      correctLine(id, { form: "paper", part: "title", reads, reason, seen: 0 }, actor, {
        now: () => later,
        line: async () => looked,
        keepCorrection: (...kept) => keepCorrection(sql, ...kept),
      });
    const both = await Promise.all([asSeen("Giấy A (hư cấu)"), asSeen("Giấy B (hư cấu)")]);
    expect(both.map((one) => (one.ok ? "kept" : one.failure.code)).toSorted()).toEqual(["kept", "line_changed"]);
    expect((await theLine(id)).corrections).toHaveLength(1);
  });

  test.each([
    ["update register_correction set reads = 'khác'"],
    ["delete from register_correction"],
    ["truncate register_correction"],
    ["update paper_line set applicant_name = 'Ai Khác (hư cấu)'"],
    ["insert into register_correction select (r).* from (select r from register_correction r) x"],
  ])("REG-4: the database refuses otherwise: %s", async (statement) => {
    await book();
    await correct(await issued(), "applicant", "Lò Thị Thơ (hư cấu)");
    await expect(sql.unsafe(statement)).rejects.toThrow();
  });

  test("REG-4: neither a number in progress, nor what does not stand there, nor a column of the copy itself is corrected", async () => {
    await book();
    const open = await numbered();
    expect(await correct(open, "applicant", "Lò Thị Thơ (hư cấu)")).toMatchObject({ failure: { code: "wrong_stage" } });
    const id = await issued();
    const entry = (changes: object) =>
      keepCorrection(sql, id, "paper", { ordinal: 1, part: "applicant", was: "Lò Thị Thử (hư cấu)", reads: "x", reason, at: later, ...changes }, actor); // biome-ignore format: one line
    for (const wrong of [
      { was: "Ai Khác (hư cấu)" },
      { ordinal: 2 },
      { reason: "sai" },
      { part: "number", was: "18000", reads: "2" },
    ]) {
      expect(await entry(wrong)).toMatchObject({ ok: false });
    }
    expect(await keepCorrection(sql, open, "paper", { ordinal: 1, part: "applicant", was: "Lò Thị Thử (hư cấu)", reads: "x", reason, at: later }, actor)).toMatchObject({ ok: false }); // biome-ignore format: one line
    expect(await correct(id, "fee", "hai mươi")).toMatchObject({ failure: { code: "rule_broken", rule: "REG-4" } });
    expect((await theLine(id)).corrections).toEqual([]);
  });

  test("REG-4: what is corrected after its month was signed changes that month no more: it stands in the supplement of the month of the entry", async () => {
    await book();
    const id = await issued();
    await correct(id, "applicant", "Lò Thị Thơ (hư cấu)", "2026-11-30T02:00:00Z" as Instant);
    const month = await signMonth("2026-11" as Period);
    await correct(id, "title", "Bằng tốt nghiệp (hư cấu)", "2026-11-30T03:00:00Z" as Instant);
    expect(await month.keep()).toBe("changed"); // corrected while somebody looked at the draft
    expect(await (await signMonth("2026-11" as Period)).keep()).toBe("kept");
    expect(await correct(id, "fee", "12000")).toMatchObject({ ok: true });
    const months = [await totalsOf(sql, series, "2026-11" as Period), await totalsOf(sql, series, "2027-01" as Period)];
    expect(months).toMatchObject([
      { feeDong: 18_000, corrections: 2, firstNumber: 1 },
      { feeDong: -6000, corrections: 1, firstNumber: null },
    ]);
    expect(await supplementOf(sql, series, "2026-11" as Period)).toEqual([]);
    expect(await supplementOf(sql, series, "2027-01" as Period)).toMatchObject([{ number: 1, printedOn: today }]);
    expect(await (await signMonth("2027-01" as Period)).keep()).toBe("kept"); // a month of corrections alone
    expect(await correct(id, "fee", "15000")).toMatchObject({ failure: { code: "line_changed" } });
    expect((await totalsOfMonths(sql, series, 2026)).map((one) => one.corrections)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]); // biome-ignore format: one line
  });

  test("REG-4: whatever the page of a day showed at some moment, it shows again when asked for that moment", async () => {
    await book();
    const ids = [await issued(), await issued(), await numbered()];
    const shown: { at: Instant; lines: RegisterLine[] }[] = [];
    const steps = fc.sample(
      fc.record({ line: fc.nat(2), part: fc.constantFrom(...correctedParts), reads: fc.integer({ min: 1, max: 999 }), after: fc.nat(9) }), // biome-ignore format: one line
      { numRuns: 60, seed: 8 },
    );
    let seconds = secondsOf(later);
    for (const { line, part, reads, after } of steps) {
      seconds += after;
      const at = instantOfSeconds(seconds);
      await correct(ids[line] as DossierId, part, String(reads), at);
      const lines = await registerOfDay(sql, agency, suffix, today);
      if (shown.at(-1)?.at === at) shown.pop();
      shown.push({ at, lines });
    }
    for (const { at, lines } of shown) expect(await registerOfDayAt(sql, agency, suffix, today, at)).toEqual(lines);
    expect(new Set(shown.map(({ lines }) => JSON.stringify(lines))).size).toBeGreaterThan(20);
    expect(await registerOfDayAt(sql, agency, suffix, today, "2026-01-01T00:00:00Z" as Instant)).toEqual([]);
  });

  test("REG-4, DATE-1: a line taken up on another day is remembered as it stood before", async () => {
    await book();
    const id = await numbered();
    await take(await found(id), "2026-12-01" as LocalDate);
    const kept = await sql`select printed_on::text, signer_name from register_line_before`;
    expect(kept).toMatchObject([{ printed_on: today, signer_name: (await theLine(id)).signerName }]);
    await expect(sql`delete from register_line_before`).rejects.toThrow(/refused/);
  });
});
