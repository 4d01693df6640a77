import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renewalDue } from "../../../signing/seal/renewal.ts";
import { secondsOf } from "../../../src/core/kernel.ts";
import { has } from "../../support/tools.ts";
import { nowInstant } from "./levels.ts";

const day = 86_400;

describe.skipIf(!has("openssl"))("when a document timestamp must be followed by another (ADR 0019)", () => {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-renewal-"));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  beforeAll(() => {
    writeFileSync(join(folder, "data"), createHash("sha256").update("x").digest());
    writeFileSync(
      join(folder, "ext.cnf"),
      "[req]\ndistinguished_name=dn\n[dn]\n[tsa]\nextendedKeyUsage=critical,timeStamping\n",
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A token made now by an authority of that key whose certificate ends so many days from now. */
  function token(key: readonly string[], days: number) {
    // biome-ignore format: one command
    openssl("req", "-x509", "-config", "ext.cnf", "-extensions", "tsa", "-newkey", ...key, "-nodes", "-keyout", "tsa.key", "-out", "tsa.crt", "-days", String(days), "-subj", "/CN=Timestamps (fictional)");
    writeFileSync(
      join(folder, "tsa.cnf"),
      "[tsa]\ndefault_tsa=here\n[here]\nserial=serial\nsigner_cert=tsa.crt\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3\ndigests=sha256\ness_cert_id_alg=sha256\n",
    );
    openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query");
    openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-token_out", "-out", "token");
    return new Uint8Array(readFileSync(join(folder, "token")));
  }
  const dueInDays = (made: ReturnType<typeof token>) => {
    const due = renewalDue(made);
    return due === null ? null : Math.round((secondsOf(due) - secondsOf(nowInstant())) / day);
  };
  const p256 = ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"];

  test.each([
    { days: 3650, due: 3650 - 90 },
    { days: 100, due: 75 }, // a quarter of a short life
    { days: 4, due: 7 }, // an authority at its end: not over and over
  ])("a certificate of $days days: after $due", ({ days, due }) => {
    expect(dueInDays(token(p256, days))).toBe(due);
  });

  test("RSA below 3000 bits: before its last good day, whatever the certificate says", () => {
    expect(renewalDue(token(["rsa:2048"], 3650))).toBe("2028-07-01T00:00:00Z");
    expect(renewalDue(token(["rsa:3072"], 3650))).not.toBe("2028-07-01T00:00:00Z");
  });

  test("what is no token is never due", () => {
    expect(renewalDue(new Uint8Array([0x30, 0]))).toBeNull();
  });
});
