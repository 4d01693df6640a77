import { defineConfig } from "vitest/config";

// For Stryker: tests of signing/ that are quick and need neither database nor service; what takes its time by design stays out.
export default defineConfig({
  test: {
    include: ["test/signing/{format,examine,pdf,seal}/**/*.test.ts"],
    exclude: [
      "test/signing/format/fuzzing.test.ts",
      "test/signing/examine/{tampering,hostile-size}.test.ts",
      "test/signing/seal/second-opinions.test.ts",
    ],
    testTimeout: 60_000,
    pool: "threads",
    isolate: false, // no test of these leaves anything behind, and a mutant's run loads everything but once
  },
});
