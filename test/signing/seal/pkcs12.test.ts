import { verify, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPkcs12 } from "../../../signing/keys/pkcs12.ts";
import { has } from "../../support/tools.ts";
import { pin, type ThrowawayPki, throwawayPki } from "./throwaway-pki.ts";

describe.skipIf(!has("openssl"))("keys from PKCS#12", () => {
  let pki: ThrowawayPki;
  beforeAll(async () => {
    pki = await throwawayPki();
  });
  afterAll(async () => pki.end());

  const message = new TextEncoder().encode("to be signed") as Uint8Array<ArrayBuffer>;

  test.each([
    { file: "officer", of: "officer", scheme: "rsa-pkcs1" },
    { file: "officer-3des", of: "officer", scheme: "rsa-pkcs1" },
    { file: "officer-rc2", of: "officer", scheme: "rsa-pkcs1" },
    { file: "agency", of: "agency", scheme: "ecdsa" },
    { file: "edwards", of: "edwards", scheme: "ed25519" },
  ])("RFC 7292 §4: $file is opened with its certificate byte for byte, and signs by $scheme", async (one) => {
    const opened = openPkcs12(pki.pkcs12(one.file), pin);
    if (!opened.ok) return expect.fail(JSON.stringify(opened.failure));
    const { certificate, algorithm, sign, chain } = opened.value;
    expect(Buffer.from(certificate).equals(pki.der(one.of))).toBe(true);
    expect(chain).toEqual([]);
    expect(algorithm.scheme).toBe(one.scheme);
    const signature = await sign(message, algorithm);
    const hash = algorithm.scheme === "ed25519" ? null : algorithm.hash;
    const key = new X509Certificate(readFileSync(join(pki.folder, `${one.of}.crt`))).publicKey;
    expect(signature.ok && verify(hash, message, key, signature.value)).toBe(true);
  });

  test.each(["officer", "officer-3des", "officer-rc2", "agency"])("a wrong PIN for %s is told as such", (file) => {
    expect(openPkcs12(pki.pkcs12(file), "000000")).toEqual({ ok: false, failure: { code: "wrong_pin" } });
  });

  test("a file that is no PKCS#12 is unreadable, not a wrong PIN", () => {
    expect(openPkcs12(pki.der("officer"), pin)).toMatchObject({ ok: false, failure: { code: "key_unreadable" } });
    expect(openPkcs12(new Uint8Array(0), pin)).toMatchObject({ ok: false, failure: { code: "key_unreadable" } });
  });

  test("a key is never used with a scheme that is not its own, nor with SHA-1", async () => {
    const opened = openPkcs12(pki.pkcs12("officer"), pin);
    if (!opened.ok) return expect.fail(opened.failure.code);
    for (const algorithm of [
      { scheme: "ecdsa", hash: "sha256" },
      { scheme: "ed25519" },
      { scheme: "rsa-pkcs1", hash: "sha1" },
    ] as const) {
      const refused = { ok: false, failure: { code: "algorithm_unsupported", algorithm } };
      expect(await opened.value.sign(message, algorithm)).toEqual(refused);
    }
  });
});
