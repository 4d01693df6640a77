import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fail, type Instant, instantOfSeconds, type LocalDate, localDateOf, ok } from "../../src/core/kernel.ts";
import { type Mandate, mandateFor } from "../../src/core/mandate.ts";
import { aMandate } from "../support/mandates.ts";

const day = (text: string) => text as LocalDate;
const at = (text: string) => text as Instant;
const deed = { number: "05/QĐ-UBND", date: day("2026-02-27"), issuedBy: "Chủ tịch UBND xã (hư cấu)" };
const assigned = (changes: Partial<Mandate> = {}) =>
  aMandate({ kind: "assignment", deed, from: day("2026-03-01"), to: day("2026-03-31"), ...changes });
const noon = at("2026-03-10T05:00:00Z");
const birth = { at: noon, paperKind: "Giấy khai sinh" };

describe("AUTH-2, NĐ 23/2015 Art. 5: by what right somebody signs", () => {
  test.each([
    ["2026-02-28T16:59:59Z", fail({ code: "mandate_not_begun", deed: deed.number, from: "2026-03-01" })],
    ["2026-02-28T17:00:00Z", ok(assigned())],
    ["2026-03-31T16:59:59Z", ok(assigned())],
    ["2026-03-31T17:00:00Z", fail({ code: "mandate_over", deed: deed.number, since: "2026-03-31" })],
  ])("AUTH-2: a mandate holds from its first day to its last, both whole, in Vietnam: %s", (when, answer) => {
    expect(mandateFor([assigned()], { ...birth, at: at(when) })).toEqual(answer);
  });

  test("AUTH-2: who was given none signs nothing", () => {
    expect(mandateFor([], birth)).toEqual(fail({ code: "mandate_missing" }));
  });

  test("AUTH-2: an ended one is over at once, whatever its last day says", () => {
    const ended = assigned({ endedAt: at("2026-03-10T04:59:59Z") });
    expect(mandateFor([ended], birth)).toEqual(fail({ code: "mandate_over", deed: deed.number, since: "2026-03-10" }));
  });

  test.each([
    ["for other work", assigned({ works: ["signatures", "transactions"] }), birth.paperKind, false],
    ["for copies among others", assigned({ works: ["signatures", "copies"] }), birth.paperKind, true],
    [
      "for this kind, however it is written",
      assigned({ paperKinds: ["Hộ chiếu", "GIẤY KHAI SINH"] }),
      birth.paperKind,
      true,
    ],
    ["for another kind", assigned({ paperKinds: ["Hộ chiếu"] }), birth.paperKind, false],
    ["for a kind whose name only begins alike", assigned({ paperKinds: ["Giấy khai"] }), birth.paperKind, false],
    ["for some kinds, where the whole register is signed", assigned({ paperKinds: ["Hộ chiếu"] }), null, false],
    ["for every kind, where the whole register is signed", assigned(), null, true],
  ])("AUTH-2: a deed %s", (_, mandate, paperKind, covers) => {
    const answer = mandateFor([mandate], { at: noon, paperKind });
    expect(answer).toEqual(covers ? ok(mandate) : fail({ code: "mandate_scope", deed: deed.number }));
  });

  test("AUTH-2: of several an office comes first, then the deed that began last; of faults the nearest is told", () => {
    const office = aMandate({ from: day("2020-01-01") });
    const later = assigned({ from: day("2026-03-05") });
    expect(mandateFor([assigned(), later, office], birth)).toEqual(ok(office));
    expect(mandateFor([assigned(), later], birth)).toEqual(ok(later));
    const past = assigned({ to: day("2026-03-02") });
    const elsewhere = assigned({ paperKinds: ["Hộ chiếu"], deed: { ...deed, number: "06/QĐ" } });
    expect(mandateFor([past, elsewhere], birth)).toEqual(fail({ code: "mandate_scope", deed: "06/QĐ" }));
  });

  test("AUTH-2: whatever is chosen holds that day, covers copies and has not ended", () => {
    const seconds = fc.integer({ min: 1_767_225_600, max: 2_082_758_400 }); // ten years from 2026
    const mandate = fc.record({
      from: seconds,
      days: fc.option(fc.integer({ min: 0, max: 900 })),
      ended: fc.boolean(),
      copies: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(mandate, { maxLength: 5 }), seconds, (drawn, now) => {
        const all = drawn.map(({ from, days, ended, copies }) =>
          assigned({
            from: localDateOf(instantOfSeconds(from)),
            to: days === null ? null : localDateOf(instantOfSeconds(from + days * 86_400)),
            endedAt: ended ? instantOfSeconds(from) : null,
            works: copies ? ["copies"] : ["signatures"],
          }),
        );
        const today = localDateOf(instantOfSeconds(now));
        const good = (one: Mandate) =>
          one.endedAt === null &&
          one.works.includes("copies") &&
          one.from <= today &&
          (one.to === null || today <= one.to);
        const chosen = mandateFor(all, { at: instantOfSeconds(now), paperKind: null });
        expect(chosen.ok).toBe(all.some(good));
        if (chosen.ok) expect(good(chosen.value)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
