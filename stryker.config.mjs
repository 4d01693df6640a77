// npm run mutation -- --mutate signing/format/der.ts
// What a changed line of the reader or the examiner breaks must be noticed by the tests of signing/; see CONTRIBUTING.md.
// biome-ignore lint/style/noDefaultExport: Stryker asks for it
export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "vitest.mutation.config.ts", related: true },
  mutate: ["signing/format/**/*.ts", "signing/examine/**/*.ts"],
  coverageAnalysis: "perTest",
  concurrency: 1,
  incremental: true,
  incrementalFile: "data/mutation/incremental.json",
  tempDirName: "data/mutation/sandbox",
  ignorePatterns: ["/data", "/dist", "/docs", "/bench", "/ocr", "/db/postgres"],
  timeoutMS: 20_000,
  timeoutFactor: 4,
  reporters: ["clear-text", "progress-append-only"],
  clearTextReporter: { allowColor: false, logTests: false },
  allowConsoleColors: false,
};
