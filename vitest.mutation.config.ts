import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";

const slow = [
  /\/(examine|past|revocation|sliding|unreadable-signed)\.test/,
  ...[/pkits/, /inflate/, /corpus/, /hostile/, /\/seal\//, /attacks-on-/, /\/keys\//],
];

/** A mutant's run ends with the first test that fails: most fall to a test of small values, so those come first. */
class QuickFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer["sort"]>[0]) {
    const rankOf = (path: string) => slow.findLastIndex((one) => one.test(path));
    return files.toSorted((a, b) => rankOf(a.moduleId) - rankOf(b.moduleId));
  }
}

// For Stryker: tests of signing/ that are quick and need neither database nor service; what takes its time by design stays out.
export default defineConfig({
  test: {
    include: ["test/signing/{format,examine,pdf,seal}/**/*.test.ts", "test/signing/keys/document-signer.test.ts"],
    exclude: [
      "test/signing/format/fuzzing.test.ts",
      "test/signing/examine/{tampering,hostile-size}.test.ts",
      "test/signing/seal/second-opinions.test.ts",
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "threads",
    isolate: false, // no test of these leaves anything behind, and a mutant's run loads everything but once
    sequence: { sequencer: QuickFirst },
  },
});
