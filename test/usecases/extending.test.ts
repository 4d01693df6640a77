import { describe, expect, test } from "vitest";
import type { Certificate } from "../../src/core/dossier.ts";
import type { CertificateId } from "../../src/core/ids.ts";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, secondsOf } from "../../src/core/kernel.ts";
import { type EvidenceWorld, extendEvidence } from "../../src/usecases/extend-evidence.ts";

const now = "2026-03-02T02:00:00Z" as Instant;
const id = "c" as CertificateId;
const issued = { id, status: "issued" } as Certificate;

function memoryWorld(changes: Partial<EvidenceWorld<string>> = {}) {
  const events: string[] = [];
  const world: EvidenceWorld<string> = {
    now: () => now,
    certificate: async () => issued,
    plan: async () => ({ dueSince: now, failures: 0, made: 2 }),
    newest: async () => new Uint8Array() as Bytes,
    extend: async () => {
      events.push("ask");
      return ok("longer");
    },
    examine: async () => ok(null),
    keep: async (_, ordinal, extended) => {
      events.push(`keep ${ordinal} ${extended}`);
      return true;
    },
    postpone: async (_, { code }, until) => {
      events.push(`postpone ${code} by ${secondsOf(until) - secondsOf(now)}`);
    },
    ...changes,
  };
  return { world, events };
}

const later = (seconds: number): Instant => instantOfSeconds(secondsOf(now) + seconds);

describe("DESIGN decision 6: long-term evidence", () => {
  test("what is due is asked for, examined and kept as the next form", async () => {
    const { world, events } = memoryWorld();
    await extendEvidence(id, world);
    expect(events).toEqual(["ask", "keep 3 longer"]);
  });

  test.each<[string, Partial<EvidenceWorld<string>>]>([
    ["a certificate that is not there", { certificate: async () => null }],
    ["one in progress", { certificate: async () => ({ ...issued, status: "in_progress" }) }],
    ["one that was voided", { certificate: async () => ({ ...issued, status: "voided" }) }],
    ["one that was never released", { plan: async () => null }],
    ["one that is not due for a second", { plan: async () => ({ dueSince: later(1), failures: 0, made: 1 }) }],
  ])("nobody is asked about %s, and nothing is kept", async (_, changes) => {
    const { world, events } = memoryWorld(changes);
    await extendEvidence(id, world);
    expect(events).toEqual([]);
  });

  test.each([
    [0, 5],
    [1, 10],
    [9, 2560],
    [10, 3600],
    [1000, 3600],
  ])("after %i failures in a row the next attempt comes after %i seconds, an hour at most", async (failures, seconds) => {
    const { world, events } = memoryWorld({
      plan: async () => ({ dueSince: now, failures, made: 0 }),
      extend: async () => fail({ code: "not_newer" }),
    });
    await extendEvidence(id, world);
    expect(events).toEqual([`postpone not_newer by ${seconds}`]);
  });

  test("a form that our own examiner does not pass is never kept", async () => {
    const { world, events } = memoryWorld({ examine: async () => fail({ code: "level_not_reached" }) });
    await extendEvidence(id, world);
    expect(events).toEqual(["ask", "postpone level_not_reached by 5"]);
  });

  test.each([
    "newest",
    "extend",
    "examine",
    "keep",
    "postpone",
  ] as const)("an outage in %s is no answer: it is thrown, so the job comes again", async (step) => {
    const broken = async () => {
      throw new Error("outage");
    };
    const { world } = memoryWorld({
      ...(step === "postpone" ? { extend: async () => fail({ code: "x" }) } : {}),
      [step]: broken,
    });
    await expect(extendEvidence(id, world)).rejects.toThrow("outage");
  });
});
