import type { Goal } from "./figure.ts";

/** The figures of the benches' table that nothing measures yet, in its order. They are told, so that none is forgotten. */
export const notBuilt = {
  growth: [{ bench: "growth", goal: "<= 1.3", unit: "p50 and p99 at 10,000,000 certificates over those at 10,000" }],
  start: [{ bench: "start", goal: "<= 2 s", unit: "wall seconds more" }],
} as const satisfies Record<string, readonly Goal[]>;
