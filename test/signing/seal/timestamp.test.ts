import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseTimestampToken } from "../../../signing/format/tsp.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { measureReservation } from "../../../signing/seal/measure.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import { requestTimestamp } from "../../../signing/seal/timestamp.ts";
import { type Bytes, instantOfSeconds } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { sealingBy, value } from "./sealing.ts";
import { smallPdf } from "./small-pdf.ts";
import { type ThrowawayPki, throwawayPki } from "./throwaway-pki.ts";

describe.skipIf(!has("openssl"))("timestamps of an openssl authority", () => {
  let pki: ThrowawayPki;
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });

  beforeAll(async () => {
    pki = await throwawayPki();
  });
  afterAll(async () => {
    http.close();
    await pki.end();
  });

  const holder = (name: string) => sealingBy(pki, http).holder(name);
  const timestamps = (urls?: readonly string[]) => sealingBy(pki, http).timestamps(urls);
  const world = (key: KeyHolder) => sealingBy(pki, http).world(key);
  const request = (pdf: Bytes, fieldName: string) => sealingBy(pki, http).request(pdf, fieldName);

  test("a reservation measured with a token of the authority holds the next one, and wastes less than 2 KiB", async () => {
    const key = holder("agency");
    const imprint = { hash: "sha256", bytes: nodePrimitives.digest("sha256", new Uint8Array(1)) } as const;
    const sample = value(await requestTimestamp(imprint, { ...timestamps(), primitives: nodePrimitives }));
    const reservedBytes = value(measureReservation({ ...key, sampleToken: sample.token }, nodePrimitives));
    const asked = { ...request(await smallPdf({ useObjectStreams: false }), "agency"), reservedBytes };
    const { pdf } = value(await sealSignature(asked, world(key)));
    expect(reservedBytes - cmsBytesOf(pdf)).toBeLessThan(2048);
  });

  test("an authority that does not answer is passed over; when none answers, each is named and nothing is sealed", async () => {
    const pdf = await smallPdf({ useObjectStreams: false });
    const dead = "http://127.0.0.1:9/";
    const second = { ...world(holder("agency")), timestamps: timestamps([dead, pki.timestampUrl]) };
    expect((await sealSignature(request(pdf, "agency"), second)).ok).toBe(true);
    const none = { ...world(holder("agency")), timestamps: timestamps([dead, `${pki.ocspUrl}`]) };
    expect(await sealSignature(request(pdf, "agency"), none)).toMatchObject({
      ok: false,
      failure: {
        code: "timestamp_unavailable",
        attempts: [{ url: dead, reason: "unreachable" }, { url: pki.ocspUrl }],
      },
    });
  });

  test("RFC 3161 §2.4.1: a policy is asked for, and a token of another policy is refused", async () => {
    const imprint = { hash: "sha256", bytes: nodePrimitives.digest("sha256", new Uint8Array(1)) } as const;
    const good = { ...timestamps(), primitives: nodePrimitives };
    const own = { url: pki.timestampUrl, policy: "1.3.6.1.4.1.99999.1" };
    const asked = await requestTimestamp(imprint, { ...good, authorities: [own] });
    expect(value(parseTimestampToken(value(asked).token)).policy).toBe(own.policy);
    const other = await requestTimestamp(imprint, { ...good, authorities: [{ ...own, policy: "1.2.3" }] });
    expect(other).toMatchObject({ failure: { attempts: [{ reason: "refused" }] } }); // openssl accepts what it lists only
    let first: Awaited<ReturnType<typeof good.post>> | null = null;
    await requestTimestamp(imprint, { ...good, post: async (query) => (first = await good.post(query)) });
    const replayed = { ...good, post: async () => first ?? expect.fail("nothing kept") };
    expect(await requestTimestamp(imprint, { ...replayed, authorities: [{ ...own, policy: "1.2.3" }] })).toMatchObject({
      failure: { attempts: [{ reason: "policy_differs" }] },
    });
  });

  test("RFC 3161 §2.2: a token for another imprint, another nonce or from a stranger is refused", async () => {
    const imprint = { hash: "sha256", bytes: nodePrimitives.digest("sha256", new Uint8Array(1)) } as const;
    const other = { ...imprint, bytes: nodePrimitives.digest("sha256", new Uint8Array(2)) };
    const good = { ...timestamps(), primitives: nodePrimitives };
    let kept: Awaited<ReturnType<typeof good.post>> | null = null;
    const recording = {
      ...good,
      post: async (asked: Parameters<typeof good.post>[0]) => (kept = await good.post(asked)),
    };
    expect(value(await requestTimestamp(imprint, recording)).genTime > "2020").toBe(true);
    const replayed = { ...good, post: async () => kept ?? expect.fail("nothing kept") };
    const reasonOf = async (asked: typeof imprint, from: typeof good) => {
      const answered = await requestTimestamp(asked, from);
      return answered.ok || answered.failure.code !== "timestamp_unavailable"
        ? null
        : answered.failure.attempts[0]?.reason;
    };
    expect(await reasonOf(other, replayed)).toBe("imprint_differs");
    expect(await reasonOf(imprint, { ...replayed, nonce: new Uint8Array(randomBytes(16)) })).toBe("nonce_differs");
    expect(await reasonOf(imprint, { ...replayed, trusts: async () => false })).toBe("not_trusted");
    const forged = { ...replayed, primitives: { ...nodePrimitives, verify: async () => false } };
    expect(await reasonOf(imprint, forged)).toBe("signature_wrong");
  });

  test("LAW 5.5: an authority more than 60 seconds away from the service's clock is not believed, and the next is asked", async () => {
    const imprint = { hash: "sha256", bytes: nodePrimitives.digest("sha256", new Uint8Array(1)) } as const;
    const asked = async (seconds: number, urls = [pki.timestampUrl]) => {
      const now = () => instantOfSeconds(Math.floor(Date.now() / 1000) + seconds);
      return requestTimestamp(imprint, { ...timestamps(urls), now, primitives: nodePrimitives });
    };
    for (const near of [-50, 0, 50]) expect((await asked(near)).ok, `${near} s`).toBe(true);
    for (const far of [-75, 75, 7 * 3600, -7 * 3600])
      expect(await asked(far), `${far} s`).toMatchObject({
        failure: { code: "timestamp_unavailable", attempts: [{ reason: "time_differs" }] },
      });
    expect(await asked(75, [pki.timestampUrl, pki.timestampUrl])).toMatchObject({
      failure: { attempts: [{ reason: "time_differs" }, { reason: "time_differs" }] },
    });
  });

  test("LAW 5.5: a copy whose timestamp is off is not sealed", async () => {
    const late = { ...timestamps(), now: () => instantOfSeconds(Math.floor(Date.now() / 1000) - 3600) };
    const asked = request(await smallPdf({ useObjectStreams: false }), "agency");
    expect(await sealSignature(asked, { ...world(holder("agency")), timestamps: late })).toMatchObject({
      ok: false,
      failure: { code: "timestamp_unavailable", attempts: [{ reason: "time_differs" }] },
    });
  });

  test("RFC 3161 §2.4.2: a real token gives back the imprint that was asked for", async () => {
    const imprint = { hash: "sha256", bytes: nodePrimitives.digest("sha256", new Uint8Array(1)) } as const;
    const { token, genTime } = value(await requestTimestamp(imprint, { ...timestamps(), primitives: nodePrimitives }));
    expect(value(parseTimestampToken(token))).toMatchObject({ hash: "sha256", imprint: imprint.bytes, genTime });
  });
});

/** Length of the one CMS in the gap, without the zeros behind it. */
function cmsBytesOf(pdf: Bytes): number {
  const hex = /\/Contents <([0-9A-F]+)>/.exec(Buffer.from(pdf).toString("latin1"))?.[1] ?? "";
  return 4 + Number.parseInt(hex.slice(4, 8), 16);
}
