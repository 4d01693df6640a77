import { describe, expect, test } from "vitest";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, ok } from "../../src/core/kernel.ts";
import type { DossierStatus } from "../../src/core/stages.ts";
import { answerDays, type DataWish, dataWishes, parseTerms, usualTerms } from "../../src/core/terms.ts";
import { answerInWords, extendRequest } from "../../src/usecases/answer-data.ts";

const actor = { personId: "p" as PersonId, agencyId: "hoaban" as AgencyId };
const now = "2026-11-23T03:00:00Z" as Instant;

function world(
  kind: DataWish,
  { status = "released" as DossierStatus, dueAt = now, extension = null as object | null },
) {
  const kept: unknown[] = [];
  const keep = (id: string, what: unknown) => Promise.resolve(kept.push([id, what]) === 1);
  return {
    kept,
    now: () => now,
    terms: usualTerms,
    openRequest: () => Promise.resolve({ kind, status, dueAt, extension }),
    keepWorded: keep,
    keepExtension: keep,
  };
}

describe("DATA-3: what is asked in words is answered in words, once", () => {
  test("DATA-3: correcting in 10 days, restricting in 15, as configured; no wish is without a term", () => {
    expect([answerDays("correct", usualTerms), answerDays("restrict", usualTerms)]).toEqual([10, 15]);
    const terms = parseTerms("correct=5,restrict=7");
    expect(terms.ok && [answerDays("correct", terms.value), answerDays("restrict", terms.value)]).toEqual([5, 7]);
    expect(dataWishes.every((wish) => answerDays(wish, usualTerms) > 0)).toBe(true);
  });

  test("DATA-3: an answer says what was done or why not; while a dossier is under way nothing is restricted", async () => {
    const says = "Đã hủy giá trị bản sao sai.";
    const right = world("correct", {});
    expect(await answerInWords("1", { outcome: "done", says: `  ${says} ` }, actor, right)).toEqual(ok(null));
    expect(right.kept).toEqual([["1", { outcome: "done", says }]]);
    for (const short of ["", "không", `${"a".repeat(1001)}`, "có \0 dấu lạ ở đây"]) {
      const answer = answerInWords("1", { outcome: "declined", says: short }, actor, world("correct", {}));
      expect(await answer).toEqual(fail({ code: "malformed_request", field: "says" }));
    }
    const early = world("restrict", { status: "read" });
    const malformed = fail({ code: "malformed_request", field: "decision" });
    expect(await answerInWords("1", { outcome: "done", says }, actor, early)).toEqual(malformed);
    expect(early.kept).toEqual([]);
    expect(await answerInWords("1", { outcome: "declined", says }, actor, early)).toEqual(ok(null));
    const erasing = await answerInWords("1", { outcome: "done", says }, actor, world("erase", {}));
    expect(erasing).toEqual(fail({ code: "not_found" }));
  });

  test("DATA-3: a term runs once more for a reason, before it has ended, and never a second time", async () => {
    const reason = "Phải hỏi cơ quan đã cấp bản chính.";
    const open = world("correct", {});
    expect(await extendRequest("1", reason, actor, open)).toEqual(ok(null));
    expect(open.kept).toEqual([["1", { reason, dueAt: "2026-12-03T03:00:00Z", at: now }]]);
    const none = fail({ code: "not_found" });
    expect(await extendRequest("1", reason, actor, world("correct", { extension: {} }))).toEqual(none);
    const late = world("erase", { dueAt: "2026-11-23T02:59:59Z" as Instant });
    expect(await extendRequest("1", reason, actor, late)).toEqual(none);
    const why = await extendRequest("1", "bận", actor, world("correct", {}));
    expect(why).toEqual(fail({ code: "malformed_request", field: "reason" }));
  });
});
