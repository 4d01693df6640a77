import { webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { openRecord, sealRecord } from "../../src/core/record.ts";
import { nodeSubtle } from "../../src/publish/node-subtle.ts";
import { code, publishedSample } from "./sample.ts";

const nonce = new Uint8Array(12).fill(3);

test("a record sealed by WebCrypto opens by OpenSSL and the other way round, and both seal to the same bytes", async () => {
  const { record } = await publishedSample();
  const byWeb = await sealRecord(code, record, webcrypto.subtle, nonce);
  const byNode = await sealRecord(code, record, nodeSubtle, nonce);
  expect(byNode).toEqual(byWeb);
  expect(await openRecord(code, byWeb, nodeSubtle)).toEqual({ ok: true, value: record });
});

test("one changed byte anywhere in a record, or a record cut short, is told as changed and never thrown", async () => {
  const { record } = await publishedSample();
  const sealed = await sealRecord(code, record, nodeSubtle, nonce);
  for (const at of [1, 13, Math.floor(sealed.length / 2), sealed.length - 1]) {
    const changed = sealed.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await openRecord(code, changed, nodeSubtle)).toEqual({ ok: false, failure: { code: "record_changed" } });
  }
  for (const length of [30, sealed.length - 1])
    expect((await openRecord(code, sealed.slice(0, length), nodeSubtle)).ok).toBe(false);
});
