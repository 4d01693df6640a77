import type { Goal } from "./figure.ts";

const cpu = "CPU seconds";

/** The figures of the benches' table that nothing measures yet, in its order. They are told, so that none is forgotten. */
export const notBuilt = {
  reading: [
    { bench: "read native", goal: "<= 0.8", unit: cpu },
    { bench: "read embedded", goal: "<= 1.2", unit: cpu },
    { bench: "read two workers", goal: "<= 0.6", unit: "wall seconds" },
    { bench: "copy CPU", goal: "<= 0.25", unit: cpu },
    { bench: "copy bytes", goal: "<= 0.5", unit: "bytes" },
  ],
  batches: [
    { bench: "batch-one", goal: ">= 0.3", unit: "copies per CPU second" },
    { bench: "batch-many", goal: "<= 25 ms", unit: "CPU milliseconds a page" },
    { bench: "verify code", goal: "<= 1.6", unit: "CPU seconds a request" },
    { bench: "verify record", goal: "<= 1.15", unit: "CPU seconds a request" },
  ],
  rest: [
    { bench: "log proof", goal: "< 1 ms", unit: "p99 milliseconds at 10,000,000 leaves" },
    { bench: "growth", goal: "<= 1.3", unit: "p50 and p99 at 10,000,000 certificates over those at 10,000" },
    { bench: "size page", goal: "<= 120 kB", unit: "bytes" },
    { bench: "size OCRmyPDF", goal: "<= 0.5", unit: "bytes" },
    { bench: "size overhead", goal: "<= 90 kB", unit: "bytes" },
    { bench: "start", goal: "<= 2 s", unit: "wall seconds more" },
  ],
} as const satisfies Record<string, readonly Goal[]>;
