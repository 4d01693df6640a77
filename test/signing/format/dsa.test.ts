import { generateKeyPairSync, hash, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyDsa } from "../../../signing/format/dsa.ts";
import { utf8 } from "../../../src/core/kernel.ts";

const message = utf8("message");
const other = utf8("massage");
const digest = (bytes: Uint8Array) => new Uint8Array(hash("sha256", bytes, "buffer"));

function dsa(divisorLength: number) {
  const { privateKey, publicKey } = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength });
  const key = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  return { key, signature: new Uint8Array(sign("sha256", message, privateKey)) };
}

describe("DSA", () => {
  test.each([
    160, 224, 256,
  ])("FIPS 186-4 §4.7: OpenSSL's signature holds for its message alone, with a q of %i bits", (bits) => {
    const { key, signature } = dsa(bits);
    expect(verifyDsa(key, digest(message), signature)).toBe(true);
    expect(verifyDsa(key, digest(other), signature)).toBe(false);
    expect(verifyDsa(dsa(bits).key, digest(message), signature)).toBe(false);
  });

  test("FIPS 186-4 §4.7: r and s outside 1 to q - 1 hold for nothing; broken bytes are false, not an exception", () => {
    const { key, signature } = dsa(160);
    for (const rs of [
      "3006020100020100",
      "3006020101020100",
      "3006020100020101",
      "30060201ff0201ff",
      "3003020101",
      "0500",
      "",
    ])
      expect(verifyDsa(key, digest(message), new Uint8Array(Buffer.from(rs, "hex")))).toBe(false);
    expect(verifyDsa(key.slice(0, -1), digest(message), signature)).toBe(false);
    expect(verifyDsa(key, digest(message), signature.slice(0, -1))).toBe(false);
  });
});
