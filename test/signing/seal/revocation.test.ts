import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Certificate, parseCertificate } from "../../../signing/format/certificate.ts";
import { askRevocation, type RevocationWorld } from "../../../signing/seal/revocation.ts";
import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { type ThrowawayPki, throwawayPki } from "./throwaway-pki.ts";

describe.skipIf(!has("openssl"))("asking an openssl responder", () => {
  let pki: ThrowawayPki;
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });

  beforeAll(async () => {
    pki = await throwawayPki();
  });
  afterAll(async () => {
    http.close();
    await pki.end();
  });

  const certificate = (name: string): Certificate => {
    const read = parseCertificate(pki.der(name));
    return read.ok ? read.value : expect.fail(read.failure.reason);
  };
  const now = instantOfSeconds(Math.floor(Date.now() / 1000));
  const inDays = (days: number): Instant => instantOfSeconds(secondsOf(now) + days * 86_400);
  const world = (): RevocationWorld => ({
    post: http.post,
    nonce: new Uint8Array(randomBytes(16)),
    now,
    primitives: nodePrimitives,
  });

  test("RFC 6960 §2.2: a certificate in force is good, with the time of the answer", async () => {
    const answer = await askRevocation(certificate("officer"), certificate("root"), world());
    expect(answer).toMatchObject({ status: "good" });
    expect(answer.status === "good" && secondsOf(answer.thisUpdate) >= secondsOf(now) - 60).toBe(true);
  });

  test("RFC 6960 §2.2: a revoked certificate is told with day and reason", async () => {
    const answer = await askRevocation(certificate("revoked"), certificate("root"), world());
    expect(answer).toMatchObject({ status: "revoked", revokedAt: "2026-01-01T00:00:00Z", reason: 1 });
  });

  test("RFC 6960 §3.2: a certificate that the responder does not know is neither good nor revoked", async () => {
    const answer = await askRevocation(certificate("edwards"), certificate("root"), world());
    expect(answer).toMatchObject({ status: "unavailable", reason: "not_answered" });
  });

  test("RFC 6960 §4.2.2.2, RFC 9654 §2.1: replayed, altered, stale and unauthorised answers prove nothing", async () => {
    let kept: Bytes = new Uint8Array(0);
    const recording: RevocationWorld = {
      ...world(),
      post: async (request) => {
        const answer = await http.post(request);
        if (answer.ok) kept = answer.value.body;
        return answer;
      },
    };
    const [officer, root] = [certificate("officer"), certificate("root")];
    await askRevocation(officer, root, recording);
    const replaying = (body: Bytes, changes: Partial<RevocationWorld> = {}): RevocationWorld => ({
      ...recording,
      post: async () => ({ ok: true, value: { status: 200, contentType: "", body } }),
      ...changes,
    });
    const outcome = async (asked: RevocationWorld, of = officer) => {
      const answer = await askRevocation(of, root, asked);
      return answer.status === "unavailable" ? answer.reason : answer.status;
    };
    expect(await outcome(replaying(kept))).toBe("good");
    expect(await outcome(replaying(kept, { nonce: new Uint8Array(randomBytes(16)) }))).toBe("nonce_differs");
    expect(await outcome(replaying(kept), certificate("agency"))).toBe("not_answered");
    expect(await outcome(replaying(kept, { now: inDays(3) }))).toBe("stale");
    expect(await outcome(replaying(kept, { now: inDays(2000) }))).toBe("responder_not_authorised");
    const altered = kept.slice();
    const at = Buffer.from(kept).indexOf(Buffer.from("2001", "hex")) + 1; // the serial within the signed part
    altered[at] = 2;
    expect(await outcome(replaying(altered), certificate("agency"))).toBe("signature_wrong");
    expect(await outcome(replaying(kept.slice(0, 100)))).toBe("malformed");
    const strangerRoot = certificate("agency");
    expect(await askRevocation(officer, strangerRoot, replaying(kept))).toMatchObject({
      reason: "responder_not_authorised",
    });
  });

  test("a responder that is not there, or none named, leaves the question open", async () => {
    const [officer, root] = [certificate("officer"), certificate("root")];
    const away = { ...officer, extensions: { ...officer.extensions, ocspUrl: "http://127.0.0.1:9/" } };
    expect(await askRevocation(away, root, world())).toMatchObject({ status: "unavailable", reason: "unreachable" });
    expect(await askRevocation(root, root, world())).toMatchObject({ status: "unavailable", reason: "no_responder" });
  });
});
