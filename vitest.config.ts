import { defineConfig } from "vitest/config";
import { childrenFromBuild } from "./test/support/children-from-build.ts";

export default defineConfig({
  plugins: [childrenFromBuild],
  test: {
    globalSetup: ["test/support/cluster.ts"],
    include: ["test/**/*.test.ts", "test/**/*.test.tsx"],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    pool: "forks",
    isolate: false, // neither program nor tests keep anything in a module: what is loaded and warm serves the next file too
    maxWorkers: 3, // two cores, and tests that wait for a process or a lease leave one of them idle
  },
});
