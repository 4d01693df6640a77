import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pkcs11Device } from "../../signing/keys/pkcs11-process.ts";
import { has } from "./tools.ts";

export const tokenPin = "715394";

const modules = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib64/softhsm/libsofthsm.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
];
export const softhsmModule = modules.find((path) => existsSync(path)) ?? null;

/** SoftHSM and the binding to it: what tests of tokens need. */
export const canUseTokens = has("softhsm2-util") && has("openssl") && softhsmModule !== null && hasBinding();

function hasBinding(): boolean {
  try {
    return createRequire(import.meta.url).resolve("pkcs11js") !== "";
  } catch {
    return false;
  }
}

/** Tokens of SoftHSM in a folder of their own: nothing of the machine's is touched. */
export type SoftTokens = {
  readonly device: Pkcs11Device;
  readonly folder: string;
  /** A token with nothing on it. */
  readonly add: (label: string) => void;
  /** @param key PEM; @param certificate DER, both as files; null leaves it away */
  readonly put: (label: string, id: string, key: string | null, certificate: string | null) => void;
  /** Pulls every token out. */
  readonly pull: () => void;
  readonly end: () => void;
};

export function softTokens(): SoftTokens {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-token-"));
  const configuration = join(folder, "softhsm2.conf");
  mkdirSync(join(folder, "tokens"));
  writeFileSync(
    configuration,
    `directories.tokendir = ${join(folder, "tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const environment = { SOFTHSM2_CONF: configuration };
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { stdio: "pipe", env: { ...process.env, ...environment } });
  const module = softhsmModule ?? "";
  const putting = join(import.meta.dirname, "put-on-token.mjs");
  return {
    device: { module, environment, timeoutSeconds: 10 },
    folder,
    add: (label) =>
      run("softhsm2-util", "--init-token", "--free", "--label", label, "--pin", tokenPin, "--so-pin", "00000000"),
    put: (label, id, key, certificate) => {
      // biome-ignore format: one command
      if (key !== null) run("softhsm2-util", "--import", key, "--token", label, "--label", id, "--id", id, "--pin", tokenPin, "--no-public-key", "--force");
      if (certificate !== null) run(process.execPath, putting, module, label, tokenPin, id, certificate);
    },
    pull: () => {
      rmSync(join(folder, "tokens"), { recursive: true });
      mkdirSync(join(folder, "tokens"));
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
