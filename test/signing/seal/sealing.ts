import { randomBytes } from "node:crypto";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import { findChain } from "../../../signing/format/chain.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { openPkcs12 } from "../../../signing/keys/pkcs12.ts";
import type { SealRequest, SealWorld } from "../../../signing/seal/seal.ts";
import type { Bytes, Instant, Result } from "../../../src/core/kernel.ts";
import type { HttpClient } from "../../../src/http.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { disc } from "./small-pdf.ts";
import { pin, type ThrowawayPki } from "./throwaway-pki.ts";

const claimedTime = "2026-01-31T02:30:00Z" as Instant;

/** What every sealing test needs of the fictional authority. */
export function sealingBy(pki: ThrowawayPki, http: HttpClient) {
  const holder = (name: string): KeyHolder => value(openPkcs12(pki.pkcs12(name), pin));
  const timestamps = (urls: readonly string[] = [pki.timestampUrl]): NonNullable<SealWorld["timestamps"]> => ({
    authorities: urls.map((url) => ({ url })),
    post: http.post,
    nonce: new Uint8Array(randomBytes(16)),
    now: () => `${new Date().toISOString().slice(0, 19)}Z` as Instant,
    trusts: async (certificate, embedded, genTime) => {
      const anchors = [{ certificate: value(parseCertificate(pki.der("root"))), purpose: "timestamp" as const }];
      const question = {
        leaf: certificate,
        candidates: embedded,
        anchors,
        purposes: ["timestamp" as const],
        at: genTime,
      };
      return (await findChain(question, nodePrimitives)).trusted;
    },
  });
  const world = (key: KeyHolder): SealWorld => ({
    key,
    timestamps: timestamps(),
    deflate: nodeDeflate,
    primitives: nodePrimitives,
  });
  const request = (pdf: Bytes, fieldName: string): SealRequest => ({
    pdf,
    fieldName,
    claimedTime,
    reservedBytes: 8000,
    name: "Nguyễn Văn Giả (hư cấu)",
    reason: "Certified copy",
    location: "UBND xã Thử Nghiệm (hư cấu)",
    appearance: disc(64),
  });
  return { holder, timestamps, world, request };
}

export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
