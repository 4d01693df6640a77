import { randomBytes } from "node:crypto";
import type { ExamineOptions } from "../../../signing/examine/examine.ts";
import { examinePdf } from "../../../signing/examine/examine.ts";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import { type AnchorPurpose, findChain } from "../../../signing/format/chain.ts";
import { openPkcs12 } from "../../../signing/keys/pkcs12.ts";
import { type SealRequest, type SealWorld, sealSignature } from "../../../signing/seal/seal.ts";
import type { Bytes, Instant, Result } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import { smallPdf } from "../seal/small-pdf.ts";
import { pin, type ThrowawayPki, throwawayPki } from "../seal/throwaway-pki.ts";

export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

export const now = (): Instant => `${new Date().toISOString().slice(0, 19)}Z` as Instant;

/** A copy as this project makes it, with the fictional authority that stands behind it. */
export type SealedCopy = {
  readonly pki: ThrowawayPki;
  readonly unsigned: Bytes;
  readonly officerOnly: Bytes;
  readonly sealed: Bytes;
  readonly seal: (pdf: Bytes, fieldName: string, holder: string, hasTimestamp?: boolean) => Promise<Bytes>;
  readonly options: ExamineOptions;
  readonly end: () => Promise<void>;
};

export async function makeSealedCopy(useObjectStreams = false): Promise<SealedCopy> {
  const pki = await throwawayPki();
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000 });
  const root = pki.der("root");
  const world = (holder: string, hasTimestamp: boolean): SealWorld => ({
    key: value(openPkcs12(pki.pkcs12(holder), pin)),
    timestamps: hasTimestamp
      ? {
          authorities: [{ url: pki.timestampUrl }],
          post: http.post,
          nonce: new Uint8Array(randomBytes(16)),
          trusts: async (leaf, candidates, at) => {
            const anchors = [{ certificate: value(parseCertificate(root)), purpose: "timestamp" as const }];
            const question = { leaf, candidates, anchors, purposes: ["timestamp" as const], at };
            return (await findChain(question, nodePrimitives)).trusted;
          },
          now,
        }
      : null,
    deflate: nodeDeflate,
    primitives: nodePrimitives,
  });
  const seal = async (pdf: Bytes, fieldName: string, holder: string, hasTimestamp = true) => {
    const request: SealRequest = { pdf, fieldName, claimedTime: now(), reservedBytes: 8000 };
    return value(await sealSignature(request, world(holder, hasTimestamp))).pdf;
  };
  const unsigned = await smallPdf({ useObjectStreams });
  const officerOnly = await seal(unsigned, "officer", "officer");
  const sealed = await seal(officerOnly, "agency", "agency");
  const purposes: AnchorPurpose[] = ["official", "agency_seal", "timestamp"];
  const options = { anchors: purposes.map((purpose) => ({ certificate: root, purpose })), at: now() };
  const end = async () => {
    http.close();
    await pki.end();
  };
  return { pki, unsigned, officerOnly, sealed, seal, options, end };
}

export const examine = (pdf: Bytes, options: ExamineOptions) => examinePdf(pdf, options, nodePrimitives);
