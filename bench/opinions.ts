import { spawnSync } from "node:child_process";

// npm run opinions: every key type into a file of every form, at every level, before openssl, pdfsig, qpdf and mutool.

const { status } = spawnSync("npx", ["vitest", "run", "test/signing/seal/second-opinions.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, CHUNGTHUC_OPINIONS: "pairs" },
});
process.exitCode = status ?? 1;
