import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/core/kernel.ts";
import { dossierStatuses } from "../../src/core/stages.ts";
import { openBook } from "../../src/usecases/open-book.ts";
import { voidNumber } from "../../src/usecases/void-number.ts";
import { aCertificate, aDesk, aDossier, aSignedDesk, dossierId, officer, stranger } from "./desk.ts";
import { openingBookWorld, voidingWorld } from "./worlds.ts";

const failure = (it: object) => ({ ok: false, failure: it });

describe("REG-2: one book of a kind is open at a time", () => {
  test("REG-2: the first of the year is opened in the year of the Vietnamese calendar", async () => {
    const desk = aDesk({ books: [], now: "2026-12-31T17:00:00Z" as Instant });
    expect(await openBook("SCTĐT/BS", officer, openingBookWorld(desk))).toEqual({ ok: true, value: "book-1" });
    expect(desk.books).toEqual([{ suffix: "SCTĐT/BS", year: 2027 }]);
  });

  test("REG-2: in December the next year's book is opened too, in no other month, and no other year's", async () => {
    const december = aDesk({ now: "2026-11-30T17:00:00Z" as Instant });
    expect(await openBook("SCTĐT/BS", officer, openingBookWorld(december), 2027)).toMatchObject({ ok: true });
    expect(december.books.at(-1)).toEqual({ suffix: "SCTĐT/BS", year: 2027 });
    for (const [now, year] of [
      ["2026-11-30T16:59:59Z", 2027],
      ["2026-12-05T02:00:00Z", 2028],
      ["2026-12-05T02:00:00Z", 2025],
    ] as const) {
      // biome-ignore format: one line
      const desk = aDesk({ now: now as Instant });
      expect(await openBook("SCTĐT/BS", officer, openingBookWorld(desk), year)).toEqual(
        failure({ code: "malformed_request", field: "year" }),
      );
    }
  });

  test("REG-2: a second one of the kind is refused while the first is open, another kind is not", async () => {
    const desk = aDesk();
    expect(await openBook("SCTĐT/BS", officer, openingBookWorld(desk))).toEqual(
      failure({ code: "several_open_books" }),
    );
    expect(await openBook("SCT/BS", officer, openingBookWorld(desk))).toMatchObject({ ok: true });
    expect(desk.books).toHaveLength(2);
  });
});

describe("REG-1: a number that is given up leaves its line", () => {
  const reason = "  Máy quét lỗi, quét lại từ đầu  ";
  const numbered = () =>
    aDesk({ dossier: aDossier({ status: "numbered" }), certificate: aCertificate({ number: 7 }), numbersTaken: [7] });

  test("REG-1: the line keeps its number, with the reason and who gave it up", async () => {
    const desk = numbered();
    expect(await voidNumber(dossierId, reason, officer, voidingWorld(desk))).toEqual({ ok: true, value: null });
    expect(desk.voids).toEqual([{ number: 7, reason: reason.trim(), by: officer.personId }]);
    expect(desk.numbersTaken).toEqual([7]);
  });

  test("REG-1: a signed but unsealed number may be given up too", async () => {
    const desk = aSignedDesk();
    expect(await voidNumber(dossierId, reason, officer, voidingWorld(desk))).toEqual({ ok: true, value: null });
    expect(desk.dossier.status).toBe("voided");
  });

  const others = dossierStatuses.filter((it) => it !== "numbered" && it !== "person_signed");
  test.each(others)("REG-1: nothing is voided while %s", async (status) => {
    const desk = aSignedDesk({ dossier: aDossier({ status }) });
    expect(await voidNumber(dossierId, reason, officer, voidingWorld(desk))).toEqual(
      failure({ code: "wrong_stage", status }),
    );
    expect(desk.voids).toEqual([]);
  });

  test.each(["", "lỗi", "   lỗi máy   "])("REG-1: the reason %j is none", async (short) => {
    const desk = numbered();
    expect(await voidNumber(dossierId, short, officer, voidingWorld(desk))).toEqual(
      failure({ code: "rule_broken", rule: "REG-1" }),
    );
    expect(desk.voids).toEqual([]);
  });

  test("not by a stranger, and not when it was sealed meanwhile", async () => {
    const desk = numbered();
    const late = { ...voidingWorld(desk), keepVoid: async () => false };
    expect(await voidNumber(dossierId, reason, stranger, voidingWorld(desk))).toEqual(failure({ code: "not_found" }));
    expect(await voidNumber(dossierId, reason, officer, late)).toEqual(
      failure({ code: "wrong_stage", status: "numbered" }),
    );
    expect(desk.voids).toEqual([]);
  });
});
