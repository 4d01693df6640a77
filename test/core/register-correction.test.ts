import fc from "fast-check";
import { expect, test } from "vitest";
import { type Instant, instantOfSeconds, type LocalDate } from "../../src/core/kernel.ts";
import type { RegisterLine } from "../../src/core/lists.ts";
import {
  type CorrectedPart,
  type Correction,
  correctedParts,
  differenceOf,
  firstText,
  lineAt,
  partsOf,
  readingOf,
  struckTexts,
  textNow,
} from "../../src/core/register-correction.ts";
import type { Period } from "../../src/core/register-print.ts";
import { amountIn } from "../../src/web/pages/register/line-texts.ts";

const t = (seconds: number): Instant => instantOfSeconds(1_800_000_000 + seconds);
const aLine = (changes: Partial<RegisterLine> = {}): RegisterLine =>
  ({
    ...{ form: "paper", number: 1, status: "issued", printedOn: "2026-11-22", dossierStatus: "released" },
    ...{ applicantName: "A", title: "B", documentNumber: null, copies: 3, feeDong: 6000, corrections: [] },
    ...{ personSignedAt: null, sealedAt: null, voidReason: null, voidedAt: null, voidedByName: null, annulment: null },
    ...changes,
  }) as RegisterLine;

const entry = fc.record({
  part: fc.constantFrom(...correctedParts),
  reads: fc.integer({ min: 1, max: 900 }).map(String),
  month: fc.constantFrom("2026-11", "2026-12", "2027-01"),
});

function corrected(entries: readonly { part: CorrectedPart; reads: string; month: string }[]): RegisterLine {
  const corrections: Correction[] = [];
  for (const [i, { part, reads, month }] of entries.entries()) {
    const was = textNow(aLine({ corrections }), part);
    const told = { ordinal: i + 1, part, was, reads, reason: "vì", by: "ai", at: t(i) };
    corrections.push({ ...told, countedIn: month as Period });
  }
  return aLine({ corrections });
}

test("REG-4: after any corrections the first text, every struck one and the one that counts are all still there", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
      const line = corrected(entries);
      for (const part of correctedParts) {
        const said = entries.filter((one) => one.part === part).map((one) => one.reads);
        expect([...struckTexts(line, part), textNow(line, part)]).toEqual([firstText(line, part), ...said]);
      }
    }),
    { numRuns: 200 },
  );
});

test("REG-4: the sums of all months together are what the lines read today, however corrections fall on months", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
      const line = corrected(entries);
      const months = ["2026-11", "2026-12", "2027-01"] as Period[];
      const sum = (part: "copies" | "fee") => months.reduce((total, month) => total + amountIn(line, part, month), 0);
      expect([sum("copies"), sum("fee")]).toEqual([Number(textNow(line, "copies")), Number(textNow(line, "fee"))]);
      const { copies, feeDong } = differenceOf(line.corrections);
      expect([3 + copies, 6000 + feeDong]).toEqual([sum("copies"), sum("fee")]);
    }),
    { numRuns: 200 },
  );
});

test("REG-4: a line is shown at any second as it stood then: taken up, signed, issued, annulled, corrected", () => {
  const earlier = (day: string, until: number) => ({
    ...{ printedOn: day as LocalDate, officerId: "x" as never, signerName: "X", signerTitle: [], basis: null },
    ...{ comparedBySigner: null, until: t(until) },
  });
  const annulment = { kind: "annulled", number: "1/QĐ", date: "2026-12-01" as LocalDate } as const;
  const line = aLine({ personSignedAt: t(30), sealedAt: t(40), annulment, corrections: corrected([{ part: "title", reads: "C", month: "2026-11" }]).corrections.map((one) => ({ ...one, at: t(60) })) }); // biome-ignore format: one line
  const history = {
    ...{ numberedAt: t(0), issuedAt: t(50), annulledAt: t(70) },
    earlier: [earlier("2026-11-20", 10), earlier("2026-11-21", 20)],
  };
  const at = (seconds: number) => {
    const shown = lineAt(line, history, t(seconds));
    return shown && [shown.printedOn.slice(8), shown.status, shown.dossierStatus, textNow(shown, "title"), shown.annulment?.number]; // biome-ignore format: one line
  };
  expect([-1, 0, 10, 20, 30, 40, 50, 60, 70].map(at)).toEqual([
    null,
    ["20", "in_progress", "numbered", "B", undefined],
    ["21", "in_progress", "numbered", "B", undefined],
    ["22", "in_progress", "numbered", "B", undefined],
    ["22", "in_progress", "person_signed", "B", undefined],
    ["22", "in_progress", "sealed", "B", undefined],
    ["22", "issued", "released", "B", undefined],
    ["22", "issued", "released", "C", undefined],
    ["22", "issued", "released", "C", "1/QĐ"],
  ]);
  const voided = aLine({ status: "voided", voidedAt: t(5), voidReason: "r", voidedByName: "n" });
  const fates = [4, 5].map((s) => lineAt(voided, { ...history, issuedAt: null, earlier: [] }, t(s))?.status);
  expect(fates).toEqual(["in_progress", "voided"]);
});

test.each([
  ["fee", "20.000", "20000"],
  ["fee", "-1", null],
  ["fee", "200000001", null],
  ["copies", "0", null],
  ["copies", "1000", "1000"],
  ["copies", "1001", null],
  ["applicant", "  Nguyễn   A ", "Nguyễn A"],
  ["applicant", " ", null],
  ["documentNumber", "", ""],
  ["title", "x".repeat(1001), null],
] as const)("REG-4: %s typed as %j reads %j", (part, typed, reads) => expect(readingOf(part, typed)).toBe(reads));

test("REG-4: how many electronic copies there are is no matter of the register alone", () => {
  expect(partsOf({ form: "electronic" })).not.toContain("copies");
  expect(partsOf({ form: "paper" })).toContain("copies");
});
