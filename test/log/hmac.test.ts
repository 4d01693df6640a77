import { createHmac, hkdfSync } from "node:crypto";
import { expect, test } from "vitest";
import { hkdfSha256, hmacSha256 } from "../../src/core/log/hmac.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";

const bytes = (length: number, seed: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + seed) & 0xff);

test("RFC 2104: keys and messages of every length around the block and beyond give what OpenSSL gives", () => {
  for (const keyLength of [0, 1, 16, 32, 63, 64, 65, 200]) {
    for (const length of [0, 1, 16, 40, 127, 128, 129, 500]) {
      const [key, message] = [bytes(keyLength, 3), bytes(length, 5)];
      const expected = createHmac("sha256", key).update(message).digest("hex");
      expect(Buffer.from(hmacSha256(key, message, nodeSha256)).toString("hex")).toBe(expected);
    }
  }
});

test("RFC 5869: a record's key is the one that OpenSSL derives, and asking between does not change it", () => {
  const [secret, salt, info] = [bytes(16, 1), new Uint8Array(), bytes(19, 9)];
  const first = hkdfSha256(secret, { salt, info }, nodeSha256);
  hmacSha256(bytes(64, 8), bytes(100, 8), nodeSha256);
  expect(Buffer.from(first).equals(Buffer.from(hkdfSync("sha256", secret, salt, info, 32)))).toBe(true);
});
