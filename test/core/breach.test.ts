import { describe, expect, test } from "vitest";
import { type Breach, type BreachId, breachDue, breachStanding } from "../../src/core/breach.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { type BreachWorld, noteBreach, noteBreachStep } from "../../src/usecases/note-breach.ts";

const foundAt = "2026-02-14T09:30:00Z" as Instant; // a Saturday before Tết
const due = "2026-02-17T09:30:00Z" as Instant;
const actor = { personId: "p" as PersonId, agencyId: "a" as AgencyId };
const text = "Tệp gửi nhầm người (hư cấu)";
const breach: Breach = {
  ...{ id: "b" as BreachId, foundAt, notedAt: foundAt, by: "Q (hư cấu)", steps: [] },
  ...{ happened: text, concerns: text, done: text },
};
const told = (at: string, what: "told_authority" | "told_people" = "told_authority") => ({
  ...breach,
  steps: [{ what, at: at as Instant, says: text, by: "Q (hư cấu)" }],
});

describe("breaches of personal data", () => {
  test("DATA-4: 72 hours from the finding, by the clock; who was told late was told late", () => {
    expect(breachDue(breach)).toBe(due);
    const at = (now: string, one: Breach = breach) => breachStanding(one, now as Instant);
    expect([at("2026-02-16T09:29:59Z"), at("2026-02-16T09:30:00Z"), at(due), at("2026-02-17T09:30:01Z")]).toEqual([
      "open",
      "soon",
      "soon",
      "late",
    ]);
    expect([at("2026-03-01T00:00:00Z", told(due)), at("2026-03-01T00:00:00Z", told("2026-02-17T09:30:01Z"))]).toEqual([
      "told",
      "told_late",
    ]);
    expect(at("2026-02-18T00:00:00Z", told(due, "told_people"))).toBe("late"); // the authority was not
  });

  test("DATA-4: a note has its words and a moment that has passed; a step is not before the finding", async () => {
    const kept: string[] = [];
    const world: BreachWorld = {
      ...{
        now: () => "2026-02-15T00:00:00Z" as Instant,
        isPrintable: (one) => one !== "?",
      },
      keepBreach: async () => kept.push("breach") > 0,
      keepStep: async () => kept.push("step") > 0,
    };
    const fields = async (changes: Partial<Breach>) => {
      const noted = await noteBreach({ ...breach, ...changes }, actor, world);
      return noted.ok ? "kept" : noted.failure.field;
    };
    expect([await fields({ foundAt: due }), await fields({ done: "  ít  " }), await fields({})]).toEqual([
      "at",
      "done",
      "kept",
    ]);
    const step = { id: "s", what: "told_authority", at: foundAt, says: text };
    const steps = [{ what: "x" }, { at: "2026-02-14T09:29:59Z" as Instant }, { at: due }, { says: "ít" }, {}];
    const answers = await Promise.all(
      steps.map((change) => noteBreachStep(breach, { ...step, ...change }, actor, world)),
    );
    expect(answers.map((one) => (one.ok ? "kept" : one.failure.field))).toEqual(["what", "at", "at", "says", "kept"]);
    expect(kept).toEqual(["breach", "step"]);
  });
});
