import { describe, expect, test } from "vitest";
import type { Actor, Credential } from "../../src/core/dossier.ts";
import type { AgencyId, BlobId, PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, type LocalDate, ok } from "../../src/core/kernel.ts";
import {
  daysOf,
  isOver,
  type KeptPrint,
  monthsOf,
  type Period,
  type PeriodTotals,
  parsePeriod,
} from "../../src/core/register-print.ts";
import { type RegisterWorld, signRegister } from "../../src/usecases/sign-register.ts";
import { aMandate } from "../support/mandates.ts";

const actor: Actor = { personId: "p1" as PersonId, agencyId: "hoaban" as AgencyId };
const now = "2027-01-04T02:00:00Z" as Instant;
const december = "2026-12" as Period;
const year = "2026" as Period;
const signer = { signerName: "Quàng Văn Mẫu (hư cấu)" } as unknown as Credential;
const counted = (period: Period, changes: Partial<PeriodTotals> = {}): PeriodTotals => ({
  period,
  ...{
    firstNumber: 1,
    lastNumber: 3,
    issued: 2,
    voided: 1,
    inProgress: 0,
    annulled: 0,
    copies: 2,
    feeDong: 4000,
    corrections: 0,
  },
  ...changes,
});
const none = { firstNumber: null, lastNumber: null, issued: 0, voided: 0, copies: 0, feeDong: 0 };

/** Remembers what was kept and which steps were reached. */
function worldWith(changes: Partial<RegisterWorld<string>> = {}, kept: KeptPrint[] = []) {
  const steps: string[] = [];
  const world: RegisterWorld<string> = {
    now: () => now,
    totals: async (period) => (period === december || period === year ? counted(period) : counted(period, none)),
    months: async (ofYear) => monthsOf(ofYear).map((month) => counted(month, month === december ? {} : none)),
    prints: async () => kept,
    credential: async () => signer,
    mandates: async () => [aMandate()],
    absences: async () => [],
    compose: async () => Uint8Array.of(1),
    openKey: async (_, pin) => (pin === "123456" ? ok("key") : fail({ code: "wrong_pin" })),
    checkRevocation: async () => ok(null),
    sign: async () => {
      steps.push("signed");
      return ok(Uint8Array.of(1, 2));
    },
    examine: async () => ok(now),
    keepPrint: async ({ period }) => {
      steps.push("kept");
      kept.push({ period, blobId: "b" as BlobId, signerName: "", signedAt: now });
      return ok(null);
    },
    ...changes,
  };
  return { world, steps, kept };
}

describe("REG-3, NĐ 23/2015 Art. 13: the register is printed each month and closed each year", () => {
  test("REG-3: a month is signed once it is over and each of its numbers is issued or voided", async () => {
    const { world, kept } = worldWith();
    expect(await signRegister(december, "123456", actor, world)).toEqual(ok(null));
    expect(kept).toHaveLength(1);
    const open = worldWith({ totals: async (period) => counted(period, { inProgress: 2 }) });
    expect(await signRegister(december, "123456", actor, open.world)).toEqual(
      fail({ code: "numbers_in_progress", count: 2 }),
    );
    const early = worldWith({ now: () => "2026-12-31T16:59:59Z" as Instant });
    expect(await signRegister(december, "123456", actor, early.world)).toEqual(fail({ code: "period_not_over" }));
    expect([open.steps, early.steps]).toEqual([[], []]);
  });

  test("a month without numbers has nothing to sign", async () => {
    const { world } = worldWith();
    expect(await signRegister("2026-11" as Period, "123456", actor, world)).toEqual(fail({ code: "period_empty" }));
  });

  test("REG-3: the year is closed after its months: the first unsigned one with numbers is named", async () => {
    const { world, kept } = worldWith();
    expect(await signRegister(year, "123456", actor, world)).toEqual(
      fail({ code: "month_unsigned", month: "2026-12" }),
    );
    await signRegister(december, "123456", actor, world);
    expect(await signRegister(year, "123456", actor, world)).toEqual(ok(null));
    expect(kept.map(({ period }) => period)).toEqual([december, year]);
  });

  test("REG-3: sent twice it is signed once; no key is used again", async () => {
    const { world, steps } = worldWith();
    await signRegister(december, "123456", actor, world);
    expect(await signRegister(december, "123456", actor, world)).toEqual(ok(null));
    expect(steps).toEqual(["signed", "kept"]);
  });

  test.each([
    ["AUTH-1: without a registered certificate", { credential: async () => null }, "no_registered_certificate"],
    [
      "with a revoked one",
      { checkRevocation: async () => fail({ code: "certificate_revoked" } as const) },
      "certificate_revoked",
    ],
    [
      "where our own examiner does not pass it",
      { examine: async () => fail({ code: "examination_failed", reason: "x" } as const) },
      "examination_failed",
    ],
  ])("%s nothing is kept", async (_, changes, code) => {
    const { world, kept } = worldWith(changes);
    expect(await signRegister(december, "123456", actor, world)).toMatchObject({ ok: false, failure: { code } });
    expect(kept).toEqual([]);
  });
});

describe("periods", () => {
  test.each(["2026", "2026-01", "2026-12", "0001-02"])("%s is one", (text) => expect(parsePeriod(text).ok).toBe(true));
  test.each(["", "26", "2026-00", "2026-13", "2026-1", "2026-01-01", "2026-1a", " 2026"])("%j is none", (text) =>
    expect(parsePeriod(text).ok).toBe(false));

  test("a month runs to the day before the next one, December into the new year", () => {
    expect(daysOf(december)).toEqual({ from: "2026-12-01", before: "2027-01-01" });
    expect(daysOf("2026-02" as Period)).toEqual({ from: "2026-02-01", before: "2026-03-01" });
    expect(daysOf(year)).toEqual({ from: "2026-01-01", before: "2027-01-01" });
  });

  test("it is over with the first day after it, not before", () => {
    expect(isOver(december, "2026-12-31" as LocalDate)).toBe(false);
    expect(isOver(december, "2027-01-01" as LocalDate)).toBe(true);
    expect(isOver(year, "2026-12-31" as LocalDate)).toBe(false);
    expect(isOver(year, "2027-01-01" as LocalDate)).toBe(true);
  });
});
