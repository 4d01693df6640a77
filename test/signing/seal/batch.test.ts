import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signBatch } from "../../../signing/seal/batch.ts";
import { completeSignature } from "../../../signing/seal/complete.ts";
import { type PreparedSignature, prepareSignature } from "../../../signing/seal/prepare.ts";
import { decodePrepared, encodePrepared } from "../../../signing/seal/prepared.ts";
import { httpClient } from "../../../src/http.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { sealingBy, value } from "./sealing.ts";
import { smallPdf } from "./small-pdf.ts";
import { type ThrowawayPki, throwawayPki } from "./throwaway-pki.ts";

describe.skipIf(!has("openssl"))("a batch: prepare, sign, complete", () => {
  let pki: ThrowawayPki;
  const http = httpClient({ timeoutSeconds: 5, answerBytes: 64 * 1024, reach: "anywhere" });
  beforeAll(async () => {
    pki = await throwawayPki();
  }, 60_000);
  afterAll(async () => {
    http.close();
    await pki.end();
  });

  async function three(name: string) {
    const { holder, request } = sealingBy(pki, http);
    const key = holder(name);
    const { certificate, chain, algorithm } = key;
    const batch: PreparedSignature[] = [];
    for (const pages of [1, 2, 3]) {
      const asked = {
        ...request(await smallPdf({ useObjectStreams: true, pages }), "officer"),
        certificate,
        chain,
        algorithm,
      };
      batch.push(value(prepareSignature(asked, nodePrimitives, nodeDeflate)));
    }
    return { key, batch };
  }

  test.each(["officer", "edwards"])("%s: each of a list gets its own value, which fills its own gap", async (name) => {
    const { key, batch } = await three(name);
    const values = await signBatch(batch, key, nodePrimitives);
    for (const [i, prepared] of batch.entries()) {
      const signed = completeSignature(prepared.pdf.slice(), prepared, value(values[i] ?? never), null);
      expect(signed.ok).toBe(true);
    }
  });
  const never = { ok: false, failure: null } as const;

  test("DESIGN decision 8: what is prepared can be put away as bytes and taken up again, to the last byte", async () => {
    const { batch } = await three("agency");
    for (const signature of batch) {
      const back = decodePrepared(encodePrepared({ signature, baseLength: 7 }), nodePrimitives);
      expect(back).toEqual({ signature, baseLength: 7 });
    }
  });

  test("a file changed by one byte after it was shown is refused before the key is asked; the others are signed", async () => {
    const { key, batch } = await three("agency");
    const [first, second, third] = batch;
    if (first === undefined || second === undefined || third === undefined) return expect.fail("three were asked for");
    const pdf = second.pdf.slice();
    pdf[200] = (pdf[200] ?? 0) ^ 1;
    const asked: number[] = [];
    const watching = {
      ...key,
      sign: (...[message, algorithm]: Parameters<typeof key.sign>) => {
        asked.push(message.length);
        return key.sign(message, algorithm);
      },
    };
    const values = await signBatch([first, { ...second, pdf }, third], watching, nodePrimitives);
    expect(values.map(({ ok }) => ok)).toEqual([true, false, true]);
    expect(values[1]).toEqual({ ok: false, failure: { code: "prepared_changed" } });
    expect(asked).toHaveLength(2);
  });

  test("what was prepared for another certificate is not signed with this key", async () => {
    const { batch } = await three("agency");
    const { key } = await three("officer");
    const values = await signBatch(batch, key, nodePrimitives);
    expect(values.every((one) => !one.ok && one.failure.code === "prepared_changed")).toBe(true);
  });

  test("values that come back in another order are told apart: none fills a gap that is not its own", async () => {
    const { key, batch } = await three("officer");
    const swapping = {
      ...key,
      signAll: async (messages: readonly Uint8Array<ArrayBuffer>[]) => ({
        ok: true as const,
        value: await Promise.all([...messages].reverse().map((message) => key.sign(message, key.algorithm))),
      }),
    };
    const values = await signBatch(batch, swapping, nodePrimitives);
    expect(values.map((one) => (one.ok ? "signed" : one.failure.code))).toEqual([
      "signature_wrong",
      "signed",
      "signature_wrong",
    ]);
  });
});
