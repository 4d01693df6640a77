import { webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { type Bytes, utf8 } from "../../src/core/kernel.ts";
import { encodeRecord, openRecord, sealRecord } from "../../src/core/record.ts";
import { bytesOfCode } from "../../src/core/verification-code.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";
import { nodeCipher } from "../../src/publish/node-cipher.ts";
import { cipher, code, publishedSample } from "./sample.ts";

const nonce = new Uint8Array(12).fill(3);
const byNode = nodeCipher(nodeSha256);

test("DESIGN decision 13: a record is AES-256-GCM under HKDF-SHA-256 of the code, as WebCrypto derives and seals it", async () => {
  const { record } = await publishedSample();
  const plain = encodeRecord(record);
  const sealed = new Uint8Array([1, ...nonce, ...(await sealedByWebCryptoAlone(bytesOfCode(code), plain))]);
  expect(await sealRecord(code, record, byNode, nonce)).toEqual(sealed);
  expect(await sealRecord(code, record, cipher, nonce)).toEqual(sealed);
  expect(await openRecord(code, sealed, byNode)).toEqual({ ok: true, value: record });
  expect(await openRecord(code, sealed, cipher)).toEqual({ ok: true, value: record });
});

async function sealedByWebCryptoAlone(secret: Bytes, plain: Bytes): Promise<Bytes> {
  const base = await webcrypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("chungthuc record v1") };
  const key = await webcrypto.subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const parameters = { name: "AES-GCM", iv: nonce, additionalData: Uint8Array.of(1) };
  return new Uint8Array(await webcrypto.subtle.encrypt(parameters, key, plain));
}

test.each([
  ["OpenSSL", byNode],
  ["WebCrypto", cipher],
] as const)("by %s one changed byte anywhere, or a record cut short, is told as changed and never thrown", async (_, by) => {
  const { record } = await publishedSample();
  const sealed = await sealRecord(code, record, by, nonce);
  for (const at of [1, 13, Math.floor(sealed.length / 2), sealed.length - 1]) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await openRecord(code, changed, by)).toEqual({ ok: false, failure: { code: "record_changed" } });
  }
  for (const length of [30, sealed.length - 1])
    expect((await openRecord(code, sealed.slice(0, length), by)).ok).toBe(false);
});
